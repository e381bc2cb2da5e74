import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import type { Database } from "#src/data/database.js";
import { replaceTable } from "#src/data/tables.js";
import { cohortRetention } from "#src/features/cohorts.js";
import { buildCustomers } from "#src/features/customers.js";
import { loadRealData } from "../data/support.js";
import { cleanedShop, customerOf, randomHistory } from "./support.js";

/** Everything that is known at a date. */
async function seenAt(db: Database, referenceDate: string): Promise<unknown[]> {
  const summary = await buildCustomers(db, { referenceDate });
  return [summary, await db.rows("FROM customers"), await cohortRetention(db, { referenceDate })];
}

/** The same from a source that ends before that date, cleaned again. */
async function seenWithoutFuture(db: Database, referenceDate: string): Promise<unknown[]> {
  await replaceTable(db, "whole", "FROM invoice_lines");
  await replaceTable(db, "invoice_lines", `FROM whole WHERE invoiced_at < '${referenceDate}'`);
  await cleanInvoices(db);
  const seen = await seenAt(db, referenceDate);
  await replaceTable(db, "invoice_lines", "FROM whole");
  await cleanInvoices(db);
  return seen;
}

describe("features at a date", () => {
  it("are those of a source that ends there: what comes later changes nothing", async () => {
    for (let round = 0; round < 6; round++) {
      const db = await cleanedShop(randomHistory(round, 120));
      for (const date of ["2011-01-10", "2011-02-28", "2011-03-01", "2011-06-28"])
        assert.deepEqual(
          await seenAt(db, date),
          await seenWithoutFuture(db, date),
          `round ${round}, ${date}`,
        );
      db.close();
    }
  });

  it("of the real data are those of a source that ends there", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db);
    const dates = ["2011-01-01", "2011-09-09"];
    // As loaded, with keys; the shorter sources have texts only.
    const known = [];
    for (const date of dates) known.push(await seenAt(db, date));
    for (const [i, date] of dates.entries()) assert.deepEqual(known[i], await seenWithoutFuture(db, date));
  });

  const sold = { invoiceNo: "1", quantity: 5, unitPrice: 2, invoicedAt: "2011-01-10 10:00:00" };

  it("count a sale that was cancelled later as the sale it was", async () => {
    const lines = [sold, { ...sold, invoiceNo: "C1", quantity: -5, invoicedAt: "2011-01-12 00:00:00" }];
    const before = await customerOf(lines, "2011-01-12");
    assert.deepEqual([before.gross_revenue, before.orders, before.cancelled_orders], [10, 1, 0]);
    const kept = [...lines, { ...sold, invoiceNo: "2", quantity: 1 }];
    const after = await customerOf(kept, "2011-01-13");
    assert.deepEqual([after.gross_revenue, after.orders, after.cancelled_orders], [2, 1, 1]);
  });

  it("do not know a return that came later", async () => {
    const lines = [sold, { ...sold, quantity: -1, invoicedAt: "2011-01-12 00:00:00" }];
    assert.equal((await customerOf(lines, "2011-01-12")).returned_value, 0);
    assert.equal((await customerOf(lines, "2011-01-13")).returned_value, 2);
  });

  it("do not know hours that only later lines have", async () => {
    const day = { ...sold, invoicedAt: "2011-01-10 00:00:00" };
    const lines = [day, { ...sold, invoiceNo: "2", invoicedAt: "2011-01-12 10:00:00" }];
    assert.equal((await customerOf(lines, "2011-01-12")).median_order_hour, null);
    assert.equal((await customerOf(lines, "2011-01-13")).median_order_hour, 5);
  });

  it("count the days after the last invoice as days without orders", async () => {
    assert.equal((await customerOf([sold], "2012-01-10")).recency_days, 365);
  });
});
