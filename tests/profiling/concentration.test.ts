import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { revenueByTenth } from "#src/profiling/concentration.js";
import type { InvoiceLine } from "#src/types.js";
import { shopWith } from "../cleaning/support.js";

async function tenthsOf(lines: Partial<InvoiceLine>[]): ReturnType<typeof revenueByTenth> {
  const db = await shopWith(lines);
  const tenths = await revenueByTenth(db);
  db.close();
  return tenths;
}

const spend = (customerId: string | null, unitPrice: number, quantity = 1): Partial<InvoiceLine> => ({
  customerId,
  unitPrice,
  quantity,
});

describe("revenueByTenth", () => {
  it("sums what each tenth of the customers spent, the largest spenders first", async () => {
    // Twenty customers spend 1 to 20, together 210; the top two 39.
    const tenths = await tenthsOf(Array.from({ length: 20 }, (_, i) => spend(`c${i}`, i + 1)));
    assert.equal(tenths.length, 10);
    assert.deepEqual(tenths[0], { tenth: 1, label: "top 10%", customers: 2, revenue: 39, share: 39 / 210 });
    assert.deepEqual([tenths[9]!.label, tenths[9]!.revenue], ["90 to 100%", 3]);
    assert.ok(Math.abs(tenths.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-12);
  });

  it("leaves out lines without a customer and customers whose lines do not sum to more than zero", async () => {
    const base = Array.from({ length: 10 }, (_, i) => spend(`c${i}`, 1));
    const tenths = await tenthsOf([...base, spend(null, 99), spend("back", 5), spend("back", 5, -1)]);
    assert.deepEqual(new Set(tenths.map(({ share }) => share)), new Set([0.1]));
  });

  it("has no tenths of fewer than ten customers", async () => {
    assert.deepEqual(await tenthsOf([spend("a", 1), spend(null, 1)]), []);
  });
});
