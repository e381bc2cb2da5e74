import { type MeanSummary, summarise, summaryOf } from "./mean-summary.js";
import type { TestResult } from "./test-result.js";
import { welchCore, welchTestOf } from "./welch.js";

export interface NonInferiorityOptions {
  /** How much less is still acceptable, in the unit of the values; above 0. */
  margin: number;
  /** Of the interval; 0.9 when left out, whose lower end is where the test at 0.05 ends. */
  level?: number;
}

/**
 * Whether one mean is certainly not worse than another by a margin: p is the chance of such a difference, were it
 * worse by all of the margin.
 *
 * Effect: the difference of means. The harm is ruled out at (1 - level) / 2 where the interval lies above -margin.
 * @param a - whom it could harm, at least 2 finite values; `b` those it is compared with.
 * @throws RangeError for a margin that is not positive, fewer values or one that is not finite.
 * @see Schuirmann 1987, J. Pharmacokinet. Biopharm. 15:657-680; equals statsmodels ttest_ind(alternative="larger",
 * usevar="unequal", value=-margin).
 */
export function nonInferiorityTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { margin, level = 0.9 }: NonInferiorityOptions,
): TestResult {
  if (!(margin > 0 && margin < Infinity))
    throw new RangeError(`nonInferiorityTest needs a positive finite margin, got ${margin}`);
  const [first, second] = [summarise("nonInferiorityTest", a), summarise("nonInferiorityTest", b)];
  const { statistic, pValue } = compare(first, second, margin);
  const { difference } = welchTestOf(first, second, { level });
  return {
    test: "non-inferiority test of means",
    statistic,
    pValue,
    alternative: "greater",
    effect: difference,
  };
}

/** p alone, of samples that were checked: for simulations. */
export function nonInferiorityPValue(a: Float64Array, b: Float64Array, margin: number): number {
  return compare(summaryOf(a), summaryOf(b), margin).pValue;
}

function compare(a: MeanSummary, b: MeanSummary, margin: number): { statistic: number; pValue: number } {
  const { statistic, pValue } = welchCore({ ...a, mean: a.mean + margin }, b, "greater");
  // Constants that differ by the margin exactly rule nothing out.
  return { statistic, pValue: Number.isNaN(pValue) ? 1 : pValue };
}
