import type { AnswerSources } from "#src/business/answers.js";
import { type ExperimentPlan, planExperiment } from "#src/business/experiment-plan.js";
import type { Hypothesis } from "#src/business/hypothesis.js";
import { readHypothesisInputs } from "#src/business/hypothesis-inputs.js";
import { programmeEconomics } from "#src/business/programme.js";
import { testHypotheses } from "#src/business/test-hypotheses.js";
import type { Database } from "#src/data/database.js";
import { daysBefore } from "#src/features/days.js";
import { revenueBetween, salesBefore } from "#src/features/later-revenue.js";
import { type CustomerColumns, readCustomerColumns } from "#src/preparation/customer-columns.js";
import { chooseRule, findEntryRules } from "#src/segments/entry-rules.js";
import { compareLists } from "#src/segments/fidelity.js";
import { describeSegments } from "#src/segments/name-segments.js";
import { nextInLine } from "#src/segments/next-in-line.js";
import { profileSegments } from "#src/segments/profile-segments.js";
import { reasonsFor, ruleText } from "#src/segments/reasons.js";
import {
  customersAtDays,
  monthStarts,
  replayRule,
  stayLengths,
  withoutBand,
} from "#src/segments/replay-rules.js";
import { readReturnCounts, valueAfterReturns } from "#src/segments/returns-value.js";
import { meetsRule } from "#src/segments/rules.js";
import { offersFor, overRepresented, readProductBuyers } from "#src/segments/segment-products.js";
import { quantile } from "#src/statistics/quantile.js";
import { backTestValue } from "#src/value/back-test.js";
import { backTestForecast, forecastRevenue } from "#src/value/forecast.js";
import { gainDifference } from "#src/value/gain.js";
import { drawGroupRevenue } from "#src/value/group-futures.js";
import { growthScenario } from "#src/value/growth.js";
import { type Histories, readHistories } from "#src/value/histories.js";
import type { PurchaseModel } from "#src/value/models/purchase-model.js";
import { valueScores } from "#src/value/score.js";
import { drawTotals } from "#src/value/simulate.js";
import { fitValue, predictValue } from "#src/value/value-model.js";

/** What the parameters of the notebooks say, and how much is drawn at random. */
export interface Terms {
  /** The reference date. */
  day: string;
  features: readonly string[];
  models: readonly PurchaseModel[];
  draws: number;
  resamples: number;
  /** The hypotheses that are tested. */
  family: readonly Hypothesis[];
  /** Every so many of the mornings on which the rule is replayed, the last one always. */
  step: number;
}

const [PROGRAMME, SEED, LEVEL, DAYS, BAND, GROWTH] = ["Insiders", 42, 0.9, 90, 0.4, 0.1] as const;
const MONEY = (value: number): string => `${Math.round(value)}`;
const ECONOMICS = { margin: 0.3, costPerMember: 5, benefitRate: 0.03, fixedCost: 0, uplift: 0.1 };

/** The interquartile range of a measure, at least 1. */
function spreadOf({ columns }: CustomerColumns, name: string): number {
  const sorted = columns[name]!.filter(Number.isFinite).sort();
  return Math.max(1, quantile(sorted, 0.75) - quantile(sorted, 0.25));
}

/** What notebook 10 finds of who is in, from `customers`, `assignments` and the cleaned lines. */
export async function findMembers(db: Database, { day, features, resamples, step }: Terms) {
  const customers = await readCustomerColumns(db);
  const labels = await db.numbers("SELECT segment - 1 FROM assignments ORDER BY customer_id");
  const gross = customers.columns["gross_revenue"]!;
  const options = { features, seed: SEED, level: LEVEL, resamples };
  const described = describeSegments(profileSegments(customers, labels, options), {
    programme: PROGRAMME,
    money: MONEY,
  });
  const askable = [
    "gross_revenue",
    "orders",
    "recency_days",
    "revenue_last_90_days",
    "active_months",
    "tenure_days",
  ];
  const inSegment = Uint8Array.from(labels, (label) => (label === 0 ? 1 : 0));
  const rules = findEntryRules(customers, inSegment, { features: askable, margin: BAND });
  const rule = chooseRule(rules);
  const { first } = await db.row<{ first: string }>(
    "SELECT min(first_order_at)::DATE::VARCHAR AS first FROM customers",
  );
  const months = monthStarts(first, day).filter((month) => month > first);
  const mornings = months.filter((_, i) => (months.length - 1 - i) % step === 0);
  const history = await customersAtDays(
    db,
    mornings,
    rule.conditions.map(({ feature }) => feature),
  );
  const [replay, flat] = [replayRule(history, rule, { patience: 2 }), replayRule(history, withoutBand(rule))];
  const list = replay.members;
  const onList = Uint8Array.from(customers.ids, (id) => (list.includes(id) ? 1 : 0));
  const [listed] = profileSegments(
    customers,
    onList.map((isOn) => 1 - isOn),
    options,
  );
  const queue = nextInLine(customers, rule, {
    members: list,
    spread: (name) => spreadOf(customers, name),
    most: 500,
  });
  return {
    customers,
    labels,
    described,
    rules,
    rule,
    first,
    mornings,
    replay,
    flat,
    list,
    onList,
    queue,
    next: queue.slice(0, Math.max(1, Math.round(GROWTH * list.length))),
    lengths: stayLengths(replay.stays, history.length),
    lengthsFlat: stayLengths(flat.stays, history.length),
    fidelity: compareLists(onList, inSegment, gross),
    listed: listed!,
    everything: await salesBefore(db, day),
    reasons: reasonsFor(list, customers, rule, MONEY),
  };
}

export type Members = Awaited<ReturnType<typeof findMembers>>;

/** The products that members choose more often, and what returns take. */
export async function findBaskets(db: Database, { day }: Terms, { customers, list, onList, next }: Members) {
  const products = await readProductBuyers(db, day);
  const others = customers.ids.filter((_, i) => onList[i] === 0);
  const least = Math.max(5, Math.round(list.length / 30));
  const lifted = overRepresented(products, { members: list, others }, { per: "choices", least });
  const gross = customers.columns["gross_revenue"]!;
  const { lines } = await readReturnCounts(db, customers.ids, day);
  const returned = gross.map((amount, i) => amount - customers.columns["net_revenue"]![i]!);
  const after = valueAfterReturns(
    { gross, returned, returns: lines },
    { margin: ECONOMICS.margin, costPerReturn: 2 },
  );
  const sums = [1, 0].map((isOn) => {
    const [before, kept] = [after.before, after.after].map((values) =>
      values.filter((_, i) => onList[i] === isOn).reduce((sum, value) => sum + value, 0),
    ) as [number, number];
    return { isOn, before, kept, lost: 1 - kept / before };
  });
  return {
    least,
    lifted,
    offers: offersFor(
      next.map(({ id }) => id),
      lifted,
      products,
    ),
    sums,
  };
}

export type Baskets = Awaited<ReturnType<typeof findBaskets>>;

/** What customers are expected to bring, and how earlier expectations fared. */
export async function findValue(
  db: Database,
  terms: Terms,
  { customers, rule, list, onList, next, first }: Members,
) {
  const { day, models, draws, resamples } = terms;
  const histories = await readHistories(db, { referenceDate: day });
  const value = fitValue(histories, { seed: SEED, models, starts: 1 });
  const ahead = Math.min(DAYS, Math.floor(histories.observedDays / 3));
  const cut = daysBefore(day, ahead);
  const tested = await backTestValue(db, {
    cut,
    days: ahead,
    seed: SEED,
    models,
    starts: 1,
    shares: [0.1, 0.2],
  });
  const gap = gainDifference(tested.candidates[0]!.scores, tested.candidates[1]!.scores, tested.later, 0.1, {
    resamples,
    seed: SEED,
  });
  const group = {
    ...{ days: ahead, draws, resamples: 1, seed: SEED, level: LEVEL },
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
  const forecast = await forecastRevenue(db, list, { ...group, days: DAYS, referenceDate: day, pastErrors });
  const nearness = new Map(next.map(({ id }, place) => [id, customers.ids.length - place]));
  const scenario = growthScenario(
    histories,
    list,
    Float64Array.from(histories.customerIds, (id) => nearness.get(id) ?? 0),
    { ...group, level: "median", confidence: LEVEL, days: DAYS, growth: GROWTH },
  );
  const windowOf = (from: string, to: string): Promise<Float64Array> =>
    revenueBetween(db, customers.ids, { from, to });
  const [outcome, covariate] = [await windowOf(cut, day), await windowOf(daysBefore(cut, ahead), cut)];
  const pick = (values: Float64Array, isOn: number): Float64Array =>
    values.filter((_, i) => onList[i] === isOn);
  const eligible = { outcome: pick(outcome, 1), covariate: pick(covariate, 1) };
  const plan: ExperimentPlan = planExperiment(eligible, pick(outcome, 0), {
    simulations: 1,
    seed: SEED,
    analyses: ["welch"],
  });
  const members = drawGroupRevenue(histories, list, { ...group, days: DAYS });
  const totals = drawTotals(members);
  const grown = drawGroupRevenue(histories, [...list, ...scenario.newcomers], { ...group, days: DAYS });
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
    economics: programmeEconomics(totals, { members: list.length, ...ECONOMICS }, LEVEL),
  };
}

export type Value = Awaited<ReturnType<typeof findValue>>;

/** The hypotheses of notebook 11, of the table `members`. */
export async function findHypotheses(db: Database, { family }: Terms, { rule }: Members) {
  const builtFrom = rule.conditions.map(({ feature }) => feature);
  const inputs = await readHypothesisInputs(db);
  return { home: inputs.home, rows: testHypotheses(inputs, { seed: SEED, builtFrom, family }) };
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
  const { alreadySpent: _, incremental } = scenario;
  const best = plan.analyses[0]!;
  return {
    currency: "GBP",
    stayOnly,
    hypotheses,
    segments: {
      programme: PROGRAMME,
      entryText: ruleText(rule, "entry", MONEY),
      exitText: ruleText(rule, "exit", MONEY),
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
      days: DAYS,
      level: LEVEL,
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
