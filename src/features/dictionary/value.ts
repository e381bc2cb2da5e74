import { type Feature, money, ratio } from "./feature.js";

const NO_VALUE = "NULL when gross revenue is not above zero (prices of zero kept by the cleaning).";

/** What a customer brought. */
export const VALUE_FEATURES: readonly Feature[] = [
  money({
    name: "gross_revenue",
    label: "Gross revenue",
    definition:
      "Value of everything bought, before returns; sales cancelled by the reference date do not count.",
    table: "parts",
    sql: "sum(value) FILTER (kind = 'sale')",
    edgeCase: "Never NULL: a row needs a sale. A sale cancelled only later counts as long as it stood.",
  }),
  money({
    name: "net_revenue",
    label: "Net revenue",
    definition: "Gross revenue less what came back.",
    table: "customers",
    sql: "gross_revenue - returned_value",
    edgeCase: "Below zero when more came back than was bought within the data.",
  }),
  ratio("currency", {
    name: "average_order_value",
    label: "Average order value",
    definition: "Mean gross value of an order.",
    table: "orders",
    sql: "avg(value)",
    edgeCase: "With one order, its value.",
  }),
  ratio("currency", {
    name: "average_item_price",
    label: "Average price of an item",
    definition: "Gross revenue per unit bought: what the customer pays for one piece on average.",
    table: "customers",
    sql: "gross_revenue / nullif(items, 0)",
    edgeCase: "NULL when all lines are of zero units (kept by the cleaning only if asked to).",
  }),
  money({
    name: "revenue_last_90_days",
    label: "Revenue, last 90 days",
    definition: "Gross revenue of the 90 days before the reference date.",
    table: "parts",
    sql: "coalesce(sum(value) FILTER (kind = 'sale' AND days_ago <= 90), 0)",
    edgeCase:
      "Zero for who bought nothing then. Returns are not subtracted: they may belong to earlier sales.",
  }),
  money({
    name: "revenue_last_180_days",
    label: "Revenue, last 180 days",
    definition: "Gross revenue of the 180 days before the reference date.",
    table: "parts",
    sql: "coalesce(sum(value) FILTER (kind = 'sale' AND days_ago <= 180), 0)",
    edgeCase: "As for 90 days. Where the data is shorter, the days before its start count as nothing.",
  }),
  ratio("share", {
    name: "revenue_trend",
    label: "Revenue trend",
    definition:
      "Last 90 days against the 90 before: their difference over their sum, from -1 (all before) to 1 (all since).",
    table: "customers",
    sql: `CASE WHEN tenure_days > 90 AND revenue_last_180_days > 0
      THEN (2 * revenue_last_90_days - revenue_last_180_days) / revenue_last_180_days END`,
    edgeCase:
      "NULL for customers of at most 90 days, who have no period before, and for who bought nothing in 180 days: neither is a trend of zero.",
  }),
  ratio("share", {
    name: "top_product_share",
    label: "Share of the top product",
    definition: "Share of gross revenue that the product with the highest value brought.",
    table: "products",
    sql: "CASE WHEN sum(value) > 0 THEN max(value) / sum(value) END",
    edgeCase: `Products tied for the top give the same share. ${NO_VALUE}`,
  }),
];
