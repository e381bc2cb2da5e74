import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { buildCustomers } from "#src/features/customers.js";
import { featureDictionary } from "#src/features/dictionary.js";
import { countExtremes, extremeCustomers } from "#src/profiling/extreme-customers.js";
import { judgeFeatures } from "#src/profiling/judge-features.js";
import { profileTable } from "#src/profiling/profile-table.js";
import { loadRealData } from "../data/support.js";

describe("the first exploration of the UCI Online Retail data", () => {
  it("keeps 21 of 32 measures, and finds the basket that was booked at the price of sixty", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db);
    await buildCustomers(db);
    const measures = featureDictionary.filter(({ role }) => role === "measure").map(({ name }) => name);
    const profile = await profileTable(db, "customers", { limits: { correlatedColumns: 40 } });
    const verdicts: Record<string, number> = {};
    for (const { verdict } of judgeFeatures(profile, measures))
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    assert.deepEqual(verdicts, { prepare: 21, "near duplicate": 7, "mostly empty": 2, "hardly varies": 2 });
    const sizes = ["gross_revenue", "items", "average_order_value", "items_per_order", "average_item_price"];
    const extremes = await extremeCustomers(db, sizes);
    assert.deepEqual(
      countExtremes(extremes).map(({ kind, customers }) => [kind, customers]),
      [
        ["odd price", 1],
        ["taken back", 4],
        ["one product", 48],
        ["one day", 68],
        ["steady", 110],
      ],
    );
    // Invoice 556444: 60 baskets at the price of a case of 60, credited by hand three minutes later.
    const [odd] = extremes.filter(({ kind }) => kind === "odd price");
    assert.deepEqual(
      [odd!.customerId, odd!.grossRevenue, odd!.creditedShare],
      ["15098", 39_619.5, 38_970 / 39_619.5],
    );
  });
});
