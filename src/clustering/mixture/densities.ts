import type { CovarianceType, Parameters } from "./parameters.js";
import { whiten } from "./whiten.js";

/** A mixture in the form in which rows are asked for their densities. */
export interface Densities {
  k: number;
  d: number;
  /** k x d. */
  means: Float64Array;
  /** Whether rows are whitened by lower triangles (full, tied) or axis by axis. */
  isTriangular: boolean;
  /** Triangles row by row, or scales of the axes, one component after the other. */
  whitening: Float64Array;
  /** Logarithm of weight times density at the mean, for each component. */
  peaks: Float64Array;
  /** A component with a density this far below the largest, as a logarithm, has no part in a row. */
  far: Float64Array;
}

/** A share of exp(-36), 2e-16, of a component's weight is no digit of what is summed for it. */
const NO_DIGIT = 36;

/** @throws RangeError when a covariance is singular. */
export function densitiesOf(who: string, type: CovarianceType, parameters: Parameters): Densities {
  const { weights, means, covariances } = parameters;
  const k = weights.length;
  const d = means.length / k;
  const isTriangular = type === "full" || type === "tied";
  const size = isTriangular ? (d * (d + 1)) / 2 : d;
  const whitening = new Float64Array(k * size);
  const peaks = weights.map((weight) => Math.log(weight) - (d / 2) * Math.log(2 * Math.PI));
  for (let c = 0; c < k; c++) {
    let logDeterminant = 0;
    if (isTriangular) {
      const from = type === "tied" ? 0 : c * d * d;
      logDeterminant = whiten(covariances.subarray(from, from + d * d), d, whitening, c * size);
    } else
      for (let j = 0; j < d; j++) {
        const variance = covariances[type === "diag" ? c * d + j : c]!;
        whitening[c * d + j] = 1 / Math.sqrt(variance);
        logDeterminant -= variance > 0 ? Math.log(variance) / 2 : Number.NaN;
      }
    if (Number.isNaN(logDeterminant))
      throw new RangeError(
        `${who} needs covariances that are not singular, got one in component ${c} of ${k} (${type}); regCovar has to be larger, or nComponents less`,
      );
    peaks[c]! += logDeterminant;
  }
  const far = weights.map((weight) => NO_DIGIT - Math.log(weight));
  return { k, d, means, isTriangular, whitening, peaks, far };
}
