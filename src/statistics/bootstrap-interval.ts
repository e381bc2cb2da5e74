import { normalCdf, normalQuantile } from "../math/normal.js";
import { quantile } from "./quantile.js";
import type { Interval } from "./test-result.js";

/** What the percentiles of replicates are moved by. */
export interface BcaShares {
  /** z0: how far the estimate lies from the middle of its replicates. */
  bias: number;
  /** a: how fast the spread changes with the estimate. */
  acceleration: number;
  /** The shares of replicates below the two ends. */
  low: number;
  high: number;
}

/** The middle part of the replicates, in any order. NaN for none. */
export function percentileInterval(replicates: ArrayLike<number>, level: number): Interval {
  const beyond = (1 - level) / 2;
  const sorted = Float64Array.from(replicates).sort();
  return { low: quantile(sorted, beyond), high: quantile(sorted, 1 - beyond), level };
}

/**
 * Efron's bias-corrected and accelerated interval of given replicates.
 * @param jackknife - for each sample the statistics with one of its rows left out.
 * @returns the estimate itself when all replicates equal it; NaN when it lies beyond all of them.
 * @see Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 14 and eq. 15.36; the formula of
 * scipy.stats.bootstrap(method="BCa").
 */
export function bcaInterval(
  replicates: ArrayLike<number>,
  estimate: number,
  jackknife: readonly ArrayLike<number>[],
  level: number,
): Interval {
  const sorted = Float64Array.from(replicates).sort();
  if (sorted[0] === estimate && sorted.at(-1) === estimate) return { low: estimate, high: estimate, level };
  const { low, high } = bcaShares(sorted, estimate, jackknife, level);
  if (Number.isNaN(low + high)) return { low: Number.NaN, high: Number.NaN, level };
  return { low: quantile(sorted, low), high: quantile(sorted, high), level };
}

/** Which shares of the replicates an interval by BCa ends at. */
export function bcaShares(
  replicates: ArrayLike<number>,
  estimate: number,
  jackknife: readonly ArrayLike<number>[],
  level: number,
): BcaShares {
  let below = 0;
  for (let i = 0; i < replicates.length; i++)
    below += replicates[i]! < estimate ? 1 : replicates[i] === estimate ? 0.5 : 0;
  const bias = normalQuantile(below / replicates.length);
  const acceleration = accelerationOf(jackknife);
  const z = normalQuantile((1 - level) / 2);
  const share = (from: number): number => normalCdf(bias + from / (1 - acceleration * from));
  return { bias, acceleration, low: share(bias + z), high: share(bias - z) };
}

function accelerationOf(jackknife: readonly ArrayLike<number>[]): number {
  let [cubes, squares] = [0, 0];
  for (const left of jackknife) {
    const n = left.length;
    let mean = 0;
    for (let i = 0; i < n; i++) mean += left[i]! / n;
    for (let i = 0; i < n; i++) {
      const influence = ((n - 1) * (mean - left[i]!)) / n;
      cubes += influence ** 3;
      squares += influence ** 2;
    }
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
