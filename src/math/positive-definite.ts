import type { Matrix } from "./matrix.js";

/**
 * The lower triangle L with L L' = A.
 * @param A - symmetric; only its lower triangle is read.
 * @returns `undefined` when A is not positive definite as far as doubles can tell.
 * @see Golub & Van Loan 2013, Matrix Computations, algorithm 4.2.2; equals numpy.linalg.cholesky.
 */
export function choleskyOf({ rows, columns, data }: Matrix): Matrix | undefined {
  if (rows !== columns) throw new RangeError(`choleskyOf needs a square matrix, got ${rows} x ${columns}`);
  const lower = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j <= i; j++) {
      let rest = data[i * rows + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * rows + k]! * lower[j * rows + k]!;
      if (i !== j) lower[i * rows + j] = rest / lower[j * rows + j]!;
      // What rounding alone would leave of a diagonal counts as nothing.
      else if (rest > 1e-14 * Math.abs(data[i * rows + i]!)) lower[i * rows + i] = Math.sqrt(rest);
      else return undefined;
    }
  return { rows, columns, data: lower };
}

/** The solution of L L' x = b. */
export function solveCholesky({ rows, data }: Matrix, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < i; k++) x[i]! -= data[i * rows + k]! * x[k]!;
    x[i]! /= data[i * rows + i]!;
  }
  for (let i = rows - 1; i >= 0; i--) {
    for (let k = i + 1; k < rows; k++) x[i]! -= data[k * rows + i]! * x[k]!;
    x[i]! /= data[i * rows + i]!;
  }
  return x;
}

/** The inverse of L L'. */
export function inverseOfCholesky(lower: Matrix): Matrix {
  const { rows } = lower;
  const data = new Float64Array(rows * rows);
  for (let j = 0; j < rows; j++) {
    const unit = new Float64Array(rows);
    unit[j] = 1;
    const column = solveCholesky(lower, unit);
    for (let i = 0; i < rows; i++) data[i * rows + j] = column[i]!;
  }
  return { rows, columns: rows, data };
}
