import type { Matrix } from "../math/matrix.js";

/**
 * The nearest centre of each row by Euclidean distance, the first of those tied.
 * @param X - n x d; `centers` k x d, k at least 1.
 */
export function nearestCenter(X: Matrix, centers: Matrix): Int32Array {
  const labels = new Int32Array(X.rows);
  for (let i = 0; i < X.rows; i++) {
    let least = Infinity;
    for (let c = 0; c < centers.rows; c++) {
      const squared = squaredDistance(X, i, centers, c);
      if (squared >= least) continue;
      least = squared;
      labels[i] = c;
    }
  }
  return labels;
}

/** The squared distance of a row and a centre. */
export function squaredDistance(X: Matrix, i: number, centers: Matrix, c: number): number {
  const d = X.columns;
  let sum = 0;
  for (let j = 0; j < d; j++) sum += (X.data[i * d + j]! - centers.data[c * d + j]!) ** 2;
  return sum;
}
