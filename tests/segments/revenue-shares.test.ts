import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { priorWorkCleaning } from "#src/cleaning/prior-work.js";
import { revenueBetween } from "#src/features/later-revenue.js";
import { bestByRevenue, revenueShares } from "#src/segments/revenue-shares.js";
import { gainCurve } from "#src/value/gain.js";
import { loadRealData } from "../data/support.js";

describe("revenueShares", () => {
  it("sets each cluster against as many customers by the sort and in hindsight", () => {
    // 100 in all. First by the past: customers 3, 0, 4, 2, 1, with 10, 50, 0, 15 and 25 later.
    const shares = revenueShares([8, 8, 1, 1, -1], [50, 25, 15, 10, 0], [4, 1, 2, 9, 3]);
    assert.deepEqual(shares, [
      { label: 1, size: 2, share: 0.25, sortShare: 0.6, bestShare: 0.75 },
      { label: 8, size: 2, share: 0.75, sortShare: 0.6, bestShare: 0.75 },
    ]);
  });

  it("counts noise among all revenue but not as a cluster, and never exceeds hindsight", () => {
    const [one] = revenueShares([0, -1, -1], [1, 2, 1], [2, 1, 0]);
    assert.deepEqual(one, { label: 0, size: 1, share: 0.25, sortShare: 0.25, bestShare: 0.5 });
    const everybody = revenueShares([2, 2, 2], [1, 2, 1], [3, 1, 2])[0]!;
    assert.deepEqual([everybody.share, everybody.sortShare, everybody.bestShare], [1, 1, 1]);
  });

  it("finds the cluster whose customers bring most each, be it the smaller one", () => {
    assert.equal(bestByRevenue([0, 0, 0, 4, -1], [10, 10, 10, 20, 90])?.label, 4);
    assert.equal(bestByRevenue([-1, -1], [1, 2]), null);
  });

  it("refuses to share out nothing", () => {
    assert.throws(() => revenueShares([0, 0], [0, 0], [1, 2]), /revenue above 0/);
  });

  it("refuses values that are missing or not finite", () => {
    assert.throws(() => revenueShares([0, 0], [1], [1, 2]), /revenue for each of 2 customers, got 1/);
    assert.throws(
      () => revenueShares([0, 0], [1, 2], [1]),
      /a value to sort by for each of 2 customers, got 1/,
    );
    assert.throws(
      () => revenueShares([0], [Number.NaN], [1]),
      /revenue that is finite, got NaN \(customer 0\)/,
    );
  });
});

describe("the sort by past revenue on the UCI Online Retail data", () => {
  it("brings the shares of later revenue that are known for it", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db, priorWorkCleaning);
    const ids = (
      await db.rows<{ id: string }>(
        `SELECT DISTINCT customer_id AS id FROM purchases
         WHERE customer_id IS NOT NULL AND invoiced_at < DATE '2011-09-09' ORDER BY id`,
      )
    ).map(({ id }) => id);
    assert.equal(ids.length, 3_355);
    const past = await revenueBetween(db, ids, { from: "2010-12-01", to: "2011-09-09" });
    const later = await revenueBetween(db, ids, { from: "2011-09-09", to: "2011-12-10" });
    const [sorted, best] = [gainCurve(past, later), gainCurve(later, later)];
    const percent = (share: number): number => Math.round(1e4 * share) / 100;
    const shares = [0.1, 487 / 3_039].map((part) => {
      const count = Math.floor(part * ids.length);
      return [percent(sorted[count]!), percent(best[count]!)];
    });
    assert.deepEqual(shares, [
      [55.99, 66.6],
      [63.66, 76.35],
    ]);
  });
});
