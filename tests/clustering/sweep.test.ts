import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { labelsFingerprint, sweepFingerprint } from "#src/clustering/fingerprint.js";
import { sampledSilhouette } from "#src/clustering/measures/sampled-silhouettes.js";
import { silhouette } from "#src/clustering/measures/silhouette.js";
import { modelStability } from "#src/clustering/model-stability.js";
import { fitModel } from "#src/clustering/models.js";
import { silhouetteNote } from "#src/clustering/silhouette-note.js";
import { type SweepMemory, type SweepOptions, type SweepRow, sweep } from "#src/clustering/sweep.js";
import { randomNormal } from "#src/math/distributions.js";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { seededRandom } from "#src/math/random.js";
import { adjustedRandIndex } from "#src/statistics/adjusted-rand.js";

/** Three groups of forty in the plane. */
function groups(seed: number): Matrix {
  const random = seededRandom(seed);
  const centres = [
    [0, 0],
    [6, 0],
    [0, 6],
  ] as const;
  return matrixOf(
    Array.from({ length: 120 }, (_, i) => centres[i % 3]!.map((centre) => centre + randomNormal(random))),
  );
}

const TRUTH = Int32Array.from({ length: 120 }, (_, i) => i % 3);
const X = groups(1);
const spaces = new Map([
  ["features", X],
  ["mirror", { ...X, data: X.data.map((value) => -2 * value) }],
]);
const options: SweepOptions<number> = {
  truth: "features",
  settings: { kmeans: [2, 3, 4], gmm: [2, 3], ward: [2, 3, 5], dbscan: [0.5, 3], hdbscan: [0.1] },
  value: (labels) => labels.reduce((sum, label) => sum + (label < 0 ? 0 : 1), 0),
  nInit: 3,
  minSamples: 4,
  seed: 7,
};
const run = (more: Partial<SweepOptions<number>> = {}): Promise<SweepRow<number>[]> =>
  sweep(spaces, { ...options, ...more });
const keysOf = (rows: SweepRow<number>[]): string[] =>
  rows.map(({ space, model, setting }) => `${space} ${model} ${setting}`);

class Memory implements SweepMemory {
  readonly results = new Map<string, string>();
  asked = 0;
  get(key: string): unknown {
    const text = this.results.get(key);
    if (text !== undefined) this.asked++;
    return text === undefined ? undefined : JSON.parse(text);
  }
  put(key: string, value: unknown): void {
    this.results.set(key, JSON.stringify(value));
  }
}

describe("the sweep", () => {
  it("has a row for each model, space and setting, in that order", async () => {
    const rows = await run();
    assert.equal(rows.length, 2 * 11);
    assert.deepEqual(keysOf(rows).slice(0, 12), [
      ...["features kmeans 2", "features kmeans 3", "features kmeans 4", "features gmm 2", "features gmm 3"],
      ...[
        "features ward 2",
        "features ward 3",
        "features ward 5",
        "features dbscan 0.5",
        "features dbscan 3",
      ],
      ...["features hdbscan 0.1", "mirror kmeans 2"],
    ]);
  });

  it("is the same for any number of workers", async () => {
    const [one, two, three] = await Promise.all([1, 2, 3].map((workers) => run({ workers })));
    assert.deepEqual(two, one);
    assert.deepEqual(three, one);
  });

  it("measures each labelling where it was fitted and in the one space for all", async () => {
    for (const { labels, space, inTruth, inSpace, nClusters } of await run()) {
      if (nClusters < 2) {
        assert.ok(Object.values(inTruth).every((value) => value === null));
        continue;
      }
      assert.deepEqual([inTruth.silhouetteInterval, inSpace.silhouetteInterval], [null, null]);
      assert.ok(Math.abs(inTruth.silhouette! - silhouette(X, labels).mean) < 1e-12);
      assert.ok(Math.abs(inSpace.silhouette! - silhouette(spaces.get(space)!, labels).mean) < 1e-12);
    }
  });

  it("estimates silhouettes of many customers from one sample for all labellings, and says so", async () => {
    const some = { sampledFromRows: 119, sampleSize: 60 };
    const rows = await run(some);
    const exact = await run({ ...some, sampledFromRows: 120 });
    assert.ok(exact.every(({ inTruth }) => inTruth.silhouetteInterval === null));
    for (const [at, { inTruth, inSpace, labels, space }] of rows.entries()) {
      if (inTruth.silhouette === null) continue;
      const { low, high } = inTruth.silhouetteInterval!;
      assert.ok(low < inTruth.silhouette && inTruth.silhouette < high && high - low < 0.2);
      const wanted = sampledSilhouette(X, labels, { sampleSize: 60, seed: options.seed });
      assert.deepEqual([inTruth.silhouette, low, high], [wanted.mean, ...wanted.interval]);
      const own = sampledSilhouette(spaces.get(space)!, labels, { sampleSize: 60, seed: options.seed });
      assert.equal(inSpace.silhouette, own.mean);
      assert.notEqual(inTruth.silhouette, exact[at]!.inTruth.silhouette);
      assert.equal(inTruth.daviesBouldin, exact[at]!.inTruth.daviesBouldin);
    }
    assert.equal(silhouetteNote(exact), "");
    assert.match(silhouetteNote(rows), /estimates .* reach at most 0\.\d+ to either side\.$/);
  });

  it("has no silhouette where nobody in a cluster was drawn, and an interval of all there can be", async () => {
    // Two tight groups of three, the rest alone and far from all.
    const rows = Array.from({ length: 120 }, (_, i) =>
      i < 6 ? [1e3 * (i % 2), 0.01 * i] : [1e4 * i * i, 0],
    );
    const lonely = new Map([["features", matrixOf(rows)]]);
    const settings = { dbscan: [2, 100] };
    const some = { settings, minSamples: 2, sampledFromRows: 10, sampleSize: 2 };
    const found = (await sweep(lonely, { ...options, ...some })).filter(({ nClusters }) => nClusters === 2);
    for (const { inTruth } of found) {
      assert.equal(inTruth.silhouette, null);
      assert.deepEqual(inTruth.silhouetteInterval, { low: -1, high: 1 });
    }
    assert.ok(found.length > 0);
  });

  it("finds the groups that are there with every model", async () => {
    const rows = await run();
    const isRight = ({ model, setting }: SweepRow<number>): boolean =>
      ["kmeans", "gmm", "ward"].includes(model) ? setting === 3 : model === "hdbscan";
    for (const { labels, model } of rows.filter(isRight))
      assert.ok(adjustedRandIndex(labels, TRUTH) > 0.8, `${model} ${adjustedRandIndex(labels, TRUTH)}`);
  });

  it("asks for the worth of each labelling", async () => {
    for (const { value, noiseShare } of await run()) assert.equal(value, Math.round(120 * (1 - noiseShare)));
  });

  it("goes on where a run was ended, with the same result", async () => {
    const memory = new Memory();
    const stopper = new AbortController();
    const put = memory.put.bind(memory);
    memory.put = (key, value) => {
      put(key, value);
      if (memory.results.size === 4) stopper.abort(new Error("killed"));
    };
    await assert.rejects(run({ memory, signal: stopper.signal }), /killed/);
    const kept = memory.results.size;
    assert.ok(kept >= 4 && kept < 16, `${kept}`);
    memory.asked = 0;
    assert.deepEqual(await run({ memory }), await run());
    assert.equal(memory.asked, kept);
  });

  it("tells how far it is, and ends at all", async () => {
    const told: [number, number][] = [];
    await run({ onProgress: (done, total) => told.push([done, total]) });
    assert.ok(told.every(([done], i) => i === 0 || done >= told[i - 1]![0]));
    const [done, total] = told.at(-1)!;
    assert.equal(done, total);
    assert.ok(told.slice(0, -1).every(([before, all]) => before < all));
  });

  it("refuses spaces of other customers and a truth that is none", async () => {
    const short = new Map([...spaces, ["short", matrixOf([[1, 2]])]]);
    await assert.rejects(sweep(short, options), /same customers in each space, got 120 and 1 \(short\)/);
    await assert.rejects(run({ truth: "leaves" }), /got "leaves" among features, mirror/);
  });
});

describe("a fitted model", () => {
  it("gives the rows it was fitted to their own clusters again", () => {
    for (const model of ["kmeans", "gmm", "ward"] as const) {
      const [fitted] = fitModel(X, model, [3], { seed: 1 });
      assert.deepEqual(fitted!.predict(X), fitted!.labels);
    }
  });
});

describe("the stability of a model", () => {
  it("is high where groups are apart, low where there are none, and the same for any number of workers", async () => {
    const noise = matrixOf(
      Array.from({ length: 120 }, (_, i) => [
        (Math.sin(i * 12.9898) * 43758.5453) % 1,
        (Math.sin(i * 78.233) * 12543.123) % 1,
      ]),
    );
    const measure = async (rows: Matrix, workers: number) => {
      const { labels } = fitModel(rows, "kmeans", [3], { seed: 1 })[0]!;
      return modelStability(rows, { model: "kmeans", setting: 3, labels }, { repeats: 6, seed: 1, workers });
    };
    const apart = await measure(X, 2);
    assert.ok(apart.adjustedRand > 0.9, `${apart.adjustedRand}`);
    assert.ok((await measure(noise, 2)).adjustedRand < 0.8);
    assert.deepEqual(await measure(X, 1), apart);
  });
});

describe("the fingerprint of labels", () => {
  it("tells groupings apart, not the numbers that name them", () => {
    const one = labelsFingerprint([0, 0, 1, 2, -1]);
    assert.equal(labelsFingerprint(Int32Array.of(7, 7, 0, 3, -1)), one);
    assert.notEqual(labelsFingerprint([0, 1, 1, 2, -1]), one);
    assert.notEqual(labelsFingerprint([0, 0, 1, 2, 3]), one);
    assert.match(one, /^[0-9a-f]{16}$/);
  });
});

describe("the fingerprint of a sweep", () => {
  it("changes with any number, any shape and any setting", () => {
    const of = (values: number[], columns = 2, settings: unknown = { seed: 1 }): string =>
      sweepFingerprint(
        new Map([["features", { rows: 4 / columns, columns, data: Float64Array.from(values) }]]),
        settings,
      );
    const one = of([1, 2, 3, 4]);
    assert.equal(of([1, 2, 3, 4]), one);
    const others = [of([1, 2, 3, 4 + 1e-15 * 4]), of([1, 2, 3, 4], 1), of([1, 2, 3, 4], 2, { seed: 2 })];
    assert.ok(others.every((other) => other !== one));
  });
});
