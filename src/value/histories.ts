import { type Database, sqlText } from "../data/database.js";
import { type ReferenceOptions, withLinesAt } from "../features/lines-at.js";

/**
 * Purchase histories at a reference date, a row a customer; the arrays go together.
 *
 * A purchase is a day on which a customer ordered, however many orders: two invoices of one morning are one decision to
 * buy. Its value is the gross value of what was ordered on it.
 */
export interface Histories {
  /** `YYYY-MM-DD`; nothing of this day or later is known. */
  referenceDate: string;
  /** Days from the first line known to the reference date. */
  observedDays: number;
  customerIds: string[];
  /** x: order days after the first. */
  repeats: Float64Array;
  /** t_x: weeks from the first order day to the last, 0 when there is one. */
  lastWeeks: Float64Array;
  /** T: weeks from the first order day to the reference date. */
  ageWeeks: Float64Array;
  /** Sum of the logarithms of the weeks between order days, 0 when there is one. */
  logGaps: Float64Array;
  /** Value of the first order day, in the currency of the source. */
  firstValue: Float64Array;
  /** z: mean value of the later order days; NaN when there is none. */
  repeatValue: Float64Array;
  /** Value of all order days. */
  pastRevenue: Float64Array;
}

/**
 * The purchase histories of all identified customers with a standing order at the reference date, by customer id.
 *
 * Reads `purchases`, `returns` and `excluded_rows` as the features do: a sale cancelled later counts as the sale it was.
 * @throws RangeError for a date that is none, or when there is no line to take the default date from.
 */
export async function readHistories(db: Database, options: ReferenceOptions = {}): Promise<Histories> {
  return withLinesAt(db, options, async ({ table, referenceDate }) => {
    // An order belongs to the day of its first line, as in `customers`.
    const rows = await db.rows<{
      id: string;
      repeats: number;
      last: number;
      age: number;
      first: number;
      later: number;
      past: number;
      gaps: string | null;
    }>(
      `WITH orders AS (
         SELECT customer_id, min(invoiced_at)::DATE AS day, sum(line_total) AS value
         FROM ${table} WHERE kind = 'sale' GROUP BY customer_id, invoice_no
       ), days AS (
         SELECT customer_id, day, min(day) OVER who AS first, day - lag(day) OVER who AS gap, sum(value) AS value
         FROM orders GROUP BY customer_id, day WINDOW who AS (PARTITION BY customer_id ORDER BY day)
       )
       SELECT customer_id AS id, count(*) - 1 AS repeats, max(day) - any_value(first) AS last,
         DATE ${sqlText(referenceDate)} - any_value(first) AS age,
         sum(value) FILTER (day = first)::DOUBLE AS first,
         coalesce(sum(value) FILTER (day > first), 0)::DOUBLE AS later, sum(value)::DOUBLE AS past,
         string_agg(gap::VARCHAR, ' ' ORDER BY day) AS gaps
       FROM days GROUP BY customer_id ORDER BY customer_id`,
    );
    const { observed } = await db.row<{ observed: number | null }>(
      `SELECT DATE ${sqlText(referenceDate)} - min(invoiced_at)::DATE AS observed FROM ${table}`,
    );
    return {
      referenceDate,
      observedDays: observed ?? 0,
      customerIds: rows.map(({ id }) => id),
      repeats: Float64Array.from(rows, ({ repeats }) => repeats),
      lastWeeks: Float64Array.from(rows, ({ last }) => last / 7),
      ageWeeks: Float64Array.from(rows, ({ age }) => age / 7),
      logGaps: Float64Array.from(rows, ({ gaps }) => logGapsOf(gaps)),
      firstValue: Float64Array.from(rows, ({ first }) => first),
      repeatValue: Float64Array.from(rows, ({ later, repeats }) =>
        repeats > 0 ? later / repeats : Number.NaN,
      ),
      // Summed as money: a sum of two doubles would tell customers apart who spent the same.
      pastRevenue: Float64Array.from(rows, ({ past }) => past),
    };
  });
}

/** @param gaps - days, as a text; logarithms are taken here since those of the database depend on the machine. */
function logGapsOf(gaps: string | null): number {
  return (gaps?.split(" ") ?? []).reduce((sum, days) => sum + Math.log(Number(days) / 7), 0);
}

/** How many order days are known of each customer, and their mean value. */
export interface SpendHistories {
  /** Order days that count. */
  orders: Float64Array;
  /** Their mean value; NaN where none counts. */
  meanValue: Float64Array;
}

/**
 * What a model of spend learns from.
 * @param from - "repeats" leaves out the first order day, as the papers do; "all" counts it, so that a one-off buyer's
 * only order tells something of the next.
 */
export function spendHistories(
  { repeats, firstValue, repeatValue }: Histories,
  from: "repeats" | "all",
): SpendHistories {
  if (from === "repeats") return { orders: repeats, meanValue: repeatValue };
  return {
    orders: repeats.map((count) => count + 1),
    meanValue: repeats.map((count, i) =>
      count === 0 ? firstValue[i]! : (firstValue[i]! + count * repeatValue[i]!) / (count + 1),
    ),
  };
}
