import { join } from "node:path";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { Database } from "#src/data/database.js";
import { loadInvoices } from "#src/data/load.js";
import { replaceTable } from "#src/data/tables.js";
import { root } from "../structure/support.js";

/** The day from which the other story is told. */
export const CUT = "2011-09-01";
const SAMPLE = join(root, "data/sample/online-retail-sample.csv");

/** The sample, with what happened after the cut as it was or another story. */
export async function shop(isScrambled: boolean): Promise<Database> {
  const db = await Database.open();
  await loadInvoices(db, SAMPLE);
  if (isScrambled) await scrambleAfterCut(db);
  await cleanInvoices(db);
  return db;
}

/** Other customers, quantities and prices from the cut on, and every fifth sale before it is taken back after it. */
async function scrambleAfterCut(db: Database): Promise<void> {
  const isLater = `invoiced_at >= DATE '${CUT}'`;
  await replaceTable(
    db,
    "invoice_lines",
    `SELECT * REPLACE (
       if(${isLater}, lag(customer_id, 41) OVER (ORDER BY row), customer_id) AS customer_id,
       if(${isLater}, quantity * 3 + 1, quantity) AS quantity,
       if(${isLater}, unit_price * 2, unit_price) AS unit_price
     ) FROM invoice_lines
     UNION ALL
     SELECT * REPLACE (row + 1000000 AS row, 'C' || invoice_no AS invoice_no, -quantity AS quantity,
       TIMESTAMP '2011-10-05 12:00:00' AS invoiced_at)
     FROM invoice_lines WHERE NOT ${isLater} AND quantity > 0 AND row % 5 = 0
     ORDER BY row`,
  );
}
