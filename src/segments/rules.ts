import { type CustomerColumns, columnOf } from "../preparation/customer-columns.js";

/** One part of a rule, in the unit of its feature. */
export interface Condition {
  feature: string;
  is: "at least" | "at most";
  /** What a customer who is not in has to reach, */
  entry: number;
  /** and what one who is in has to hold: never the stricter of the two. */
  exit: number;
}

/** Who enters and who stays: all of its conditions are met. */
export interface EntryRule {
  conditions: readonly Condition[];
}

/**
 * Whether each customer meets all conditions, as one who is to enter or as one who is to stay. What is missing meets none.
 * @throws RangeError for a feature that is not among the columns, or a rule that `requireRule` refuses.
 */
export function meetsRule(rule: EntryRule, customers: CustomerColumns, as: "entry" | "exit"): Uint8Array {
  requireRule("meetsRule", rule);
  const met = new Uint8Array(customers.ids.length).fill(1);
  for (const { feature, is, [as]: threshold } of rule.conditions) {
    const values = columnOf(customers, feature);
    for (let i = 0; i < met.length; i++)
      if (!(is === "at least" ? values[i]! >= threshold : values[i]! <= threshold)) met[i] = 0;
  }
  return met;
}

/** @throws RangeError without conditions, for a threshold that is not finite, or an exit stricter than the entry. */
export function requireRule(who: string, { conditions }: EntryRule): void {
  if (conditions.length === 0) throw new RangeError(`${who} needs a rule of at least 1 condition, got none`);
  for (const { feature, is, entry, exit } of conditions) {
    if (!Number.isFinite(entry) || !Number.isFinite(exit))
      throw new RangeError(`${who} needs finite thresholds, got ${entry} and ${exit} of ${feature}`);
    if (is === "at least" ? exit > entry : exit < entry)
      throw new RangeError(
        `${who} needs an exit no stricter than the entry, got ${is} ${exit} to stay and ${entry} to enter by ${feature}`,
      );
  }
}
