import type { Database } from "#src/data/database.js";
import { invoicesAt, measuresAt, salesAt } from "./ledger.js";

/** Purchase histories by customer: order days, the weeks between them and what was ordered on them. */
export function countHistories(db: Database, day: string): Promise<Record<string, number | string>[]> {
  return db.rows(`
    WITH visits AS (
      SELECT customer_id, day, sum(value) AS value, row_number() OVER who AS nth, day - lag(day) OVER who AS gap
      FROM (SELECT customer_id, day, sum(value) AS value FROM ${invoicesAt(day)} GROUP BY ALL) GROUP BY customer_id, day
      WINDOW who AS (PARTITION BY customer_id ORDER BY day)
    )
    SELECT customer_id AS id, max(nth) - 1 AS repeats, (max(day) - min(day)) / 7 AS "lastWeeks",
      (DATE '${day}' - min(day)) / 7 AS "ageWeeks", coalesce(sum(ln(gap / 7)), 0) AS "logGaps",
      sum(value) FILTER (nth = 1)::DOUBLE AS "firstValue", avg(value) FILTER (nth > 1) AS "repeatValue",
      sum(value)::DOUBLE AS "pastRevenue"
    FROM visits GROUP BY 1 ORDER BY 1`);
}

/** Days from the first line of an identified customer to a day. */
export async function countObservedDays(db: Database, day: string): Promise<number> {
  const { days } = await db.row<{ days: number }>(
    `SELECT DATE '${day}' - min(written)::DATE AS days FROM ledger WHERE customer_id IS NOT NULL AND written < DATE '${day}'`,
  );
  return days;
}

/** What identified customers bought in a period, as known at its end: a query of customer_id and revenue. */
function boughtBetween(from: string, to: string): string {
  return `(SELECT customer_id, sum(amount)::DOUBLE AS revenue FROM ${salesAt(to)}
    WHERE written >= DATE '${from}' AND customer_id IS NOT NULL GROUP BY 1)`;
}

/** How a candidate of the back-test fared. */
export interface BackTestRow {
  name: string;
  spearman: number;
  tenth: number;
  fifth: number;
  gain: string;
  meanAbsoluteError: number | null;
  totalError: number | null;
}

/**
 * The back-test told by SQL. Scores by value come from the table `value_at_cut` (customer_id, score, predicted), all
 * others are counted here: past revenue and what it gives pro rata, RFM by fifths, the same for everybody, foresight.
 */
export async function countBackTest(
  db: Database,
  { cut, end, days }: { cut: string; end: string; days: number },
): Promise<BackTestRow[]> {
  const observed = await countObservedDays(db, cut);
  const fifth = (order: string): string =>
    `1 + 5 * (rank() OVER (ORDER BY ${order}) - 1) // count(*) OVER ()`;
  await db.run(`
    CREATE OR REPLACE TABLE known AS
    SELECT customer_id, gross_revenue AS past, coalesce(revenue, 0) AS later,
      ${fifth("recency_days DESC")} + ${fifth("orders")} + ${fifth("net_revenue")} AS rfm
    FROM ${measuresAt(cut)} LEFT JOIN ${boughtBetween(cut, end)} USING (customer_id);
    CREATE OR REPLACE TABLE candidates AS
    SELECT 1 AS nth, 'value score' AS name, customer_id, score, predicted, later FROM known JOIN value_at_cut USING (customer_id)
    UNION ALL SELECT 2, 'past revenue', customer_id, past, past / ${observed} * ${days}, later FROM known
    UNION ALL SELECT 3, 'RFM score', customer_id, rfm, NULL, later FROM known
    UNION ALL SELECT 4, 'same for everybody', customer_id, 0, avg(past) OVER () / ${observed} * ${days}, later FROM known
    UNION ALL SELECT 5, 'perfect foresight', customer_id, later, later, later FROM known`);
  return db.rows<BackTestRow>(`
    WITH ranked AS (
      SELECT *, rank() OVER (PARTITION BY nth ORDER BY score) + count(*) OVER (PARTITION BY nth, score) / 2 AS by_score,
        rank() OVER (PARTITION BY nth ORDER BY later) + count(*) OVER (PARTITION BY nth, later) / 2 AS by_later,
        -- Customers of one score share what they bring.
        avg(later) OVER (PARTITION BY nth, score) AS mine, row_number() OVER (PARTITION BY nth ORDER BY score DESC) AS place,
        count(*) OVER (PARTITION BY nth) AS n, sum(later) OVER (PARTITION BY nth) AS total
      FROM candidates
    ), held AS (
      SELECT nth, name, n, place, by_score, by_later, predicted, later, total,
        sum(mine) OVER (PARTITION BY nth ORDER BY place) / total AS held FROM ranked
    ), marks AS (SELECT percent, round(percent * (SELECT count(*) FROM known) / 100) AS place FROM range(1, 101) t(percent)),
    curve AS (SELECT nth, percent, held FROM marks JOIN held USING (place))
    SELECT name, corr(by_score, by_later) AS spearman, max(held) FILTER (place <= greatest(1, round(0.1 * n))) AS tenth,
      max(held) FILTER (place <= greatest(1, round(0.2 * n))) AS fifth,
      (SELECT string_agg(held, ' ' ORDER BY percent) FROM curve c WHERE c.nth = h.nth) AS gain,
      avg(abs(predicted - later)) AS "meanAbsoluteError", sum(predicted) / sum(later) - 1 AS "totalError"
    FROM held h GROUP BY nth, name ORDER BY nth`);
}

/** A forecast made on an earlier morning for who met a condition then: the members, pro rata, and what came. */
export async function countPastForecast(
  db: Database,
  condition: string,
  { from, to, days }: { from: string; to: string; days: number },
): Promise<{ members: number; proRata: number; actual: number }> {
  const observed = await countObservedDays(db, from);
  return db.row(`
    SELECT count(*) AS members, sum(gross_revenue) / ${observed} * ${days} AS "proRata", coalesce(sum(revenue), 0) AS actual
    FROM ${measuresAt(from)} LEFT JOIN ${boughtBetween(from, to)} USING (customer_id) WHERE ${condition}`);
}

/** The forecast of the list from possible revenues (`member_draws`), beside its own past and the season. */
export async function countForecast(
  db: Database,
  { day, days, lastYear }: { day: string; days: number; lastYear: { from: string; to: string } | null },
): Promise<Record<string, number | null>> {
  const observed = await countObservedDays(db, day);
  const season =
    lastYear === null
      ? { lastYear: null, seasonIndex: null }
      : await db.row<Record<string, number>>(`
          SELECT (SELECT sum(revenue) FROM ${boughtBetween(lastYear.from, lastYear.to)} JOIN listed USING (customer_id)
              WHERE label = 0) AS "lastYear",
            (SELECT sum(revenue) FROM ${boughtBetween(lastYear.from, lastYear.to)} JOIN now USING (customer_id))
              / (SELECT sum(revenue) * ${days} / 364 FROM ${boughtBetween(lastYear.from, day)} JOIN now USING (customer_id))
              AS "seasonIndex"`);
  const found = await db.row<Record<string, number>>(`
    SELECT (SELECT count(*) FROM listed WHERE label = 0) AS members, avg(total) AS expected,
      quantile_cont(total, 0.05) AS low, quantile_cont(total, 0.95) AS high,
      (SELECT sum(gross_revenue) FROM now JOIN listed USING (customer_id) WHERE label = 0) / ${observed} * ${days} AS "proRata"
    FROM (SELECT sum(revenue) AS total FROM member_draws GROUP BY draw)`);
  return { ...found, ...season };
}

/** What newcomers spend anyway and what would be new at the level of the member in the middle, from `grown_draws`. */
export function countGrowth(db: Database, newcomers: readonly string[]): Promise<Record<string, number>> {
  const isNew = `customer_id IN ('${newcomers.join("', '")}')`;
  return db.row(`
    SELECT avg(level) AS level, avg(spent) AS spent, avg(fresh) AS fresh, quantile_cont(fresh, 0.05) AS "freshLow",
      quantile_cont(fresh, 0.95) AS "freshHigh" FROM (
      SELECT median(revenue) FILTER (NOT ${isNew}) AS level, sum(revenue) FILTER (${isNew}) AS spent,
        ${newcomers.length} * level - spent AS fresh FROM grown_draws GROUP BY draw)`);
}

/**
 * The economics of the programme from possible revenues of the list (`totals`): 5 for each member and 3% of what they
 * spend with the programme, against 30% of a tenth more.
 */
export function countEconomics(db: Database, members: number): Promise<Record<string, number>> {
  const range = (name: string): string =>
    `avg(${name}) AS ${name}, quantile_cont(${name}, 0.05) AS "${name}Low", quantile_cont(${name}, 0.95) AS "${name}High"`;
  return db.row(`
    SELECT ${["revenue", "cost", "gain", "per_cost", "even"].map(range).join(", ")} FROM (
      SELECT revenue, 1.1::DOUBLE * revenue * 0.03::DOUBLE + 5 * ${members} AS cost, 0.1::DOUBLE * revenue * 0.3::DOUBLE - cost AS gain,
        gain / cost AS per_cost, (0.03::DOUBLE * revenue + 5 * ${members}) / (0.27::DOUBLE * revenue) AS even FROM totals)`);
}

/** What the experiment starts from: arms, mean and spread of the period, its relation to the one before, the guard. */
export function countBaseline(
  db: Database,
  { before, from, to }: { before: string; from: string; to: string },
): Promise<Record<string, number>> {
  return db.row(`
    WITH known AS (
      SELECT label, coalesce(o.revenue, 0) AS outcome, coalesce(c.revenue, 0) AS covariate FROM listed
      LEFT JOIN ${boughtBetween(from, to)} o USING (customer_id) LEFT JOIN ${boughtBetween(before, from)} c USING (customer_id)
    )
    SELECT round(count(*) FILTER (label = 0) / 2) AS programme, floor(count(*) FILTER (label = 0) / 2) AS control,
      avg(outcome) FILTER (label = 0) AS mean, stddev_samp(outcome) FILTER (label = 0) AS sd,
      corr(outcome, covariate) FILTER (label = 0) AS correlation, avg(outcome) FILTER (label = 1) / 10 AS margin FROM known`);
}
