import { type MeanSummary, summaryOf } from "./mean-summary.js";
import { averageRanks, rankCodes } from "./ranks.js";
import { compensatedSum } from "./sum.js";
import { requireSameLength, requireSample } from "./test-checks.js";
import type { TestOptions } from "./test-result.js";
import { type WelchResult, welchTestOf } from "./welch.js";

/** What customers of an arm brought, and what they had brought before anybody was assigned. */
export interface ArmValues {
  outcome: ArrayLike<number>;
  /** From before: the assignment cannot have changed it. */
  covariate: ArrayLike<number>;
}

export interface CupedResult extends WelchResult {
  /** How much of the outcome goes with a unit of the covariate, within arms. */
  theta: number;
  /** Correlation of outcome and covariate within arms. */
  correlation: number;
  /** Share of the outcome's variance that the covariate takes away: of sample size saved. */
  varianceReduction: number;
}

/**
 * Whether two arms have the same mean, after taking out what the time before explains: the difference moves by what
 * the arms differed before, and Welch's test is of what is left. A constant covariate takes nothing away.
 * @param a - at least 2 customers; `b` likewise.
 * @throws RangeError for columns that differ in length, fewer customers or a value that is not finite.
 * @see Deng, Xu, Kohavi & Walker 2013, WSDM:123-132; theta is pooled within arms, so that the difference equals the
 * coefficient of the arm in a regression on arm and covariate (statsmodels OLS).
 */
export function cupedTest(a: ArmValues, b: ArmValues, options: TestOptions = {}): CupedResult {
  for (const { outcome, covariate } of [a, b]) {
    requireSameLength("cupedTest", outcome, covariate);
    for (const values of [outcome, covariate]) requireSample("cupedTest", values, 2);
  }
  const { theta, correlation, arms } = adjustArms(a, b);
  return {
    ...welchTestOf(arms[0], arms[1], options),
    test: "Welch's t test, adjusted by the time before (CUPED)",
    theta,
    correlation,
    varianceReduction: correlation ** 2,
  };
}

/** What is left of both arms' outcomes without what goes with the covariate. */
export function adjustArms(
  a: ArmValues,
  b: ArmValues,
): { theta: number; correlation: number; arms: [MeanSummary, MeanSummary] } {
  let [xx, xy, yy] = [0, 0, 0];
  const centres = [a, b].map(({ outcome, covariate }) => {
    const [y, x] = [meanOf(outcome), meanOf(covariate)];
    for (let i = 0; i < outcome.length; i++) {
      const dx = covariate[i]! - x;
      const dy = outcome[i]! - y;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    return x;
  });
  const theta = xx === 0 ? 0 : xy / xx;
  const [n, m] = [a.outcome.length, b.outcome.length];
  const centre = (centres[0]! * n + centres[1]! * m) / (n + m);
  const left = ({ outcome, covariate }: ArmValues): MeanSummary => {
    const adjusted = new Float64Array(outcome.length);
    for (let i = 0; i < adjusted.length; i++) adjusted[i] = outcome[i]! - theta * (covariate[i]! - centre);
    return summaryOf(adjusted);
  };
  return {
    theta,
    correlation: xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy),
    arms: [left(a), left(b)],
  };
}

/**
 * Both arms with outcome and covariate replaced by their ranks among all customers, as shares of how many there are: a
 * difference of 0.1 is a chance of 0.6 to exceed the other arm. Few large customers then weigh no more than others.
 * @see Conover & Iman 1982, Biometrics 38:715-724 (analysis of covariance by ranks).
 */
export function rankArms(a: ArmValues, b: ArmValues): [ArmValues, ArmValues] {
  const n = a.outcome.length;
  const outcome = rankTogether(a.outcome, b.outcome);
  const covariate = rankTogether(a.covariate, b.covariate);
  return [
    { outcome: outcome.subarray(0, n), covariate: covariate.subarray(0, n) },
    { outcome: outcome.subarray(n), covariate: covariate.subarray(n) },
  ];
}

function rankTogether(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const all = joined(a, b);
  const { codes, counts } = rankCodes(all);
  const ranks = averageRanks(counts);
  for (let i = 0; i < all.length; i++) all[i] = ranks[codes[i]!]! / all.length;
  return all;
}

/** The values of one after those of the other. */
export function joined(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function meanOf(values: ArrayLike<number>): number {
  return compensatedSum(values) / values.length;
}
