import { after, before, describe } from "node:test";
import { hypotheses } from "#src/business/hypotheses.js";
import type { Hypothesis } from "#src/business/hypothesis.js";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { Database } from "#src/data/database.js";
import { loadInvoices } from "#src/data/load.js";
import { nbd } from "#src/value/models/nbd.js";
import { cleanedShop } from "../features/support.js";
import { claimAnswers } from "./recount/claim-answers.js";
import { claimBaskets } from "./recount/claim-baskets.js";
import { claimList } from "./recount/claim-list.js";
import { claimValue } from "./recount/claim-value.js";
import { type Shop, type Told, tellShop } from "./recount/told-shop.js";
import { trappedShop } from "./recount/trapped-shop.js";

const FEATURES = [
  "gross_revenue",
  "net_revenue",
  "orders",
  "recency_days",
  "average_order_value",
  "returned_share",
  "revenue_last_90_days",
  "top_product_share",
  "tenure_days",
  "orders_per_active_month",
  "order_lines",
  "products_per_order",
];

const small = {
  family: hypotheses,
  day: "2011-12-10",
  features: FEATURES,
  models: [nbd],
  draws: 40,
  resamples: 4,
  step: 1,
};
const first = "gross_revenue >= 1200 AND recency_days <= 45";

describe("figures of a shop full of traps, counted again from its lines", () => {
  recount({ open: () => cleanedShop(trappedShop(1)), terms: small, first });
});

describe("figures of the same shop at an earlier day, whatever came after", () => {
  recount({
    open: () => cleanedShop(trappedShop(1)),
    terms: { ...small, day: "2011-11-15", step: 3 },
    first,
  });
});

const isQuick = ({ comparison, published, within }: Hypothesis): boolean =>
  comparison !== "ratio of medians" || published !== undefined || within !== undefined;
const source = process.env.INSIDERS_SOURCE;
describe("figures of the data that INSIDERS_SOURCE names, counted again from its lines", {
  skip: source ? false : "INSIDERS_SOURCE is not set",
}, () => {
  const open = async (): Promise<Database> => {
    const db = await Database.open();
    await loadInvoices(db, source!);
    await cleanInvoices(db);
    return db;
  };
  recount({
    open,
    // Medians of large groups take long to draw again; that of H3 stands for the others.
    terms: { ...small, draws: 8, resamples: 2, step: 6, family: hypotheses.filter(isQuick) },
    first: "orders >= 7 AND recency_days <= 50",
    published: { lines: 541_909, verdicts: ["holds", "the opposite holds", "holds"] },
  });
});

/** Claims that each figure the notebooks tell of a shop is what SQL finds in its invoice lines. */
function recount(shop: Shop): void {
  let told: Told;
  before(async () => {
    told = await tellShop(shop);
  });
  after(() => told.db.close());
  const of = (): Told => told;
  claimList(of);
  claimBaskets(of);
  claimValue(of);
  claimAnswers(of, shop);
}
