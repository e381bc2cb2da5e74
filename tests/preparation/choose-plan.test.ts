import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildCustomers } from "#src/features/customers.js";
import { seededRandom } from "#src/math/random.js";
import { choosePlan } from "#src/preparation/choose-plan.js";
import { measureNames, readCustomerColumns } from "#src/preparation/customer-columns.js";
import { fitPreparation } from "#src/preparation/preparation.js";
import { shapeRules, suggestTransform } from "#src/preparation/suggest-transform.js";
import { describeNumbers } from "#src/statistics/descriptive.js";
import { cleanedShop, randomHistory } from "../features/support.js";

const random = seededRandom(21);
const draw = (make: () => number): number[] => Array.from({ length: 500 }, make);
/** About normal. */
const bell = (): number => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
const tail = (): number => Math.exp(2 * bell());
const suggested = (values: number[], unit?: string): string =>
  suggestTransform(describeNumbers(values), unit).transform;

describe("the shape that is suggested", () => {
  it("is none for what is near enough to symmetric", () => {
    assert.equal(suggested(draw(bell)), "none");
    assert.equal(suggested(draw(random)), "none");
    assert.equal(suggested([0, 0, 0, 1, 1, 2], "share"), "none");
  });

  it("is Box-Cox for a tail of positive values, also of shares, and of one to the left", () => {
    assert.equal(suggested(draw(tail)), "box-cox");
    assert.equal(
      suggested(
        draw(() => random() ** 6 + 1e-9),
        "share",
      ),
      "box-cox",
    );
    assert.equal(suggested(draw(() => 1000 - Math.min(900, 50 * tail()))), "box-cox");
  });

  it("is Yeo-Johnson for a tail with some zeros or with negative values", () => {
    assert.equal(suggested(draw(() => (random() < 0.3 ? 0 : tail()))), "yeo-johnson");
    const waits = Array.from({ length: 200 }, (_, i) => -Math.log((i + 0.5) / 200) - 0.2);
    assert.equal(suggested(waits), "yeo-johnson");
    assert.equal(suggested(waits.map((wait) => -wait)), "yeo-johnson");
  });

  it("is log1p for a tail behind a spike of zeros, ranks when it is one of shares", () => {
    const spiked = draw(() => (random() < 0.6 ? 0 : tail()));
    assert.equal(suggested(spiked), "log1p");
    assert.equal(suggested(spiked, "share"), "quantile-uniform");
    assert.equal(suggested([0, 0, 1, 50]), "log1p", "half of the values are enough");
    assert.equal(suggested([0, 0, 1, 3, 50]), "yeo-johnson", "fewer are not");
  });

  it("is ranks like a normal for heavy tails on both sides", () => {
    const both = draw(() => (random() < 0.5 ? -1 : 1) * tail() ** 2);
    assert.equal(suggested(both), "quantile-normal");
    assert.equal(suggested([...draw(tail).map((value) => value ** 2), -5]), "quantile-normal");
  });

  it("is none for one or two values, however skewed", () => {
    assert.equal(suggested([3, 3, 3]), "none");
    assert.equal(suggested([0, ...Array(99).fill(1)]), "none");
    assert.equal(suggested([7]), "none");
  });

  it("comes with the numbers that decided", () => {
    const values = draw(() => (random() < 0.6 ? 0 : tail()));
    const { zeros } = describeNumbers(values);
    const { reason } = suggestTransform(describeNumbers(values));
    assert.ok(reason.startsWith(`${(zeros / 5).toFixed(1)}% zeros and skewness `), reason);
    for (const { when, reason } of shapeRules) {
      assert.ok(when.length > 5);
      assert.match(reason({ description: describeNumbers(values), unit: "" }), /^[A-Z0-9].*\.$/);
    }
  });

  it("does not depend on the unit where values are only scaled", () => {
    for (const values of [draw(tail), draw(bell), draw(() => (random() < 0.6 ? 0 : tail()))])
      assert.equal(suggested(values.map((value) => 8 * value)), suggested(values));
  });

  it("needs finite values", () => {
    assert.throws(() => suggested([]), /suggestTransform needs finite values, got 0 from NaN to NaN/);
    assert.throws(() => suggested([1, Infinity]), /needs finite values, got 2 from 1 to Infinity/);
  });
});

describe("choosePlan", () => {
  const columns = {
    recency_days: Float64Array.from(draw(() => Math.floor(400 * random()))),
    returned_share: Float64Array.from(draw(() => (random() < 0.8 ? 0 : tail() / 50))),
    gross_revenue: Float64Array.from(draw(tail)),
    countries: new Float64Array(500).fill(1),
    median_days_between_orders: Float64Array.from(draw(() => (random() < 0.4 ? Number.NaN : tail()))),
    revenue_trend: Float64Array.from(draw(() => (random() < 0.7 ? Number.NaN : random()))),
    evening_order_share: new Float64Array(500).fill(Number.NaN),
  };
  const table = { ids: draw(random).map(String), columns };

  it("plans each feature by rule, with the unit that the dictionary knows", () => {
    const { plan } = choosePlan(table);
    assert.deepEqual(
      plan.map(({ name, impute, transform, scale }) => [name, impute, transform, scale]),
      [
        ["recency_days", "median", "none", "standard"],
        ["returned_share", "median", "quantile-uniform", "standard"],
        ["gross_revenue", "median", "box-cox", "standard"],
        ["median_days_between_orders", "median", "box-cox", "standard"],
      ],
    );
    assert.ok(plan.every(({ reason }) => (reason ?? "").endsWith(".")));
    fitPreparation(table, plan);
  });

  it("leaves out what is constant or missing for most, and says so", () => {
    const missing = columns.revenue_trend.filter(Number.isNaN).length;
    assert.deepEqual(choosePlan(table).leftOut, [
      { name: "countries", reason: "The same for everybody." },
      { name: "revenue_trend", reason: `Missing for ${(missing / 5).toFixed(1)}% of the customers.` },
      { name: "evening_order_share", reason: "Missing for everybody." },
    ]);
    assert.equal(choosePlan(table, { mostMissing: 0.9 }).plan.at(-1)!.name, "revenue_trend");
  });

  it("takes numbers for gaps, an order, and another scale", () => {
    const features = ["median_days_between_orders", "recency_days"];
    const options = { features, impute: { median_days_between_orders: 365 }, scale: "robust" as const };
    const { plan } = choosePlan(table, options);
    assert.deepEqual(
      plan.map(({ name, impute, scale }) => [name, impute, scale]),
      [
        ["median_days_between_orders", 365, "robust"],
        ["recency_days", "median", "robust"],
      ],
    );
  });

  it("refuses keys, columns that are not there, and options that lead nowhere", () => {
    const withId = { ...table, columns: { customer_id: new Float64Array(500), ...columns } };
    assert.throws(() => choosePlan(withId), /customer_id is a key/);
    assert.throws(() => choosePlan(table, { features: ["orders"] }), /no column orders among recency_days/);
    assert.throws(() => choosePlan(table, { impute: { orders: 1 } }), /planned features, got orders/);
    assert.throws(() => choosePlan(table, { mostMissing: 1.5 }), /mostMissing in \[0, 1\], got 1.5/);
  });
});

describe("readCustomerColumns", () => {
  it("reads all measures of the table, with ids beside them and NULL as NaN", async () => {
    const db = await cleanedShop(randomHistory(4, 60));
    await buildCustomers(db);
    const rows = await db.rows<Record<string, number | string | null>>("FROM customers ORDER BY customer_id");
    await db.run("CREATE OR REPLACE TABLE customers AS FROM customers ORDER BY customer_id DESC");
    const table = await readCustomerColumns(db);
    assert.deepEqual(
      table.ids,
      rows.map((row) => row["customer_id"]),
    );
    assert.deepEqual(Object.keys(table.columns), measureNames);
    assert.equal(measureNames.length, 32);
    for (const name of measureNames)
      assert.deepEqual(
        [...table.columns[name]!],
        rows.map((row) => row[name] ?? Number.NaN),
      );
    await assert.rejects(readCustomerColumns(db, ["orders", "customer_id"]), /customer_id is a key/);
    assert.deepEqual(Object.keys((await readCustomerColumns(db, ["orders"])).columns), ["orders"]);
    db.close();
  });
});
