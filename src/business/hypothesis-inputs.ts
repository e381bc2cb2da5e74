import type { Database } from "../data/database.js";
import { standingSales } from "../features/lines-at.js";
import type { CustomerMeasures, HypothesisInputs, MeasureName } from "./hypothesis.js";

/** How each measure is told from a row of `customers` (c) and of the customer's sales by season (s). */
const MEASURES: Readonly<Record<MeasureName, string>> = {
  revenue: "c.gross_revenue",
  orderValue: "c.average_order_value",
  daysBetweenOrders: "c.median_days_between_orders",
  items: "c.items",
  productsPerOrder: "c.products_per_order",
  itemPrice: "c.average_item_price",
  topProductShare: "c.top_product_share",
  weekendShare: "c.weekend_order_share",
  morningShare: "c.morning_order_share",
  autumnShare: "s.autumn_share",
  tenureDays: "c.tenure_days",
  isRecent: "(c.recency_days <= 90)::INTEGER",
  isAbroad: "(c.country <> $home)::INTEGER",
  returnedValue: "c.returned_value",
  returnedShare: "c.returned_share",
  hasReturned: "(c.returned_value > 0)::INTEGER",
};

/**
 * The measures of members and of all other identified customers, from the tables `customers`, `purchases`,
 * `excluded_rows` and `members`, with what was known at the reference date of `customers`.
 * @throws RangeError unless `members` says of each customer whether he is one.
 */
export async function readHypothesisInputs(db: Database): Promise<HypothesisInputs> {
  const { customers, known } = await db.row<{ customers: number; known: number }>(
    "SELECT count(*) AS customers, count(is_insider) AS known FROM customers LEFT JOIN members USING (customer_id)",
  );
  if (customers !== known)
    throw new RangeError(
      `readHypothesisInputs needs a membership of each of ${customers} customers, got ${known}`,
    );
  const { home } = await db.row<{ home: string | null }>(
    `SELECT min(country) AS home FROM (SELECT country, count(*) AS n FROM customers WHERE country IS NOT NULL
     GROUP BY country QUALIFY n = max(n) OVER ())`,
  );
  const { day } = await db.row<{ day: string }>(
    "SELECT coalesce(max(reference_date), DATE '9999-12-31')::VARCHAR AS day FROM customers",
  );
  const groups = { home: home ?? "", day };
  return {
    members: await readMeasures(db, true, groups),
    others: await readMeasures(db, false, groups),
    home: home ?? "",
  };
}

async function readMeasures(
  db: Database,
  isMember: boolean,
  { home, day }: { home: string; day: string },
): Promise<CustomerMeasures> {
  const names = Object.keys(MEASURES) as MeasureName[];
  const columns = await db.columns(
    `SELECT ${names.map((name) => `${MEASURES[name]} AS "${name}"`).join(", ")}
     FROM customers c JOIN members m USING (customer_id)
     LEFT JOIN (
       SELECT customer_id, sum(line_total) FILTER (month(invoiced_at) BETWEEN 9 AND 11) / sum(line_total) AS autumn
       FROM (${standingSales(day)}) GROUP BY customer_id HAVING sum(line_total) > 0
     ) lines USING (customer_id)
     CROSS JOIN LATERAL (SELECT coalesce(autumn, 0) AS autumn_share) s
     WHERE m.is_insider = $isMember ORDER BY customer_id`,
    { isMember, home },
  );
  return Object.fromEntries(names.map((name, i) => [name, columns[i]!])) as Record<MeasureName, Float64Array>;
}
