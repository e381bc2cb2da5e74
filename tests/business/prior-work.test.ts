import assert from "node:assert/strict";
import { after, before, describe, it, type TestContext } from "node:test";
import { publishedSegments, quotedFigures } from "#src/business/quoted-figures.js";
import type { Database } from "#src/data/database.js";
import { openRawRows, shareOfTop, valueAt } from "./prior-work/raw-rows.js";

const TWICE = "(FROM buyers WHERE times >= 2)";
const TWO_DAYS = "(FROM buyers WHERE days >= 2)";
const REAL = "(FROM buyers WHERE is_real)";
const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

const source = process.env.INSIDERS_SOURCE;
describe("figures of earlier analyses, from the raw rows of the UCI Online Retail data", {
  skip: source ? false : "INSIDERS_SOURCE is not set",
}, () => {
  let opened: Database | undefined;
  before(async () => {
    opened = await openRawRows(source!);
  });
  after(() => opened?.close());
  /** A claim on these data, skipped for others. */
  const claim = (name: string, check: (db: Database) => Promise<void>): void => {
    it(name, async (t: TestContext) => {
      if (opened === undefined) return t.skip("INSIDERS_SOURCE is not the UCI Online Retail data with times");
      await check(opened);
    });
  };

  claim(
    "the data: rows, invoices, customers, what is missing, repeated, cancelled or of no price",
    async (db) => {
      const found = await db.row(`
      SELECT count(*) AS rows, min(written)::VARCHAR AS first, max(written)::VARCHAR AS last, count(DISTINCT invoice) AS invoices,
        count(DISTINCT customer) AS customers, count_if(customer IS NULL) AS nobodys,
        count_if(description IS NULL) AS unnamed, count_if(invoice LIKE 'C%') AS cancellations, count_if(units < 0) AS negative,
        count_if(price <= 0) AS unpriced, count_if(price = -11062.06) AS "badDebts", count_if(price = 11062.06) AS "badDebt",
        round(sum(amount), 2)::DOUBLE AS amount FROM lines`);
      assert.deepEqual(found, {
        rows: 541_909,
        first: "2010-12-01 08:26:00",
        last: "2011-12-09 12:50:00",
        invoices: 25_900,
        customers: 4_372,
        nobodys: 135_080,
        unnamed: 1_454,
        cancellations: 9_288,
        negative: 10_624,
        unpriced: 2_517,
        badDebts: 2,
        badDebt: 1,
        amount: 9_747_747.93,
      });
      const { repeats } = await db.row<{ repeats: number }>(`
      SELECT (SELECT count(*) FROM lines) - count(*) AS repeats
      FROM (SELECT DISTINCT invoice, code, description, units, written, price, customer, country FROM lines)`);
      assert.equal(repeats, 5_268);
      const undone = await db.rows(`
      SELECT customer, max(units) AS units, datediff('minute', min(written), max(written)) AS minutes FROM lines
      WHERE abs(units) > 50000 GROUP BY customer HAVING sum(units) = 0 ORDER BY customer`);
      assert.deepEqual(undone, [
        { customer: "12346", units: 74_215, minutes: 16 },
        { customer: "16446", units: 80_995, minutes: 12 },
      ]);
    },
  );

  claim("the cleaning table, step by step", async (db) => {
    const steps = await db.rows<{ rows: number; customers: number }>(`
      SELECT count(*) AS rows, count(DISTINCT customer) AS customers
      FROM range(5) AS passed(upto), lines WHERE step = 0 OR step > upto GROUP BY upto ORDER BY upto`);
    assert.deepEqual(
      steps.map(({ rows, customers }) => [rows, customers]),
      [
        [541_909, 4_372],
        [539_384, 4_371],
        [536_647, 4_362],
        [536_143, 4_357],
        [536_139, 4_356],
      ],
    );
    const sides = await db.rows(`
      SELECT units > 0 AS bought, count(*) AS rows, count(DISTINCT customer) AS customers, count(DISTINCT buyer) AS buyers,
        sum(amount)::DOUBLE AS amount, sum(amount) FILTER (customer IS NOT NULL)::DOUBLE AS identified
      FROM kept GROUP BY 1 ORDER BY 1`);
    assert.deepEqual(sides[0], {
      ...{ bought: false, rows: 8_728, customers: 1_531, buyers: 1_595 },
      ...{ amount: -317_370.92, identified: sides[0]!["identified"] },
    });
    assert.deepEqual(sides[1], {
      ...{ bought: true, rows: 527_411, customers: 4_329, buyers: 5_695 },
      ...{ amount: 10_104_658.35, identified: 8_595_618.83 },
    });
  });

  claim(
    "the bases: 5,695, 3,039 and 2,968 buyers and their medians; 4,334 without the rule on countries",
    async (db) => {
      const base = (condition: string): string =>
        `[count_if(${condition}), count_if(${condition} AND NOT is_real), median(revenue) FILTER (${condition})::DOUBLE]`;
      const { all, twice, days } = await db.row<Record<string, string>>(
        `SELECT to_json(${base("true")})::VARCHAR AS "all", to_json(${base("times >= 2")})::VARCHAR AS twice,
         to_json(${base("days >= 2")})::VARCHAR AS days FROM buyers`,
      );
      assert.deepEqual(JSON.parse(all!), [5_695, 1_366, 613.2]);
      assert.deepEqual(JSON.parse(twice!), [3_039, 12, 1_066.15]);
      assert.deepEqual(JSON.parse(days!), [2_968, 0, 1_085.51]);
      const { everywhere } = await db.row<{ everywhere: number }>(
        "SELECT count(DISTINCT customer) AS everywhere FROM lines WHERE units > 0 AND step IN (0, 3)",
      );
      assert.equal(everywhere, 4_334);
    },
  );

  claim("the frequency that is 1 for one-off buyers, and a revenue skewed above 20", async (db) => {
    const found = await db.row(`
      SELECT count_if(invoices = last - first + 1) AS ones, count_if(invoices = last - first + 1 AND is_real) AS "realOnes",
        skewness(revenue) > 20 AS skewed FROM buyers`);
    assert.deepEqual(found, { ones: 2_879, realOnes: 1_513, skewed: true });
  });

  claim("what a sort by revenue holds of identified revenue", async (db) => {
    const shares = [432, 693, 865, 1_298].map((top) => shareOfTop(db, { of: REAL, by: "revenue", top }));
    assert.deepEqual((await Promise.all(shares)).map(percent), ["60.58%", "69.56%", "74.05%", "82.40%"]);
  });

  claim(
    "the bar out of time: later revenue of the top by past revenue, and by perfect foresight",
    async (db) => {
      const later = `(SELECT coalesce(sum(amount) FILTER (written < DATE '2011-09-09'), 0) AS past,
      coalesce(sum(amount) FILTER (written >= DATE '2011-09-09'), 0) AS later
      FROM kept WHERE units > 0 AND customer IS NOT NULL GROUP BY customer HAVING min(written) < DATE '2011-09-09')`;
      const { n, ...found } = await db.row<Record<string, number>>(`
      SELECT count(*) AS n, sum(later) FILTER (by_past <= 335) / sum(later) AS tenth, sum(later) FILTER (by_later <= 335) / sum(later) AS best_tenth,
        sum(later) FILTER (by_past <= 537) / sum(later) AS sixth, sum(later) FILTER (by_later <= 537) / sum(later) AS best_sixth
      FROM (SELECT later, row_number() OVER (ORDER BY past DESC) AS by_past, row_number() OVER (ORDER BY later DESC) AS by_later FROM ${later})`);
      assert.equal(n, 3_355);
      assert.deepEqual(Object.values(found).map(percent), ["55.99%", "66.60%", "63.66%", "76.35%"]);
    },
  );

  claim("sales that were cancelled: by size, one to one, and not later than the return", async (db) => {
    const found = await db.row(`
      WITH sold AS (SELECT customer, code, units AS size, min(written) AS first FROM kept WHERE units > 0 GROUP BY ALL),
      back AS (SELECT *, -units AS size FROM kept WHERE units < 0),
      sides AS (SELECT count_if(units > 0) AS sold, count_if(units < 0) AS back FROM kept WHERE customer IS NOT NULL
        GROUP BY customer, code, abs(units), price)
      SELECT (SELECT count(*) FROM back) AS returns, (SELECT sum(least(sold, back))::INTEGER FROM sides) AS pairs,
        count(*) AS matched, count_if(written >= first) AS "notLater" FROM back JOIN sold USING (customer, code, size)`);
    assert.deepEqual(found, { returns: 8_728, pairs: 3_006, matched: 3_176, notLater: 2_870 });
  });

  claim("the published segments: their bases, and what as many by revenue hold", async (db) => {
    const bases: Record<number, string> = {
      3039: TWICE,
      2968: TWO_DAYS,
      5695: "buyers",
      // Whichever two are left out, the sort holds least without the two largest.
      5693: "(FROM buyers ORDER BY revenue DESC OFFSET 2)",
      4334: "(SELECT customer, sum(amount) AS revenue FROM lines WHERE units > 0 AND step IN (0, 3) AND customer IS NOT NULL GROUP BY 1)",
    };
    for (const { base, customers, sortShare } of publishedSegments) {
      if (sortShare === null) continue;
      const of = bases[base]!;
      const { n } = await db.row<{ n: number }>(`SELECT count(*) AS n FROM ${of}`);
      assert.equal(n, base);
      assert.equal(percent(await shareOfTop(db, { of, by: "revenue", top: customers })), percent(sortShare));
    }
  });

  claim("the quoted figures: what they are put right with, whatever the labels were", async (db) => {
    const sums = (of: string): Promise<object> =>
      db.row(`SELECT sum(revenue)::DOUBLE AS revenue, sum(items)::INTEGER AS items FROM ${of}`);
    assert.deepEqual(await sums("buyers"), { revenue: 10_104_658.35, items: 5_492_405 });
    assert.deepEqual(await sums(TWICE), { revenue: 8_188_732.24, items: 4_801_612 });
    assert.equal(percent(quotedFigures[1]!.corrected), percent((0.5676 * 8_188_732.24) / 10_104_658.35));
    // Of identified revenue it is 54.1%; their mean times their number misses their share of it by 0.01 points.
    assert.equal(((0.5676 * 8_188_732.24) / 8_595_618.83).toFixed(3), "0.541");
    assert.ok(Math.abs(13_941_532.17 / 3 / 8_188_732.24 - 0.5676) < 1e-4);
    assert.equal(percent(await shareOfTop(db, { of: TWICE, by: "items", top: 487 })), "66.20%");
    // All 487 above the median of the others: this is then the middle of the 2,552 smallest.
    const low = (await valueAt(db, { of: TWICE, by: "revenue", place: 1_276 })) / 2;
    const high = (await valueAt(db, { of: TWICE, by: "revenue", place: 1_277 })) / 2;
    assert.equal((low + high).toFixed(2), "859.31");
    // 5,693 buyers: without two above the median; of the 3,907 others the smallest median is the 1,954th revenue.
    assert.equal(await valueAt(db, { of: "buyers", by: "revenue", place: 2_847 }), 612.78);
    assert.equal(await valueAt(db, { of: "buyers", by: "revenue", place: 1_954 }), 345.3);
    const { most } = await db.row<{ most: number }>(`
      SELECT sum(amount)::DOUBLE AS most FROM (SELECT sum(amount) AS amount FROM kept JOIN ${TWICE} USING (buyer)
        WHERE units > 0 AND written >= DATE '2011-12-10' - 90 GROUP BY buyer ORDER BY amount DESC LIMIT 487)`);
    assert.ok(most > 1.68e6 && most < 2.06e6, `${most}`);
  });

  claim("the quoted figures: different products do not add up, choices do", async (db) => {
    const found = await db.row<Record<string, number>>(`
      WITH ranked AS (SELECT buyer, row_number() OVER (ORDER BY revenue DESC) <= 1786 AS first,
          row_number() OVER (ORDER BY products DESC) <= 1786 AS widest FROM buyers),
      choices AS (SELECT DISTINCT buyer, code FROM kept WHERE units > 0)
      SELECT count(DISTINCT code) FILTER (first) / count(DISTINCT code) AS first, count(DISTINCT code) FILTER (NOT first) / count(DISTINCT code) AS others,
        count(*) FILTER (widest) AS widest, count(*) AS choices FROM choices JOIN ranked USING (buyer)`);
    assert.deepEqual([percent(found["first"]!), percent(found["others"]!)], ["97.57%", "94.27%"]);
    assert.deepEqual([found["widest"], found["choices"]], [302_473, 396_768]);
  });
});
