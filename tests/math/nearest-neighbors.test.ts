import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { matrixOf } from "#src/math/matrix.js";
import { nearestNeighbors } from "#src/math/nearest-neighbors.js";
import { readText } from "../structure/support.js";

const fixture = JSON.parse(readText("tests/preparation/fixtures/selection.json")) as {
  X: number[][];
  neighbours: { indices: number[][]; distances: number[][] };
};

describe("nearestNeighbors", () => {
  it("agrees with scikit-learn's NearestNeighbors", () => {
    const { indices, squared, count } = nearestNeighbors(matrixOf(fixture.X), 6);
    assert.equal(count, 6);
    assert.deepEqual([...indices], fixture.neighbours.indices.flat());
    fixture.neighbours.distances.flat().forEach((distance, at) => {
      assert.ok(Math.abs(Math.sqrt(squared[at]!) - distance) < 1e-12);
    });
  });

  it("takes the row that comes first of those equally far, and a duplicate as a neighbour", () => {
    const { indices, squared } = nearestNeighbors(matrixOf([[0], [1], [-1], [1], [0]]), 2);
    assert.deepEqual([...indices], [4, 1, 3, 0, 0, 4, 1, 0, 0, 1]);
    assert.deepEqual([...squared.slice(0, 4)], [0, 1, 0, 1]);
  });

  it("may be asked for all others, and for no more", () => {
    assert.deepEqual([...nearestNeighbors(matrixOf([[0], [5], [7]]), 2).indices], [1, 2, 2, 0, 1, 0]);
    for (const count of [0, 3, 1.5])
      assert.throws(() => nearestNeighbors(matrixOf([[0], [5], [7]]), count), /needs 1 to n - 1 neighbours/);
    assert.throws(() => nearestNeighbors(matrixOf([]), 1), /got 1 \(n = 0\)/);
  });
});
