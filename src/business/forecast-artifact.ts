import type { ForecastTest, RevenueForecast } from "../value/forecast.js";
import type { Estimate, GrowthScenario } from "../value/growth.js";
import type { Interval } from "../value/simulate.js";
import type { ForecastSummary } from "./answers.js";
import type { ExperimentPlan } from "./experiment-plan.js";
import type { ProgrammeEconomics, ProgrammeTerms } from "./programme.js";

/** The artifact `forecast`: what the list will bring, what the programme may cost, what would prove it. */
export interface ForecastArtifact extends ForecastSummary {
  format: "insiders-forecast/1";
  members: number;
  ifRatesStay: Interval;
  seasonIndex: number | null;
  /** Forecasts of earlier days, in the order of time. */
  backTest: Pick<ForecastTest, "from" | "members" | "expected" | "proRata" | "actual">[];
  economics: ForecastSummary["economics"] & {
    cost: Estimate;
    gain: Estimate;
    uplift: number;
    margin: number;
  };
  experiment: ForecastSummary["experiment"] & { analysis: string };
}

/** What the artifact is made from. */
export interface ForecastSources {
  /** Days of the forecast, and chance that its intervals hold. */
  days: number;
  level: number;
  forecast: RevenueForecast;
  past: readonly ForecastTest[];
  scenario: GrowthScenario;
  terms: Pick<ProgrammeTerms, "uplift" | "margin">;
  economics: ProgrammeEconomics;
  plan: ExperimentPlan;
  /** Days of a period of the experiment. */
  periodDays: number;
}

/** The artifact `forecast`; what is infinite or unknown is null. */
export function forecastArtifact(sources: ForecastSources): ForecastArtifact {
  const { days, level, forecast, past, scenario, terms, economics, plan, periodDays } = sources;
  const range = forecast.withPastErrors ?? forecast.ifRatesStay;
  const best = plan.analyses.find(({ analysis }) => analysis === plan.best)!;
  const { expected: value, low, high } = scenario.incremental;
  return {
    format: "insiders-forecast/1",
    days,
    level,
    members: forecast.members,
    expected: forecast.expected,
    low: range.low,
    high: range.high,
    ifRatesStay: forecast.ifRatesStay,
    proRata: forecast.proRata,
    sameDaysLastYear: forecast.lastYear,
    seasonIndex: forecast.seasonIndex,
    backTest: past.map(({ from, members, expected, proRata, actual }) => ({
      from,
      members,
      expected,
      proRata,
      actual,
    })),
    growth: { newcomers: scenario.newcomers.length, incremental: { value, low, high } },
    economics: {
      breakEvenUplift: finiteOrNull(economics.breakEvenUplift.expected),
      cost: economics.cost,
      gain: economics.gain,
      ...terms,
    },
    experiment: {
      metric: `revenue of ${periodDays} days`,
      analysis: plan.best,
      perArm: plan.sizes[0],
      perArmForWanted: finiteOrNull(best.customersPerArm),
      minimalEffect: finiteOrNull(best.detectableRaise),
      wantedRaise: plan.wantedRaise,
      power: plan.power,
    },
  };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
