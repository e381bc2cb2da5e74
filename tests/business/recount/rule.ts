import type { Database } from "#src/data/database.js";
import type { EntryRule } from "#src/segments/rules.js";

/** A rule as a condition of SQL. */
export function holds({ conditions }: EntryRule, as: "entry" | "exit"): string {
  return conditions
    .map(({ feature, is, [as]: threshold }) => `${feature} ${is === "at least" ? ">=" : "<="} ${threshold}`)
    .join(" AND ");
}

/** How well a condition repeats the first segment: twice the customers of both over those of either, added up. */
export async function countF1(db: Database, condition: string): Promise<number> {
  const { f1 } = await db.row<{ f1: number }>(`
    SELECT 2 * count(*) FILTER (segment = 1 AND ${condition})
      / (count(*) FILTER (segment = 1) + count(*) FILTER (${condition})) AS f1
    FROM now JOIN assignments USING (customer_id)`);
  return f1;
}

/** The table `standing`: what rules may ask for, of each customer known on each morning, numbered from 0. */
export async function openMornings(db: Database, mornings: readonly string[]): Promise<void> {
  const days = mornings.map((day, at) => `(${at}, DATE '${day}')`).join(", ");
  await db.run(`
    CREATE OR REPLACE TABLE standing AS
    WITH mornings(nth, morning) AS (VALUES ${days}),
    parts AS (
      SELECT customer_id, invoice_no, written::DATE AS day, undone, sum(amount) AS amount FROM ledger
      WHERE is_sale AND customer_id IS NOT NULL GROUP BY ALL
    ), invoices AS (
      SELECT nth, morning, customer_id, min(day) AS day, sum(amount) AS amount,
        coalesce(sum(amount) FILTER (day >= morning - 90), 0) AS late
      FROM mornings JOIN parts ON day < morning AND (undone IS NULL OR undone >= morning)
      GROUP BY nth, morning, customer_id, invoice_no
    )
    SELECT nth, customer_id, sum(amount) AS gross_revenue, sum(late) AS revenue_last_90_days, count(*) AS orders,
      min(morning - day) AS recency_days, max(morning - day) AS tenure_days,
      count(DISTINCT date_trunc('month', day)) AS active_months
    FROM invoices GROUP BY nth, customer_id`);
}

/** What a morning of the replay changed. */
export interface ReplayRow {
  members: number;
  entered: number;
  left: number;
}

/** The replay told by SQL, over `standing`; leaves the tables `walk` and `stays`. */
export interface ReplayCounts {
  days: ReplayRow[];
  members: string[];
  flickers: number;
}

/**
 * Walks through the mornings customer by customer: in after the entry condition, out after so many mornings in a row
 * on which the exit condition fails, or the customer is not known any more.
 */
export async function replayBySql(
  db: Database,
  { entry, exit, patience }: { entry: string; exit: string; patience: number },
): Promise<ReplayCounts> {
  await db.run(`
    CREATE OR REPLACE TABLE walk AS
    WITH RECURSIVE judged AS (SELECT nth, customer_id, ${entry} AS enters, ${exit} AS keeps FROM standing),
    walk AS (
      SELECT DISTINCT customer_id, -1::BIGINT AS nth, false AS inside, 0 AS failures, false AS came, false AS went FROM standing
      UNION ALL
      SELECT customer_id, nth + 1, stays OR enters, if(stays, failed, 0), enters AND NOT inside, inside AND NOT stays
      FROM (
        SELECT w.customer_id, w.nth, inside, coalesce(enters, false) AS enters,
          if(coalesce(keeps, false), 0, failures + 1) AS failed,
          inside AND keeps IS NOT NULL AND failed < ${patience} AS stays
        FROM walk w LEFT JOIN judged j ON j.customer_id = w.customer_id AND j.nth = w.nth + 1
        WHERE w.nth < (SELECT max(nth) FROM standing)
      )
    )
    SELECT * FROM walk WHERE nth >= 0;
    CREATE OR REPLACE TABLE stays AS
    SELECT customer_id, nth AS start,
      (SELECT min(w.nth) FROM walk w WHERE w.customer_id = c.customer_id AND w.went AND w.nth > c.nth) AS stop
    FROM walk c WHERE came`);
  const days = await db.rows<ReplayRow>(
    `SELECT count(*) FILTER (inside) AS members, count(*) FILTER (came) AS entered, count(*) FILTER (went) AS left
     FROM walk GROUP BY nth ORDER BY nth`,
  );
  const inside = await db.rows<{ id: string }>(
    "SELECT customer_id AS id FROM walk WHERE inside AND nth = (SELECT max(nth) FROM walk) ORDER BY id",
  );
  const { flickers } = await db.row<{ flickers: number }>(
    "SELECT (SELECT count(*) FROM stays) - (SELECT count(DISTINCT customer_id) FROM stays) AS flickers",
  );
  return { days, members: inside.map(({ id }) => id), flickers };
}

/**
 * Shares of stays that last longer than 1, 2, ... mornings, by Kaplan and Meier, as far as any stay is seen so long, and
 * the first number after which at most half go on; null when there is none.
 */
export async function countStays(db: Database): Promise<{ survival: number[]; median: number | null }> {
  const { survival, median } = await db.row<{ survival: string | null; median: number | null }>(`
    WITH ends AS (SELECT max(nth) AS last FROM walk),
    lengths AS (SELECT coalesce(stop, last) - start AS length, stop IS NOT NULL AS ended FROM stays, ends WHERE start > 0),
    steps AS (
      SELECT s.length, count(*) FILTER (l.length = s.length AND ended) / count(*) AS hazard
      FROM (SELECT unnest(range(1, (SELECT last + 1 FROM ends))) AS length) s JOIN lengths l ON l.length >= s.length
      GROUP BY s.length
    )
    SELECT string_agg(left_over, ' ' ORDER BY length) AS survival, min(length) FILTER (left_over <= 0.5) AS median
    FROM (SELECT length, product(1 - hazard) OVER (ORDER BY length) AS left_over FROM steps)`);
  return { survival: (survival?.split(" ") ?? []).map(Number), median };
}

/** Customers outside of a list who lack least: the fewest conditions, then the least in interquartile ranges. */
export function countNext(
  db: Database,
  { conditions }: EntryRule,
  most: number,
): Promise<{ id: string; lacks: number; distance: number }[]> {
  const lacks = conditions.map(({ feature, is, entry }) =>
    is === "at least" ? `${entry} - ${feature}` : `${feature} - ${entry}`,
  );
  const spread = ({ feature }: { feature: string }): string =>
    `(SELECT greatest(1, quantile_cont(${feature}, 0.75) - quantile_cont(${feature}, 0.25)) FROM now)`;
  const missed = lacks.map((lack) => `(${lack} > 0)::INTEGER`).join(" + ");
  const far = lacks.map((lack, j) => `greatest(0, ${lack}) / ${spread(conditions[j]!)}`).join(" + ");
  return db.rows(`
    FROM (SELECT customer_id AS id, ${missed} AS lacks, ${far} AS distance FROM now JOIN listed USING (customer_id) WHERE label = 1)
    WHERE lacks > 0 ORDER BY lacks, round(distance, 12), id LIMIT ${most}`);
}

/** A list beside the first segment, in customers and gross revenue, with the measures of their agreement. */
export function countFidelity(db: Database): Promise<object> {
  const part = (condition: string): string =>
    `{'customers': count(*) FILTER (${condition}), 'revenue': coalesce(sum(gross_revenue) FILTER (${condition}), 0)}`;
  return db
    .row<{ found: string }>(`
    WITH known AS (SELECT label = 0 AS l, segment = 1 AS s, gross_revenue FROM now
      JOIN listed USING (customer_id) JOIN assignments USING (customer_id))
    SELECT to_json({'both': ${part("l AND s")}, 'listOnly': ${part("l AND NOT s")}, 'segmentOnly': ${part("s AND NOT l")},
      'neither': ${part("NOT l AND NOT s")}, 'precision': avg(s::INTEGER) FILTER (l), 'recall': avg(l::INTEGER) FILTER (s),
      'f1': 2 * count(*) FILTER (l AND s) / (count(*) FILTER (l) + count(*) FILTER (s)),
      'accuracy': avg((l = s)::INTEGER)})::VARCHAR AS found FROM known`)
    .then(({ found }) => JSON.parse(found));
}
