/**
 * The inverse W of the Cholesky factor of a covariance matrix: W x has unit covariance. Written row by row without the
 * zeros, d (d + 1) / 2 numbers from `to`.
 * @param covariances - d x d from `from`; only its lower half is read.
 * @returns the logarithm of the determinant of W; NaN when the matrix is not positive definite.
 * @see Golub & Van Loan 2013, Matrix Computations, 4.2 (Cholesky) and 3.1 (triangular systems).
 */
export function whiten(
  covariances: Float64Array,
  from: number,
  d: number,
  whitening: Float64Array,
  to: number,
): number {
  const factor = whitening.subarray(to, to + (d * (d + 1)) / 2);
  let logDeterminant = 0;
  for (let i = 0, row = 0; i < d; i++, row += i) {
    for (let j = 0, other = 0; j <= i; j++, other += j) {
      let rest = covariances[from + i * d + j]!;
      for (let l = 0; l < j; l++) rest -= factor[row + l]! * factor[other + l]!;
      if (j < i) {
        factor[row + j] = rest / factor[other + j]!;
        continue;
      }
      if (!(rest > 0)) return Number.NaN;
      factor[row + i] = Math.sqrt(rest);
      logDeterminant -= Math.log(rest) / 2;
    }
  }
  // The inverse takes the place of the factor row by row: row i needs the factor's row i and the inverse's rows above.
  for (let i = 0, row = 0; i < d; i++, row += i) {
    const pivot = factor[row + i]!;
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let l = j; l < i; l++) sum += factor[row + l]! * factor[(l * (l + 1)) / 2 + j]!;
      factor[row + j] = -sum / pivot;
    }
    factor[row + i] = 1 / pivot;
  }
  return logDeterminant;
}
