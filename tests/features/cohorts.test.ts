import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cohortRetention, retentionAfter } from "#src/features/cohorts.js";
import type { InvoiceLine } from "#src/types.js";
import { cleanedShop, randomHistory } from "./support.js";

const order = (customerId: string, day: string): Partial<InvoiceLine> => ({
  customerId,
  invoiceNo: `${customerId} ${day}`,
  invoicedAt: `${day} 10:00:00`,
});

describe("cohort retention", () => {
  it("counts who orders again in which month after the first, and knows nothing beyond the data", async () => {
    const db = await cleanedShop([
      order("1", "2010-11-30"),
      order("1", "2011-01-05"),
      order("1", "2011-01-06"),
      order("2", "2010-11-01"),
      order("3", "2011-01-07"),
      order("3", "2011-02-10"),
    ]);
    assert.deepEqual(await cohortRetention(db), {
      cohorts: ["2010-11", "2010-12", "2011-01", "2011-02"],
      sizes: [2, 0, 1, 0],
      active: [
        [2, 0, 1, 0],
        [0, 0, 0, null],
        [1, 1, null, null],
        [0, null, null, null],
      ],
      retention: [
        [1, 0, 0.5, 0],
        [null, null, null, null],
        [1, 1, null, null],
        [null, null, null, null],
      ],
      partialMonth: "2011-02",
    });
    db.close();
  });

  it("has no partial month when the data ends with a month", async () => {
    const db = await cleanedShop([order("1", "2011-01-05"), order("2", "2011-01-31")]);
    const { cohorts, partialMonth } = await cohortRetention(db);
    assert.deepEqual([cohorts, partialMonth], [["2011-01"], null]);
    db.close();
  });

  it("ends with the last line known, whatever the date: a month without any line is no month without customers", async () => {
    const db = await cleanedShop([order("1", "2011-01-05"), order("1", "2011-03-05")]);
    const early = await cohortRetention(db, { referenceDate: "2011-02-02" });
    assert.deepEqual([early.active, early.partialMonth], [[[1]], "2011-01"]);
    const late = await cohortRetention(db, { referenceDate: "2012-01-01" });
    assert.deepEqual([late.cohorts.at(-1), late.partialMonth], ["2011-03", "2011-03"]);
    db.close();
  });

  it("is empty before the first purchase", async () => {
    const db = await cleanedShop([order("1", "2011-01-05")]);
    const { cohorts, sizes, active } = await cohortRetention(db, { referenceDate: "2011-01-01" });
    assert.deepEqual([cohorts, sizes, active], [[], [], []]);
    db.close();
  });

  it("puts every customer into one cohort, all of whom order in its first month", async () => {
    for (let round = 0; round < 5; round++) {
      const db = await cleanedShop(randomHistory(round, 80));
      const { sizes, active, retention } = await cohortRetention(db);
      const { customers } = await db.row<{ customers: number }>(
        "SELECT count(DISTINCT customer_id) AS customers FROM purchases",
      );
      assert.equal(
        sizes.reduce((sum, size) => sum + size, 0),
        customers,
      );
      for (const [row, size] of sizes.entries()) {
        assert.equal(active[row]![0], size);
        for (const value of retention[row]!) assert.ok(value === null || (value >= 0 && value <= 1));
      }
      db.close();
    }
  });
});

describe("retention after months", () => {
  const table = {
    cohorts: ["2011-01", "2011-02", "2011-03", "2011-04"],
    sizes: [9, 4, 6, 5],
    active: [
      [9, 9, 9, 9],
      [4, 1, 3, null],
      [6, 2, null, null],
      [5, null, null, null],
    ],
    retention: [],
    partialMonth: "2011-04",
  };

  it("weighs new cohorts by size and leaves out the first cohort and the partial month", () => {
    assert.equal(retentionAfter(table, 1), 1 / 4);
    assert.equal(retentionAfter({ ...table, partialMonth: null }, 1), 3 / 10);
    assert.equal(retentionAfter({ ...table, partialMonth: null }, 2), 3 / 4);
  });

  it("is unknown where no cohort is old enough", () => {
    assert.equal(retentionAfter(table, 2), null);
    assert.equal(retentionAfter(table, 99), null);
  });
});
