import type { Database } from "../data/database.js";
import { withExcludedRows } from "./mark-excluded.js";
import { type CleaningOptions, completeOptions } from "./options.js";
import { RULES } from "./rules.js";

/** Lines that two ways of cleaning treat alike or differently. */
export interface CleaningDifference {
  /** "purchases", "returns", or the title of the rule that takes the lines out, under the first way. */
  first: string;
  /** The same under the second way. */
  second: string;
  rows: number;
  /** Sum of the line values, currency of the source. */
  money: number;
  customers: number;
}

/**
 * Where the lines of `invoice_lines` go under two ways of cleaning, for the lines on which the two differ:
 * every difference between their totals is a sum of these rows.
 */
export async function compareCleanings(
  db: Database,
  first: CleaningOptions,
  second: CleaningOptions,
): Promise<CleaningDifference[]> {
  const place = (excluded: string): string =>
    `coalesce(${excluded}.rule, CASE WHEN quantity < 0 THEN 'returns' ELSE 'purchases' END)`;
  const titles = new Map(RULES.map(({ name, title }) => [name, title]));
  return withExcludedRows(db, completeOptions(first), (a) =>
    withExcludedRows(db, completeOptions(second), async (b) => {
      const differences = await db.rows<CleaningDifference>(
        `SELECT first, second, count(*) AS rows, sum(money) AS money, count(DISTINCT customer_id) AS customers
         FROM (
           SELECT ${place(a)} AS first, ${place(b)} AS second, customer_id,
             (quantity * unit_price)::DECIMAL(18, 4) AS money
           FROM invoice_lines LEFT JOIN ${a} USING (row) LEFT JOIN ${b} USING (row)
         )
         WHERE first <> second GROUP BY first, second ORDER BY rows DESC, first, second`,
      );
      return differences.map((difference) => ({
        ...difference,
        first: titles.get(difference.first) ?? difference.first,
        second: titles.get(difference.second) ?? difference.second,
      }));
    }),
  );
}
