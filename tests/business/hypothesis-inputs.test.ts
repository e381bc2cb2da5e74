import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { hypotheses } from "#src/business/hypotheses.js";
import type { TestedHypothesis } from "#src/business/hypothesis.js";
import { readHypothesisInputs } from "#src/business/hypothesis-inputs.js";
import { testHypotheses } from "#src/business/test-hypotheses.js";
import { cleanInvoices } from "#src/cleaning/clean.js";
import type { Database } from "#src/data/database.js";
import { buildCustomers } from "#src/features/customers.js";
import { loadRealData } from "../data/support.js";
import { shopWithMembers } from "./support.js";

/** What each customer did, from the cleaned lines alone and not from `customers`. */
const BY_CUSTOMER = `
WITH sales AS (SELECT * FROM purchases WHERE customer_id IS NOT NULL),
orders AS (
  SELECT customer_id, invoice_no, sum(line_total) AS value, count(DISTINCT stock_code) AS products,
    min(invoiced_at) AS ts
  FROM sales GROUP BY ALL
),
days AS (
  SELECT customer_id, day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap
  FROM (SELECT DISTINCT customer_id, ts::DATE AS day FROM orders)
),
ends AS (SELECT max(ts)::DATE + 1 AS today FROM (SELECT max(invoiced_at) AS ts FROM sales
  UNION ALL SELECT max(invoiced_at) FROM returns)),
a AS (SELECT customer_id, sum(line_total)::DOUBLE AS revenue, sum(quantity) AS items,
    sum(line_total) FILTER (monthname(invoiced_at) IN ('September', 'October', 'November'))::DOUBLE AS autumn,
    bool_or(country <> 'United Kingdom') AS abroad FROM sales GROUP BY 1),
b AS (SELECT customer_id, avg(value) AS order_value, avg(products) AS products_per_order,
    avg((dayname(ts) IN ('Saturday', 'Sunday'))::INTEGER) AS weekend, avg((ts::TIME < '12:00')::INTEGER) AS morning,
    min((SELECT today FROM ends) - ts::DATE) AS recency, max((SELECT today FROM ends) - ts::DATE) AS tenure
  FROM orders GROUP BY 1),
c AS (SELECT customer_id, median(gap) AS gap FROM days GROUP BY 1),
d AS (SELECT customer_id, max(value) / sum(value) AS top FROM
  (SELECT customer_id, stock_code, sum(line_total)::DOUBLE AS value FROM sales GROUP BY ALL) GROUP BY 1),
e AS (SELECT customer_id, -sum(line_total)::DOUBLE AS back FROM returns GROUP BY 1)
SELECT is_insider AS m, revenue, items, coalesce(autumn, 0) / revenue AS autumn, abroad, order_value, products_per_order,
  weekend, morning, recency, tenure, gap, top, coalesce(back, 0) AS back, revenue / items AS price
FROM a JOIN b USING (customer_id) LEFT JOIN c USING (customer_id) JOIN d USING (customer_id)
  LEFT JOIN e USING (customer_id) JOIN members USING (customer_id)`;

const medians = (column: string, members = "m", others = "NOT m"): string =>
  `(median(${column}) FILTER (${members})) / (median(${column}) FILTER (${others}))`;
const difference = (column: string): string =>
  `(avg(${column}) FILTER (m)) - (avg(${column}) FILTER (NOT m))`;
/** Over all pairs of a member and another customer. */
const dominance = (column: string): string =>
  `(SELECT avg(sign(p.${column} - q.${column})) FROM found p, found q WHERE p.m AND NOT q.m)`;

/** The effect of each hypothesis in SQL. */
const EFFECTS: Readonly<Record<string, string>> = {
  "items-share": "sum(items) FILTER (m) / sum(items)",
  "returned-value": "(avg(back) FILTER (m)) / (avg(back) FILTER (NOT m))",
  "median-revenue": medians("revenue"),
  "order-value": medians("order_value"),
  "sooner-again": medians("gap"),
  "wide-orders": medians("products_per_order"),
  "item-price": medians("price"),
  "best-product": dominance("top"),
  "weekend-orders": difference("weekend"),
  "morning-orders": difference("morning"),
  "autumn-revenue": difference("autumn"),
  "longer-customers": medians("tenure"),
  "recent-customers": difference("(recency <= 90)::INTEGER"),
  abroad: difference("abroad::INTEGER"),
  "abroad-revenue": medians("revenue", "m AND abroad", "m AND NOT abroad"),
  "returned-share": dominance("back / {}revenue").replaceAll(/([pq])\.back \/ \{\}/g, "$1.back / $1."),
  "ever-returned": difference("(back > 0)::INTEGER"),
};

async function assertEffect(db: Database, rows: readonly TestedHypothesis[], id: string): Promise<void> {
  const { effect } = await db.row<{ effect: number }>(
    `SELECT (${EFFECTS[id]})::DOUBLE AS effect FROM found LIMIT 1`,
  );
  const row = rows.find((other) => other.id === id)!;
  assert.ok(
    Math.abs(row.effect.value! - effect) < 1e-9 * Math.max(1, Math.abs(effect)),
    `${id}: ${row.effect.value} in the row, ${effect} by SQL`,
  );
  assert.ok(row.effect.low! <= effect && effect <= row.effect.high!, id);
}

describe("the hypotheses of a shop", () => {
  let db: Database;
  let rows: TestedHypothesis[];
  before(async () => {
    db = await shopWithMembers();
    rows = testHypotheses(await readHypothesisInputs(db), { seed: 1 });
    await db.run(`CREATE TABLE found AS ${BY_CUSTOMER}`);
  });
  after(() => db.close());

  for (const { id } of hypotheses)
    it(`${id} has the effect that SQL finds in the lines`, () => assertEffect(db, rows, id));

  it("compare members with everybody else and nobody twice", async () => {
    const counts = await db.row<{ members: number; others: number; repeaters: number }>(
      `SELECT count(*) FILTER (m) AS members, count(*) FILTER (NOT m) AS others,
         count(gap) FILTER (NOT m) AS repeaters FROM found`,
    );
    assert.deepEqual(rows.find(({ id }) => id === "median-revenue")!.n, [counts.members, counts.others]);
    assert.equal(rows.find(({ id }) => id === "sooner-again")!.n[1], counts.repeaters);
  });

  it("have the statistics that SQL finds: U by counting pairs, z and t by their formulas", async () => {
    const found = await db.row<{ u: number; z: number; t: number }>(`SELECT
      (SELECT sum((sign(p.revenue - 1.1 * q.revenue) + 1) / 2) FROM found p, found q WHERE p.m AND NOT q.m) AS u,
      ((avg((back > 0)::INTEGER) FILTER (m)) - (avg((back > 0)::INTEGER) FILTER (NOT m)))
        / sqrt(avg((back > 0)::INTEGER) * (1 - avg((back > 0)::INTEGER))
          * (1.0 / count(*) FILTER (m) + 1.0 / count(*) FILTER (NOT m))) AS z,
      ((avg(morning) FILTER (m)) - (avg(morning) FILTER (NOT m)))
        / sqrt((var_samp(morning) FILTER (m)) / count(*) FILTER (m)
          + (var_samp(morning) FILTER (NOT m)) / count(*) FILTER (NOT m)) AS t FROM found`);
    const statistic = (name: string): number => rows.find(({ id }) => id === name)!.statistic!;
    assert.ok(Math.abs(statistic("median-revenue") - found.u) < 1e-6);
    assert.ok(Math.abs(statistic("ever-returned") - found.z) < 1e-9);
    assert.ok(Math.abs(statistic("morning-orders") - found.t) < 1e-9);
  });

  it("need a membership of each customer", async () => {
    const shop = await shopWithMembers();
    await shop.run("DELETE FROM members WHERE customer_id = '1000'");
    await assert.rejects(readHypothesisInputs(shop), /a membership of each of 80 customers, got 79/);
    shop.close();
  });
});

describe("the hypotheses of the UCI Online Retail data", () => {
  it("have the effects that SQL finds, and the verdicts on the published ones", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db);
    await buildCustomers(db);
    await db.run(`CREATE TABLE members AS SELECT customer_id, orders >= 7 AND revenue_last_90_days >= 300 AS is_insider
      FROM customers`);
    const rows = testHypotheses(await readHypothesisInputs(db), { seed: 1 });
    await db.run(`CREATE TABLE found AS ${BY_CUSTOMER}`);
    for (const { id, comparison } of hypotheses)
      if (!id.startsWith("abroad") && comparison !== "Cliff's delta") await assertEffect(db, rows, id);
    const verdicts = ["H1", "H2", "H3"].map(
      (name) => rows.find(({ published }) => published === name)!.verdict,
    );
    assert.deepEqual(verdicts, ["holds", "the opposite holds", "holds"]);
  });
});
