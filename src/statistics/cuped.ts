import { requireSameLength, requireSample } from "./test-checks.js";
import type { TestOptions } from "./test-result.js";
import { summarise, type WelchResult, welchTestOf } from "./welch.js";

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
  const arms = [a, b].map(({ outcome, covariate }) => {
    requireSameLength("cupedTest", outcome, covariate);
    return {
      outcome: requireSample("cupedTest", outcome, 2),
      covariate: requireSample("cupedTest", covariate, 2),
    };
  });
  let [xx, xy, yy] = [0, 0, 0];
  const centres = arms.map(({ outcome, covariate }) => {
    const [y, x] = [summarise("cupedTest", outcome).mean, summarise("cupedTest", covariate).mean];
    for (let i = 0; i < outcome.length; i++) {
      const [dx, dy] = [covariate[i]! - x, outcome[i]! - y];
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    return x;
  });
  const theta = xx === 0 ? 0 : xy / xx;
  const sizes = arms.map(({ outcome }) => outcome.length);
  const centre = (centres[0]! * sizes[0]! + centres[1]! * sizes[1]!) / (sizes[0]! + sizes[1]!);
  const [first, second] = arms.map(({ outcome, covariate }) =>
    summarise(
      "cupedTest",
      outcome.map((y, i) => y - theta * (covariate[i]! - centre)),
    ),
  );
  const correlation = xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
  return {
    ...welchTestOf(first!, second!, options),
    test: "Welch's t test, adjusted by the time before (CUPED)",
    theta,
    correlation,
    varianceReduction: correlation ** 2,
  };
}
