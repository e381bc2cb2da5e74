import { betaTails } from "../math/incomplete-beta.js";
import { stirlingError } from "../math/log-gamma.js";
import { normalCdf } from "../math/normal.js";
import { normalReach, pValueOf, requireLevel, requireOptions, requireShare } from "./test-checks.js";
import type { Interval, TestOptions, TestResult } from "./test-result.js";

/** Chances of outcomes that differ by no more than rounding count as equal. */
const ROUNDING = 1e-10;

export interface ProportionOptions extends TestOptions {
  /** The share that is held against the one found, in (0, 1). */
  bound: number;
  /** "exact" counts all outcomes (the default); "score" is the z test that the interval inverts. */
  method?: "exact" | "score";
}

/**
 * Where a share lies, from a count of successes: Wilson's score interval, which keeps its level for rare events too.
 * @throws RangeError unless 0 <= successes <= trials and there is a trial.
 * @see Wilson 1927, J. Am. Stat. Assoc. 22:209-212; equals statsmodels proportion_confint(method="wilson").
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  options: { level?: number } = {},
): Interval {
  requireShare("wilsonInterval", successes, trials);
  const level = requireLevel("wilsonInterval", options.level);
  const z = normalReach(level);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = share + (z * z) / (2 * trials);
  const reach = z * Math.sqrt((share * (1 - share)) / trials + (z / (2 * trials)) ** 2);
  return {
    low: successes === 0 ? 0 : (centre - reach) / scale,
    high: successes === trials ? 1 : (centre + reach) / scale,
    level,
  };
}

/**
 * Whether a share differs from a bound.
 *
 * Effect: the share, with Wilson's interval. The statistic is the count of successes; with `method: "score"`, z.
 * @throws RangeError unless 0 <= successes <= trials and the bound is in (0, 1).
 * @see Clopper & Pearson 1934, Biometrika 26:404-413; equals scipy.stats.binomtest, and with the score statsmodels
 * proportions_ztest(prop_var=bound).
 */
export function proportionTest(successes: number, trials: number, options: ProportionOptions): TestResult {
  const { bound, method = "exact" } = options;
  const { alternative, level } = requireOptions("proportionTest", options);
  requireShare("proportionTest", successes, trials);
  if (!(bound > 0 && bound < 1))
    throw new RangeError(`proportionTest needs a bound between 0 and 1, got ${bound}`);
  const value = successes / trials;
  const z = (value - bound) / Math.sqrt((bound * (1 - bound)) / trials);
  const isExact = method === "exact";
  const score = pValueOf({ below: normalCdf(z), above: normalCdf(-z) }, alternative);
  return {
    test: isExact ? "exact binomial test" : "z test of a share",
    statistic: isExact ? successes : z,
    pValue: isExact ? exactChance(successes, trials, bound, alternative) : score,
    alternative,
    effect: { name: "share", value, interval: wilsonInterval(successes, trials, { level }) },
  };
}

function exactChance(k: number, n: number, p: number, alternative: string): number {
  const atMost = k === n ? 1 : betaTails(k + 1, n - k, p).above;
  const atLeast = k === 0 ? 1 : betaTails(k, n - k + 1, p).below;
  if (alternative !== "two-sided") return alternative === "less" ? atMost : atLeast;
  // Outcomes on the other side that are no more likely than the one found, which lie beyond some count.
  const limit = chanceOf(k, n, p) * (1 + ROUNDING);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  if (k === mode) return 1;
  const isLow = k < mode;
  let [low, high] = isLow ? [mode, n + 1] : [-1, mode];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const isBeyond = chanceOf(middle, n, p) <= limit;
    if (isLow === isBeyond) high = middle;
    else low = middle;
  }
  if (isLow) return Math.min(1, atMost + (high > n ? 0 : betaTails(high, n - high + 1, p).below));
  return Math.min(1, atLeast + (low < 0 ? 0 : betaTails(low + 1, n - low, p).above));
}

/** Chance of k successes in n trials. @see Loader 2000, Fast and Accurate Computation of Binomial Probabilities. */
function chanceOf(k: number, n: number, p: number): number {
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  const left = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
  const exponent = k * Math.log((n * p) / k) + (n - k) * Math.log((n * (1 - p)) / (n - k));
  return Math.exp(exponent + left) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}
