import { quantile } from "./quantile.js";

/** The ends of what is usual in a sample. */
export interface Fences {
  low: number;
  high: number;
}

/**
 * Tukey's fences: how far beyond the middle half of a sample a value is still usual.
 * @param values - NaN is left out.
 * @param reach - in interquartile ranges; 1.5 for values that deserve a look, 3 for those far out.
 * @returns NaN at both ends for a sample without values.
 * @throws RangeError when the reach is below zero.
 * @see Tukey 1977, Exploratory Data Analysis, ch. 2; quartiles as numpy.quantile takes them.
 */
export function tukeyFences(values: ArrayLike<number>, reach = 1.5): Fences {
  if (!(reach >= 0)) throw new RangeError(`tukeyFences needs a reach of at least 0, got ${reach}`);
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const [q1, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  return { low: q1 - reach * (q3 - q1), high: q3 + reach * (q3 - q1) };
}

/**
 * Tukey's fences for a measure of sizes: taken on a logarithmic scale, so that "twice as much" counts alike everywhere.
 * Values that are not above zero are left out.
 */
export function logTukeyFences(values: ArrayLike<number>, reach = 1.5): Fences {
  const positive = Float64Array.from(values).filter((value) => value > 0 && value < Infinity);
  const { low, high } = tukeyFences(positive.map(Math.log), reach);
  return { low: Math.exp(low), high: Math.exp(high) };
}
