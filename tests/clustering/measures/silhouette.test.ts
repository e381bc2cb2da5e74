import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { planAdding } from "#src/clustering/measures/adding-plan.js";
import { findClusters } from "#src/clustering/measures/clusters.js";
import { silhouette, silhouetteSamples, silhouettes } from "#src/clustering/measures/silhouette.js";
import { silhouettesInParallel } from "#src/clustering/measures/silhouettes-in-parallel.js";
import { matrixOf } from "#src/math/matrix.js";
import { seededRandom } from "#src/math/random.js";
import { expected, line, near, X } from "./support.js";

const labellings = expected.labellings.map(({ labels }) => labels);

describe("silhouette", () => {
  it("equals scikit-learn, customer by customer and in the mean, with noise left out", () => {
    for (const wanted of expected.labellings) {
      const { mean, samples } = silhouette(X, wanted.labels);
      near(mean, wanted.silhouette, wanted.name);
      wanted.samples.forEach((value, i) => {
        if (value === null) assert.ok(Number.isNaN(samples[i]), `${wanted.name}, row ${i}`);
        else near(samples[i]!, value, `${wanted.name}, row ${i}`);
      });
    }
  });

  it("follows from distances by hand", () => {
    // Of 0: 1 to its own, mean of 9 and 11 to the others; of 1: 1 and 9; of 10: 2 and 9.5; of 12: 2 and 11.5.
    const { samples, mean, perCluster } = silhouette(line(0, 1, 10, 12), [5, 5, 2, 2]);
    const wanted = [1 - 1 / 11, 1 - 1 / 10, 1 - 2 / 9.5, 1 - 2 / 11.5];
    wanted.forEach((value, i) => {
      near(samples[i]!, value);
    });
    near(mean, wanted.reduce((sum, value) => sum + value, 0) / 4);
    assert.deepEqual(
      perCluster.map(({ label, size }) => [label, size]),
      [
        [2, 2],
        [5, 2],
      ],
    );
    near(perCluster[1]!.mean, (wanted[0]! + wanted[1]!) / 2);
  });

  it("ignores which integer names a cluster", () => {
    const { labels } = expected.labellings[1]!;
    const names = labels.map((label) => [30, 2, 19, 0, 7][label]!);
    near(silhouette(X, names).mean, silhouette(X, labels).mean);
  });

  it("leaves noise out as if its rows were not there", () => {
    const { labels } = expected.labellings.find(({ name }) => name === "with noise")!;
    const kept = [...labels.keys()].filter((i) => labels[i]! >= 0);
    const alone = silhouette(
      matrixOf(kept.map((i) => expected.rows[i]!)),
      kept.map((i) => labels[i]!),
    );
    near(silhouette(X, labels).mean, alone.mean);
  });

  it("is 0 for who is alone and for copies of a point in two clusters", () => {
    assert.deepEqual([...silhouette(line(3, 3, 3, 3), [0, 0, 1, 1]).samples], [0, 0, 0, 0]);
    assert.equal(silhouette(line(0, 1, 50), [0, 0, 1]).samples[2], 0);
  });

  it("does not see a column that is constant", () => {
    const wider = matrixOf(expected.rows.map((row) => [...row, 0.1]));
    assert.deepEqual(silhouette(wider, labellings[0]!), silhouette(X, labellings[0]!));
  });

  it("refuses one cluster, a cluster for each row, gaps and labels that do not fit", () => {
    const name = "RangeError";
    assert.throws(() => silhouette(line(1, 2, 3), [4, 4, 4]), {
      name,
      message: "silhouette needs 2 to n - 1 clusters, got 1 (n = 3)",
    });
    assert.throws(() => silhouette(line(1, 2, 3), [0, 1, 2]), /2 to n - 1 clusters, got 3 \(n = 3\)/);
    assert.throws(() => silhouette(line(1, 2, 3, 4), [0, 1, -1, -1]), /got 2 \(n = 2\)/);
    assert.throws(() => silhouette(line(1), [0]), /got 1 \(n = 1\)/);
    assert.throws(() => silhouette(line(), []), /got 0 \(n = 0\)/);
    assert.throws(() => silhouette(line(1, 2), [0]), { name, message: "silhouette needs 2 labels, got 1" });
    assert.throws(() => silhouette(line(1, Number.NaN, 3), [0, 0, 1]), /finite values, got NaN in row 1/);
    assert.throws(() => silhouettes(X, [labellings[0]!, labellings[0]!.map(() => 0)]), {
      name,
      message: "silhouettes needs 2 to n - 1 clusters, got 1 in labelling 1 (n = 120)",
    });
  });
});

describe("silhouettes", () => {
  it("of many labellings at once are those of each alone, whichever stand side by side", () => {
    const alone = labellings.map((labels) => silhouette(X, labels));
    for (const first of [0, 1]) {
      const together = silhouettes(X, labellings.slice(first));
      assert.equal(together.length, labellings.length - first);
      together.forEach(({ mean, perCluster, samples }, at) => {
        const own = alone[first + at]!;
        near(mean, own.mean);
        assert.deepEqual(
          perCluster.map(({ label, size }) => [label, size]),
          own.perCluster.map(({ label, size }) => [label, size]),
        );
        own.samples.forEach((value, i) => {
          if (Number.isNaN(value)) assert.ok(Number.isNaN(samples[i]));
          else assert.ok(Math.abs(value - samples[i]!) < 1e-12, `row ${i}`);
        });
      });
    }
    assert.deepEqual(silhouettes(X, []), []);
  });

  it("of a part of the rows are the same bytes as in the whole, wherever it begins", () => {
    const whole = silhouetteSamples(X, labellings);
    for (const [from, to] of [
      [0, 0],
      [0, 1],
      [3, 50],
      [50, 51],
      [117, 120],
    ] as const)
      silhouetteSamples(X, labellings, { from, to }).forEach((part, at) => {
        assert.deepEqual(part, whole[at]!.slice(from, to));
      });
    assert.throws(
      () => silhouetteSamples(X, labellings, { from: 5, to: 121 }),
      /within 0 to 120, got 5 to 121/,
    );
  });

  it("are the same bytes for any number of workers, which tell how far they are", async () => {
    const random = seededRandom(4);
    const many = matrixOf(Array.from({ length: 2_100 }, () => [random(), random()]));
    const cuts = [2, 5, 9].map((k) =>
      Array.from({ length: 2_100 }, (_, i) => Math.floor(k * many.data[2 * i]!)),
    );
    const noisy = cuts[1]!.map((label, i) => (i % 7 === 0 ? -1 : label));
    const wanted = silhouettes(many, [...cuts, noisy]);
    for (const workers of [1, 3]) {
      const told: number[] = [];
      const found = await silhouettesInParallel(many, [...cuts, noisy], {
        workers,
        onProgress: (done, total) => told.push(done / total),
      });
      assert.deepEqual(found, wanted);
      assert.equal(told.length, 5);
      assert.equal(told.at(-1), 1);
    }
  });

  it("of few customers need no worker, and say so when they are done", async () => {
    const told: number[] = [];
    const onProgress = (done: number): number => told.push(done);
    assert.deepEqual(await silhouettesInParallel(X, labellings, { onProgress }), silhouettes(X, labellings));
    assert.deepEqual(told, [120]);
  });

  it("by workers end with the reason of the signal, and refuse the same input", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(silhouettesInParallel(X, labellings, { signal }), /enough/);
    await assert.rejects(
      silhouettesInParallel(X, [labellings[0]!.map(() => 1)]),
      /silhouettesInParallel needs 2 to n - 1 clusters, got 1 \(n = 120\)/,
    );
  });
});

describe("planAdding", () => {
  const additions = (labels: readonly (readonly number[])[]): number =>
    planAdding(labels.map((one) => findClusters("test", one))).reduce(
      (sum, { places }) => sum + places.length,
      0,
    );

  it("adds all rows up once for labellings that agree, and once each for those that share nothing", () => {
    const rows = Array.from({ length: 400 }, (_, i) => i);
    const halves = rows.map((i) => (i < 200 ? 0 : 1));
    const quarters = rows.map((i) => Math.floor(i / 100));
    // 400 rows into 4 cells, and these into the clusters of both.
    assert.equal(additions([halves, quarters]), 400 + 2 * 4);
    assert.equal(additions([halves, quarters, halves, quarters]), 400 + 2 * 4 + 4 * 4);
    const one = rows.map((i) => i % 20);
    const other = rows.map((i) => Math.floor(i / 20));
    assert.equal(additions([one, other]), 2 * 400);
    assert.equal(additions([]), 0);
  });
});
