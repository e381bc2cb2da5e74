import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accountRows } from "#src/cleaning/accounts.js";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { compareCleanings } from "#src/cleaning/compare.js";
import type { CleaningOptions } from "#src/cleaning/options.js";
import { priorWorkCleaning } from "#src/cleaning/prior-work.js";
import { randomLines, shopWith } from "./support.js";

describe("two ways of cleaning", () => {
  it("differ in the lines that one of them takes out, named by place", async () => {
    const db = await shopWith([
      { quantity: 2, unitPrice: 3 },
      { quantity: -2, unitPrice: 3, invoicedAt: "2011-02-01 00:00:00" },
      { stockCode: "C2", customerId: null },
      { country: "Unspecified", customerId: "9", quantity: 1, unitPrice: 1 },
      { stockCode: "POST" },
    ]);
    assert.deepEqual(await compareCleanings(db, priorWorkCleaning, {}), [
      { first: "country left out", second: "purchases", rows: 1, money: 1, customers: 1 },
      { first: "purchases", second: "sale cancelled in full", rows: 1, money: 6, customers: 1 },
      { first: "purchases", second: "not a product", rows: 1, money: 15, customers: 0 },
      { first: "returns", second: "sale cancelled in full", rows: 1, money: -6, customers: 1 },
    ]);
    assert.deepEqual(await compareCleanings(db, {}, {}), []);
    db.close();
  });

  it("have totals whose difference is the sum of those lines", async () => {
    for (const seed of [1, 2, 3]) {
      const db = await shopWith(randomLines(seed, 300));
      const differences = await compareCleanings(db, priorWorkCleaning, {});
      const purchases = async (options: CleaningOptions): Promise<{ rows: number; money: number }> => {
        await cleanInvoices(db, options);
        return (await accountRows(db)).find(({ name }) => name === "purchases")!;
      };
      const [before, after] = [await purchases(priorWorkCleaning), await purchases({})];
      const sum = (side: "first" | "second", key: "rows" | "money"): number =>
        differences.filter((row) => row[side] === "purchases").reduce((total, row) => total + row[key], 0);
      assert.equal(after.rows - before.rows, sum("second", "rows") - sum("first", "rows"));
      const money = after.money - before.money - (sum("second", "money") - sum("first", "money"));
      assert.ok(Math.abs(money) < 1e-9);
      db.close();
    }
  });
});
