import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { daysBefore } from "#src/features/days.js";
import { revenueBetween, salesBefore } from "#src/features/later-revenue.js";
import { cleanedShop } from "./support.js";

describe("revenueBetween", () => {
  const sale = (customerId: string | null, day: string, quantity: number) => ({
    invoiceNo: `${customerId}-${day}`,
    customerId,
    invoicedAt: `${day} 00:00:00`,
    quantity,
    unitPrice: 2,
  });

  it("counts from the start of the first day to before the start of the last, for those asked for", async () => {
    const db = await cleanedShop([
      sale("a", "2011-02-28", 1),
      sale("a", "2011-03-01", 10),
      sale("a", "2011-03-31", 100),
      sale("a", "2011-04-01", 1000),
      sale("b", "2011-01-01", 5),
      sale(null, "2011-03-10", 7),
    ]);
    const period = { from: "2011-03-01", to: "2011-04-01" };
    assert.deepEqual([...(await revenueBetween(db, ["b", "a", "nobody"], period))], [0, 220, 0]);
    db.close();
  });

  it("refuses a period that ends before it starts, and dates that are none", async () => {
    const db = await cleanedShop([sale("a", "2011-03-01", 1)]);
    await assert.rejects(
      revenueBetween(db, [], { from: "2011-03-01", to: "2011-03-01" }),
      /ends after 2011-03-01/,
    );
    await assert.rejects(revenueBetween(db, [], { from: "March", to: "2011-03-01" }), /got "March"/);
    db.close();
  });
});

describe("salesBefore", () => {
  it("counts whoever bought, what came back later, and no line of the day", async () => {
    const line = { stockCode: "22423", unitPrice: 2 };
    const db = await cleanedShop([
      { ...line, invoiceNo: "1", quantity: 1, customerId: null, invoicedAt: "2011-03-31 23:59:59" },
      { ...line, invoiceNo: "2", quantity: 10, invoicedAt: "2011-03-30 09:00:00" },
      { ...line, invoiceNo: "C3", quantity: -10, invoicedAt: "2011-04-01 00:00:00" },
      { ...line, invoiceNo: "4", quantity: 100, invoicedAt: "2011-03-30 09:00:00" },
      { ...line, invoiceNo: "C5", quantity: -100, invoicedAt: "2011-03-31 09:00:00" },
      { ...line, invoiceNo: "6", quantity: 1000, invoicedAt: "2011-04-01 00:00:00" },
    ]);
    assert.equal(await salesBefore(db, "2011-04-01"), 22);
    assert.equal(await salesBefore(db, "2011-04-02"), 2002);
    assert.equal(await salesBefore(db, "2011-01-01"), 0);
    await assert.rejects(salesBefore(db, "April"), /salesBefore needs a date YYYY-MM-DD, got "April"/);
    db.close();
  });
});

describe("daysBefore", () => {
  it("counts over months, leap days and summer time", () => {
    assert.equal(daysBefore("2012-03-01", 1), "2012-02-29");
    assert.equal(daysBefore("2011-12-10", 90), "2011-09-11");
    assert.equal(daysBefore("2011-01-01", -31), "2011-02-01");
  });

  it("refuses what is no date", () => {
    assert.throws(() => daysBefore("10/12/2011", 1), /daysBefore needs a date YYYY-MM-DD/);
    assert.throws(() => daysBefore("2011-02-30", 1), /got "2011-02-30"/);
    assert.throws(() => daysBefore("2011-12-10", 0.5), /and 0.5/);
  });
});
