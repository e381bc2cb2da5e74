import assert from "node:assert/strict";
import { cleanInvoices } from "#src/cleaning/clean.js";
import type { CleaningOptions } from "#src/cleaning/options.js";
import type { Database } from "#src/data/database.js";
import { buildCustomers } from "#src/features/customers.js";
import { seededRandom } from "#src/math/random.js";
import type { InvoiceLine, Row } from "#src/types.js";
import { pick, shopWith } from "../cleaning/support.js";

/** A shop with these lines, cleaned. */
export async function cleanedShop(
  lines: Partial<InvoiceLine>[],
  options: CleaningOptions = {},
): Promise<Database> {
  const db = await shopWith(lines);
  await cleanInvoices(db, options);
  return db;
}

/** The rows of `customers` for a shop with these lines. */
export async function customersOf(
  lines: Partial<InvoiceLine>[],
  referenceDate?: string,
  options?: CleaningOptions,
): Promise<Row[]> {
  const db = await cleanedShop(lines, options);
  await buildCustomers(db, { referenceDate });
  const rows = await db.rows("FROM customers");
  db.close();
  return rows;
}

/** The one row of `customers` for a shop with these lines. */
export async function customerOf(
  lines: Partial<InvoiceLine>[],
  referenceDate?: string,
  options?: CleaningOptions,
): Promise<Row> {
  const rows = await customersOf(lines, referenceDate, options);
  assert.equal(rows.length, 1);
  return rows[0]!;
}

/** Lines of a few months in which orders are returned, cancelled, split and moved across midnight. */
export function randomHistory(seed: number, count: number): Partial<InvoiceLine>[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const month = pick(random, ["01", "02", "03", "06"]);
    const day = pick(random, ["01", "09", "10", "28"]);
    return {
      invoiceNo: String(Math.floor(random() * 25)),
      stockCode: pick(random, ["85123A", "85123a", "22423", "POST"]),
      quantity: pick(random, [-6, -6, -1, 0, 1, 6, 6, 6]),
      invoicedAt: `2011-${month}-${day} ${pick(random, ["00:00:00", "11:59:00", "17:00:00", "23:59:59"])}`,
      unitPrice: pick(random, [0.03, 1.25, 2.5]),
      customerId: pick(random, ["1", "2", "3", "4", null]),
      country: pick(random, ["United Kingdom", "France", null]),
    };
  });
}
