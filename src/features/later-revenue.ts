import { type Database, sqlText } from "../data/database.js";

/**
 * What customers bought in a period: for each id the gross value of its purchases, 0 where there are none.
 *
 * Reads `purchases`. With a period from the reference date of features on, it is what the features could not know.
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
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
      throw new RangeError(`revenueBetween needs dates YYYY-MM-DD, got "${date}"`);
  if (!(from < to)) throw new RangeError(`revenueBetween needs a period that ends after ${from}, got ${to}`);
  const rows = await db.rows<{ id: string; revenue: number }>(
    `SELECT customer_id AS id, sum(line_total)::DOUBLE AS revenue FROM purchases
     WHERE customer_id IS NOT NULL AND invoiced_at >= DATE ${sqlText(from)} AND invoiced_at < DATE ${sqlText(to)}
     GROUP BY customer_id`,
  );
  const found = new Map(rows.map(({ id, revenue }) => [id, revenue]));
  return Float64Array.from(ids, (id) => found.get(id) ?? 0);
}

/** The day so many days before another. @param date - `YYYY-MM-DD`. @throws RangeError when it is none. */
export function daysBefore(date: string, days: number): string {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(time) || !Number.isInteger(days))
    throw new RangeError(`daysBefore needs a date YYYY-MM-DD and whole days, got "${date}" and ${days}`);
  return new Date(time - days * 86_400_000).toISOString().slice(0, 10);
}
