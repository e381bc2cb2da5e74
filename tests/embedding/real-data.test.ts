import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { fitPca } from "#src/embedding/pca.js";
import { islands } from "#src/embedding/quality/islands.js";
import { trustworthiness } from "#src/embedding/quality/neighbourhoods.js";
import { fitUmap } from "#src/embedding/umap.js";
import { buildCustomers } from "#src/features/customers.js";
import { column } from "#src/math/matrix.js";
import { choosePlan } from "#src/preparation/choose-plan.js";
import { readCustomerColumns } from "#src/preparation/customer-columns.js";
import { fitPreparation } from "#src/preparation/preparation.js";
import { adjustedRandIndex } from "#src/statistics/adjusted-rand.js";
import { loadRealData } from "../data/support.js";

/** Those that notebook 06 selects. */
const FEATURES = [
  "gross_revenue",
  "average_order_value",
  "revenue_last_90_days",
  "top_product_share",
  "recency_days",
  "tenure_days",
  "orders",
  "orders_per_active_month",
  "order_lines",
  "products_per_order",
];

describe("the spaces of the UCI Online Retail data", () => {
  it("keep neighbourhoods, and their islands repeat values that many customers share", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db);
    await buildCustomers(db);
    const table = await readCustomerColumns(db, FEATURES);
    const { X } = fitPreparation(table, choosePlan(table).plan).prepared;
    // scikit-learn gives the same for all three.
    const pca = fitPca(X, { nComponents: 2 });
    const [first, second] = pca.state.explainedVarianceRatio;
    assert.ok(Math.abs(first! + second! - 0.65964) < 1e-4, `${first! + second!}`);
    assert.ok(Math.abs(trustworthiness(X, pca.transform(X)) - 0.88961) < 1e-4);
    const { embedding } = await fitUmap(X, { seed: 42 });
    assert.ok(trustworthiness(X, embedding) > 0.98);

    const { labels, sizes } = islands(embedding);
    assert.ok(sizes.length > 1);
    const shared = ["revenue_last_90_days", "orders", "orders_per_active_month"];
    const shares = shared.map((name) => {
      const values = column(X, FEATURES.indexOf(name));
      const least = Math.min(...values);
      return values.map((value) => (value === least ? 1 : 0));
    });
    const pattern = Int32Array.from(labels, (_, i) => shares.reduce((sum, share) => 2 * sum + share[i]!, 0));
    assert.ok(adjustedRandIndex(labels, pattern) > 0.8);
  });
});
