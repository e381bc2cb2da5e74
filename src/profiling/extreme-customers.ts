import { HAND_WRITTEN } from "../cleaning/non-product-codes.js";
import { type Database, sqlText } from "../data/database.js";
import { sqlName } from "../data/tables.js";
import { logTukeyFences } from "../statistics/fences.js";

/** What makes a customer extreme. */
export type ExtremeKind = "odd price" | "taken back" | "one product" | "one day" | "steady";

/** What a reader should know of each kind, in the order in which they are tried. */
export const extremeKinds: readonly { kind: ExtremeKind; rule: string; meaning: string }[] = [
  {
    kind: "odd price",
    rule: "most revenue from lines at many times the usual price of their product",
    meaning: "An error until somebody at the shop says otherwise",
  },
  {
    kind: "taken back",
    rule: "more than half of the revenue came back, as returns or as credits written by hand",
    meaning: "Large on paper only",
  },
  {
    kind: "one product",
    rule: "one order day, most revenue from one product",
    meaning: "Bought a lot of one thing, once",
  },
  { kind: "one day", rule: "one order day, several products", meaning: "Bought a lot, once" },
  { kind: "steady", rule: "several order days", meaning: "A big customer" },
];

/** A customer who is above what is usual in at least one measure, with the evidence. */
export interface ExtremeCustomer {
  customerId: string;
  kind: ExtremeKind;
  /** The measures above their upper fence. */
  measures: string[];
  grossRevenue: number;
  orderDays: number;
  /** Of gross revenue, in [0, 1] unless more came back than was bought. */
  returnedShare: number;
  /** Net of lines written by hand (manual entries, discounts) over gross revenue; above 0 where they took money back. */
  creditedShare: number;
  topProductShare: number;
  /** Share of gross revenue from lines at an odd price. */
  oddPriceShare: number;
}

/** What counts as extreme and as odd. */
export interface ExtremeOptions {
  /** Of Tukey's fences on a logarithmic scale, in interquartile ranges; 1.5 when left out. */
  reach?: number;
  /** From so many times the median price of its product a price is odd; 5 when left out. */
  priceFactor?: number;
}

/**
 * Customers whose size is unusual, each told apart by its lines: an error, or a big customer?
 *
 * Reads `customers`, `purchases` and `excluded_rows`, of the latter two only lines before the customers' reference date.
 * The usual price of a product is the median over all its sale lines.
 * @param measures - columns of `customers` that measure sizes.
 * @returns largest revenue first.
 * @throws RangeError when a factor or reach is not above zero.
 */
export async function extremeCustomers(
  db: Database,
  measures: readonly string[],
  { reach = 1.5, priceFactor = 5 }: ExtremeOptions = {},
): Promise<ExtremeCustomer[]> {
  if (!(reach > 0 && priceFactor > 0))
    throw new RangeError(
      `extremeCustomers needs a reach and a priceFactor above 0, got ${reach} and ${priceFactor}`,
    );
  const above = await customersAbove(db, measures, reach);
  const evidence = await db.rows<Omit<ExtremeCustomer, "kind" | "measures">>(
    `WITH day AS (SELECT any_value(reference_date) AS day FROM customers
     ), known AS (SELECT * FROM purchases, day WHERE invoiced_at < day
     ), usual AS (SELECT stock_code, median(unit_price) AS price FROM known GROUP BY stock_code
     ), odd AS (SELECT customer_id, sum(line_total) AS revenue FROM known JOIN usual USING (stock_code)
       WHERE unit_price >= $priceFactor * price GROUP BY customer_id
     ), credited AS (SELECT customer_id, -sum(line_total) AS value FROM excluded_rows, day
       WHERE invoiced_at < day AND reason IN (${HAND_WRITTEN.map(sqlText).join(", ")}) GROUP BY customer_id
     )
     SELECT customer_id AS "customerId", gross_revenue AS "grossRevenue", order_days AS "orderDays",
       coalesce(returned_share, 0) AS "returnedShare", coalesce(top_product_share, 0) AS "topProductShare",
       coalesce(credited.value / nullif(gross_revenue, 0), 0)::DOUBLE AS "creditedShare",
       coalesce(odd.revenue / nullif(gross_revenue, 0), 0)::DOUBLE AS "oddPriceShare"
     FROM customers LEFT JOIN odd USING (customer_id) LEFT JOIN credited USING (customer_id)
     ORDER BY gross_revenue DESC, customer_id`,
    { priceFactor },
  );
  return evidence.flatMap((customer) => {
    const found = above.get(customer.customerId);
    return found === undefined ? [] : [{ ...customer, kind: kindOf(customer), measures: found }];
  });
}

/** How many extreme customers there are of each kind, in the order of `extremeKinds`. */
export function countExtremes(
  customers: readonly ExtremeCustomer[],
): { kind: ExtremeKind; rule: string; meaning: string; customers: number; grossRevenue: number }[] {
  return extremeKinds.map((kind) => {
    const found = customers.filter((customer) => customer.kind === kind.kind);
    const grossRevenue = found.reduce((sum, customer) => sum + customer.grossRevenue, 0);
    return { ...kind, customers: found.length, grossRevenue };
  });
}

/** For each extreme customer the measures in which it is above the upper fence. */
async function customersAbove(
  db: Database,
  measures: readonly string[],
  reach: number,
): Promise<Map<string, string[]>> {
  const above = new Map<string, string[]>();
  for (const measure of measures) {
    const { high } = logTukeyFences(await db.numbers(`SELECT ${sqlName(measure)} FROM customers`), reach);
    if (Number.isNaN(high)) continue;
    const found = await db.rows<{ customer_id: string }>(
      `SELECT customer_id FROM customers WHERE ${sqlName(measure)} > $high ORDER BY customer_id`,
      { high },
    );
    for (const { customer_id: id } of found) above.set(id, [...(above.get(id) ?? []), measure]);
  }
  return above;
}

function kindOf(customer: Omit<ExtremeCustomer, "kind" | "measures">): ExtremeKind {
  if (customer.oddPriceShare > 0.5) return "odd price";
  if (customer.returnedShare + customer.creditedShare > 0.5) return "taken back";
  if (customer.orderDays > 1) return "steady";
  return customer.topProductShare > 0.5 ? "one product" : "one day";
}
