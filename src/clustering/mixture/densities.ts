import type { CovarianceType, Parameters } from "./parameters.js";
import { whiten } from "./whiten.js";

/** A mixture in the form in which rows are asked for their densities. */
export interface Densities {
  k: number;
  d: number;
  /** The columns in the order in which each component looks at them: those first that tell most rows off; k x d. */
  order: Int32Array;
  /** k x d, in this order. */
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
  const variances = variancesOf(type, covariances, k, d);
  const order = orderColumns(parameters, variances);
  const whitening = new Float64Array(k * size);
  const peaks = weights.map((weight) => Math.log(weight) - (d / 2) * Math.log(2 * Math.PI));
  const ordered = new Float64Array(d * d);
  for (let c = 0; c < k; c++) {
    let logDeterminant = 0;
    if (isTriangular) {
      const from = type === "tied" ? 0 : c * d;
      for (let j = 0; j < d; j++)
        for (let l = 0; l <= j; l++)
          ordered[j * d + l] = covariances[(from + order[c * d + j]!) * d + order[c * d + l]!]!;
      logDeterminant = whiten(ordered, d, whitening, c * size);
    } else
      for (let j = 0; j < d; j++) {
        const variance = variances[c * d + order[c * d + j]!]!;
        whitening[c * d + j] = 1 / Math.sqrt(variance);
        logDeterminant -= variance > 0 ? Math.log(variance) / 2 : Number.NaN;
      }
    if (Number.isNaN(logDeterminant))
      throw new RangeError(
        `${who} needs covariances that are not singular, got one in component ${c} of ${k} (${type}); regCovar has to be larger, or nComponents less`,
      );
    peaks[c]! += logDeterminant;
  }
  const orderedMeans = means.map((_, at) => means[at - (at % d) + order[at]!]!);
  return {
    k,
    d,
    order,
    means: orderedMeans,
    isTriangular,
    whitening,
    peaks,
    far: weights.map((weight) => NO_DIGIT - Math.log(weight)),
  };
}

/** The diagonals of all covariances, k x d. */
function variancesOf(type: CovarianceType, covariances: Float64Array, k: number, d: number): Float64Array {
  const place = {
    full: (c: number, j: number): number => (c * d + j) * d + j,
    tied: (_: number, j: number): number => j * d + j,
    diag: (c: number, j: number): number => c * d + j,
    spherical: (c: number): number => c,
  }[type];
  return Float64Array.from({ length: k * d }, (_, at) => covariances[place(Math.floor(at / d), at % d)]!);
}

/** The columns of each component by its variance as a share of the column's in all. */
function orderColumns({ weights, means }: Parameters, variances: Float64Array): Int32Array {
  const k = weights.length;
  const d = means.length / k;
  const order = new Int32Array(k * d);
  const whole = Array.from({ length: d }, (_, j) => {
    const mean = weights.reduce((sum, weight, c) => sum + weight * means[c * d + j]!, 0);
    return weights.reduce(
      (sum, weight, c) => sum + weight * (variances[c * d + j]! + (means[c * d + j]! - mean) ** 2),
      0,
    );
  });
  for (let c = 0; c < k; c++) {
    const shares = whole.map((variance, j) => (variance > 0 ? variances[c * d + j]! / variance : 1));
    order.set(
      Array.from(shares.keys()).sort((a, b) => shares[a]! - shares[b]! || a - b),
      c * d,
    );
  }
  return order;
}
