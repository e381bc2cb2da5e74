import type { Database } from "#src/data/database.js";
import { buildCustomers } from "#src/features/customers.js";
import { seededRandom } from "#src/math/random.js";
import type { InvoiceLine } from "#src/types.js";
import { pick } from "../cleaning/support.js";
import { cleanedShop } from "../features/support.js";

/** Invoices of 80 customers over a year, of whom every fourth ("1000", "1004", ...) buys more and more often. */
function shopLines(seed: number): Partial<InvoiceLine>[] {
  const random = seededRandom(seed);
  return Array.from({ length: 80 }, (_, customer) => {
    const isLarge = customer % 4 === 0;
    const orders = 1 + Math.floor(random() * (isLarge ? 8 : 3));
    const country = random() < 0.2 ? "France" : "United Kingdom";
    return Array.from({ length: orders }, (_, order) => {
      const day = new Date(Date.UTC(2011, 0, 3 + Math.floor(random() * 300))).toISOString().slice(0, 10);
      const at = `${day} ${pick(random, ["09:30:00", "11:05:00", "14:00:00", "17:45:00"])}`;
      const invoiceNo = `${customer * 10 + order}`;
      const shared = { customerId: `${1000 + customer}`, country, invoicedAt: at };
      const lines = Array.from({ length: 1 + Math.floor(random() * (isLarge ? 6 : 4)) }, (_, line) => ({
        ...shared,
        invoiceNo,
        row: 0,
        stockCode: pick(random, ["22423", "85123A", "47566", "21212", "84879"]),
        quantity: 1 + Math.floor(random() * (isLarge ? 30 : 12)) + line,
        unitPrice: pick(random, [0.85, 1.25, 2.95, 4.95]),
      }));
      const back = { ...lines[0]!, invoiceNo: `C${invoiceNo}`, quantity: -1, unitPrice: 0.55 };
      return random() < 0.25 ? [...lines, back] : lines;
    }).flat();
  })
    .flat()
    .map(({ row: _, ...line }: Partial<InvoiceLine>) => line);
}

/** Customers, purchases and returns of a made-up shop, with every fourth customer a member. */
export async function shopWithMembers(seed = 1): Promise<Database> {
  const db = await cleanedShop(shopLines(seed));
  await buildCustomers(db);
  await db.run(`CREATE TABLE members AS SELECT customer_id, customer_id::INTEGER % 4 = 0 AS is_insider,
    CASE WHEN is_insider THEN DATE '2011-06-01' END AS entered,
    CASE WHEN is_insider THEN 'orders of 3 or more' ELSE '' END AS reason,
    customer_id::INTEGER % 4 = 1 AS is_next, CASE WHEN is_next THEN '1 more order' ELSE '' END AS lacks
    FROM customers`);
  return db;
}
