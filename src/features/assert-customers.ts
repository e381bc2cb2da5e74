import type { Database } from "../data/database.js";
import { withLinesAt } from "./lines-at.js";

/**
 * Checks that the money, units and lines of the table `customers` are those of the identified lines known at the
 * reference date, to the last decimal.
 * @throws Error that names both sides.
 */
export async function assertCustomers(db: Database, referenceDate: string): Promise<void> {
  const ours = await db.row(
    `SELECT coalesce(sum(gross_revenue), 0)::VARCHAR AS bought, coalesce(sum(items), 0) AS items,
       coalesce(sum(order_lines), 0) AS lines, coalesce(sum(returned_value), 0)::VARCHAR AS returned
     FROM customers WHERE reference_date = $referenceDate::DATE`,
    { referenceDate },
  );
  const theirs = await withLinesAt(db, { referenceDate }, ({ table }) =>
    // Returns of who bought nothing belong to no row of customers.
    db.row(
      `SELECT coalesce(sum(line_total) FILTER (kind = 'sale'), 0)::VARCHAR AS bought,
         coalesce(sum(quantity) FILTER (kind = 'sale'), 0) AS items, count(*) FILTER (kind = 'sale') AS lines,
         coalesce(-sum(line_total) FILTER (kind = 'return'), 0)::VARCHAR AS returned
       FROM ${table} WHERE customer_id IN (SELECT customer_id FROM ${table} WHERE kind = 'sale')`,
    ),
  );
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return;
  throw new Error(`customers add up to ${JSON.stringify(ours)}, their lines to ${JSON.stringify(theirs)}`);
}
