/** How freely the components may be shaped: each its own way, all the same way, along the axes, or as balls. */
export type CovarianceType = "full" | "tied" | "diag" | "spherical";

/** All covariance types, the freest first. */
export const COVARIANCE_TYPES: readonly CovarianceType[] = ["full", "tied", "diag", "spherical"];

/** What is fitted, over columns with mean 0. */
export interface Parameters {
  weights: Float64Array;
  /** k x d. */
  means: Float64Array;
  /** k x d x d (full), d x d (tied), k x d (diag) or k (spherical). */
  covariances: Float64Array;
}

/** How many numbers a model is free to choose. */
export function countParameters(type: CovarianceType, k: number, d: number): number {
  const ofCovariances = {
    full: (k * d * (d + 1)) / 2,
    tied: (d * (d + 1)) / 2,
    diag: k * d,
    spherical: k,
  };
  return ofCovariances[type] + k * d + k - 1;
}
