import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { clusteringStability, compareResamples, drawResamples } from "#src/clustering/measures/stability.js";
import { expected, near } from "./support.js";

const groups = Array.from({ length: 60 }, (_, i) => [4, 0, 9][i % 3]!);

describe("compareResamples", () => {
  it("equals scikit-learn's adjusted Rand indices and Jaccard indices of sets, with noise too", () => {
    for (const { labels, repeats, ...wanted } of expected.stabilities) {
      const resamples = repeats.map(([rows]) => ({ rows: Int32Array.from(rows) }));
      const found = compareResamples(
        labels,
        resamples,
        repeats.map(([, again]) => again),
      );
      near(found.adjustedRand, wanted.adjustedRand);
      assert.equal(found.perCluster.length, wanted.jaccard.length);
      found.perCluster.forEach(({ label, jaccard, dissolved }, at) => {
        near(jaccard, wanted.jaccard[at]!, `cluster ${label}`);
        near(dissolved, wanted.dissolved[at]!, `cluster ${label}`);
      });
    }
  });

  it("follows by hand", () => {
    // Of cluster 0 (rows 0 to 3) rows 0, 1 and 2 are drawn and become {0, 1} and {2, 5}: 2/3 is the better. Of cluster
    // 1 (rows 4 to 6) rows 4 and 5 become {4, 6} with noise 5, less 6 which is not drawn: 1/2. Cluster 2 is not drawn.
    const { perCluster } = compareResamples(
      [0, 0, 0, 0, 1, 1, 1, 2],
      [{ rows: Int32Array.of(0, 1, 2, 4, 5) }],
      [[7, 7, 3, 5, -1]],
    );
    assert.deepEqual(
      perCluster.map(({ jaccard }) => jaccard),
      [2 / 3, 1 / 2, Number.NaN],
    );
    assert.deepEqual(
      perCluster.map(({ dissolved }) => dissolved),
      [0, 1, Number.NaN],
    );
  });

  it("compares all customers where those not drawn have labels too", () => {
    const rows = Int32Array.of(0, 1, 4);
    const { perCluster, adjustedRand } = compareResamples([0, 0, 1, 1, 1], [{ rows }], [[0, 0, 0, 1, 1]]);
    assert.deepEqual(
      perCluster.map(({ jaccard }) => jaccard),
      [2 / 3, 2 / 3],
    );
    // Pairs together in both: 1 + 1 of 1 + 3 each; by chance 16 / 10.
    near(adjustedRand, (2 - 1.6) / (4 - 1.6));
  });

  it("is 0 for a cluster that becomes noise, and has no clusters where all is noise", () => {
    const [rows] = [Int32Array.of(0, 1, 2, 3)];
    assert.equal(compareResamples([0, 0, 1, 1], [{ rows }], [[-1, -1, 0, 0]]).perCluster[0]!.jaccard, 0);
    assert.deepEqual(compareResamples([-1, -1], [{ rows: Int32Array.of(1) }], [[0]]).perCluster, []);
  });
});

describe("drawResamples", () => {
  it("draws 1 - 1/e of the customers, each once, and others for each repeat and seed", () => {
    const resamples = drawResamples(500, { repeats: 40, seed: 5 });
    const mean = resamples.reduce((sum, { rows }) => sum + rows.length / 500 / 40, 0);
    // A standard error is 0.0022.
    assert.ok(Math.abs(mean - (1 - 1 / Math.E)) < 0.008, `${mean}`);
    for (const { rows, seed } of resamples) {
      assert.ok(rows.every((row, at) => row < 500 && (at === 0 || row > rows[at - 1]!)));
      assert.ok(Number.isSafeInteger(seed));
    }
    assert.equal(new Set(resamples.map(({ rows }) => rows.join())).size, 40);
    assert.equal(new Set(resamples.map(({ seed }) => seed)).size, 40);
    assert.deepEqual(drawResamples(500, { repeats: 40, seed: 5 }), resamples);
    assert.notDeepEqual(drawResamples(500, { repeats: 40, seed: 6 }), resamples);
    assert.deepEqual([...drawResamples(1, { repeats: 1, seed: 0 })[0]!.rows], [0]);
  });
});

describe("clusteringStability", () => {
  it("is 1 for clusters that are found again, whatever they are called then", async () => {
    const again = (rows: Int32Array): Int32Array => rows.map((row) => 100 - groups[row]!);
    const { adjustedRand, perCluster } = await clusteringStability(groups, again, { repeats: 10, seed: 1 });
    assert.equal(adjustedRand, 1);
    assert.deepEqual(
      perCluster.map(({ label, size, jaccard, dissolved }) => [label, size, jaccard, dissolved]),
      [
        [0, 20, 1, 0],
        [4, 20, 1, 0],
        [9, 20, 1, 0],
      ],
    );
  });

  it("is about 0 for a clustering at random, and names the clusters that are not found again", async () => {
    const scattered = (rows: Int32Array): Int32Array => rows.map((_, at) => at % 3);
    const { adjustedRand } = await clusteringStability(groups, scattered, { repeats: 20, seed: 1 });
    assert.ok(Math.abs(adjustedRand) < 0.1, `${adjustedRand}`);
    const halved = (rows: Int32Array): Int32Array =>
      rows.map((row) => (groups[row] === 9 ? 9 + (Math.floor(row / 3) % 2) : groups[row]!));
    const { perCluster } = await clusteringStability(groups, halved, { repeats: 20, seed: 1 });
    assert.deepEqual(
      perCluster.map(({ jaccard }) => jaccard > 0.75),
      [true, true, false],
    );
  });

  it("gives seeds and rows that depend on its own seed alone, in turn, and tells how far it is", async () => {
    const seen: string[] = [];
    const told: string[] = [];
    const again = async (rows: Int32Array, seed: number): Promise<Int32Array> => {
      seen.push(`${seed}: ${rows.join()}`);
      return rows.map((row) => groups[row]!);
    };
    const options = {
      repeats: 3,
      seed: 2,
      onProgress: (done: number, total: number) => told.push(`${done}/${total}`),
    };
    const first = await clusteringStability(groups, again, options);
    assert.deepEqual(await clusteringStability(groups, again, options), first);
    assert.deepEqual(seen.slice(0, 3), seen.slice(3));
    assert.deepEqual(told.slice(0, 3), ["1/3", "2/3", "3/3"]);
  });

  it("stops between resamples when the signal is aborted", async () => {
    const controller = new AbortController();
    let calls = 0;
    const again = (rows: Int32Array): Int32Array => {
      if (++calls === 2) controller.abort(new Error("enough"));
      return rows;
    };
    await assert.rejects(
      clusteringStability(groups, again, { seed: 1, signal: controller.signal }),
      /enough/,
    );
    assert.equal(calls, 2);
  });

  it("takes one cluster and one customer, and refuses labels that fit neither the drawn nor all", async () => {
    const one = await clusteringStability([3], () => [0], { repeats: 2, seed: 1 });
    assert.deepEqual([one.adjustedRand, one.perCluster[0]!.jaccard], [1, 1]);
    await assert.rejects(
      clusteringStability(groups, () => [1], { repeats: 1, seed: 1 }),
      /labels of the \d+ customers drawn or of all 60, got 1 \(resample 0\)/,
    );
    await assert.rejects(
      clusteringStability([], () => [], { seed: 1 }),
      /whole customers from 1 .*, got 0/,
    );
    await assert.rejects(
      clusteringStability([0], () => [0], { repeats: 0, seed: 1 }),
      /whole repeats from 1/,
    );
  });
});
