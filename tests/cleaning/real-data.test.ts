import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accountRows, assertAccounts } from "#src/cleaning/accounts.js";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { priorWorkCleaning } from "#src/cleaning/prior-work.js";
import { repeatEvidence } from "#src/cleaning/repeat-evidence.js";
import type { Database } from "#src/data/database.js";
import { loadRealData } from "../data/support.js";

describe("the UCI Online Retail data", () => {
  it("cleaned as the earlier analyses did gives their table, row by row", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db, priorWorkCleaning);
    await assertAccounts(db);
    const account = new Map((await accountRows(db)).map((row) => [row.name, row]));
    const left = (name: string): unknown => [account.get(name)?.rowsLeft, account.get(name)?.customersLeft];
    assert.deepEqual(left("raw"), [541_909, 4_372]);
    assert.deepEqual(left("price_below_floor"), [539_384, 4_371]);
    assert.deepEqual(left("non_product_code"), [536_647, 4_362]);
    assert.deepEqual(left("dropped_country"), [536_143, 4_357]);
    assert.deepEqual(left("dropped_customer"), [536_139, 4_356]);
    const total = (name: string): unknown => {
      const { rows, customers, money } = account.get(name)!;
      return [rows, customers, money];
    };
    assert.deepEqual(total("returns"), [8_728, 1_531, -317_370.92]);
    assert.deepEqual(total("purchases"), [527_411, 4_329, 10_104_658.35]);
    const identified = "SELECT sum(line_total) AS money FROM purchases WHERE customer_id IS NOT NULL";
    assert.deepEqual(await db.row(identified), { money: 8_595_618.83 });
  });

  it("cleaned so has as many cancelled sales as balancing bought against returned allows", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db, priorWorkCleaning);
    const { pairs, looser } = await countPairs(db);
    await cleanInvoices(db, { ...priorWorkCleaning, cancelledSales: "drop" });
    await assertAccounts(db);
    const { rows, wrong } = await db.row(
      `SELECT count(*) AS rows, count_if(one.matched_row IS DISTINCT FROM other.row OR one.quantity <> -other.quantity
           OR one.unit_price <> other.unit_price OR one.stock_code <> other.stock_code
           OR one.customer_id <> other.customer_id
           OR (one.quantity < 0 AND one.invoiced_at < other.invoiced_at)) AS wrong
       FROM excluded_rows AS one LEFT JOIN excluded_rows AS other ON other.matched_row = one.row
       WHERE one.rule = 'cancelled'`,
    );
    // A stack per customer, code, size and price in Python gives the same 2,743.
    assert.deepEqual([pairs, rows, wrong], [2_743, 2 * 2_743, 0]);
    // In print stand looser counts: same customer, code and size, at any price, not one to one, and not later.
    assert.deepEqual(looser, { any_time: 3_176, not_later: 2_870 });
  });

  it("cleaned by default closes to the last decimal, with the cancelled sales at nothing", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db);
    await assertAccounts(db);
    const account = (await accountRows(db)).map(({ name, rows, units, money }) => [name, rows, units, money]);
    assert.deepEqual(account, [
      ["raw", 541_909, 5_176_450, 9_747_747.934],
      ["rejected", 0, 0, 0],
      ["repeated_line", 0, 0, 0],
      ["zero_quantity", 0, 0, 0],
      ["price_below_floor", 2_525, -144_788, -22_422.916],
      ["non_product_code", 2_956, 6_912, -22_420.38],
      ["dropped_country", 0, 0, 0],
      ["dropped_customer", 0, 0, 0],
      ["wholesale_quantity", 0, 0, 0],
      ["cancelled", 5_486, 0, 0],
      ["purchases", 524_982, 5_351_977, 9_882_575.6],
      ["returns", 5_960, -37_651, -89_984.37],
    ]);
  });

  it("repeats lines as items keyed twice would: few whole invoices, far apart, one unit", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { wholeInvoices, ...evidence } = await repeatEvidence(real.db);
    assert.deepEqual(evidence, {
      repeats: 5_268,
      invoices: 1_933,
      medianLinesApart: 9,
      medianQuantity: 1,
      sameProductAgain: 10_684,
    });
    assert.ok(wholeInvoices < evidence.invoices / 100, `${wholeInvoices} whole invoices`);
  });
});

/**
 * Cancelled sales counted another way: per key, walking through time, the returns that find more returned than
 * bought so far are as many as the running balance ever falls below zero; all others have their purchase.
 */
async function countPairs(db: Database): Promise<{ pairs: number; looser: object }> {
  const { pairs } = await db.row<{ pairs: number }>(
    `WITH lines AS (
       SELECT * FROM purchases WHERE customer_id IS NOT NULL
       UNION ALL SELECT * FROM returns WHERE customer_id IS NOT NULL
     ), balances AS (
       SELECT customer_id, stock_code, abs(quantity) AS size, unit_price, quantity,
         sum(sign(quantity)) OVER (PARTITION BY customer_id, stock_code, abs(quantity), unit_price
           ORDER BY invoiced_at, sign(quantity) DESC, row) AS balance
       FROM lines
     ), keys AS (
       SELECT count_if(quantity < 0) - greatest(0, -min(balance)) AS pairs FROM balances
       GROUP BY customer_id, stock_code, size, unit_price
     )
     SELECT sum(pairs)::INTEGER AS pairs FROM keys`,
  );
  const looser = await db.row(
    `SELECT count(*) AS any_time, count_if(invoiced_at >= first) AS not_later
     FROM (SELECT *, -quantity AS size FROM returns)
     JOIN (SELECT customer_id, stock_code, quantity AS size, min(invoiced_at) AS first FROM purchases GROUP BY ALL)
       USING (customer_id, stock_code, size)`,
  );
  return { pairs, looser };
}
