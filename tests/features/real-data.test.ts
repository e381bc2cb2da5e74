import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { assertCustomers } from "#src/features/assert-customers.js";
import { buildCustomers } from "#src/features/customers.js";
import { rfmScores } from "#src/features/rfm.js";
import { loadRealData } from "../data/support.js";

describe("the customers of the UCI Online Retail data", () => {
  it("are those with a standing order, with the revenue of their lines", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db);
    assert.deepEqual(await buildCustomers(db), {
      referenceDate: "2011-12-10",
      identified: 4_372,
      customers: 4_324,
      cancelledOnly: 10,
      returnsOnly: 28,
      excludedOnly: 10,
    });
    await assertCustomers(db, "2011-12-10");
    // fixtures/customers.py gives the same 36 columns for each of them.
    const totals = await db.row(
      `SELECT sum(gross_revenue) AS gross, sum(net_revenue) AS net, sum(orders) AS orders,
         count(*) FILTER (order_days = 1) AS once, sum(cancelled_orders) AS cancelled,
         max(repeat_orders_per_30_days) FILTER (order_days = 1) AS once_frequency FROM customers`,
    );
    assert.deepEqual(totals, {
      gross: 8_372_607.64,
      net: 8_291_008.58,
      orders: 18_280,
      once: 1_555,
      cancelled: 112,
      once_frequency: 0,
    });
  });

  it("are in one RFM segment each, champions with a fifth of the customers", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db);
    await buildCustomers(db);
    const sizes: Record<string, number> = {};
    for (const { segment } of await rfmScores(db)) sizes[segment] = (sizes[segment] ?? 0) + 1;
    assert.deepEqual(sizes, {
      Champions: 891,
      Loyal: 384,
      "Big spenders": 255,
      "Slipping away": 417,
      Newcomers: 223,
      Promising: 337,
      "Need attention": 480,
      Hibernating: 576,
      Lost: 761,
    });
  });
});
