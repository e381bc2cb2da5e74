import type { Matrix } from "../../math/matrix.js";
import type { CovarianceType, Parameters } from "./parameters.js";
import type { Workspace } from "./workspace.js";

/** Added to each component's share of the rows, so that one without rows has a weight; as in scikit-learn. */
const LEAST_ROWS = 10 * Number.EPSILON;

export interface Maximizer {
  type: CovarianceType;
  regCovar: number;
  /** What was taken off the columns: a component without rows stands where they were 0, as in scikit-learn. */
  columnMeans: Float64Array;
}

/**
 * The weights, means and covariances that fit rows best when these are shared out as they are in the workspace.
 * @param X - n x d, columns with mean 0; those of the workspace.
 */
export function maximize(X: Matrix, work: Workspace, maximizer: Maximizer): Parameters {
  const { type, regCovar, columnMeans } = maximizer;
  const { kernels, d, k, length, arrays } = work;
  kernels.addRows(length, d, k, arrays.columns, arrays.shares, arrays.sizes, arrays.totals);
  const sizes = arrays.sizes.slice();
  const means = arrays.totals.slice();
  for (let c = 0; c < k; c++) {
    // Of any other component this is no digit, but it would give a constant column a variance.
    const missing = sizes[c]! < 1e-6 ? LEAST_ROWS : 0;
    sizes[c]! += LEAST_ROWS;
    for (let j = 0; j < d; j++)
      means[c * d + j] = (means[c * d + j]! - missing * columnMeans[j]!) / sizes[c]!;
  }
  arrays.means.set(means);
  const measure = {
    full: () => measureFull(work, sizes, regCovar),
    tied: () => measureTied(X, sizes, means, regCovar),
    diag: () => measureDiag(work, sizes, regCovar),
    spherical: () => measureSpherical(work, sizes, regCovar),
  };
  const covariances = measure[type]();
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return { weights: sizes.map((size) => size / total), means, covariances };
}

function measureFull(work: Workspace, sizes: Float64Array, regCovar: number): Float64Array {
  const { kernels, n, d, k, length, width, arrays } = work;
  const { columns, shares, means, gaps, products } = arrays;
  kernels.addProducts(n, length, d, width, k, columns, shares, means, gaps, products);
  const covariances = new Float64Array(k * d * d);
  for (let c = 0; c < k; c++) {
    const covariance = covariances.subarray(c * d * d, (c + 1) * d * d);
    for (let j = 0; j < d; j++) {
      const from = (c * d + j) * width;
      covariance.set(products.subarray(from, from + j + 1), j * d);
    }
    complete(covariance, d, sizes[c]!, regCovar);
  }
  return covariances;
}

/** What rows vary in all less what the means do. */
function measureTied(X: Matrix, sizes: Float64Array, means: Float64Array, regCovar: number): Float64Array {
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

function measureDiag(work: Workspace, sizes: Float64Array, regCovar: number): Float64Array {
  const { kernels, d, k, length, arrays } = work;
  const { columns, shares, means, squares } = arrays;
  kernels.addSquares(length, d, k, columns, shares, means, squares);
  return squares.map((square, at) => square / sizes[Math.floor(at / d)]! + regCovar);
}

function measureSpherical(work: Workspace, sizes: Float64Array, regCovar: number): Float64Array {
  const { d } = work;
  const variances = measureDiag(work, sizes, regCovar);
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
