import type { AnswerSources } from "#src/business/answers.js";
import { readHypothesisInputs } from "#src/business/hypothesis-inputs.js";
import { testHypotheses } from "#src/business/test-hypotheses.js";
import type { Database } from "#src/data/database.js";
import { ruleText } from "#src/segments/reasons.js";
import type { Members } from "./find-members.js";
import type { Value } from "./find-value.js";
import { money, PARAMETERS, type Terms } from "./terms.js";

/** The hypotheses of notebook 11, of the table `members`. */
export async function findHypotheses(db: Database, { family }: Terms, { rule }: Members) {
  const builtFrom = rule.conditions.map(({ feature }) => feature);
  const inputs = await readHypothesisInputs(db);
  return { home: inputs.home, rows: testHypotheses(inputs, { seed: PARAMETERS.seed, builtFrom, family }) };
}

export type Hypotheses = Awaited<ReturnType<typeof findHypotheses>>;

/** What the answers are written from, as the notebooks hand it over. */
export function sourcesOf(
  { rule, fidelity, listed, everything, list }: Members,
  { forecast, scenario, economics, plan, ahead }: Value,
  hypotheses: Hypotheses["rows"],
  stayOnly: number,
): AnswerSources {
  const { median } = listed.features[0]!;
  const { incremental } = scenario;
  const best = plan.analyses[0]!;
  return {
    currency: "GBP",
    stayOnly,
    hypotheses,
    segments: {
      programme: PARAMETERS.programme,
      entryText: ruleText(rule, "entry", money),
      exitText: ruleText(rule, "exit", money),
      fidelity,
      list: {
        customers: list.length,
        share: listed.share,
        revenueShare: listed.gross.share,
        revenueShareInterval: listed.gross.interval,
        revenueShareOfAll: listed.gross.revenue / everything,
        sortShare: listed.sortShare,
        medianRevenue: median.own,
        restMedianRevenue: median.rest,
        medianRatio: { value: median.ratio, low: null, high: null },
      },
    },
    forecast: {
      days: PARAMETERS.days,
      level: PARAMETERS.level,
      expected: forecast.expected,
      low: forecast.ifRatesStay.low,
      high: forecast.ifRatesStay.high,
      proRata: forecast.proRata,
      sameDaysLastYear: forecast.lastYear,
      growth: {
        newcomers: scenario.newcomers.length,
        incremental: { value: incremental.expected, low: incremental.low, high: incremental.high },
      },
      economics: { breakEvenUplift: economics.breakEvenUplift.expected },
      experiment: {
        metric: `revenue of ${ahead} days`,
        perArm: plan.sizes[0],
        perArmForWanted: best.customersPerArm,
        minimalEffect: best.detectableRaise,
        wantedRaise: plan.wantedRaise,
        power: plan.power,
      },
    },
  };
}
