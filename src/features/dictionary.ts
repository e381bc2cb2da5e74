import { BASKET_FEATURES } from "./dictionary/basket.js";
import type { Feature } from "./dictionary/feature.js";
import { PROFILE_FEATURES } from "./dictionary/profile.js";
import { RETURN_FEATURES } from "./dictionary/returns.js";
import { RHYTHM_FEATURES } from "./dictionary/rhythm.js";
import { VALUE_FEATURES } from "./dictionary/value.js";

/**
 * Every column of `customers` in its order: meaning, unit, formula and edge case.
 * The table is computed from these entries, so that the dictionary says what was computed.
 */
export const featureDictionary: readonly Feature[] = [
  {
    name: "customer_id",
    label: "Customer",
    unit: "",
    role: "key",
    definition: "An identified customer with at least one order standing at the reference date.",
    table: "orders",
    sql: "customer_id",
    type: "VARCHAR",
    edgeCase:
      "Who only returned goods, or whose every sale was cancelled, has no row; lines without an id belong to nobody.",
  },
  {
    name: "reference_date",
    label: "Reference date",
    unit: "date",
    role: "key",
    definition:
      "The day from whose start the customer is looked at; lines of that day and later are not read.",
    table: "orders",
    sql: "any_value(reference_date)",
    type: "DATE",
    edgeCase: "The day after the last invoice when none is given.",
  },
  ...VALUE_FEATURES,
  ...RHYTHM_FEATURES,
  ...BASKET_FEATURES,
  ...RETURN_FEATURES,
  ...PROFILE_FEATURES,
];
