import { Database } from "#src/data/database.js";
import { type Random, seededRandom } from "#src/math/random.js";
import type { InvoiceLine } from "#src/types.js";

/** A plain purchase; `row` is given by its position. */
export const LINE: Omit<InvoiceLine, "row"> = {
  invoiceNo: "1",
  stockCode: "85123A",
  description: "HEART",
  quantity: 6,
  invoicedAt: "2011-01-10 10:00:00",
  unitPrice: 2.5,
  customerId: "17850",
  country: "United Kingdom",
};

/** A database whose `invoice_lines` are these, and whose `rejected_rows` are as many as wanted. */
export async function shopWith(lines: Partial<InvoiceLine>[], rejected = 0): Promise<Database> {
  const db = await Database.open();
  const complete = lines.map((line, i) => ({ row: i + 1, ...LINE, ...line }));
  await db.run(
    `CREATE TABLE invoice_lines AS
     SELECT line.row::INTEGER AS row, line.invoiceNo AS invoice_no, line.stockCode AS stock_code, line.description,
       line.quantity, line.invoicedAt::TIMESTAMP AS invoiced_at, line.unitPrice AS unit_price,
       line.customerId AS customer_id, line.country
     FROM (SELECT unnest(from_json($lines, '[{"row":"INTEGER","invoiceNo":"VARCHAR","stockCode":"VARCHAR",
       "description":"VARCHAR","quantity":"INTEGER","invoicedAt":"VARCHAR","unitPrice":"DECIMAL(18,4)",
       "customerId":"VARCHAR","country":"VARCHAR"}]')) AS line)`,
    { lines: JSON.stringify(complete) },
  );
  await db.run(
    `CREATE TABLE rejected_rows AS
     SELECT (${lines.length} + i)::INTEGER AS row, 'no price' AS reason, i::INTEGER AS units,
       NULL::DECIMAL(18, 4) AS line_total, NULL::VARCHAR AS customer_id
     FROM range(1, ${rejected + 1}) AS numbers(i)`,
  );
  return db;
}

/** Lines with few different values, so that rules overlap and sales are cancelled. */
export function randomLines(seed: number, count: number): Partial<InvoiceLine>[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => ({
    invoiceNo: String(Math.floor(random() * 20)),
    stockCode: pick(random, ["85123A", "22423", "POST", "M", "gift_0001_10", "DCGS0003", "m5"]),
    quantity: pick(random, [-6, -1, 0, 1, 1, 6, 6, 500]),
    invoicedAt: `2011-01-${pick(random, ["10", "11", "12"])} ${pick(random, ["09", "10"])}:00:00`,
    unitPrice: pick(random, [0, 0.03, 0.04, 1.25, 1.25, 2.5, -11.0625]),
    customerId: pick(random, ["1", "2", "3", null]),
    country: pick(random, ["United Kingdom", "Unspecified", null]),
  }));
}

export function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}
