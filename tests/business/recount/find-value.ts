import { type ExperimentPlan, planExperiment } from "#src/business/experiment-plan.js";
import { programmeEconomics } from "#src/business/programme.js";
import type { Database } from "#src/data/database.js";
import { daysBefore } from "#src/features/days.js";
import { revenueBetween } from "#src/features/later-revenue.js";
import { customersAtDays } from "#src/segments/replay-rules.js";
import { meetsRule } from "#src/segments/rules.js";
import { backTestValue } from "#src/value/back-test.js";
import { backTestForecast, forecastRevenue } from "#src/value/forecast.js";
import { gainDifference } from "#src/value/gain.js";
import { drawGroupRevenue } from "#src/value/group-futures.js";
import { growthScenario } from "#src/value/growth.js";
import { type Histories, readHistories } from "#src/value/histories.js";
import { valueScores } from "#src/value/score.js";
import { drawTotals } from "#src/value/simulate.js";
import { fitValue, predictValue } from "#src/value/value-model.js";
import type { Members } from "./find-members.js";
import { ECONOMICS, PARAMETERS, type Terms } from "./terms.js";

/** What customers are expected to bring, and how earlier expectations fared. */
export async function findValue(
  db: Database,
  terms: Terms,
  { customers, rule, list, onList, next, first }: Members,
) {
  const { day, models, draws, resamples } = terms;
  const histories = await readHistories(db, { referenceDate: day });
  const value = fitValue(histories, { seed: PARAMETERS.seed, models, starts: 1 });
  const ahead = Math.min(PARAMETERS.days, Math.floor(histories.observedDays / 3));
  const cut = daysBefore(day, ahead);
  const tested = await backTestValue(db, {
    cut,
    days: ahead,
    seed: PARAMETERS.seed,
    models,
    starts: 1,
    shares: [0.1, 0.2],
  });
  const gap = gainDifference(tested.candidates[0]!.scores, tested.candidates[1]!.scores, tested.later, 0.1, {
    resamples,
    seed: PARAMETERS.seed,
  });
  const group = {
    ...{ days: ahead, draws, resamples: 1, seed: PARAMETERS.seed, level: PARAMETERS.level },
    ...{ models: [value.fitted.model], spendFrom: ["all"] as const },
  };
  const cuts = [3, 2, 1]
    .map((back) => daysBefore(day, back * ahead))
    .filter((date) => daysBefore(date, ahead) >= first);
  const then = await customersAtDays(
    db,
    cuts,
    rule.conditions.map(({ feature }) => feature),
  );
  const eligibleThen = ({ referenceDate }: Histories): string[] => {
    const at = then[cuts.indexOf(referenceDate)]!.customers;
    return at.ids.filter((_, i) => meetsRule(rule, at, "entry")[i] === 1);
  };
  const past = await backTestForecast(db, eligibleThen, cuts, group);
  const pastErrors = past.map(({ logError }) => logError);
  const forecast = await forecastRevenue(db, list, {
    ...group,
    days: PARAMETERS.days,
    referenceDate: day,
    pastErrors,
  });
  const nearness = new Map(next.map(({ id }, place) => [id, customers.ids.length - place]));
  const scenario = growthScenario(
    histories,
    list,
    Float64Array.from(histories.customerIds, (id) => nearness.get(id) ?? 0),
    {
      ...group,
      level: "median",
      confidence: PARAMETERS.level,
      days: PARAMETERS.days,
      growth: PARAMETERS.growth,
    },
  );
  const windowOf = (from: string, to: string): Promise<Float64Array> =>
    revenueBetween(db, customers.ids, { from, to });
  const [outcome, covariate] = [await windowOf(cut, day), await windowOf(daysBefore(cut, ahead), cut)];
  const pick = (values: Float64Array, isOn: number): Float64Array =>
    values.filter((_, i) => onList[i] === isOn);
  const eligible = { outcome: pick(outcome, 1), covariate: pick(covariate, 1) };
  const plan: ExperimentPlan = planExperiment(eligible, pick(outcome, 0), {
    simulations: 1,
    seed: PARAMETERS.seed,
    analyses: ["welch"],
  });
  const members = drawGroupRevenue(histories, list, { ...group, days: PARAMETERS.days });
  const totals = drawTotals(members);
  const grown = drawGroupRevenue(histories, [...list, ...scenario.newcomers], {
    ...group,
    days: PARAMETERS.days,
  });
  return {
    histories,
    ahead,
    cut,
    tested,
    gap,
    past,
    forecast,
    scenario,
    totals,
    plan,
    members,
    grown,
    predicted: predictValue(value, histories, 13).expectedRevenue,
    scored: valueScores(value, histories, 13),
    economics: programmeEconomics(totals, { members: list.length, ...ECONOMICS }, PARAMETERS.level),
  };
}

export type Value = Awaited<ReturnType<typeof findValue>>;
