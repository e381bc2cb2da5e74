import type { Matrix } from "../../math/matrix.js";
import type { CovarianceType, Parameters } from "./parameters.js";

/** Added to each component's share of the rows, so that one without rows has a weight; as in scikit-learn. */
const LEAST_ROWS = 10 * Number.EPSILON;

export interface Maximizer {
  type: CovarianceType;
  regCovar: number;
  /** What was taken off the columns: a component without rows stands where they were 0, as in scikit-learn. */
  columnMeans: Float64Array;
}

/**
 * The weights, means and covariances that fit rows best when these are shared out as told.
 * @param X - n x d, columns with mean 0.
 * @param responsibilities - n x k, row by row; each row sums to 1.
 */
export function maximize(X: Matrix, responsibilities: Float64Array, maximizer: Maximizer): Parameters {
  const { type, regCovar, columnMeans } = maximizer;
  const { rows: n, columns: d, data } = X;
  const k = responsibilities.length / n;
  const sizes = new Float64Array(k);
  const means = new Float64Array(k * d);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < k; c++) {
      const share = responsibilities[i * k + c]!;
      if (share === 0) continue;
      sizes[c]! += share;
      for (let j = 0; j < d; j++) means[c * d + j]! += share * data[i * d + j]!;
    }
  for (let c = 0; c < k; c++) {
    sizes[c]! += LEAST_ROWS;
    for (let j = 0; j < d; j++)
      means[c * d + j] = (means[c * d + j]! - LEAST_ROWS * columnMeans[j]!) / sizes[c]!;
  }
  let total = 0;
  for (const size of sizes) total += size;
  const measure = { full: measureFull, tied: measureTied, diag: measureDiag, spherical: measureSpherical };
  const covariances = measure[type](X, responsibilities, sizes, means, regCovar);
  return { weights: sizes.map((size) => size / total), means, covariances };
}

function measureFull(
  { rows: n, columns: d, data }: Matrix,
  responsibilities: Float64Array,
  sizes: Float64Array,
  means: Float64Array,
  regCovar: number,
): Float64Array {
  const k = sizes.length;
  const covariances = new Float64Array(k * d * d);
  const difference = new Float64Array(d);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < k; c++) {
      const share = responsibilities[i * k + c]!;
      if (share === 0) continue;
      for (let j = 0; j < d; j++) difference[j] = data[i * d + j]! - means[c * d + j]!;
      for (let j = 0; j < d; j++) {
        const scaled = share * difference[j]!;
        const row = (c * d + j) * d;
        for (let l = 0; l <= j; l++) covariances[row + l]! += scaled * difference[l]!;
      }
    }
  for (let c = 0; c < k; c++)
    complete(covariances.subarray(c * d * d, (c + 1) * d * d), d, sizes[c]!, regCovar);
  return covariances;
}

/** What rows vary in all less what the means do. */
function measureTied(
  { rows: n, columns: d, data }: Matrix,
  _: Float64Array,
  sizes: Float64Array,
  means: Float64Array,
  regCovar: number,
): Float64Array {
  const covariance = new Float64Array(d * d);
  const add = (values: Float64Array, at: number, weight: number): void => {
    for (let j = 0; j < d; j++)
      for (let l = 0; l <= j; l++) covariance[j * d + l]! += weight * values[at + j]! * values[at + l]!;
  };
  for (let i = 0; i < n; i++) add(data, i * d, 1);
  for (let c = 0; c < sizes.length; c++) add(means, c * d, -sizes[c]!);
  complete(
    covariance,
    d,
    sizes.reduce((sum, size) => sum + size, 0),
    regCovar,
  );
  return covariance;
}

function measureDiag(
  { rows: n, columns: d, data }: Matrix,
  responsibilities: Float64Array,
  sizes: Float64Array,
  means: Float64Array,
  regCovar: number,
): Float64Array {
  const k = sizes.length;
  const variances = new Float64Array(k * d);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < k; c++) {
      const share = responsibilities[i * k + c]!;
      if (share === 0) continue;
      for (let j = 0; j < d; j++) {
        const difference = data[i * d + j]! - means[c * d + j]!;
        variances[c * d + j]! += share * difference * difference;
      }
    }
  for (let at = 0; at < k * d; at++) variances[at] = variances[at]! / sizes[Math.floor(at / d)]! + regCovar;
  return variances;
}

function measureSpherical(
  X: Matrix,
  responsibilities: Float64Array,
  sizes: Float64Array,
  means: Float64Array,
  regCovar: number,
): Float64Array {
  const variances = measureDiag(X, responsibilities, sizes, means, regCovar);
  const d = X.columns;
  return sizes.map(
    (_, c) => variances.subarray(c * d, (c + 1) * d).reduce((sum, value) => sum + value, 0) / d,
  );
}

/** Sums of products, of which the lower half is there, to a covariance matrix. */
function complete(products: Float64Array, d: number, size: number, regCovar: number): void {
  for (let j = 0; j < d; j++)
    for (let l = 0; l <= j; l++) {
      const covariance = products[j * d + l]! / size + (j === l ? regCovar : 0);
      products[j * d + l] = covariance;
      products[l * d + j] = covariance;
    }
}
