import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { nearestByDistance, nearestNeighbours, nearestTo } from "#src/math/neighbours.js";
import { seededRandom } from "#src/math/random.js";
import { symmetrise } from "#src/math/sparse.js";
import { readText } from "../structure/support.js";

const fixture = JSON.parse(readText("tests/preparation/fixtures/selection.json")) as {
  X: number[][];
  neighbours: { indices: number[][]; distances: number[][] };
};

function randomMatrix(rows: number, columns: number, seed: number, steps = 0): Matrix {
  const random = seededRandom(seed);
  const value = (): number => (steps > 0 ? Math.floor(random() * steps) : random());
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, value) };
}

/** By sorting all others. */
function sorted(X: Matrix, queries: Matrix, k: number, skipsItself: boolean): number[] {
  const rowOf = ({ columns, data }: Matrix, i: number): Float64Array =>
    data.subarray(i * columns, (i + 1) * columns);
  return Array.from({ length: queries.rows }, (_, i) =>
    Array.from({ length: X.rows }, (_, j) => ({
      j,
      d: rowOf(X, j).reduce((sum, value, c) => sum + (value - rowOf(queries, i)[c]!) ** 2, 0),
    }))
      .filter(({ j }) => !skipsItself || j !== i)
      .sort((a, b) => a.d - b.d || a.j - b.j)
      .slice(0, k)
      .map(({ j }) => j),
  ).flat();
}

describe("nearestNeighbours", () => {
  it("agree with scikit-learn's NearestNeighbors", () => {
    const { indices, distances } = nearestNeighbours(matrixOf(fixture.X), 6);
    assert.deepEqual([...indices], fixture.neighbours.indices.flat());
    fixture.neighbours.distances.flat().forEach((distance, at) => {
      assert.ok(Math.abs(distances[at]! - distance) < 1e-12);
    });
  });

  it("are those of a sort, by comparing all and by the tree, bit by bit", () => {
    for (const [rows, columns, k, steps] of [
      [300, 3, 7, 0],
      [300, 2, 15, 4],
      [257, 10, 91, 0],
      [40, 1, 39, 3],
      [2, 2, 1, 0],
    ] as const) {
      const X = randomMatrix(rows, columns, rows + columns, steps);
      const brute = nearestNeighbours(X, k, { method: "brute" });
      assert.deepEqual([...brute.indices], sorted(X, X, k, true));
      assert.deepEqual(nearestNeighbours(X, k, { method: "tree" }), brute);
    }
  });

  it("stay exact among duplicates and constant columns, ties by index", () => {
    const X = matrixOf(Array.from({ length: 100 }, (_, i) => [i < 60 ? 1 : 2, 5]));
    for (const method of ["brute", "tree"] as const) {
      const { indices, distances } = nearestNeighbours(X, 3, { method });
      assert.deepEqual([...indices.slice(0, 6)], [1, 2, 3, 0, 2, 3]);
      assert.deepEqual([...indices.slice(-3)], [60, 61, 62]);
      assert.ok(distances.every((distance) => distance === 0));
    }
  });

  it("of a range are those rows of the whole", () => {
    const X = randomMatrix(200, 4, 3);
    for (const method of ["brute", "tree"] as const) {
      const part = nearestNeighbours(X, 5, { method, range: [50, 120] });
      assert.deepEqual(part.indices, nearestNeighbours(X, 5).indices.slice(250, 600));
    }
  });

  it("measure Euclidean distance", () => {
    const { distances } = nearestNeighbours(
      matrixOf([
        [0, 0],
        [3, 4],
        [0, 1],
      ]),
      2,
    );
    assert.deepEqual([...distances], [1, 5, Math.sqrt(18), 5, 1, Math.sqrt(18)]);
  });

  it("refuse too many neighbours, NaN and ranges outside", () => {
    const X = randomMatrix(10, 2, 1);
    assert.throws(() => nearestNeighbours(X, 10), {
      name: "RangeError",
      message: "nearestNeighbours needs 1 to 9 neighbours, got 10 (n = 10)",
    });
    assert.throws(() => nearestNeighbours(X, 2, { range: [5, 11] }), /a range within 0 to 10, got 5 to 11/);
    assert.throws(() => nearestNeighbours(matrixOf([[1], [Number.NaN]]), 1), /got NaN in row 1, column 0/);
    assert.throws(() => nearestNeighbours(matrixOf([]), 1), RangeError);
  });
});

describe("nearestTo", () => {
  it("finds the fitted rows nearest to others, an equal one included", () => {
    const [X, queries] = [randomMatrix(150, 3, 5, 6), randomMatrix(20, 3, 6, 6)];
    for (const method of ["brute", "tree"] as const)
      assert.deepEqual([...nearestTo(X, queries, 6, { method }).indices], sorted(X, queries, 6, false));
    assert.deepEqual([...nearestTo(X, X, 1).distances], Array(150).fill(0));
    assert.throws(() => nearestTo(X, randomMatrix(1, 2, 1), 1), /rows of 3 columns, got 2/);
  });
});

describe("nearestByDistance", () => {
  it("agrees with coordinates and takes any distance", () => {
    const X = randomMatrix(60, 2, 9, 5);
    const distance = (i: number, j: number): number =>
      Math.sqrt((X.data[2 * i]! - X.data[2 * j]!) ** 2 + (X.data[2 * i + 1]! - X.data[2 * j + 1]!) ** 2);
    assert.deepEqual(nearestByDistance(60, 8, distance), nearestNeighbours(X, 8));
    assert.throws(() => nearestByDistance(3, 1, () => Number.NaN), /distances of at least 0, got NaN/);
  });
});

describe("symmetrise", () => {
  it("combines what two rows say of each other, columns in order", () => {
    // 0 -> 1, 2; 1 -> 0, 2; 2 -> 1, 3; 3 -> 2, 1, worked out by hand.
    const neighbours = {
      rows: 4,
      k: 2,
      indices: Int32Array.of(1, 2, 0, 2, 1, 3, 2, 1),
      distances: new Float64Array(8),
    };
    const values = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const { starts, columns, values: sums } = symmetrise(neighbours, values, (a, b) => a + b);
    assert.deepEqual([...starts], [0, 2, 5, 8, 10]);
    assert.deepEqual([...columns], [1, 2, 0, 2, 3, 0, 1, 3, 1, 2]);
    assert.deepEqual([...sums], [4, 2, 4, 9, 8, 2, 9, 13, 8, 13]);
  });
});
