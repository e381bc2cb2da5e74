import { studentQuantile, studentTails } from "../math/incomplete-beta.js";
import { momentsOf } from "./moments.js";
import { standardizedDifferenceOf } from "./standardized-difference.js";
import { pValueOf, requireOptions, requireSample } from "./test-checks.js";
import type { Estimate, TestOptions, TestResult } from "./test-result.js";

/** Size, mean and standard deviation (n - 1) of a sample: all that a comparison of means needs. */
export interface MeanSummary {
  n: number;
  mean: number;
  sd: number;
}

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
  const { error, df } = welchError(a, b);
  const value = a.mean - b.mean;
  const statistic = value / error;
  const tails = Number.isFinite(df) ? studentTails(statistic, df) : constantTails(value);
  const reach = error === 0 ? 0 : studentQuantile((1 + level) / 2, df) * error;
  const { cohensD, hedgesG } = standardizedDifferenceOf(a, b, level);
  return {
    test: "Welch's t test",
    statistic,
    pValue: pValueOf(tails, alternative),
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

/** Standard error of a difference of means, and its degrees of freedom: NaN when both groups are constant. */
export function welchError(a: MeanSummary, b: MeanSummary): { error: number; df: number } {
  // In units of the larger spread, so that no fourth power overflows.
  const unit = Math.max(a.sd, b.sd);
  const [inA, inB] = [(a.sd / unit) ** 2 / a.n, (b.sd / unit) ** 2 / b.n];
  const df = (inA + inB) ** 2 / (inA ** 2 / (a.n - 1) + inB ** 2 / (b.n - 1));
  return { error: unit === 0 ? 0 : unit * Math.sqrt(inA + inB), df };
}

/** @throws RangeError for fewer than 2 values or one that is not finite. */
export function summarise(who: string, values: ArrayLike<number>): MeanSummary {
  const sample = requireSample(who, values, 2);
  const { mean, sd } = momentsOf(sample);
  return { n: sample.length, mean, sd };
}

/** Without any spread a difference is certain, and no difference tells nothing. */
function constantTails(value: number): { below: number; above: number } {
  if (value === 0) return { below: Number.NaN, above: Number.NaN };
  return value < 0 ? { below: 0, above: 1 } : { below: 1, above: 0 };
}
