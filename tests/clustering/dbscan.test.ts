import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dbscan } from "#src/clustering/dbscan.js";
import { kDistances } from "#src/clustering/k-distances.js";
import { matrixOf } from "#src/math/matrix.js";
import { assertSameGroups, readFixture } from "./groupings.js";

const {
  sets,
  dbscan: cases,
  distances,
} = readFixture<{
  sets: Record<string, number[][]>;
  dbscan: { set: string; eps: number; minSamples: number; labels: number[]; core: number[] }[];
  distances: { set: string; k: number; distances: number[]; knee: number }[];
}>("density.json");

describe("dbscan", () => {
  for (const { set, eps, minSamples, labels, core } of cases)
    it(`equals scikit-learn, border and core rows included: ${set}, eps ${eps}, ${minSamples} rows`, () => {
      const found = dbscan(matrixOf(sets[set]!), { eps, minSamples });
      assertSameGroups(found.labels, labels, set);
      assert.deepEqual(
        [...found.coreSamples.keys()].filter((row) => found.coreSamples[row] === 1),
        core,
      );
      assert.equal(found.nClusters, Math.max(...labels) + 1);
    });

  it("gives a row between two clusters to the one whose first core row comes first", () => {
    // 0 and 2 are core rows, 1 lies at the border of both: 5 rows within 1 of each, 3 of the border.
    const groups = (order: number[]): number[] => {
      const { labels } = dbscan(matrixOf(order.map((x) => [x])), { eps: 1, minSamples: 5 });
      return [labels[order.indexOf(1)]!, labels[order.indexOf(0)]!, labels[order.indexOf(2)]!];
    };
    assert.deepEqual(groups([1, -1, -1, -1, 0, 2, 3, 3, 3]), [0, 0, 1]);
    assert.deepEqual(groups([1, -1, -1, -1, 2, 0, 3, 3, 3]), [0, 1, 0]);
    assert.deepEqual(groups([-1, 0, -1, 3, 3, 2, 3, -1, 1]), [0, 0, 1]);
  });

  it("counts a row at exactly eps as near", () => {
    const X = matrixOf([[0], [1], [2]]);
    assert.deepEqual([...dbscan(X, { eps: 1, minSamples: 3 }).labels], [0, 0, 0]);
    assert.deepEqual([...dbscan(X, { eps: 1 - 1e-12, minSamples: 3 }).labels], [-1, -1, -1]);
  });

  it("takes one row and none", () => {
    assert.deepEqual([...dbscan(matrixOf([[1]]), { eps: 1, minSamples: 1 }).labels], [0]);
    assert.deepEqual([...dbscan(matrixOf([[1]]), { eps: 1, minSamples: 2 }).labels], [-1]);
    assert.deepEqual([...dbscan(matrixOf([]), { eps: 1, minSamples: 2 }).labels], []);
  });

  it("refuses an eps that is not above 0, minSamples below 1 and NaN", () => {
    const X = matrixOf([[0], [1]]);
    for (const eps of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      assert.throws(() => dbscan(X, { eps, minSamples: 2 }), {
        name: "RangeError",
        message: `dbscan needs eps above 0, got ${eps}`,
      });
    for (const minSamples of [0, 1.5])
      assert.throws(() => dbscan(X, { eps: 1, minSamples }), {
        name: "RangeError",
        message: `dbscan needs whole minSamples from 1, got ${minSamples}`,
      });
    assert.throws(
      () => dbscan(matrixOf([[Number.NaN]]), { eps: 1, minSamples: 1 }),
      /finite values, got NaN/,
    );
  });
});

describe("kDistances", () => {
  it("are those of scikit-learn's neighbours, with the knee farthest from the chord", () => {
    for (const { set, k, distances: wanted, knee } of distances) {
      const found = kDistances(matrixOf(sets[set]!), k);
      assert.ok(found.distances.every((distance, at) => Math.abs(distance - wanted[at]!) < 1e-12));
      assert.equal(found.knee, knee, set);
      assert.equal(found.eps, found.distances[knee]);
      assert.equal(found.k, k);
    }
  });

  it("have their knee where a crowd ends and stragglers begin", () => {
    const rows = [...Array.from({ length: 50 }, (_, i) => [i]), [100], [200], [300]];
    const { knee, eps } = kDistances(matrixOf(rows), 1);
    assert.equal(knee, 49);
    assert.equal(eps, 1);
  });

  it("refuse other numbers of neighbours", () => {
    assert.throws(() => kDistances(matrixOf([[1], [2]]), 2), /needs 1 to 1 neighbours, got 2 \(n = 2\)/);
  });
});
