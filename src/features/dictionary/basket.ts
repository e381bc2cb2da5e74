import { count, type Feature, ratio } from "./feature.js";

/** What is in a customer's orders. */
export const BASKET_FEATURES: readonly Feature[] = [
  count("lines", {
    name: "order_lines",
    label: "Order lines",
    definition: "Sale lines still standing, over all orders.",
    table: "orders",
    sql: "sum(lines)",
    edgeCase: "A product entered twice on an invoice has two lines.",
  }),
  count("products", {
    name: "distinct_products",
    label: "Distinct products",
    definition: "Different stock codes bought, over all orders.",
    table: "products",
    sql: "count(*)",
    edgeCase: "A code in lower and in upper case is two codes, as recorded; one returned later stays bought.",
  }),
  count("items", {
    name: "items",
    label: "Items",
    definition: "Units bought, before returns.",
    table: "orders",
    sql: "sum(items)",
    edgeCase: "Units of the shop: a pack of 12 is one unit where the shop sells it so.",
  }),
  ratio("items", {
    name: "items_per_order",
    label: "Items per order",
    definition: "Mean over orders of the units in an order.",
    table: "orders",
    sql: "avg(items)",
    edgeCase: "With one order, its units.",
  }),
  ratio("products", {
    name: "products_per_order",
    label: "Distinct products per order",
    definition: "Mean over orders of the different stock codes in an order.",
    table: "baskets",
    sql: "avg(products)",
    edgeCase:
      "Not distinct products by orders: a product bought again counts in each order. With one order the two are equal.",
  }),
];
