import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gaussianMixture } from "#src/clustering/gaussian-mixture.js";
import { COVARIANCE_TYPES, type CovarianceType } from "#src/clustering/mixture/parameters.js";
import { permuteComponents } from "#src/clustering/mixture/permute.js";
import { matrixOf, takeRows } from "#src/math/matrix.js";
import { assignSegments } from "#src/publish/assign-segments.js";
import type { ModelParts } from "#src/publish/create-model.js";
import type { MixtureClustering, Model } from "#src/publish/model.js";
import { readClustering } from "#src/publish/model-clustering.js";
import { modelFromJson, modelToJson } from "#src/publish/model-file.js";
import { placeInSpace } from "#src/publish/model-space.js";
import { cloudCustomers, cloudModel, fitSpace } from "./support.js";

const { points } = cloudCustomers().parts;
const ORDER = [2, 0, 1];

/** A mixture of the clouds in a space of a kind, components in another order than they were found. */
async function mixtureModel(
  kind: "features" | "pca",
  covarianceType: CovarianceType = "full",
  more: Partial<ModelParts> = {},
): Promise<{ model: Model; found: string[]; probabilities: number[] }> {
  const X = placeInSpace(await fitSpace(kind, points), points.X);
  const fitted = gaussianMixture(X, { nComponents: 3, covarianceType, seed: 2 });
  const mixture = permuteComponents(fitted, ORDER);
  const model = await cloudModel(kind, { centers: undefined, mixture, ...more });
  const names = model.clustering.segments;
  return {
    model,
    found: Array.from(fitted.labels, (label) => names[ORDER.indexOf(label)]!),
    probabilities: Array.from(fitted.labels, (label, i) => fitted.responsibilities.data[3 * i + label]!),
  };
}

describe("a model of a mixture", () => {
  for (const covarianceType of COVARIANCE_TYPES)
    it(`finds the segments again in which gaussianMixture put its customers (${covarianceType})`, async () => {
      const { model, found, probabilities } = await mixtureModel("features", covarianceType);
      const assigned = assignSegments(model, points.X);
      assert.deepEqual(assigned.segments, found);
      assert.equal(new Set(found).size, 3);
      assert.ok(assigned.probabilities.every((value, i) => Math.abs(value - probabilities[i]!) < 1e-9));
      assert.ok([...assigned.distances, ...assigned.nextDistances].every(Number.isNaN));
    });

  for (const kind of ["features", "pca"] as const)
    it(`gives the same segments and probabilities to the bit once read again, in the space of ${kind}`, async () => {
      const { model } = await mixtureModel(kind);
      const file = modelToJson(model);
      const back = modelFromJson(file);
      assert.equal(modelToJson(back), file);
      assert.deepEqual(back.clustering, model.clustering);
      assert.deepEqual(assignSegments(back, points.X), assignSegments(model, points.X));
    });

  it("gives each customer the same segment in any company", async () => {
    const { model } = await mixtureModel("features", "diag");
    const all = assignSegments(model, points.X);
    const some = Int32Array.of(59, 3, 3, 22);
    const { segments, probabilities } = assignSegments(model, takeRows(points.X, some));
    assert.deepEqual(
      [segments, [...probabilities]],
      [Array.from(some, (i) => all.segments[i]), Array.from(some, (i) => all.probabilities[i])],
    );
  });

  it("halves a customer between two equal components: Bayes by hand, the first counts", async () => {
    const mixture = {
      covarianceType: "spherical" as const,
      weights: Float64Array.of(0.5, 0.5),
      means: matrixOf([-1, 1].map((x) => [x, 0, 0, 0])),
      covariances: Float64Array.of(1, 1),
    };
    const { model } = await mixtureModel("features", "full", { mixture, segments: ["a", "b"] });
    const X = matrixOf([0, 1].map((x) => [x, 0, 0, 0]));
    const { segments, probabilities } = assignSegments(model, X);
    assert.deepEqual([segments, probabilities[0]], [["a", "b"], 0.5]);
    // exp(0) / (exp(0) + exp(-4 / 2))
    assert.ok(Math.abs(probabilities[1]! - 1 / (1 + Math.exp(-2))) < 1e-15);
  });

  it("keeps the shares of its own customers", async () => {
    for (const model of [(await mixtureModel("features")).model, await cloudModel("features")]) {
      const { labels } = assignSegments(model, points.X);
      const shares = [0, 1, 2].map((c) => labels.filter((label) => label === c).length / labels.length);
      assert.deepEqual(model.training.shares, shares);
      assert.deepEqual(modelFromJson(modelToJson(model)).training.shares, shares);
    }
  });

  it("needs centers or a mixture, and not both", async () => {
    const both = mixtureModel("features", "full", { centers: [[0, 0, 0, 0]] });
    await assert.rejects(both, new RangeError("a model needs centers or a mixture, got both"));
    const neither = mixtureModel("features", "full", { mixture: undefined });
    await assert.rejects(neither, new RangeError("a model needs centers or a mixture, got neither"));
  });
});

describe("readClustering", () => {
  const plain = {
    ...{ kind: "gmm", covarianceType: "full", segments: ["a", "b"], weights: [0.25, 0.75] },
    means: [
      [0, 1],
      [2, 3],
    ],
    covariances: [2, 1, 1, 3, 4, -1, -1, 5],
  };

  it("takes each covariance where its component is", () => {
    const { covariances, means } = readClustering(plain, 2) as MixtureClustering;
    assert.deepEqual([...covariances, ...means.data], [...plain.covariances, 0, 1, 2, 3]);
  });

  for (const [what, change, message] of [
    ["a weight too few", { weights: [1] }, /weights has 2 numbers, got 1/],
    [
      "weights of no whole",
      { weights: [0.5, 0.6] },
      /weights has shares from 0 that sum to 1, got .* of 1\.1/,
    ],
    ["a weight below 0", { weights: [-0.5, 1.5] }, /got a least of -0\.5 and a sum of 1/],
    ["a mean too short", { means: [[0, 1], [2]] }, /means\[1\] has 2 numbers, got 1/],
    ["no means", { means: [] }, /means has at least one, got none/],
    ["covariances of another type", { covarianceType: "diag" }, /covariances has 4 numbers, got 8/],
    [
      "an unknown type",
      { covarianceType: "x" },
      /covarianceType is full or tied or diag or spherical, got "x"/,
    ],
    ["no symmetry", { covariances: [2, 1, 0, 3, 4, -1, -1, 5] }, /symmetric, got 1 and 0 at 1/],
    ["a singular one", { covariances: [1, 1, 1, 1, 4, 0, 0, 5] }, /covariances that are not singular/],
    ["a gap", { covariances: [1, 1, 1, null, 4, 0, 0, 5] }, /covariances\[3\] is a finite number, got null/],
    ["a name too few", { segments: ["a"] }, /a name a component, got 1 for 2 components/],
    ["a name twice", { segments: ["a", "a"] }, /names each once, got "a" twice/],
  ] as const)
    it(`refuses ${what}`, () => {
      assert.throws(() => readClustering({ ...plain, ...change }, 2), { name: "RangeError", message });
    });
});
