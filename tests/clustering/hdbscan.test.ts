import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type HdbscanOptions, hdbscan, hdbscanBySize } from "#src/clustering/hdbscan.js";
import { matrixOf } from "#src/math/matrix.js";
import { assertSameGroups, readFixture } from "./groupings.js";

interface Expected extends Required<HdbscanOptions> {
  set: string;
  labels: number[];
  probabilities: number[];
  isAsShipped: boolean;
}

const { sets, hdbscan: cases } = readFixture<{ sets: Record<string, number[][]>; hdbscan: Expected[] }>(
  "density.json",
);

describe("hdbscan", () => {
  for (const { set, labels, probabilities, isAsShipped, ...options } of cases) {
    const { minClusterSize, minSamples, clusterSelectionMethod, allowSingleCluster } = options;
    const single = allowSingleCluster ? ", or one cluster" : "";
    const way = isAsShipped ? "" : " with equal edges in the order found";
    it(`equals scikit-learn${way}: ${set}, ${minClusterSize}, ${minSamples}, ${clusterSelectionMethod}${single}`, () => {
      const found = hdbscan(matrixOf(sets[set]!), options);
      assertSameGroups(found.labels, labels, set);
      assert.equal(found.nClusters, Math.max(...labels) + 1);
      found.probabilities.forEach((probability, row) => {
        assert.ok(Math.abs(probability - probabilities[row]!) < 1e-9, `row ${row}: ${probability}`);
      });
    });
  }

  it("is compared with scikit-learn as it is in more than half of the cases", () => {
    assert.ok(cases.filter(({ isAsShipped }) => isAsShipped).length * 2 > cases.length);
  });

  it("finds a dense and a loose group that no one distance tells apart from noise", () => {
    const dense = Array.from({ length: 20 }, (_, i) => [i / 100]);
    const loose = Array.from({ length: 20 }, (_, i) => [10 + i]);
    const { labels, probabilities, nClusters } = hdbscan(matrixOf([...dense, ...loose, [500]]), {
      minClusterSize: 5,
    });
    assert.equal(nClusters, 2);
    assert.deepEqual(new Set(labels.slice(0, 20)), new Set([labels[0]]));
    assert.deepEqual(new Set(labels.slice(20, 40)), new Set([labels[20]]));
    assert.deepEqual([labels[40], probabilities[40]], [-1, 0]);
  });

  it("takes minClusterSize for minSamples, which counts the row itself", () => {
    const X = matrixOf(sets["uneven"]!);
    assert.deepEqual(hdbscan(X, { minClusterSize: 6 }), hdbscan(X, { minClusterSize: 6, minSamples: 6 }));
    // With itself as its nearest row, no row is farther away than it is: plain single linkage.
    const { labels } = hdbscan(matrixOf([[0], [1], [2], [50], [51], [52]]), {
      minClusterSize: 2,
      minSamples: 1,
    });
    assertSameGroups(labels, [0, 0, 0, 1, 1, 1], "two groups");
  });

  it("of several sizes at once is that of each", () => {
    const X = matrixOf(sets[cases[0]!.set]!);
    const sizes = [2, 3, 5];
    const each = sizes.map((minClusterSize) => hdbscan(X, { minClusterSize, minSamples: 3 }));
    assert.deepEqual(hdbscanBySize(X, sizes, { minSamples: 3 }), each);
    assert.throws(() => hdbscanBySize(X, [3, 1], { minSamples: 3 }), /minClusterSize/);
  });

  it("leaves everybody as noise where nothing falls apart into clusters", () => {
    for (const rows of [[[1]], [[1], [2]], [[1], [2], [3]]]) {
      const { labels, nClusters } = hdbscan(matrixOf(rows), { minClusterSize: 2, minSamples: 1 });
      assert.ok(labels.every((label) => label === -1));
      assert.equal(nClusters, 0);
    }
  });

  it("refuses sizes that are no sizes, other selections and NaN", () => {
    const X = matrixOf([[0], [1], [2]]);
    assert.throws(() => hdbscan(X, { minClusterSize: 1 }), {
      name: "RangeError",
      message: "hdbscan needs whole minClusterSize from 2, got 1",
    });
    for (const minSamples of [0, 4, 1.5])
      assert.throws(() => hdbscan(X, { minClusterSize: 2, minSamples }), {
        name: "RangeError",
        message: `hdbscan needs minSamples from 1 to n, got ${minSamples} (n = 3)`,
      });
    assert.throws(
      () => hdbscan(X, { minClusterSize: 2, clusterSelectionMethod: "mass" as "eom" }),
      /selects by eom or leaf, got "mass"/,
    );
    assert.throws(
      () => hdbscan(matrixOf([[0], [Number.NaN]]), { minClusterSize: 2 }),
      /finite values, got NaN/,
    );
    assert.throws(
      () => hdbscan(matrixOf([]), { minClusterSize: 2 }),
      /minSamples from 1 to n, got 2 \(n = 0\)/,
    );
  });
});
