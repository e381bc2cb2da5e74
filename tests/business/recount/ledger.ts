import type { Database } from "#src/data/database.js";

/** Codes of the UCI Online Retail data that are no products, as its description lists them. */
const NO_PRODUCT = "^(POST|DOT|C2|M|m|D|S|BANK CHARGES|AMAZONFEE|CRUK|B|PADS|gift_0001_.*|DCGS.*)$";

/**
 * What the shop sold and took back, from `invoice_lines` alone: table `ledger`, and what was known at a day by the queries below.
 *
 * Shares no code with the cleaning and the features. Which return undoes which sale is found by depth instead of by a
 * stack: walking through the lines of a customer, product, size and price, a sale opens a level and a return closes
 * the last one that is open; a return that finds none open is a return. Two neighbours on one level belong together.
 */
export async function openLedger(db: Database): Promise<void> {
  await db.run(`
    CREATE TABLE kept AS
      SELECT row, invoice_no, stock_code, description, country, customer_id, quantity AS units, invoiced_at AS written,
        unit_price AS price, quantity * unit_price AS amount
      FROM invoice_lines
      WHERE quantity <> 0 AND unit_price >= 0.04 AND NOT regexp_full_match(stock_code, '${NO_PRODUCT}');
    CREATE TABLE ledger AS
    WITH keyed AS (
      SELECT *, concat_ws('|', customer_id, stock_code, abs(units), price) AS key FROM kept
      WHERE customer_id IN (SELECT customer_id FROM kept WHERE units < 0)
    ), walked AS (
      SELECT *, sum(sign(units)) OVER (PARTITION BY key ORDER BY written, units < 0, row) AS balance FROM keyed
      WHERE key IN (SELECT key FROM keyed WHERE units < 0)
    ), sunk AS (
      SELECT *, least(0, min(balance) OVER (PARTITION BY key ORDER BY written, units < 0, row)) AS floor FROM walked
    ), levelled AS (
      SELECT *, units < 0 AND floor = lag(floor, 1, 0) OVER (PARTITION BY key ORDER BY written, units < 0, row) AS undoes,
        balance - floor + (units < 0)::INTEGER AS level
      FROM sunk
    ), paired AS (
      SELECT row, undoes, CASE WHEN units > 0 AND lead(undoes) OVER walk THEN lead(written) OVER walk END AS undone
      FROM levelled WHERE units > 0 OR undoes
      WINDOW walk AS (PARTITION BY key, level ORDER BY written, units < 0, row)
    )
    SELECT kept.*, units > 0 AS is_sale, coalesce(undoes, false) AS undoes, undone
    FROM kept LEFT JOIN paired USING (row)`);
}

/** Sales that stood at the start of a day; one that is undone later is a sale. */
export function salesAt(day: string): string {
  return `(FROM ledger WHERE is_sale AND written < DATE '${day}' AND (undone IS NULL OR undone >= DATE '${day}'))`;
}

/** What had come back by the start of a day, but for what undid a sale. */
export function returnsAt(day: string): string {
  return `(FROM ledger WHERE NOT is_sale AND NOT undoes AND written < DATE '${day}')`;
}

/** Invoices of identified customers with a sale that stood; an order is of the day of its first line. */
export function invoicesAt(day: string): string {
  return `(SELECT customer_id, invoice_no, sum(amount) AS value, count(DISTINCT stock_code) AS products,
      min(written) AS written, min(written)::DATE AS day
    FROM ${salesAt(day)} WHERE customer_id IS NOT NULL GROUP BY ALL)`;
}

/** A row for each customer with an order: what the notebooks tell of customers. */
export function measuresAt(day: string): string {
  return `(WITH bought AS (
      SELECT customer_id, sum(amount) AS gross, sum(units)::DOUBLE AS items, count(*) AS order_lines,
        coalesce(sum(amount) FILTER (written >= DATE '${day}' - 90), 0)::DOUBLE AS revenue_last_90_days,
        coalesce(sum(amount) FILTER (month(written) IN (9, 10, 11)), 0)::DOUBLE AS autumn_revenue
      FROM ${salesAt(day)} WHERE customer_id IS NOT NULL GROUP BY 1
    ), back AS (
      SELECT customer_id, -sum(amount) AS returned, count(*) AS returned_lines
      FROM ${returnsAt(day)} GROUP BY 1
    ), invoices AS (FROM ${invoicesAt(day)}), ordered AS (
      SELECT customer_id, count(*) AS orders, avg(value) AS average_order_value, avg(products) AS products_per_order,
        DATE '${day}' - max(day) AS recency_days, DATE '${day}' - min(day) AS tenure_days,
        count(DISTINCT strftime(day, '%Y-%m')) AS active_months,
        avg((dayname(day) IN ('Saturday', 'Sunday'))::INTEGER) AS weekend_share,
        avg((strftime(written, '%H') < '12')::INTEGER) AS morning_share
      FROM invoices GROUP BY 1
    ), rhythm AS (
      SELECT customer_id, median(gap) AS gap FROM (
        SELECT customer_id, day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap
        FROM (SELECT DISTINCT customer_id, day FROM invoices)) GROUP BY 1
    ), favourite AS (
      SELECT customer_id, max(value)::DOUBLE / sum(value)::DOUBLE AS top_product_share FROM (
        SELECT customer_id, stock_code, sum(amount) AS value FROM ${salesAt(day)} GROUP BY ALL) GROUP BY 1
    ), places AS (
      SELECT customer_id, country, count(DISTINCT invoice_no) AS n, max(written) AS last FROM ${salesAt(day)}
      WHERE country IS NOT NULL GROUP BY ALL
    ), home AS (
      SELECT customer_id, country FROM places
      QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY n DESC, last DESC, country) = 1
    )
    SELECT * EXCLUDE (gross, returned), gross::DOUBLE AS gross_revenue, returned::DOUBLE AS returned_value,
      (gross - returned)::DOUBLE AS net_revenue, returned_value / gross_revenue AS returned_share,
      orders / active_months AS orders_per_active_month, gross_revenue / items AS item_price
    FROM (
      SELECT * REPLACE (coalesce(returned, 0) AS returned, coalesce(returned_lines, 0) AS returned_lines)
      FROM bought JOIN ordered USING (customer_id) JOIN rhythm USING (customer_id) JOIN favourite USING (customer_id)
        LEFT JOIN back USING (customer_id) LEFT JOIN home USING (customer_id)
    ))`;
}
