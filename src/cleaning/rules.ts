import { sqlText } from "../data/database.js";
import type { Cleaning } from "./options.js";

/** A reason for which lines leave the analysis. */
export interface Rule {
  /** As in `excluded_rows.rule`. */
  name: string;
  title: string;
  why: string;
}

/** A rule that looks at one line at a time. */
export interface LineRule extends Rule {
  /** SQL over the columns of `invoice_lines` that is true for the lines to leave; `null` when switched off. */
  condition: (cleaning: Cleaning) => string | null;
  /** SQL for `excluded_rows.reason` where the title is not precise enough. */
  reason?: (cleaning: Cleaning) => string;
}

/** The rules in their order; a line leaves by the first that applies. */
export const LINE_RULES: readonly LineRule[] = [
  {
    name: "repeated_line",
    title: "repeats an earlier line",
    why: "An export that was imported twice counts every sale twice.",
    condition: ({ repeatedLines }) =>
      repeatedLines === "drop"
        ? `row_number() OVER (PARTITION BY invoice_no, stock_code, description, quantity, invoiced_at,
            unit_price, customer_id, country ORDER BY row) > 1`
        : null,
  },
  {
    name: "zero_quantity",
    title: "no units",
    why: "A line of no units is neither a purchase nor a return.",
    condition: ({ zeroQuantities }) => (zeroQuantities === "drop" ? "quantity = 0" : null),
  },
  {
    name: "price_below_floor",
    title: "price below the floor",
    why: "Gifts, stock corrections and write-offs are booked at a price of (nearly) nothing or less.",
    condition: ({ priceFloor }) =>
      priceFloor === null ? null : `unit_price < ${priceFloor.toFixed(4)}::DECIMAL(18, 4)`,
  },
  {
    name: "non_product_code",
    title: "not a product",
    why: "Postage, fees, discounts and corrections say nothing about what a customer likes to buy.",
    condition: ({ nonProductCodes }) => hasCode(nonProductCodes.flatMap(({ codes }) => codes)),
    reason: ({ nonProductCodes }) => {
      const groups = nonProductCodes.map(
        ({ codes, reason }) => `WHEN ${hasCode(codes)} THEN ${sqlText(reason)}`,
      );
      return `CASE ${groups.join(" ")} END`;
    },
  },
  {
    name: "dropped_country",
    title: "country left out",
    why: "A country that is no country cannot be addressed by a programme.",
    condition: ({ droppedCountries }) => isOneOf("country", droppedCountries),
  },
  {
    name: "dropped_customer",
    title: "customer left out",
    why: "A customer whose history is a mistake of booking distorts every mean.",
    condition: ({ droppedCustomers }) => isOneOf("customer_id", droppedCustomers),
  },
  {
    name: "wholesale_quantity",
    title: "more units than a household buys",
    why: "How much of the result hangs on a few wholesale orders?",
    condition: ({ largestQuantity }) =>
      largestQuantity === null ? null : `abs(quantity) > ${largestQuantity}`,
  },
];

/** The last rule; it looks at pairs of lines, so it is not a condition on one. */
export const CANCELLED_SALE: Rule = {
  name: "cancelled",
  title: "sale cancelled in full",
  why: "A sale taken back as it was is no revenue, and its return is no dissatisfied customer.",
};

/** All rules in the order of the account. */
export const RULES: readonly Rule[] = [...LINE_RULES, CANCELLED_SALE];

function hasCode(codes: readonly string[]): string | null {
  const isPattern = (code: string): boolean => /[*?[]/.test(code);
  const exact = isOneOf(
    "stock_code",
    codes.filter((code) => !isPattern(code)),
  );
  const patterns = codes.filter(isPattern).map((code) => `stock_code GLOB ${sqlText(code)}`);
  const tests = exact === null ? patterns : [exact, ...patterns];
  return tests.length === 0 ? null : `(${tests.join(" OR ")})`;
}

function isOneOf(column: string, values: readonly string[]): string | null {
  return values.length === 0 ? null : `${column} IN (${values.map(sqlText).join(", ")})`;
}
