import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { PointTree } from "#src/math/point-tree.js";
import { seededRandom } from "#src/math/random.js";

describe("PointTree", () => {
  it("finds all points within a radius, those at it included, as comparing all does", () => {
    const random = seededRandom(4);
    for (const [rows, columns] of [
      [400, 2],
      [300, 7],
      [40, 1],
      [1, 3],
    ] as const) {
      const data = Float64Array.from({ length: rows * columns }, () => Math.floor(random() * 9));
      const X: Matrix = { rows, columns, data };
      const tree = new PointTree(X);
      const found = new Int32Array(rows);
      for (const radius of [0, 1, 4, 9, 1000])
        for (let row = 0; row < rows; row += 13) {
          const query = data.slice(row * columns, (row + 1) * columns);
          const count = tree.within(query, radius, found);
          const wanted = Array.from({ length: rows }, (_, i) => i).filter(
            (i) => query.reduce((sum, value, j) => sum + (value - data[i * columns + j]!) ** 2, 0) <= radius,
          );
          assert.deepEqual([...found.subarray(0, count).sort()], wanted);
        }
    }
    assert.equal(new PointTree(matrixOf([])).within(new Float64Array(0), 1, new Int32Array(0)), 0);
  });
});
