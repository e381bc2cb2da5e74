import { count, type Feature, money, ratio } from "./feature.js";

/** What came back, and what never happened. */
export const RETURN_FEATURES: readonly Feature[] = [
  money({
    name: "returned_value",
    label: "Returned value",
    definition: "Value of what came back before the reference date, as a positive amount.",
    table: "parts",
    sql: "coalesce(-sum(value) FILTER (kind = 'return'), 0)",
    edgeCase:
      "Zero without returns. A return after the reference date is not known, though its sale may be; cancelled sales are no returns.",
  }),
  ratio("share", {
    name: "returned_share",
    label: "Returned share",
    definition: "Returned value over gross revenue.",
    table: "customers",
    sql: "CASE WHEN gross_revenue > 0 THEN returned_value / gross_revenue END",
    edgeCase:
      "Above 1 when goods bought before the data starts came back. NULL when gross revenue is not above zero.",
  }),
  count("items", {
    name: "returned_items",
    label: "Returned items",
    definition: "Units that came back before the reference date.",
    table: "parts",
    sql: "coalesce(-sum(items) FILTER (kind = 'return'), 0)",
    edgeCase: "Zero without returns.",
  }),
  count("orders", {
    name: "cancelled_orders",
    label: "Cancelled orders",
    definition: "Invoices all of whose sale lines were cancelled before the reference date.",
    table: "invoices",
    sql: "count(*) FILTER (lines = 0)",
    edgeCase:
      "A sale cancelled later is still an order. An order of which a line stands is in orders instead.",
  }),
  count("lines", {
    name: "cancelled_lines",
    label: "Cancelled sale lines",
    definition:
      "Sale lines taken back as they were (same product, units and price) before the reference date.",
    table: "parts",
    sql: "coalesce(sum(lines) FILTER (kind = 'cancelled'), 0)",
    edgeCase: "Zero when the cleaning keeps cancelled sales: they are then sales and returns.",
  }),
  money({
    name: "cancelled_value",
    label: "Cancelled value",
    definition: "Value of the cancelled sale lines; part of neither gross revenue nor returned value.",
    table: "parts",
    sql: "coalesce(sum(value) FILTER (kind = 'cancelled'), 0)",
    edgeCase: "Zero without cancelled sales.",
  }),
];
