import { type Database, sqlText } from "../data/database.js";
import { isDay } from "./days.js";
import { standingSales, withLinesAt } from "./lines-at.js";

/**
 * What customers bought in a period: for each id the gross value of its purchases, 0 where there are none.
 *
 * Reads `purchases`, `returns` and `excluded_rows`, as known at the period's end: a sale that is cancelled after it
 * counts. With a period from the reference date of features on, it is what the features could not know.
 * @param ids - each once.
 * @param period - `YYYY-MM-DD`, from its start to before the start of `to`.
 * @throws RangeError when the period does not end after its start or a date is none.
 */
export async function revenueBetween(
  db: Database,
  ids: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<Float64Array> {
  for (const date of [from, to])
    if (!isDay(date)) throw new RangeError(`revenueBetween needs dates YYYY-MM-DD, got "${date}"`);
  if (!(from < to)) throw new RangeError(`revenueBetween needs a period that ends after ${from}, got ${to}`);
  const rows = await withLinesAt(db, { referenceDate: to }, ({ table }) =>
    db.rows<{ id: string; revenue: number }>(
      `SELECT customer_id AS id, sum(line_total)::DOUBLE AS revenue FROM ${table}
       WHERE kind = 'sale' AND invoiced_at >= DATE ${sqlText(from)} GROUP BY customer_id`,
    ),
  );
  const found = new Map(rows.map(({ id, revenue }) => [id, revenue]));
  return Float64Array.from(ids, (id) => found.get(id) ?? 0);
}

/**
 * The gross value of all that had been sold before a day, to whomever: lines without a customer count.
 *
 * Reads `purchases` and `excluded_rows`: a sale that is cancelled on that day or later counts, as it does for customers.
 * @param day - `YYYY-MM-DD`.
 * @throws RangeError for a date that is none.
 */
export async function salesBefore(db: Database, day: string): Promise<number> {
  if (!isDay(day)) throw new RangeError(`salesBefore needs a date YYYY-MM-DD, got "${day}"`);
  const { revenue } = await db.row<{ revenue: number }>(
    `SELECT coalesce(sum(line_total), 0)::DOUBLE AS revenue FROM (${standingSales(day)})`,
  );
  return revenue;
}
