import type { Database } from "../data/database.js";
import { daysBefore } from "../features/days.js";
import { revenueBetween } from "../features/later-revenue.js";
import { randomGamma, randomNormal } from "../math/distributions.js";
import { seededRandom } from "../math/random.js";
import { compensatedSum } from "../statistics/sum.js";
import { drawGroupRevenue, type GroupOptions, rowsOf } from "./group-futures.js";
import { type Histories, readHistories } from "./histories.js";
import { drawTotals, type Interval, middlePart } from "./simulate.js";

/** Days in 52 weeks: a year in which weekdays keep their place. */
const YEAR = 364;

/** What is expected of a group, beside simpler estimates. */
export interface RevenueForecast {
  members: number;
  /** First day of the forecast and the day after its last, `YYYY-MM-DD`. */
  from: string;
  to: string;
  /** Mean over futures, if rates stay what they were. */
  expected: number;
  /** Holds the revenue with the chance asked for, if rates stay: chance, choice of customers and of models. */
  ifRatesStay: Interval;
  /**
   * The same, widened by how far earlier forecasts were off: seasons, growth, what rates do. `null` without earlier ones.
   */
  withPastErrors: Interval | null;
  /** The group's past revenue over the days observed, times the days of the forecast. */
  proRata: number;
  /** The group's revenue on the same days 52 weeks earlier; `null` where the data do not reach back. */
  lastYear: number | null;
  /**
   * Revenue of all identified customers on those days, over that of an average stretch of the 52 weeks since: above 1
   * is a strong season. It holds the growth of the shop as well. `null` where the data do not reach back.
   */
  seasonIndex: number | null;
}

/** How a group is forecast. */
export interface ForecastOptions extends GroupOptions {
  /** Chance that the interval holds the revenue; 0.9 when left out. */
  level?: number;
  /** Logarithms of actual over expected revenue of earlier forecasts, such as `backTestForecast` gives. */
  pastErrors?: readonly number[];
}

/**
 * Revenue of a group in the days from the reference date on, with intervals.
 *
 * @param ids - the group: each once, each with a history at the reference date.
 * @throws RangeError for a group that is none, and as `fitValue` does.
 */
export async function forecastRevenue(
  db: Database,
  ids: readonly string[],
  { referenceDate, ...options }: ForecastOptions & { referenceDate?: string },
): Promise<RevenueForecast> {
  const histories = await readHistories(db, { referenceDate });
  return { ...forecastGroup(histories, ids, options), ...(await seasonOf(db, histories, ids, options.days)) };
}

/**
 * Possible revenues of a group, for what follows from them, such as the economics of a programme.
 * @param options.pastErrors - by which they are widened; as if rates stayed when left out.
 */
export function drawGroupTotals(
  histories: Histories,
  ids: readonly string[],
  { pastErrors = [], ...options }: Omit<ForecastOptions, "level">,
): Float64Array {
  const totals = drawTotals(drawGroupRevenue(histories, ids, options));
  return pastErrors.length === 0 ? totals : spreadByErrors(totals, pastErrors, options.seed);
}

/** The part of `forecastRevenue` that needs no table. */
export function forecastGroup(
  histories: Histories,
  ids: readonly string[],
  options: ForecastOptions,
): Omit<RevenueForecast, "lastYear" | "seasonIndex"> {
  const { days = 90, level = 0.9, pastErrors = [], seed } = options;
  if (!Number.isInteger(days) || days < 1)
    throw new RangeError(`forecastGroup needs a positive whole number of days, got ${days}`);
  const rows = rowsOf("forecastGroup", histories, ids);
  const totals = drawGroupTotals(histories, ids, { ...options, pastErrors: [] });
  const past = compensatedSum(rows.map((row) => histories.pastRevenue[row]!));
  return {
    members: ids.length,
    from: histories.referenceDate,
    to: daysBefore(histories.referenceDate, -days),
    expected: compensatedSum(totals) / totals.length,
    ifRatesStay: middlePart(totals, level),
    withPastErrors:
      pastErrors.length === 0 ? null : middlePart(spreadByErrors(totals, pastErrors, seed), level),
    proRata: (past / histories.observedDays) * days,
  };
}

/**
 * Totals times a factor that is off by as much as earlier forecasts were, without their direction: a Student
 * distribution with as many degrees of freedom as there were forecasts, since few tell little of their spread.
 */
function spreadByErrors(totals: Float64Array, errors: readonly number[], seed: number): Float64Array {
  if (!errors.every(Number.isFinite))
    throw new RangeError(`a forecast needs finite past errors, got ${errors.join(", ")}`);
  const random = seededRandom(seed);
  const freedom = errors.length;
  const scale = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / freedom);
  return totals.map((total) => {
    const spread = Math.sqrt(randomGamma(random, freedom / 2, 2) / freedom);
    return total * Math.exp((scale * randomNormal(random)) / spread);
  });
}

async function seasonOf(
  db: Database,
  histories: Histories,
  ids: readonly string[],
  days = 90,
): Promise<Pick<RevenueForecast, "lastYear" | "seasonIndex">> {
  const { referenceDate, observedDays, customerIds } = histories;
  if (observedDays < YEAR) return { lastYear: null, seasonIndex: null };
  const from = daysBefore(referenceDate, YEAR);
  const window = { from, to: daysBefore(referenceDate, YEAR - days) };
  const sum = async (who: readonly string[], period: { from: string; to: string }): Promise<number> =>
    compensatedSum(await revenueBetween(db, who, period));
  const year = await sum(customerIds, { from, to: referenceDate });
  const then = await sum(customerIds, window);
  return {
    lastYear: await sum(ids, window),
    seasonIndex: year > 0 ? then / ((year * days) / YEAR) : null,
  };
}

/** An earlier forecast and what came. */
export interface ForecastTest extends Omit<RevenueForecast, "lastYear" | "seasonIndex"> {
  actual: number;
  /** Logarithm of actual over expected revenue. */
  logError: number;
  /** Whether the intervals held it. */
  heldIfRatesStay: boolean;
  heldWithPastErrors: boolean | null;
}

/**
 * Forecasts at earlier cuts, of the groups that would have been chosen then, beside what came.
 *
 * Each is widened by the errors of those before it whose days were over by its cut. A cut at which nobody would have
 * been chosen has no forecast.
 * @param choose - the members, from the histories at a cut.
 * @param cuts - days, in the order of time.
 */
export async function backTestForecast(
  db: Database,
  choose: (histories: Histories) => readonly string[] | Promise<readonly string[]>,
  cuts: readonly string[],
  options: Omit<ForecastOptions, "pastErrors">,
): Promise<ForecastTest[]> {
  const tests: ForecastTest[] = [];
  for (const cut of cuts) {
    const histories = await readHistories(db, { referenceDate: cut });
    const ids = await choose(histories);
    if (ids.length === 0) continue;
    const pastErrors = tests.filter(({ to }) => to <= cut).map(({ logError }) => logError);
    const forecast = forecastGroup(histories, ids, { ...options, pastErrors });
    const actual = compensatedSum(await revenueBetween(db, ids, { from: cut, to: forecast.to }));
    const isHeld = ({ low, high }: Interval): boolean => actual >= low && actual <= high;
    tests.push({
      ...forecast,
      actual,
      logError: Math.log(actual / forecast.expected),
      heldIfRatesStay: isHeld(forecast.ifRatesStay),
      heldWithPastErrors: forecast.withPastErrors && isHeld(forecast.withPastErrors),
    });
  }
  return tests;
}
