import { randomIndex } from "../math/distributions.js";
import type { Random } from "../math/random.js";
import { type ArmValues, cupedTest } from "../statistics/cuped.js";
import { summarise } from "../statistics/mean-summary.js";
import { nonInferiorityPValue } from "../statistics/non-inferiority.js";
import { welchDetectableDifference } from "../statistics/power.js";
import { simulatePower } from "../statistics/simulate-power.js";
import { requireSample } from "../statistics/test-checks.js";
import type { Estimate } from "../statistics/test-result.js";
import {
  type Analysis,
  customersForRaise,
  detectableRaise,
  experimentPower,
  raiseBy,
} from "./experiment-power.js";

export interface ExperimentPlanOptions {
  /** Share of the eligible customers who get the programme; 0.5 when left out. */
  share?: number;
  /** Raises of revenue that are looked at, as shares of it; 10, 20 and 40% when left out. */
  raises?: readonly number[];
  /** The raise that the programme is to bring: how many customers would show it; 0.2 when left out. */
  wantedRaise?: number;
  /** How much less the rest of the base may bring at worst, as a share of its mean; 0.1 when left out. */
  guardMargin?: number;
  /** 0.05 when left out. */
  alpha?: number;
  /** 0.8 when left out. */
  power?: number;
  /** For each power; 500 when left out, four times as many for false alarms. */
  simulations?: number;
  /** Which analyses are compared; all when left out. */
  analyses?: readonly Analysis[];
  seed: number;
}

/** What one way of analysing the experiment can tell on these customers. */
export interface AnalysisPlan {
  analysis: Analysis;
  /** How often it finds an effect where there is none. */
  falseAlarms: Estimate;
  powers: { raise: number; power: Estimate }[];
  /** The smallest raise it finds with the power, as a share of revenue; Infinity beyond tenfold. */
  detectableRaise: number;
  /** Customers in each arm for the wanted raise. */
  customersPerArm: number;
}

/** How the programme is shown to beat no programme: a randomised comparison among customers who are all eligible. */
export interface ExperimentPlan {
  /** Customers in the programme and in the control. */
  sizes: [programme: number, control: number];
  alpha: number;
  power: number;
  wantedRaise: number;
  /** The primary metric, revenue of a period, as it is without a programme. */
  baseline: { mean: number; sd: number; correlationWithBefore: number };
  /** Detectable raises by the formulas of normal theory: they are too small where tails are long. */
  byFormula: { welch: number; cuped: number };
  analyses: AnalysisPlan[];
  /** Of those whose claim is about money (cuped, cappedCuped, welch), the one that finds the smallest raise. */
  best: Analysis;
  /** The check that the rest of the base does not lose: margin in money, and how often no harm is shown as such. */
  guard: { margin: number; sizes: [number, number]; power: Estimate };
}

const ALL: readonly Analysis[] = ["cuped", "cappedCuped", "rankCuped", "welch", "mannWhitney"];
const ABOUT_MONEY: readonly Analysis[] = ["cuped", "cappedCuped", "welch"];

/**
 * What an experiment with these customers can show: false alarms, power and the smallest raise found, each by
 * drawing the customers again with their own revenue.
 * @param eligible - revenue of a period and of the one before, of each customer who may get the programme.
 * @param rest - revenue of the period of each other customer, half of whom see what the programme changes for all.
 * @throws RangeError when fewer than 4 are eligible or in the rest, a column is of another length or a value not
 * finite.
 */
export function planExperiment(
  eligible: ArmValues,
  rest: ArrayLike<number>,
  options: ExperimentPlanOptions,
): ExperimentPlan {
  const { share = 0.5, wantedRaise = 0.2, guardMargin = 0.1, alpha = 0.05, power = 0.8 } = options;
  const { raises = [0.1, 0.2, 0.4], simulations = 500, analyses = ALL, seed } = options;
  const n = requireSample("planExperiment", eligible.outcome, 4).length;
  const first = Math.max(2, Math.min(n - 2, Math.round(n * share)));
  const sizes: [number, number] = [first, n - first];
  const { mean, sd } = summarise("planExperiment", eligible.outcome);
  const { correlation } = cupedTest(eligible, eligible);
  const formula = welchDetectableDifference([sd, sd], sizes, { alpha, power }) / mean;
  const plans = analyses.map((analysis): AnalysisPlan => {
    const how = { analysis, sizes, alpha, simulations, seed };
    return {
      analysis,
      falseAlarms: experimentPower(eligible, { ...how, simulations: 4 * simulations }),
      powers: raises.map((raise) => ({
        raise,
        power: experimentPower(eligible, { ...how, effect: raiseBy(raise) }),
      })),
      detectableRaise: detectableRaise(eligible, { ...how, power }),
      customersPerArm: customersForRaise(eligible, wantedRaise, { ...how, power }),
    };
  });
  const money = plans.filter(({ analysis }) => ABOUT_MONEY.includes(analysis));
  const best = (money.length > 0 ? money : plans).reduce((a, b) =>
    b.detectableRaise < a.detectableRaise ? b : a,
  );
  return {
    sizes,
    alpha,
    power,
    wantedRaise,
    baseline: { mean, sd, correlationWithBefore: correlation },
    byFormula: { welch: formula, cuped: formula * Math.sqrt(1 - correlation ** 2) },
    analyses: plans,
    best: best.analysis,
    guard: planGuard(rest, { guardMargin, alpha, simulations, seed }),
  };
}

function planGuard(
  rest: ArrayLike<number>,
  { guardMargin, ...how }: { guardMargin: number; alpha: number; simulations: number; seed: number },
): ExperimentPlan["guard"] {
  const values = requireSample("planExperiment", rest, 4);
  const margin = guardMargin * summarise("planExperiment", values).mean;
  const half = values.length >> 1;
  const sizes: [number, number] = [half, values.length - half];
  const draw = (size: number, random: Random): Float64Array =>
    Float64Array.from({ length: size }, () => values[randomIndex(random, values.length)]!);
  const pValueOf = (random: Random): number =>
    nonInferiorityPValue(draw(sizes[0], random), draw(sizes[1], random), margin);
  return { margin, sizes, power: simulatePower(pValueOf, how) };
}
