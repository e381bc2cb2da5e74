import { LINES_TABLE } from "./lines-at.js";

/** What the formulas of the dictionary are computed over. */
export type FeatureTable =
  | "lines"
  | "parts"
  | "invoices"
  | "orders"
  | "order_days"
  | "baskets"
  | "products"
  | "countries"
  | "customers";

/** The intermediate tables in the order in which they are made: what a row is, and the query. */
export const FEATURE_TABLES: readonly { name: FeatureTable; meaning: string; sql: string | null }[] = [
  { name: "lines", meaning: LINES_TABLE, sql: null },
  {
    name: "parts",
    meaning:
      "Lines of one invoice that agree in customer, time, country and kind: how many they are (lines), their items and value.",
    // Read once, the lines of an order are few rows from here on.
    sql: `SELECT customer_id, invoice_no, invoiced_at, country, kind, any_value(days_ago) AS days_ago,
        count(*) AS lines, sum(quantity) AS items, sum(line_total) AS value
      FROM lines GROUP BY customer_id, invoice_no, invoiced_at, country, kind`,
  },
  {
    name: "invoices",
    meaning:
      "Invoices that sold something, what was cancelled included: its sale lines still standing (lines, with their items and value) and when the first of these was written (ordered_at).",
    sql: `SELECT customer_id, invoice_no,
        coalesce(sum(lines) FILTER (kind = 'sale'), 0) AS lines,
        min(invoiced_at) FILTER (kind = 'sale') AS ordered_at,
        sum(items) FILTER (kind = 'sale') AS items,
        sum(value) FILTER (kind = 'sale') AS value
      FROM parts WHERE kind <> 'return' GROUP BY customer_id, invoice_no`,
  },
  {
    name: "orders",
    meaning:
      "Invoices with a sale line still standing. days_ago counts from the day of ordered_at; hour is the time of day as a number, NULL everywhere when the source has no times.",
    sql: `SELECT *, ordered_at::DATE AS day,
        datediff('day', ordered_at, reference_date) AS days_ago,
        CASE WHEN has_times THEN hour(ordered_at) + minute(ordered_at) / 60 END AS hour
      FROM invoices, known WHERE lines > 0`,
  },
  {
    name: "order_days",
    meaning: "Days with at least one order; gap_days are the days since the one before, NULL for the first.",
    sql: `SELECT customer_id, day, day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap_days
      FROM (SELECT DISTINCT customer_id, day FROM orders)`,
  },
  {
    name: "baskets",
    meaning: "The same orders: their number of different products.",
    // DISTINCT before the count takes half the time of count(DISTINCT).
    sql: `SELECT customer_id, invoice_no, count(*) AS products
      FROM (SELECT DISTINCT customer_id, invoice_no, stock_code FROM lines WHERE kind = 'sale')
      GROUP BY customer_id, invoice_no`,
  },
  {
    name: "products",
    meaning: "Products bought: their value.",
    sql: `SELECT customer_id, stock_code, sum(line_total) AS value
      FROM lines WHERE kind = 'sale' GROUP BY customer_id, stock_code`,
  },
  {
    name: "countries",
    meaning: "Countries of sale lines: the number of orders and the time of the last line.",
    sql: `SELECT customer_id, country, count(DISTINCT invoice_no) AS orders, max(invoiced_at) AS last_at
      FROM parts WHERE kind = 'sale' GROUP BY customer_id, country`,
  },
  { name: "customers", meaning: "The features above, by name.", sql: null },
];
