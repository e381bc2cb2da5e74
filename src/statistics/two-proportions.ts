import { normalCdf } from "../math/normal.js";
import { wilsonInterval } from "./proportion.js";
import { normalReach, pValueOf, requireLevel, requireOptions, requireShare } from "./test-checks.js";
import type { Estimate, TestOptions, TestResult } from "./test-result.js";

/** Successes among trials. */
export interface Share {
  successes: number;
  trials: number;
}

export interface ProportionsResult extends TestResult {
  shares: [number, number];
  /** Difference of the arcsines of the roots: equal steps are equally well told apart. */
  cohensH: Estimate;
}

/**
 * Whether two groups have the same share of successes, by the z test with the pooled share.
 *
 * Effect: the difference of the shares, with Newcombe's interval from Wilson's of each. With no successes, or nothing
 * else, z is NaN and p is NaN.
 * @throws RangeError unless 0 <= successes <= trials and each group has a trial.
 * @see Newcombe 1998, Stat. Med. 17:873-890 (method 10); equals statsmodels proportions_ztest and
 * confint_proportions_2indep(method="newcomb").
 */
export function proportionsTest(a: Share, b: Share, options: TestOptions = {}): ProportionsResult {
  const who = "proportionsTest";
  const { alternative, level } = requireOptions(who, options);
  for (const { successes, trials } of [a, b]) requireShare(who, successes, trials);
  const [first, second] = [a.successes / a.trials, b.successes / b.trials];
  const pooled = (a.successes + b.successes) / (a.trials + b.trials);
  const z = (first - second) / Math.sqrt(pooled * (1 - pooled) * (1 / a.trials + 1 / b.trials));
  const inA = wilsonInterval(a.successes, a.trials, { level });
  const inB = wilsonInterval(b.successes, b.trials, { level });
  const value = first - second;
  const h = 2 * Math.asin(Math.sqrt(first)) - 2 * Math.asin(Math.sqrt(second));
  const reach = normalReach(level) * Math.sqrt(1 / a.trials + 1 / b.trials);
  return {
    test: "z test of two shares",
    statistic: z,
    pValue: pValueOf({ below: normalCdf(z), above: normalCdf(-z) }, alternative),
    alternative,
    effect: {
      name: "difference of shares",
      value,
      interval: {
        low: value - Math.hypot(first - inA.low, inB.high - second),
        high: value + Math.hypot(inA.high - first, second - inB.low),
        level,
      },
    },
    shares: [first, second],
    cohensH: { name: "Cohen's h", value: h, interval: { low: h - reach, high: h + reach, level } },
  };
}

/**
 * How many times the share of one group is that of another: what a product is over-represented by in a segment.
 *
 * Katz's interval on the logarithmic scale. Without successes in the first group lift is 0 and its interval starts
 * there; without any in the second it is infinite; without any at all it is NaN.
 * @throws RangeError unless 0 <= successes <= trials and each group has a trial.
 * @see Katz et al. 1978, Biometrics 34:469-474; equals statsmodels
 * confint_proportions_2indep(compare="ratio", method="log").
 */
export function lift(a: Share, b: Share, options: { level?: number } = {}): Estimate {
  for (const { successes, trials } of [a, b]) requireShare("lift", successes, trials);
  const level = requireLevel("lift", options.level);
  const value = a.successes / a.trials / (b.successes / b.trials);
  if (a.successes === 0 || b.successes === 0)
    return { name: "lift", value, interval: { low: 0, high: Infinity, level } };
  const error = Math.sqrt(1 / a.successes - 1 / a.trials + 1 / b.successes - 1 / b.trials);
  const factor = Math.exp(normalReach(level) * error);
  return { name: "lift", value, interval: { low: value / factor, high: value * factor, level } };
}
