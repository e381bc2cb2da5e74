import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assignToCenters, type KMeansResult, kmeans } from "#src/clustering/kmeans.js";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { overlapping, readFixture, relativeGap } from "./kmeans-support.js";

interface Expected {
  name: string;
  rows: number[][];
  start: number[][];
  options: { maxIter?: number; tol?: number };
  labels: number[];
  centers: number[][];
  inertia: number;
  nIterations: number;
}

const { cases } = readFixture<{ cases: Expected[] }>("kmeans.json");

describe("kmeans", () => {
  for (const expected of cases)
    it(`equals scikit-learn from the same centres: ${expected.name}`, () => {
      const init = matrixOf(expected.start);
      const result = kmeans(matrixOf(expected.rows), {
        nClusters: init.rows,
        init,
        seed: 0,
        ...expected.options,
      });
      assert.deepEqual([...result.labels], expected.labels);
      assert.ok(relativeGap(result.centers.data, expected.centers.flat()) < 1e-9);
      assert.ok(relativeGap([result.inertia], [expected.inertia]) < 1e-9);
      assert.equal(result.nIterations, expected.nIterations);
    });

  for (const [rows, columns] of [
    [600, 2],
    [599, 3],
    [600, 10],
  ] as const)
    it(`takes each turn as plain distances would, ${columns} columns: bounds pass over no nearer centre`, () => {
      const X = overlapping(rows, columns, 3);
      for (const k of [2, 7, 25])
        for (let turns = 1; turns < 40; turns += 6) {
          const options = { nClusters: k, nInit: 1, tol: 0, seed: k };
          const { labels, centers } = kmeans(X, { ...options, maxIter: turns });
          assert.deepEqual(labels, assignToCenters(X, centers), `k ${k}, ${turns} turns`);
          if (turns === 1) continue;
          // One turn more is one step of Lloyd from here.
          const next = kmeans(X, { ...options, maxIter: turns + 1 });
          const means = meansOf(X, labels, k, centers);
          assert.ok(relativeGap(next.centers.data, means.data) < 1e-9, `k ${k}, ${turns} turns`);
        }
    });

  it("is as good as the best that scikit-learn finds of ten columns, from seeds of its own", () => {
    const best = Math.min(
      ...cases.filter(({ name }) => name.startsWith("ten columns until")).map((c) => c.inertia),
    );
    const X = matrixOf(cases.find(({ name }) => name.startsWith("ten columns until"))!.rows);
    assert.ok(kmeans(X, { nClusters: 9, seed: 1 }).inertia <= best);
  });

  it("gets no worse with more runs, and gives the same bytes for the same seed", () => {
    const X = overlapping(300, 3, 5);
    const run = (nInit: number, seed = 42): KMeansResult => kmeans(X, { nClusters: 12, nInit, seed });
    assert.ok(run(20).inertia <= run(5).inertia);
    assert.ok(run(5).inertia <= run(1).inertia);
    assert.deepEqual(run(3), run(3));
    assert.notDeepEqual(run(1).centers, run(1, 43).centers);
  });

  it("finds groups that lie apart, whatever the seed", () => {
    const X = matrixOf(Array.from({ length: 60 }, (_, i) => [100 * (i % 5) + 0.01 * i, -50 * (i % 5)]));
    for (let seed = 0; seed < 20; seed++) {
      const { labels } = kmeans(X, { nClusters: 5, nInit: 1, seed });
      for (let i = 5; i < 60; i++) assert.equal(labels[i], labels[i % 5]);
    }
  });

  it("puts one cluster at the mean and n clusters at the rows", () => {
    const X = matrixOf([
      [1, 5],
      [3, 5],
      [8, 5],
    ]);
    const one = kmeans(X, { nClusters: 1, seed: 1 });
    assert.deepEqual([...one.centers.data], [4, 5]);
    assert.equal(one.inertia, 26);
    const all = kmeans(X, { nClusters: 3, seed: 1 });
    assert.equal(all.inertia, 0);
    assert.equal(new Set(all.labels).size, 3);
    assert.equal(kmeans(matrixOf([[7]]), { nClusters: 1, seed: 1 }).inertia, 0);
  });

  it("leaves centres without rows where there are fewer different rows, at the place of another", () => {
    const X = matrixOf([[1], [1], [1], [6], [6]]);
    const { labels, centers, inertia } = kmeans(X, { nClusters: 4, seed: 3 });
    assert.equal(inertia, 0);
    assert.equal(new Set(labels).size, 2);
    for (const center of centers.data) assert.ok(center === 1 || center === 6, `${center}`);
    const same = kmeans(matrixOf([[2], [2], [2]]), { nClusters: 3, seed: 3 });
    assert.deepEqual([...same.centers.data], [2, 2, 2]);
    assert.deepEqual([...same.labels], [0, 0, 0]);
  });

  it("leaves rows and starting centres as they were", () => {
    const X = overlapping(40, 2, 1);
    const init = matrixOf([
      [0, 0],
      [1, 1],
    ]);
    const before = [X.data.slice(), init.data.slice()];
    kmeans(X, { nClusters: 2, init, seed: 1 });
    assert.deepEqual([X.data, init.data], before);
  });

  it("refuses what has no answer, with the values", () => {
    const X = matrixOf([[1], [2]]);
    assert.throws(
      () => kmeans(matrixOf([]), { nClusters: 1, seed: 1 }),
      /at least 1 row and 1 column, got 0 x 0/,
    );
    assert.throws(() => kmeans(X, { nClusters: 3, seed: 1 }), /whole clusters from 1 to 2, got 3/);
    assert.throws(() => kmeans(X, { nClusters: 1.5, seed: 1 }), RangeError);
    assert.throws(() => kmeans(X, { nClusters: 1, nInit: 0, seed: 1 }), /runs from 1/);
    assert.throws(() => kmeans(X, { nClusters: 1, tol: -1, seed: 1 }), /tolerance from 0/);
    assert.throws(() => kmeans(X, { nClusters: 1, maxIter: 0, seed: 1 }), /turns from 1/);
    assert.throws(() => kmeans(matrixOf([[1], [Number.NaN]]), { nClusters: 1, seed: 1 }), /got NaN in row 1/);
    const init = matrixOf([[1, 2]]);
    assert.throws(() => kmeans(X, { nClusters: 1, init, seed: 1 }), /init of 1 x 1, got 1 x 2/);
    const start = matrixOf([[1]]);
    assert.throws(
      () => kmeans(X, { nClusters: 1, init: start, nInit: 2, seed: 1 }),
      /nInit 1 with init, got 2/,
    );
  });
});

describe("assignToCenters", () => {
  it("gives each row its nearest centre, and the first of those equally near", () => {
    const centers = matrixOf([[0], [10], [10]]);
    assert.deepEqual([...assignToCenters(matrixOf([[1], [5], [6], [-3], [10]]), centers)], [0, 0, 1, 0, 1]);
    assert.equal(assignToCenters({ rows: 0, columns: 1, data: new Float64Array(0) }, centers).length, 0);
  });

  it("refuses other columns, no centres and NaN", () => {
    const X = matrixOf([[1, 2]]);
    assert.throws(() => assignToCenters(X, matrixOf([[1]])), /rows of 1 columns, got 2/);
    assert.throws(() => assignToCenters(X, matrixOf([])), /at least 1 centre, got 0/);
    assert.throws(() => assignToCenters(matrixOf([[Number.NaN]]), matrixOf([[1]])), /got NaN in row 0/);
  });
});

/** Means of the rows of each label; of a label without rows its centre. */
function meansOf(X: Matrix, labels: Int32Array, k: number, centers: Matrix): Matrix {
  const rows = Array.from({ length: k }, (_, c) => {
    const own = Array.from(labels.keys()).filter((i) => labels[i] === c);
    return Array.from({ length: X.columns }, (_, j) =>
      own.length === 0
        ? centers.data[c * X.columns + j]!
        : own.reduce((sum, i) => sum + X.data[i * X.columns + j]!, 0) / own.length,
    );
  });
  return matrixOf(rows);
}
