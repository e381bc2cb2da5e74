import { count, type Feature, ratio } from "./feature.js";

const NO_TIMES = "NULL for everybody when the source has days without times.";

/** When in the week and the day a customer orders, and from where. */
export const PROFILE_FEATURES: readonly Feature[] = [
  ratio("share", {
    name: "weekend_order_share",
    label: "Weekend orders",
    definition: "Share of orders written on a Saturday or Sunday.",
    table: "orders",
    sql: "count(*) FILTER (isodow(day) >= 6) / count(*)",
    edgeCase: "Needs no times. A shop may be closed on one of the two days.",
  }),
  ratio("share", {
    name: "morning_order_share",
    label: "Morning orders",
    definition: "Share of orders written before 12:00.",
    table: "orders",
    sql: "count(*) FILTER (hour < 12) / nullif(count(hour), 0)",
    edgeCase: NO_TIMES,
  }),
  ratio("share", {
    name: "evening_order_share",
    label: "Evening orders",
    definition: "Share of orders written from 17:00 on; what is neither morning nor evening is afternoon.",
    table: "orders",
    sql: "count(*) FILTER (hour >= 17) / nullif(count(hour), 0)",
    edgeCase: NO_TIMES,
  }),
  ratio("hour of day", {
    name: "median_order_hour",
    label: "Median hour of ordering",
    definition: "Median time of day of the orders, as hours since midnight.",
    table: "orders",
    sql: "median(hour)",
    edgeCase: `${NO_TIMES} The clock is not treated as a circle: shops rarely sell across midnight.`,
  }),
  {
    name: "country",
    label: "Country",
    unit: "",
    role: "category",
    definition: "The country of most orders.",
    table: "countries",
    sql: "first(country ORDER BY orders DESC, last_at DESC, country) FILTER (country IS NOT NULL)",
    type: "VARCHAR",
    edgeCase:
      "Of countries with as many orders the latest, then the first by name. NULL where none is recorded.",
  },
  count("countries", {
    name: "countries",
    label: "Countries",
    definition: "Different countries recorded with sales.",
    table: "countries",
    sql: "count(country)",
    edgeCase: "0 where none is recorded; above 1 for who moved or has goods sent to several.",
  }),
];
