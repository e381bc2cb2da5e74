import { studentTails } from "../math/incomplete-beta.js";
import type { TestResult } from "./test-result.js";
import { summarise, welchError, welchTestOf } from "./welch.js";

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
  const { difference, df } = welchTestOf(first, second, { level });
  const { error } = welchError(first, second);
  const excess = difference.value + margin;
  const statistic = excess / error;
  return {
    test: "non-inferiority test of means",
    statistic,
    pValue: error === 0 ? (excess > 0 ? 0 : 1) : studentTails(statistic, df).above,
    alternative: "greater",
    effect: difference,
  };
}
