import { formatNumber } from "../format.js";
import { type CustomerColumns, columnOf } from "../preparation/customer-columns.js";
import { labelOf, withUnit } from "./name-segments.js";
import type { NextInLine } from "./next-in-line.js";
import { type Condition, type EntryRule, requireRule } from "./rules.js";

/**
 * Why each of these customers is on the list: a sentence from the rule and the customer's numbers.
 * @param members - ids of the list.
 * @param money - how amounts are written.
 * @throws RangeError for a member who is no customer.
 */
export function reasonsFor(
  members: readonly string[],
  customers: CustomerColumns,
  rule: EntryRule,
  money: (value: number) => string,
): string[] {
  requireRule("reasonsFor", rule);
  const at = new Map(customers.ids.map((id, i) => [id, i]));
  return members.map((id) => {
    const i = at.get(id);
    if (i === undefined) throw new RangeError(`reasonsFor needs members who are customers, got "${id}"`);
    const values = rule.conditions.map(({ feature }) => columnOf(customers, feature)[i]!);
    const holds = (as: "entry" | "exit"): boolean =>
      rule.conditions.every(({ is, [as]: threshold }, j) =>
        is === "at least" ? values[j]! >= threshold : values[j]! <= threshold,
      );
    const status = holds("entry")
      ? "enters"
      : holds("exit")
        ? "stays within the band"
        : "is on its last chance";
    const as = status === "enters" ? "entry" : "exit";
    const parts = rule.conditions.map((condition, j) => {
      const value = withUnit(condition.feature, values[j]!, money);
      return `${labelOf(condition.feature).toLowerCase()} ${value} (${condition.is} ${withUnit(condition.feature, condition[as], money)})`;
    });
    return `Customer ${id} ${status}: ${parts.join(", ")}.`;
  });
}

/** What a customer lacks to enter, as a reader says it: "orders 5 instead of 7; recency 40 days instead of 30 days". */
export function lackText({ missing }: NextInLine, money: (value: number) => string): string {
  const parts = missing.map(({ feature, value, threshold }) => {
    const [has, needs] = [value, threshold].map((amount) => withUnit(feature, amount, money));
    return `${labelOf(feature).toLowerCase()} ${has} instead of ${needs}`;
  });
  return parts.join("; ");
}

/** A rule as a reader says it: "Gross revenue at least £740 and orders at least 3". */
export function ruleText(
  { conditions }: EntryRule,
  as: "entry" | "exit",
  money: (value: number) => string = (value) => formatNumber(value),
): string {
  const parts = conditions.map((condition: Condition, j) => {
    const label = labelOf(condition.feature);
    const name = j === 0 ? label : label.toLowerCase();
    return `${name} ${condition.is} ${withUnit(condition.feature, condition[as], money)}`;
  });
  return parts.join(" and ");
}
