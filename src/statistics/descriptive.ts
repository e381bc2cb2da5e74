import { momentsOf } from "./moments.js";
import { quantile } from "./quantile.js";
import { compensatedSum } from "./sum.js";

/** What a column of numbers looks like. What the values cannot tell (a mean of none, say) is NaN. */
export interface NumberDescription {
  /** Values present; every other measure is about these. */
  count: number;
  /** NaN values. */
  missing: number;
  distinct: number;
  zeros: number;
  negatives: number;
  /** 0 for no values. */
  sum: number;
  mean: number;
  /** Sample standard deviation (n - 1); needs 2 values. */
  sd: number;
  min: number;
  p5: number;
  q1: number;
  median: number;
  q3: number;
  p95: number;
  max: number;
  /** Maximum minus minimum. */
  range: number;
  /** Bias-adjusted G1; needs 3 values that are not all equal. */
  skewness: number;
  /** Bias-adjusted excess kurtosis G2; needs 4 values that are not all equal. */
  kurtosis: number;
}

/** A text and how often it occurs. */
export interface TextCount {
  value: string;
  count: number;
}

/** What a column of texts looks like. */
export interface TextDescription {
  /** Texts present, empty ones included. */
  count: number;
  /** `null` values. */
  missing: number;
  distinct: number;
  /** The most frequent texts, most frequent first; equally frequent ones by code unit. */
  top: TextCount[];
  /** Length of the shortest text in UTF-16 code units; NaN for no texts. */
  minLength: number;
  /** Length of the longest text in UTF-16 code units; NaN for no texts. */
  maxLength: number;
}

/**
 * Size, centre, spread, order and shape of a column of numbers.
 *
 * NaN is missing. Infinities are values: they enter counts, extremes and quantiles, and the sum and the mean as in
 * plain addition, while sd, skewness and kurtosis become NaN. -0 equals 0. Sums are compensated, so one value of
 * 1e15 does not swallow the pennies of the others.
 * @param values - in any order; left as they are.
 */
export function describeNumbers(values: ArrayLike<number>): NumberDescription {
  const sorted = sortedNumbers(values);
  const min = sorted[0] ?? Number.NaN;
  const max = sorted.at(-1) ?? Number.NaN;
  return {
    count: sorted.length,
    missing: values.length - sorted.length,
    ...countKinds(sorted),
    sum: compensatedSum(sorted),
    ...momentsOf(sorted),
    min,
    p5: quantile(sorted, 0.05),
    q1: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q3: quantile(sorted, 0.75),
    p95: quantile(sorted, 0.95),
    max,
    range: max - min,
  };
}

/**
 * Size, variety and length of a column of texts.
 * @param options.top - how many of the most frequent texts to name; 10 when left out.
 * @throws RangeError when `top` is not a whole number of at least 0.
 */
export function describeTexts(
  values: ArrayLike<string | null>,
  options: { top?: number } = {},
): TextDescription {
  const top = options.top ?? 10;
  if (!Number.isInteger(top) || top < 0)
    throw new RangeError(`describeTexts names a whole number of top texts, got ${top}`);
  const counts = countTexts(values);
  let count = 0;
  let minLength = Infinity;
  let maxLength = -Infinity;
  for (const [text, times] of counts) {
    count += times;
    minLength = Math.min(minLength, text.length);
    maxLength = Math.max(maxLength, text.length);
  }
  return {
    count,
    missing: values.length - count,
    distinct: counts.size,
    top: mostFrequent(counts, top),
    minLength: count > 0 ? minLength : Number.NaN,
    maxLength: count > 0 ? maxLength : Number.NaN,
  };
}

function sortedNumbers(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort();
  let end = sorted.length;
  while (end > 0 && Number.isNaN(sorted[end - 1])) end--;
  return sorted.subarray(0, end);
}

function countKinds(sorted: Float64Array): Pick<NumberDescription, "distinct" | "zeros" | "negatives"> {
  let distinct = 0;
  let zeros = 0;
  let negatives = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (i === 0 || value !== sorted[i - 1]) distinct++;
    if (value === 0) zeros++;
    if (value < 0) negatives++;
  }
  return { distinct, zeros, negatives };
}

function countTexts(values: ArrayLike<string | null>): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function mostFrequent(counts: ReadonlyMap<string, number>, top: number): TextCount[] {
  const all = Array.from(counts, ([value, count]) => ({ value, count }));
  all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return all.slice(0, top);
}
