import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { matrixOf } from "#src/math/matrix.js";
import { minimizeSmooth } from "#src/math/minimize-smooth.js";
import { choleskyOf, inverseOfCholesky, solveCholesky } from "#src/math/positive-definite.js";

const rosenbrock = (x: Float64Array): number => (1 - x[0]!) ** 2 + 100 * (x[1]! - x[0]! ** 2) ** 2;

describe("minimizeSmooth", () => {
  it("finds the lowest point of a bent valley", () => {
    for (const start of [
      [-1.2, 1],
      [3, -4],
      [1, 1],
    ]) {
      const { x, converged, value } = minimizeSmooth(rosenbrock, start);
      assert.ok(converged && value < 1e-14, `from ${start}: ${value}`);
      assert.ok(Math.abs(x[0]! - 1) < 1e-7 && Math.abs(x[1]! - 1) < 1e-7);
    }
  });

  it("gives the second derivatives there", () => {
    const { hessian } = minimizeSmooth(rosenbrock, [0.9, 0.8]);
    [802, -400, -400, 200].forEach((wanted, i) => {
      assert.ok(Math.abs(hessian.data[i]! - wanted) < 1e-3, `${hessian.data[i]} is not ${wanted}`);
    });
  });

  it("does not enter where the function is no number or infinite", () => {
    const { x, converged } = minimizeSmooth((at) => at[0]! - Math.log(at[0]!), [9]);
    assert.ok(converged && Math.abs(x[0]! - 1) < 1e-7);
  });

  it("does not call a saddle, a slope without end or a flat direction a minimum", () => {
    assert.ok(!minimizeSmooth(([x, y]) => x! ** 2 - y! ** 2, [0, 0]).converged);
    assert.ok(!minimizeSmooth(([x]) => -x!, [0]).converged);
    assert.ok(!minimizeSmooth(([x]) => Math.exp(-x!), [0]).converged);
    assert.ok(!minimizeSmooth(([x, y]) => (x! + y! - 1) ** 2, [4, 4]).converged);
    assert.ok(!minimizeSmooth(() => 3, [1, 2]).converged);
  });

  it("refuses a start outside of the function", () => {
    assert.throws(() => minimizeSmooth(([x]) => Math.log(x!), [-1]), /finite, got Infinity at \[-1\]/);
    assert.throws(() => minimizeSmooth(() => 1, []), /minimizeSmooth needs a start/);
  });
});

describe("choleskyOf", () => {
  // L = [[2, 0, 0], [1, 3, 0], [-1, 2, 1]], by hand.
  const A = matrixOf([
    [4, 2, -2],
    [2, 10, 5],
    [-2, 5, 6],
  ]);

  it("gives the triangle whose square is the matrix", () => {
    assert.deepEqual([...choleskyOf(A)!.data], [2, 0, 0, 1, 3, 0, -1, 2, 1]);
  });

  it("solves and inverts", () => {
    const lower = choleskyOf(A)!;
    // A (1, 2, 3) = (2, 37, 26)
    assert.deepEqual([...solveCholesky(lower, [2, 37, 26])], [1, 2, 3]);
    const inverse = inverseOfCholesky(lower);
    const first = [0, 1, 2].map(
      (j) => 4 * inverse.data[j]! + 2 * inverse.data[3 + j]! - 2 * inverse.data[6 + j]!,
    );
    [1, 0, 0].forEach((wanted, j) => {
      assert.ok(Math.abs(first[j]! - wanted) < 1e-14);
    });
  });

  it("tells a matrix that is not positive definite", () => {
    for (const rows of [
      [[0]],
      [[-1]],
      [
        [1, 1],
        [1, 1],
      ],
      [
        [1, 2],
        [2, 1],
      ],
      [[Number.NaN]],
    ])
      assert.equal(choleskyOf(matrixOf(rows)), undefined);
    assert.throws(() => choleskyOf(matrixOf([[1, 2]])), /square matrix, got 1 x 2/);
  });
});
