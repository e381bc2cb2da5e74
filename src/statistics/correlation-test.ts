import { studentTails } from "../math/incomplete-beta.js";
import { pearson, spearman } from "./correlation.js";
import { fisherInterval, pValueOf, requireOptions, requireSameLength, requireSample } from "./test-checks.js";
import type { TestOptions, TestResult } from "./test-result.js";

/**
 * Whether two columns lie on a straight line at all. Effect and statistic: Pearson's correlation, with Fisher's interval.
 * @param x - at least 3 finite values; `y` as many. A column without variation gives NaN.
 * @throws RangeError for fewer values, columns that differ in length or a value that is not finite.
 * @see Fisher 1915, Biometrika 10:507-521; equals scipy.stats.pearsonr.
 */
export function pearsonTest(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: TestOptions = {},
): TestResult {
  requireColumns("pearsonTest", x, y);
  return correlationTest("pearsonTest", "Pearson's correlation", pearson(x, y), x.length, options, () => 1);
}

/**
 * Whether one column rises or falls with the other. Effect and statistic: Spearman's rank correlation, with Fisher's
 * interval and the wider spread that ranks have.
 * @param x - at least 3 finite values; `y` as many. A column without variation gives NaN.
 * @throws RangeError for fewer values, columns that differ in length or a value that is not finite.
 * @see Bonett & Wright 2000, Psychometrika 65:23-28 (interval); p equals scipy.stats.spearmanr.
 */
export function spearmanTest(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: TestOptions = {},
): TestResult {
  requireColumns("spearmanTest", x, y);
  const widen = (r: number): number => Math.sqrt(1 + (r * r) / 2);
  return correlationTest(
    "spearmanTest",
    "Spearman's rank correlation",
    spearman(x, y),
    x.length,
    options,
    widen,
  );
}

function requireColumns(who: string, x: ArrayLike<number>, y: ArrayLike<number>): void {
  requireSameLength(who, x, y);
  requireSample(who, x, 3);
  requireSample(who, y, 3);
}

function correlationTest(
  who: string,
  name: string,
  r: number,
  n: number,
  options: TestOptions,
  widen: (r: number) => number,
): TestResult {
  const { alternative, level } = requireOptions(who, options);
  const t = r * Math.sqrt((n - 2) / ((1 - r) * (1 + r)));
  const interval =
    n > 3 ? fisherInterval(r, widen(r) / Math.sqrt(n - 3), level) : { low: -1, high: 1, level };
  return {
    test: `test of ${name}`,
    statistic: r,
    pValue: pValueOf(studentTails(t, n - 2), alternative),
    alternative,
    effect: { name, value: r, interval },
  };
}
