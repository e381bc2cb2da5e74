import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chooseModel, type Finalist } from "#src/clustering/choose-model.js";
import { shortList, type ValuedRow, whyNotEligible } from "#src/clustering/eligible.js";

const finalist = (fields: Partial<Finalist>): Finalist => ({
  model: "kmeans",
  space: "features",
  setting: 4,
  separation: 0.2,
  stability: 0.9,
  value: 0.95,
  ...fields,
});

const row = (fields: Partial<ValuedRow>, silhouette: number | null = 0.2): ValuedRow => ({
  model: "kmeans",
  space: "features",
  setting: 4,
  nClusters: 4,
  noiseShare: 0,
  smallestShare: 0.1,
  inTruth: { silhouette, silhouetteInterval: null, calinskiHarabasz: 1, daviesBouldin: 1 },
  inSpace: { silhouette: 0.9, silhouetteInterval: null, calinskiHarabasz: 1, daviesBouldin: 1 },
  inertia: null,
  bic: null,
  value: null,
  labels: new Int32Array(100),
  ...fields,
});

describe("the choice of a model", () => {
  it("is K-Means with the best separation as long as nothing leads it by the margin", () => {
    const far = finalist({ space: "pca", separation: 0.15 });
    const near = finalist({ model: "gmm", separation: 0.215 });
    assert.deepEqual(chooseModel([near, far, finalist({})]).chosen, finalist({}));
  });

  it("is another model that leads K-Means by more than the margin, at no cost beyond it", () => {
    const ahead = finalist({ model: "gmm", separation: 0.23 });
    assert.equal(chooseModel([finalist({}), ahead]).chosen, ahead);
    for (const cost of [{ stability: 0.85 }, { value: 0.9 }])
      assert.equal(chooseModel([finalist({}), { ...ahead, ...cost }]).chosen.model, "kmeans");
  });

  it("never is what cannot place later customers, however good", () => {
    const ward = finalist({ model: "ward", separation: 0.9 });
    const drawn = finalist({ space: "tsne", separation: 0.8 });
    assert.deepEqual(chooseModel([ward, drawn, finalist({})]).chosen, finalist({}));
    assert.throws(
      () => chooseModel([ward, drawn]),
      /places later customers, got ward in features, kmeans in tsne/,
    );
    assert.throws(() => chooseModel([]), /got none/);
  });

  it("prefers what is stable, and says so when nothing is", () => {
    const shaky = finalist({ separation: 0.3, stability: 0.5 });
    assert.equal(chooseModel([shaky, finalist({ space: "pca" })]).chosen.space, "pca");
    assert.deepEqual(chooseModel([shaky]), { chosen: shaky, reason: "nothing is stable enough" });
  });

  it("takes the best of the others where no K-Means is left", () => {
    const [one, two] = [finalist({ model: "gmm" }), finalist({ model: "gmm", separation: 0.25 })];
    assert.equal(chooseModel([one, two]).chosen, two);
  });
});

describe("eligibility", () => {
  it("names the first rule that a labelling breaks", () => {
    const reasons = [
      row({ nClusters: 2 }),
      row({ nClusters: 13 }),
      row({ noiseShare: 0.11 }),
      row({ smallestShare: 0.019 }),
      row({ value: { size: 21 } }),
      row({}, -0.01),
      row({}, null),
      row({}),
    ].map((each) => {
      const why = whyNotEligible(each);
      return why === null ? null : `${why.rule}: ${why.detail}`;
    });
    assert.deepEqual(reasons, [
      "too few clusters: 2",
      "too many clusters: 13",
      "too many customers in no cluster: 11.0%",
      "a cluster of too few customers: 1.9%",
      "a best cluster of too many customers: 21.0%",
      "nearer to other clusters than to the own: -0.01",
      "nearer to other clusters than to the own: –",
      null,
    ]);
  });

  it("leaves each model in each space its best setting, best first, however good its own space looks", () => {
    const rows = [
      row({ setting: 4 }, 0.2),
      row({ setting: 5 }, 0.25),
      row({ space: "umap", setting: 3 }, 0.3),
      row({ space: "umap", setting: 2, nClusters: 2 }, 0.9),
      row({ model: "gmm" }, -0.1),
    ];
    assert.deepEqual(
      shortList(rows).map(({ space, setting }) => `${space} ${setting}`),
      ["umap 3", "features 5"],
    );
  });
});
