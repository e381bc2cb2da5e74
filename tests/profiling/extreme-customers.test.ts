import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildCustomers } from "#src/features/customers.js";
import {
  type ExtremeCustomer,
  type ExtremeOptions,
  extremeCustomers,
} from "#src/profiling/extreme-customers.js";
import type { InvoiceLine } from "#src/types.js";
import { cleanedShop } from "../features/support.js";

/** Twenty customers who spend 10 to 29 on a product that costs 1, and those of the test. */
const ordinary = Array.from({ length: 20 }, (_, i): Partial<InvoiceLine> => {
  const customerId = `c${i}`;
  return { invoiceNo: `1${i}`, customerId, stockCode: "10001", quantity: 10 + i, unitPrice: 1 };
});

async function extremesOf(
  lines: Partial<InvoiceLine>[],
  options: ExtremeOptions = {},
): Promise<ExtremeCustomer[]> {
  const db = await cleanedShop([...ordinary, ...lines]);
  await buildCustomers(db);
  const found = await extremeCustomers(db, ["gross_revenue"], options);
  db.close();
  return found;
}

/** What makes a customer large here: an order of many things. */
const large = (invoiceNo: string, rest: Partial<InvoiceLine> = {}): Partial<InvoiceLine>[] =>
  ["10001", "10002", "10003"].map((stockCode) => ({
    invoiceNo,
    customerId: "big",
    stockCode,
    quantity: 1000,
    unitPrice: 1,
    ...rest,
  }));

describe("extremeCustomers", () => {
  it("finds nobody where all are alike", async () => {
    assert.deepEqual(await extremesOf([]), []);
  });

  it("calls who comes back a steady customer, and who came once by what they bought", async () => {
    const twice = await extremesOf([...large("2"), ...large("3", { invoicedAt: "2011-05-02 10:00:00" })]);
    assert.deepEqual(
      twice.map(({ customerId, kind, measures, grossRevenue }) => [customerId, kind, measures, grossRevenue]),
      [["big", "steady", ["gross_revenue"], 6000]],
    );
    assert.equal((await extremesOf(large("2")))[0]!.kind, "one day");
    assert.equal((await extremesOf(large("2").slice(0, 1)))[0]!.kind, "one product");
  });

  it("calls it an odd price when most revenue is at many times what the product usually costs", async () => {
    const line = { invoiceNo: "2", customerId: "big", stockCode: "10001", quantity: 60, unitPrice: 600 };
    const [found] = await extremesOf([line]);
    assert.deepEqual([found!.kind, found!.oddPriceShare], ["odd price", 1]);
    assert.equal((await extremesOf([line], { priceFactor: 601 }))[0]!.kind, "one product");
  });

  it("calls it taken back when more than half was returned, or credited by hand", async () => {
    const back = { customerId: "big", invoicedAt: "2011-05-02 10:00:00" };
    const sold = large("2", { invoicedAt: "2011-05-01 10:00:00" });
    const returned = { ...back, invoiceNo: "C3", stockCode: "10001", quantity: -800, unitPrice: 2 };
    assert.equal((await extremesOf([...sold, returned]))[0]!.kind, "taken back");
    const credit = { ...back, invoiceNo: "C3", stockCode: "M", quantity: -1, unitPrice: 1600 };
    const [credited] = await extremesOf([...sold, credit]);
    assert.deepEqual([credited!.kind, credited!.creditedShare], ["taken back", 1600 / 3000]);
    const postage = { ...credit, stockCode: "POST" };
    assert.equal((await extremesOf([...sold, postage]))[0]!.kind, "one day");
  });

  it("does not look past the reference date of the customers", async () => {
    const db = await cleanedShop([
      ...ordinary,
      ...large("2"),
      {
        invoiceNo: "C3",
        customerId: "big",
        stockCode: "M",
        quantity: -1,
        unitPrice: 3000,
        invoicedAt: "2012-01-01 10:00:00",
      },
    ]);
    await buildCustomers(db, { referenceDate: "2011-12-31" });
    assert.equal((await extremeCustomers(db, ["gross_revenue"]))[0]!.creditedShare, 0);
    await buildCustomers(db, { referenceDate: "2012-01-02" });
    assert.equal((await extremeCustomers(db, ["gross_revenue"]))[0]!.creditedShare, 1);
    db.close();
  });

  it("takes a measure of zeros for one in which nobody is above the usual", async () => {
    const db = await cleanedShop(ordinary);
    await buildCustomers(db);
    assert.deepEqual(await extremeCustomers(db, ["returned_value"]), []);
    db.close();
  });

  it("refuses factors that are not above zero", async () => {
    await assert.rejects(extremesOf([], { priceFactor: 0 }), /above 0, got 1.5 and 0/);
  });
});
