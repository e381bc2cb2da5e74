import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import type { Database } from "#src/data/database.js";
import { replaceTable } from "#src/data/tables.js";
import { buildCustomers } from "#src/features/customers.js";
import { readHistories, spendHistories } from "#src/value/histories.js";
import { cleanedShop, randomHistory } from "../features/support.js";

const sale = (
  customerId: string | null,
  at: string,
  quantity: number,
  invoiceNo = `${customerId}-${at}`,
) => ({
  invoiceNo,
  customerId,
  invoicedAt: at.length > 10 ? at : `${at} 10:00:00`,
  quantity,
  unitPrice: 2,
});

/** The histories of a source that ends before that date, cleaned again. */
async function historiesWithoutFuture(db: Database, referenceDate: string): Promise<unknown> {
  await replaceTable(db, "whole", "FROM invoice_lines");
  await replaceTable(db, "invoice_lines", `FROM whole WHERE invoiced_at < '${referenceDate}'`);
  await cleanInvoices(db);
  const histories = await readHistories(db, { referenceDate });
  await replaceTable(db, "invoice_lines", "FROM whole");
  await cleanInvoices(db);
  return histories;
}

describe("purchase histories", () => {
  it("tell nobody apart who spent the same, on one day or on two", async () => {
    const db = await cleanedShop([
      { ...sale("a", "2011-03-01", 1), unitPrice: 0.3 },
      { ...sale("b", "2011-03-01", 1), unitPrice: 0.1 },
      { ...sale("b", "2011-03-02", 1), unitPrice: 0.2 },
    ]);
    const { pastRevenue } = await readHistories(db, { referenceDate: "2011-04-01" });
    db.close();
    // 0.1 + 0.2 is 0.30000000000000004.
    assert.deepEqual([...pastRevenue], [0.3, 0.3]);
  });

  it("count days with orders, from the first to the reference date, and value them", async () => {
    const db = await cleanedShop([
      sale("a", "2011-03-01 09:00:00", 10, "1"),
      sale("a", "2011-03-01 17:00:00", 5, "2"),
      sale("a", "2011-03-08 23:59:59", 1, "3"),
      sale("a", "2011-03-09 00:01:00", 1, "3"),
      sale("a", "2011-03-29", 4, "4"),
      sale("b", "2011-04-04", 7, "5"),
      sale(null, "2011-03-10", 100, "6"),
    ]);
    const found = await readHistories(db, { referenceDate: "2011-04-05" });
    db.close();
    assert.deepEqual(found, {
      referenceDate: "2011-04-05",
      observedDays: 35,
      customerIds: ["a", "b"],
      // The order that crosses midnight belongs to the day on which it began.
      repeats: Float64Array.of(2, 0),
      lastWeeks: Float64Array.of(4, 0),
      ageWeeks: Float64Array.of(5, 1 / 7),
      // A gap of one week, then one of three.
      logGaps: Float64Array.of(Math.log(1) + Math.log(3), 0),
      firstValue: Float64Array.of(30, 14),
      repeatValue: Float64Array.of(6, Number.NaN),
      pastRevenue: Float64Array.of(42, 14),
    });
    assert.deepEqual(spendHistories(found, "repeats").orders, found.repeats);
    assert.deepEqual(spendHistories(found, "all"), {
      orders: Float64Array.of(3, 1),
      meanValue: Float64Array.of(14, 14),
    });
  });

  it("are those of a source that ends at the reference date: nothing later changes them", async () => {
    for (let round = 0; round < 2; round++) {
      const db = await cleanedShop(randomHistory(round, 120));
      for (const date of ["2011-01-10", "2011-02-28", "2011-06-28"])
        assert.deepEqual(
          await readHistories(db, { referenceDate: date }),
          await historiesWithoutFuture(db, date),
          `round ${round}, ${date}`,
        );
      db.close();
    }
  });

  it("are of the customers of the features, with their order days, revenue and tenure", async () => {
    for (let round = 0; round < 2; round++) {
      const db = await cleanedShop(randomHistory(round, 120));
      await buildCustomers(db, { referenceDate: "2011-06-28" });
      const rows = await db.rows(
        "SELECT customer_id, order_days - 1 AS repeats, gross_revenue, tenure_days, recency_days FROM customers ORDER BY 1",
      );
      const found = await readHistories(db, { referenceDate: "2011-06-28" });
      const { orders, meanValue } = spendHistories(found, "all");
      assert.ok(rows.length > 0);
      const close = (a: number) => Math.round(a * 1e6) / 1e6;
      assert.deepEqual(
        found.customerIds.map((id, i) => ({
          customer_id: id,
          repeats: found.repeats[i],
          gross_revenue: close(orders[i]! * meanValue[i]!),
          tenure_days: close(found.ageWeeks[i]! * 7),
          recency_days: close((found.ageWeeks[i]! - found.lastWeeks[i]!) * 7),
        })),
        rows,
      );
      db.close();
    }
  });

  it("count a sale that was cancelled later as the sale it was", async () => {
    const db = await cleanedShop([
      sale("a", "2011-01-10", 5, "1"),
      sale("a", "2011-01-12", -5, "C1"),
      sale("a", "2011-02-01", 1, "2"),
    ]);
    const at = async (referenceDate: string) => {
      const { firstValue, repeats } = await readHistories(db, { referenceDate });
      return [...firstValue, ...repeats];
    };
    assert.deepEqual(await at("2011-01-12"), [10, 0]);
    assert.deepEqual(await at("2011-01-13"), []);
    assert.deepEqual(await at("2011-02-02"), [2, 0]);
    db.close();
  });
});
