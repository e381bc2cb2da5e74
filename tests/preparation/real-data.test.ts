import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { buildCustomers } from "#src/features/customers.js";
import { column } from "#src/math/matrix.js";
import { choosePlan } from "#src/preparation/choose-plan.js";
import { readCustomerColumns } from "#src/preparation/customer-columns.js";
import { fitPreparation } from "#src/preparation/preparation.js";
import { preparationFromJson, preparationToJson } from "#src/preparation/preparation-json.js";
import { hopkins, shuffleColumns } from "#src/preparation/selection/hopkins.js";
import { redundancyGroups } from "#src/preparation/selection/redundancy.js";
import { describeNumbers } from "#src/statistics/descriptive.js";
import { loadRealData } from "../data/support.js";

describe("the customers of the UCI Online Retail data", () => {
  it("are prepared by rule, without ids, to the same bytes each time", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db);
    await buildCustomers(db);
    const table = await readCustomerColumns(db);
    const { plan, leftOut } = choosePlan(table);
    assert.deepEqual(leftOut, []);
    const namesOf = (shape: string): string[] =>
      plan.filter(({ transform }) => transform === shape).map(({ name }) => name);
    const shapes = [...new Set(plan.map(({ transform }) => transform))];
    assert.deepEqual(Object.fromEntries(shapes.map((shape) => [shape, namesOf(shape)])), {
      "box-cox": [
        "gross_revenue",
        "average_order_value",
        "average_item_price",
        "top_product_share",
        "recency_days",
        "orders",
        "order_days",
        "active_months",
        "median_days_between_orders",
        "orders_per_active_month",
        "order_lines",
        "distinct_products",
        "items",
        "items_per_order",
        "products_per_order",
      ],
      "quantile-normal": ["net_revenue"],
      "yeo-johnson": ["revenue_last_90_days", "revenue_last_180_days", "repeat_orders_per_30_days"],
      none: ["revenue_trend", "tenure_days", "morning_order_share", "median_order_hour", "countries"],
      log1p: ["returned_value", "returned_items", "cancelled_orders", "cancelled_lines", "cancelled_value"],
      "quantile-uniform": ["returned_share", "weekend_order_share", "evening_order_share"],
    });

    const { preparation, prepared } = fitPreparation(table, plan);
    assert.equal(prepared.ids.length, 4_324);
    assert.deepEqual([prepared.X.rows, prepared.X.columns], [4_324, 32]);
    for (const [j, name] of prepared.names.entries()) {
      const before = describeNumbers(table.columns[name]!);
      const after = describeNumbers(column(prepared.X, j));
      assert.ok(
        Math.abs(after.mean) < 1e-9 && Math.abs(after.sd - 1) < 1e-3,
        `${name} is in standard deviations`,
      );
      if (!["none", "log1p"].includes(plan[j]!.transform))
        assert.ok(
          Math.abs(after.skewness) < Math.abs(before.skewness) / 2,
          `${name} has lost half of its skewness`,
        );
    }
    const text = JSON.stringify(preparationToJson(preparation));
    const again = preparationFromJson(JSON.parse(text)).transform(table);
    assert.equal(Buffer.compare(Buffer.from(again.X.data.buffer), Buffer.from(prepared.X.data.buffer)), 0);

    const groups = redundancyGroups(prepared.X, prepared.names).filter(({ members }) => members.length > 1);
    assert.deepEqual(
      groups.map(({ members }) => members),
      [
        ["gross_revenue", "net_revenue", "items"],
        ["orders", "order_days", "active_months"],
        ["order_lines", "distinct_products"],
        ["returned_value", "returned_share", "returned_items"],
        ["cancelled_lines", "cancelled_value"],
      ],
    );
    const ofShuffled = hopkins(shuffleColumns(prepared.X, { seed: 1 }), { seed: 1, power: 1 }).statistic;
    const ofCustomers = hopkins(prepared.X, { seed: 1, power: 1 }).statistic;
    assert.ok(ofCustomers > ofShuffled + 0.05, `${ofCustomers} against ${ofShuffled} of shuffled columns`);
  });
});
