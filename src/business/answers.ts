import { formatMoney, formatNumber, formatPercent, formatQuantity } from "../format.js";
import type { TestedHypothesis } from "./hypothesis.js";
import { marketingQuestions } from "./questions.js";

/** A value with the ends of its interval; `null` where the data give none. */
export interface Range {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** What the answers need of the artifact `segments`. */
export interface ListSummary {
  programme: string;
  /** The rule in words. */
  entryText: string;
  exitText: string;
  fidelity: { precision: number; recall: number };
  /** The customers of the list, beside all other identified customers. */
  list: {
    customers: number;
    /** Of all identified customers. */
    share: number;
    /** Of identified gross revenue. */
    revenueShare: number;
    revenueShareInterval: { low: number; high: number } | null;
    /** Of all sales, those without a customer included. */
    revenueShareOfAll: number;
    /** What as many customers by revenue hold. */
    sortShare: number;
    medianRevenue: number;
    restMedianRevenue: number;
    medianRatio: Range;
  };
}

/** What the answers need of the artifact `forecast`. */
export interface ForecastSummary {
  days: number;
  /** Chance that its intervals hold. */
  level: number;
  expected: number;
  low: number;
  high: number;
  proRata: number;
  sameDaysLastYear: number | null;
  growth: { newcomers: number; incremental: { value: number; low: number; high: number } };
  economics: { breakEvenUplift: number | null };
  experiment: {
    metric: string;
    perArm: number;
    perArmForWanted: number | null;
    minimalEffect: number | null;
    wantedRaise: number;
    power: number;
  };
}

export interface AnswerSources {
  segments: ListSummary;
  forecast: ForecastSummary;
  /** By priority. */
  hypotheses: readonly TestedHypothesis[];
  /** Members who would not enter today and stay all the same. */
  stayOnly: number;
  /** ISO 4217. */
  currency: string;
}

/** An answer to a question of the marketing team. */
export interface Answer {
  number: number;
  question: string;
  /** A sentence to repeat. */
  answer: string;
  value: number | null;
  /** As `formatQuantity` takes it. */
  unit: string;
  interval: { low: number; high: number } | null;
  /** What the interval is, or why there is none. */
  basis: string;
  /** Page and cell that show it. */
  evidence: string;
}

type Answered = Pick<Answer, "answer" | "value" | "unit" | "interval" | "basis"> & { cell: string };

/** The nine answers, each from the artifacts alone. */
export function answerQuestions(sources: AnswerSources): Answer[] {
  return marketingQuestions.map(({ number, question }) => {
    const { cell, ...answered } = ANSWERS[number - 1]!(sources);
    return { number, question, ...answered, evidence: cell };
  });
}

const CELLS = {
  list: "11-eda-3-hypotheses.html#cell-list",
  listValue: "10-business-values.html#cell-list-value",
  forecast: "10-business-values.html#cell-forecast",
  rule: "10-business-values.html#cell-replay-reading",
  experiment: "10-business-values.html#cell-experiment-reading",
  hypotheses: "11-eda-3-hypotheses.html#cell-mind-map",
  actions: "11-eda-3-hypotheses.html#cell-actions",
} as const;

const count = (value: number): string => formatNumber(value, 0);

/** In the order of the questions. */
const ANSWERS: readonly ((sources: AnswerSources) => Answered)[] = [
  ({ segments: { programme, list } }) => ({
    answer: `${count(list.customers)} customers are eligible for ${programme}; the list names each with the reason.`,
    value: list.customers,
    unit: "customers",
    interval: null,
    basis: "every customer is judged by the rule: a count, no estimate",
    cell: CELLS.list,
  }),
  ({ segments: { programme, list } }) => ({
    answer: `${programme} has ${count(list.customers)} members, ${formatPercent(list.share)} of all identified customers.`,
    value: list.customers,
    unit: "customers",
    interval: null,
    basis: "a count, no estimate",
    cell: CELLS.listValue,
  }),
  ({ segments: { list }, hypotheses, currency }) => {
    const { value, low, high } = list.medianRatio;
    const money = (amount: number): string => formatMoney(amount, currency, 0);
    const times = value === null ? "" : `, ${formatNumber(value, 1)} times as much`;
    const besides = mostTelling(hypotheses).map(({ claim }) => inSentence(claim));
    return {
      answer: `The median member has spent ${money(list.medianRevenue)} where the median other customer has spent ${money(list.restMedianRevenue)}${times}${besides.length === 0 ? "" : `; besides, ${besides.join(" and ")}`}.`,
      value,
      unit: "times the others' median revenue",
      interval: rangeOf(low, high),
      basis: "resampled customers, members against all others",
      cell: CELLS.hypotheses,
    };
  },
  ({ segments: { list } }) => ({
    answer: `Members bring ${formatPercent(list.revenueShare)} of the revenue of identified customers and ${formatPercent(list.revenueShareOfAll)} of all sales; as many customers sorted by revenue bring ${formatPercent(list.sortShare)}.`,
    value: list.revenueShare,
    unit: "share",
    interval: list.revenueShareInterval,
    basis: "resampled customers; gross revenue of identified customers",
    cell: CELLS.listValue,
  }),
  ({ forecast, currency }) => {
    const { days, level, expected, low, high, proRata, sameDaysLastYear } = forecast;
    const money = (amount: number): string => formatMoney(amount, currency, 0);
    const before =
      sameDaysLastYear === null ? "" : `, and the same days a year before ${money(sameDaysLastYear)}`;
    return {
      answer: `In the next ${count(days)} days members are expected to bring ${money(expected)}, between ${money(low)} and ${money(high)}; their past pace would give ${money(proRata)}${before}.`,
      value: expected,
      unit: currency,
      interval: { low, high },
      basis: `holds the revenue with a chance of ${formatPercent(level, 0)}, by how far earlier forecasts were off`,
      cell: CELLS.forecast,
    };
  },
  ({ segments: { entryText, fidelity } }) => ({
    answer: `A customer enters with ${inSentence(entryText)}; of the members on the list, ${formatPercent(fidelity.precision, 0)} belong to the segment that the customers' behaviour forms.`,
    value: fidelity.precision,
    unit: "share",
    interval: null,
    basis: "all customers of the list are counted",
    cell: CELLS.rule,
  }),
  ({ segments: { exitText, list }, stayOnly }) => ({
    answer: `A member leaves when on two evaluations in a row this does not hold: ${inSentence(exitText)}; that is less than it takes to enter, and ${count(stayOnly)} of ${count(list.customers)} members stay today who would not enter.`,
    value: stayOnly,
    unit: "members who would not enter today",
    interval: null,
    basis: "a count, no estimate",
    cell: CELLS.rule,
  }),
  ({ forecast: { experiment } }) => {
    const { metric, perArm, perArmForWanted, minimalEffect, wantedRaise, power } = experiment;
    const shown =
      minimalEffect === null
        ? `no raise can be proven with ${count(perArm)} members in each half`
        : `a raise of ${formatPercent(minimalEffect, 0)} can be proven with ${count(perArm)} members in each half`;
    const wanted =
      perArmForWanted === null
        ? ""
        : `, and one of ${formatPercent(wantedRaise, 0)} with ${count(perArmForWanted)} in each`;
    return {
      answer: `Nothing guarantees it before an experiment: half of the eligible get the programme by lot, and by ${metric} ${shown}${wanted}.`,
      value: minimalEffect,
      unit: "share",
      interval: null,
      basis: `the least raise found with a chance of ${formatPercent(power, 0)}`,
      cell: CELLS.experiment,
    };
  },
  (sources) => {
    const actions = followedBy(sources.hypotheses).slice(0, 2);
    const begin = actions.map(({ action }) => inSentence(action.replace(/[;:].*$/s, ""))).join(", then ");
    return { ...gainOf(sources, begin), cell: CELLS.actions };
  },
];

/** What growth of the list brings, as far as it can be told from nothing, and what the programme has to reach. */
function gainOf({ forecast, currency }: AnswerSources, begin: string): Omit<Answered, "cell"> {
  const { days, growth, economics } = forecast;
  const { value, low, high } = growth.incremental;
  const even = economics.breakEvenUplift;
  const first = begin === "" ? "" : `Begin with this: ${begin}. `;
  const grown = `Raising the next ${count(growth.newcomers)} customers to the level of a member`;
  const brings =
    low > 0
      ? `${grown} is worth ${formatMoney(value, currency, 0)} in ${count(days)} days`
      : `${grown} brings no new revenue that can be told from none`;
  const pays =
    even === null ? "" : `; the programme pays for itself once members spend ${formatPercent(even)} more`;
  return {
    answer: `${first}${brings}${pays}.`,
    value,
    unit: currency,
    interval: { low, high },
    basis: "new revenue only, if they reach the level of the member in the middle",
  };
}

/** The number of an answer with its interval, or why it has none: "£1,172 (£423 to £3,413; ...)". */
export function answerNumber({ value, unit, interval, basis }: Answer): string {
  const number = formatQuantity(value, unit);
  if (interval === null) return `${number} (${basis})`;
  const bare = (end: number): string => formatQuantity(end, /^([A-Z]{3}|share)$/.test(unit) ? unit : "");
  return `${number} (${bare(interval.low)} to ${bare(interval.high)}; ${basis})`;
}

/** Tested hypotheses from which something follows, the most worthwhile first. */
export function followedBy(hypotheses: readonly TestedHypothesis[]): TestedHypothesis[] {
  return hypotheses
    .filter(({ verdict }) => verdict === "holds" || verdict === "the opposite holds")
    .toSorted((a, b) => b.priority - a.priority);
}

/** The two strongest that hold, each of an area of its own, besides revenue itself. */
function mostTelling(hypotheses: readonly TestedHypothesis[]): TestedHypothesis[] {
  const found: TestedHypothesis[] = [];
  const strongest = hypotheses.toSorted((a, b) => (b.strength ?? 0) - (a.strength ?? 0));
  for (const row of strongest)
    if (
      row.verdict === "holds" &&
      row.groups[1] === "others" &&
      row.area !== "purchase" &&
      !found.some(({ area }) => area === row.area)
    )
      found.push(row);
  return found.slice(0, 2);
}

/** A sentence as a part of another: no capital, no full stop. */
function inSentence(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`.replace(/\.$/, "");
}

function rangeOf(low: number | null, high: number | null): { low: number; high: number } | null {
  return low === null || high === null ? null : { low, high };
}
