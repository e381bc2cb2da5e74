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

/** What the measures of covariances need. */
interface Shared {
  X: Matrix;
  responsibilities: Float64Array;
  /** The rows with a part in each component, k lists of up to n, and their lengths. */
  members: Int32Array;
  counts: Int32Array;
  sizes: Float64Array;
  means: Float64Array;
  regCovar: number;
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
  const members = new Int32Array(k * n);
  const counts = new Int32Array(k);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < k; c++) {
      const share = responsibilities[i * k + c]!;
      if (share === 0) continue;
      members[c * n + counts[c]!++] = i;
      sizes[c]! += share;
      for (let j = 0; j < d; j++) means[c * d + j]! += share * data[i * d + j]!;
    }
  for (let c = 0; c < k; c++) {
    // Of any other component this is no digit, but it would give a constant column a variance.
    const missing = sizes[c]! < 1e-6 ? LEAST_ROWS : 0;
    sizes[c]! += LEAST_ROWS;
    for (let j = 0; j < d; j++)
      means[c * d + j] = (means[c * d + j]! - missing * columnMeans[j]!) / sizes[c]!;
  }
  let total = 0;
  for (const size of sizes) total += size;
  const measure = { full: measureFull, tied: measureTied, diag: measureDiag, spherical: measureSpherical };
  const covariances = measure[type]({ X, responsibilities, members, counts, sizes, means, regCovar });
  return { weights: sizes.map((size) => size / total), means, covariances };
}

function measureFull({ X, responsibilities, members, counts, sizes, means, regCovar }: Shared): Float64Array {
  const { rows: n, columns: d, data } = X;
  const k = sizes.length;
  const covariances = new Float64Array(k * d * d);
  // Differences of a component's rows to its mean, times the root of its share, one column after the other.
  const scaled = new Float64Array(d * n);
  for (let c = 0; c < k; c++) {
    const count = counts[c]!;
    for (let at = 0; at < count; at++) {
      const i = members[c * n + at]!;
      const root = Math.sqrt(responsibilities[i * k + c]!);
      for (let j = 0; j < d; j++) scaled[j * n + at] = root * (data[i * d + j]! - means[c * d + j]!);
    }
    const covariance = covariances.subarray(c * d * d, (c + 1) * d * d);
    for (let j = 0; j < d; j++)
      for (let l = 0; l <= j; l++) covariance[j * d + l] = sumOfProducts(scaled, j * n, l * n, count);
    complete(covariance, d, sizes[c]!, regCovar);
  }
  return covariances;
}

function sumOfProducts(values: Float64Array, a: number, b: number, count: number): number {
  let even = 0;
  let odd = 0;
  let i = 1;
  for (; i < count; i += 2) {
    even += values[a + i - 1]! * values[b + i - 1]!;
    odd += values[a + i]! * values[b + i]!;
  }
  if (i === count) even += values[a + i - 1]! * values[b + i - 1]!;
  return even + odd;
}

/** What rows vary in all less what the means do. */
function measureTied({ X, sizes, means, regCovar }: Shared): Float64Array {
  const { rows: n, columns: d, data } = X;
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

function measureDiag({ X, responsibilities, members, counts, sizes, means, regCovar }: Shared): Float64Array {
  const { rows: n, columns: d, data } = X;
  const k = sizes.length;
  const variances = new Float64Array(k * d);
  for (let c = 0; c < k; c++)
    for (let at = 0; at < counts[c]!; at++) {
      const i = members[c * n + at]!;
      const share = responsibilities[i * k + c]!;
      for (let j = 0; j < d; j++) {
        const difference = data[i * d + j]! - means[c * d + j]!;
        variances[c * d + j]! += share * difference * difference;
      }
    }
  for (let at = 0; at < k * d; at++) variances[at] = variances[at]! / sizes[Math.floor(at / d)]! + regCovar;
  return variances;
}

function measureSpherical(shared: Shared): Float64Array {
  const variances = measureDiag(shared);
  const d = shared.X.columns;
  return shared.sizes.map(
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
