import { studentQuantile, studentTails } from "../math/incomplete-beta.js";
import { type MeanSummary, summarise } from "./mean-summary.js";
import { standardizedDifferenceOf } from "./standardized-difference.js";
import { pValueOf, requireOptions } from "./test-checks.js";
import type { Alternative, Estimate, TestOptions, TestResult } from "./test-result.js";

export interface WelchResult extends TestResult {
  /** Welch and Satterthwaite's degrees of freedom. */
  df: number;
  /** Mean of the first minus mean of the second, in their unit. */
  difference: Estimate;
  cohensD: Estimate;
  means: [number, number];
}

/**
 * Whether two groups have the same mean, without supposing that they spread alike.
 *
 * Effect: Hedges' g. Two constant groups have statistic and p-value NaN when equal; else the statistic is infinite.
 * @param a - at least 2 finite values; `b` likewise.
 * @throws RangeError for a smaller group or a value that is not finite.
 * @see Welch 1947, Biometrika 34:28-35; equals scipy.stats.ttest_ind(equal_var=False).
 */
export function welchTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: TestOptions = {},
): WelchResult {
  return welchTestOf(summarise("welchTest", a), summarise("welchTest", b), options);
}

/** `welchTest` of groups of which only size, mean and spread are known. */
export function welchTestOf(a: MeanSummary, b: MeanSummary, options: TestOptions = {}): WelchResult {
  const { alternative, level } = requireOptions("welchTest", options);
  for (const { n, mean, sd } of [a, b])
    if (!(n >= 2 && Number.isFinite(mean) && sd >= 0 && sd < Infinity))
      throw new RangeError(
        `welchTest needs groups of 2 with a mean and a spread, got ${n}, ${mean} and ${sd}`,
      );
  const { statistic, pValue, error, df } = welchCore(a, b, alternative);
  const value = a.mean - b.mean;
  const reach = error === 0 ? 0 : studentQuantile((1 + level) / 2, df) * error;
  const { cohensD, hedgesG } = standardizedDifferenceOf(a, b, level);
  return {
    test: "Welch's t test",
    statistic,
    pValue,
    alternative,
    effect: hedgesG,
    cohensD,
    df,
    difference: {
      name: "difference of means",
      value,
      interval: { low: value - reach, high: value + reach, level },
    },
    means: [a.mean, b.mean],
  };
}

/** What the test itself takes, without effects and intervals, which are most of its work: for simulations. */
export function welchCore(
  a: MeanSummary,
  b: MeanSummary,
  alternative: Alternative,
): { statistic: number; pValue: number; error: number; df: number } {
  const { error, df } = welchError(a, b);
  const value = a.mean - b.mean;
  const statistic = value / error;
  const tails = Number.isFinite(df) ? studentTails(statistic, df) : constantTails(value);
  return { statistic, pValue: pValueOf(tails, alternative), error, df };
}

/** Standard error of a difference of means, and its degrees of freedom: NaN when both groups are constant. */
export function welchError(a: MeanSummary, b: MeanSummary): { error: number; df: number } {
  // In units of the larger spread, so that no fourth power overflows.
  const unit = Math.max(a.sd, b.sd);
  const [inA, inB] = [(a.sd / unit) ** 2 / a.n, (b.sd / unit) ** 2 / b.n];
  const df = (inA + inB) ** 2 / (inA ** 2 / (a.n - 1) + inB ** 2 / (b.n - 1));
  return { error: unit === 0 ? 0 : unit * Math.sqrt(inA + inB), df };
}

/** Without any spread a difference is certain, and no difference tells nothing. */
function constantTails(value: number): { below: number; above: number } {
  if (value === 0) return { below: Number.NaN, above: Number.NaN };
  return value < 0 ? { below: 0, above: 1 } : { below: 1, above: 0 };
}
