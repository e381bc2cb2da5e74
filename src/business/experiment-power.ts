import { randomIndex } from "../math/distributions.js";
import type { Random } from "../math/random.js";
import { findRoot } from "../math/root.js";
import { type ArmValues, adjustArms, rankArms } from "../statistics/cuped.js";
import { mannWhitneyPValue } from "../statistics/mann-whitney.js";
import { summaryOf } from "../statistics/mean-summary.js";
import type { Sizes } from "../statistics/power.js";
import { type SimulationOptions, simulatePower } from "../statistics/simulate-power.js";
import { requireCount, requireSameLength, requireSample } from "../statistics/test-checks.js";
import type { Estimate } from "../statistics/test-result.js";
import { welchCore } from "../statistics/welch.js";
import { capArms } from "./experiment-analysis.js";

/** How an experiment may be analysed: see `ExperimentAnalysis`. */
export type Analysis = "cuped" | "cappedCuped" | "rankCuped" | "welch" | "mannWhitney";

/** What the programme does to a customer's revenue; random numbers for what does not reach all alike. */
export type RevenueEffect = (revenue: number, random: Random) => number;

export interface ExperimentPowerOptions extends SimulationOptions {
  analysis: Analysis;
  /** Customers in the programme and in the control. */
  sizes: Sizes;
  /** No effect when left out: the power is then the rate of false alarms. */
  effect?: RevenueEffect | undefined;
  /** Of the capped analysis; 0.99 when left out. */
  cap?: number | undefined;
}

/** An effect that raises every customer's revenue by a share of it. */
export function raiseBy(share: number): RevenueEffect {
  return (revenue) => revenue * (1 + share);
}

/**
 * How often an experiment on customers like these finds an effect: customers are drawn again with their revenue before
 * and after, the effect is added to one arm, and the arms are tested for any difference.
 * @param base - real customers: revenue of a period, and of the period before.
 * @throws RangeError for fewer than 2 customers, columns that differ in length, arms of fewer than 2 or a value that
 * is not finite.
 */
export function experimentPower(base: ArmValues, options: ExperimentPowerOptions): Estimate {
  const { analysis, sizes, effect, cap = 0.99 } = options;
  requireSameLength("experimentPower", base.outcome, base.covariate);
  requireSample("experimentPower", base.covariate, 2);
  const outcome = requireSample("experimentPower", base.outcome, 2);
  for (const size of sizes) requireCount("experimentPower", "customers in each arm", size, 2);
  const draw = (size: number, random: Random, change?: RevenueEffect): ArmValues => {
    const arm = { outcome: new Float64Array(size), covariate: new Float64Array(size) };
    for (let i = 0; i < size; i++) {
      const row = randomIndex(random, outcome.length);
      arm.outcome[i] = change === undefined ? outcome[row]! : change(outcome[row]!, random);
      arm.covariate[i] = base.covariate[row]!;
    }
    return arm;
  };
  return simulatePower((random) => {
    // The control first: its customers are then the same whatever the effect asks of the random numbers.
    const control = draw(sizes[1], random);
    return pValueOf(draw(sizes[0], random, effect), control, analysis, cap);
  }, options);
}

/**
 * The smallest raise of revenue, as a share of it, that an experiment finds with a power, to about 0.1% of revenue.
 * @returns Infinity when not even tenfold revenue is found.
 */
export function detectableRaise(
  base: ArmValues,
  options: Omit<ExperimentPowerOptions, "effect"> & { power?: number },
): number {
  const { power = 0.8 } = options;
  const f = (share: number): number =>
    experimentPower(base, { ...options, effect: raiseBy(share) }).value - power + 1e-9;
  let high = 0.1;
  while (f(high) < 0) {
    high *= 2;
    if (high > 9) return Infinity;
  }
  return f(0) >= 0 ? 0 : findRoot(f, 0, high, 1e-3);
}

/**
 * How many customers like these each arm needs for a raise to be found with a power, to about 3%.
 * @returns Infinity when not even 64 times as many as there are would do.
 */
export function customersForRaise(
  base: ArmValues,
  raise: number,
  options: Omit<ExperimentPowerOptions, "effect" | "sizes"> & { power?: number },
): number {
  const { power = 0.8 } = options;
  const isEnough = (size: number): boolean =>
    experimentPower(base, { ...options, sizes: [size, size], effect: raiseBy(raise) }).value >= power;
  const most = base.outcome.length * 64;
  let [low, high] = [2, Math.max(16, Math.round(base.outcome.length / 8))];
  while (!isEnough(high)) {
    [low, high] = [high, high * 2];
    if (high > most) return Infinity;
  }
  while (high - low > Math.max(1, 0.03 * high)) {
    const middle = Math.round((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function pValueOf(a: ArmValues, b: ArmValues, analysis: Analysis, cap: number): number {
  if (analysis === "mannWhitney")
    return mannWhitneyPValue(Float64Array.from(a.outcome), Float64Array.from(b.outcome));
  if (analysis === "welch") return welchCore(summaryOf(a.outcome), summaryOf(b.outcome), "two-sided").pValue;
  const [first, second] =
    analysis === "cuped" ? [a, b] : analysis === "rankCuped" ? rankArms(a, b) : capArms(a, b, cap);
  return welchCore(...adjustArms(first, second).arms, "two-sided").pValue;
}
