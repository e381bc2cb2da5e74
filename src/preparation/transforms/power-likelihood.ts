import { minimizeBetween } from "../../math/minimize.js";
import { compensatedSum } from "../../statistics/sum.js";

/** How likely a power makes a sample normal, as a function of the power. */
export type Likelihood = (lambda: number) => number;

/** Powers of `exp` up to here have squares and sums that do not overflow. */
const FAR = 300;

/** The power of greatest likelihood, and the bounds within which it is looked for. */
export function mostLikelyPower(likelihood: Likelihood, [low, high]: readonly [number, number]): number {
  return minimizeBetween((lambda) => -likelihood(lambda), low, high).x + 0;
}

/**
 * Powers for which no transformed value overflows.
 * @param above - largest distance from 0 of the logarithms that are multiplied by the power.
 * @param below - likewise for those multiplied by 2 less the power; 0 for none.
 */
export function powerBounds(above: number, below = 0): [low: number, high: number] {
  const [reach, reachBelow] = [FAR / above, FAR / below];
  return [Math.max(-reach, 2 - reachBelow), Math.min(reach, 2 + reachBelow)];
}

/**
 * Logarithm of the population variance of ((b^p - 1) / p), for bases b = offset + size, as a function of p.
 *
 * A factor that all b^p share is taken out first, that of the largest base for p >= 0 and of the smallest below, so
 * that nothing overflows and equal digits of large bases are not what is left of the difference.
 * @param sizes - with positive bases that are not all equal.
 */
export function logVarianceOfPowers(sizes: Float64Array, offset: 0 | 1): (p: number) => number {
  const { min, max } = extremes(sizes);
  const fromMax = logRatios(sizes, max, offset);
  const fromMin = logRatios(sizes, min, offset);
  const bent = new Float64Array(sizes.length);
  return (p) => {
    const logs = p >= 0 ? fromMax : fromMin;
    for (let i = 0; i < bent.length; i++) bent[i] = p === 0 ? logs[i]! : Math.expm1(p * logs[i]!) / p;
    return 2 * p * Math.log(offset + (p >= 0 ? max : min)) + Math.log(varianceOf(bent));
  };
}

/** Population variance; the values are replaced by their squared distances to the mean. */
export function varianceOf(values: Float64Array): number {
  const mean = compensatedSum(values) / values.length;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i]! - mean;
    values[i] = distance * distance;
  }
  return compensatedSum(values) / values.length;
}

/** Smallest and largest of at least one value. */
export function extremes(values: Float64Array): { min: number; max: number } {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

function logRatios(sizes: Float64Array, to: number, offset: number): Float64Array {
  const base = offset + to;
  return sizes.map((size) => {
    const change = (size - to) / base;
    return Math.abs(change) < 0.5 ? Math.log1p(change) : Math.log((offset + size) / base);
  });
}
