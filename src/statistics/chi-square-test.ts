import { chiSquareTails } from "../math/incomplete-gamma.js";
import { noncentralChiSquareTails } from "../math/noncentral.js";
import { findRoot } from "../math/root.js";
import { cramersV } from "./association.js";
import { type ContingencyTable, chiSquare, tableOfCounts } from "./contingency.js";
import { quantile } from "./quantile.js";
import { requireCount, requireLevel, requireSample } from "./test-checks.js";
import type { Interval, TestResult } from "./test-result.js";

export interface ChiSquareResult extends TestResult {
  df: number;
  /** Cramer's V above what chance alone would show. */
  unbiasedV: number;
}

/**
 * Whether two columns of categories have to do with each other; Yates' correction in 2 x 2 tables.
 *
 * Effect: Cramer's V, from chi-square without the correction, with the interval of its noncentral distribution. A
 * table of one row or column tells nothing: p is 1 and V is NaN.
 * @throws RangeError for a table without counts.
 * @see Cramer 1946, Mathematical Methods of Statistics, ch. 21; Smithson 2003, Confidence Intervals, ch. 4; equals
 * scipy.stats.chi2_contingency and scipy.stats.contingency.association.
 */
export function chiSquareTest(table: ContingencyTable, options: { level?: number } = {}): ChiSquareResult {
  const level = requireLevel("chiSquareTest", options.level);
  const { rows, columns, total } = table;
  requireCount("chiSquareTest", "counts", total, 1);
  const df = (rows - 1) * (columns - 1);
  const statistic = chiSquare(table);
  const plain = chiSquare(table, { isCorrected: false });
  const largest = total * Math.min(rows - 1, columns - 1);
  const toV = (noncentrality: number): number => Math.min(1, Math.sqrt(noncentrality / largest));
  const { low, high } = df === 0 ? { low: Number.NaN, high: Number.NaN } : shiftInterval(plain, df, level);
  return {
    test: "chi-square test of independence",
    statistic,
    pValue: df === 0 ? 1 : chiSquareTails(statistic, df).above,
    alternative: "two-sided",
    effect: { name: "Cramer's V", value: toV(plain), interval: { low: toV(low), high: toV(high), level } },
    df,
    unbiasedV: cramersV(table),
  };
}

export interface MedianTestResult extends ChiSquareResult {
  /** Of all groups together. */
  grandMedian: number;
}

/**
 * Whether groups have the same median: Mood's test, by how many of each lie above the median of all.
 * @param groups - 2 or more of at least 1 finite value each.
 * @throws RangeError for fewer groups, an empty one or a value that is not finite.
 * @see Mood 1950, Introduction to the Theory of Statistics, ch. 16; equals scipy.stats.median_test.
 */
export function medianTest(
  groups: readonly ArrayLike<number>[],
  options: { level?: number } = {},
): MedianTestResult {
  requireCount("medianTest", "groups", groups.length, 2);
  const samples = groups.map((group) => requireSample("medianTest", group, 1));
  const all = Float64Array.from(samples.flatMap((sample) => [...sample])).sort();
  const grandMedian = quantile(all, 0.5);
  const above = samples.map((sample) => sample.filter((value) => value > grandMedian).length);
  const notAbove = samples.map((sample, g) => sample.length - above[g]!);
  const result = chiSquareTest(tableOfCounts([above, notAbove]), options);
  return { ...result, test: "Mood's median test", grandMedian };
}

/** The shifts of a noncentral chi-square that leave `x` just within the level. */
function shiftInterval(x: number, df: number, level: number): Interval {
  const beyond = (1 - level) / 2;
  const above = (shift: number): number => noncentralChiSquareTails(x, df, shift).above - beyond;
  const below = (shift: number): number => beyond - noncentralChiSquareTails(x, df, shift).below;
  const shiftAt = (f: (shift: number) => number): number => {
    if (f(0) >= 0) return 0;
    let high = x + 10;
    while (f(high) < 0) high *= 2;
    return findRoot(f, 0, high, 1e-12);
  };
  return { low: shiftAt(above), high: shiftAt(below), level };
}
