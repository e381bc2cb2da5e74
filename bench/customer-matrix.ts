import { writeFileSync } from "node:fs";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { Database } from "#src/data/database.js";
import { loadInvoices } from "#src/data/load.js";
import { resolveSource } from "#src/data/source.js";
import { buildCustomers } from "#src/features/customers.js";
import { root } from "../tests/structure/support.js";

const source = resolveSource("", { root });

/** How titles call the customers that are measured. */
export const THE_CUSTOMERS: string = `the customers of ${source.name}`;

/** Measures of money and counts, which are skewed: their logarithms are taken. */
const SKEWED = [
  "net_revenue",
  "orders",
  "average_order_value",
  "average_item_price",
  "items_per_order",
  "products_per_order",
  "distinct_products",
];
const PLAIN = ["recency_days", "tenure_days", "returned_share"];

/** The customers of the source, one row each: ten measures, skewed ones as logarithms, all with mean 0 and deviation 1. */
export async function readCustomerMatrix(): Promise<number[][]> {
  const db = await Database.open();
  await loadInvoices(db, source.path);
  await cleanInvoices(db);
  await buildCustomers(db);
  const logs = SKEWED.map((name) => `sign(${name}) * ln(1 + abs(${name}::DOUBLE)) AS ${name}`);
  const rows = await db.rows(
    `SELECT ${[...logs, ...PLAIN.map((name) => `${name}::DOUBLE AS ${name}`)].join(", ")} FROM customers ORDER BY customer_id`,
  );
  db.close();
  const columns = [...SKEWED, ...PLAIN].map((name) => standardise(rows.map((row) => Number(row[name]))));
  return rows.map((_, i) => columns.map((values) => values[i]!));
}

/** Writes it for both sides as JSON, which gives each the same doubles. */
export async function writeCustomerMatrix(path: string): Promise<void> {
  writeFileSync(path, JSON.stringify(await readCustomerMatrix()));
}

function standardise(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value) => (value - mean) / Math.sqrt(variance));
}
