import { type CustomerColumns, columnOf } from "../preparation/customer-columns.js";
import { quantile } from "../statistics/quantile.js";
import { type EntryRule, requireRule } from "./rules.js";

/** A threshold that a customer misses. */
export interface Missing {
  feature: string;
  value: number;
  threshold: number;
  /** How far, in the unit of the feature: always above 0. */
  by: number;
  /** The same in the spread of the feature among customers (its interquartile range, or 1 without one). */
  scaled: number;
}

/** A customer who is not in, and what is missing. */
export interface NextInLine {
  id: string;
  missing: Missing[];
  /** Sum of the scaled lacks. */
  distance: number;
}

/**
 * Customers who lack least to enter, nearest first: those who miss the fewest conditions, then by how far.
 * Who has no value of a feature of the rule is left out.
 * @param members - ids of those who are in.
 * @param spread - of each feature, so that days and money can be added up; its interquartile range when left out.
 * @param most - length of the list; 50 when left out.
 * @throws RangeError for a most that is no whole number from 0.
 */
export function nextInLine(
  customers: CustomerColumns,
  rule: EntryRule,
  {
    members,
    spread = (feature) => interquartileRange(columnOf(customers, feature)),
    most = 50,
  }: { members: readonly string[]; spread?: (feature: string) => number; most?: number },
): NextInLine[] {
  requireRule("nextInLine", rule);
  if (!(Number.isInteger(most) && most >= 0))
    throw new RangeError(`nextInLine needs a whole number of customers, got ${most}`);
  const inside = new Set(members);
  const scales = rule.conditions.map(({ feature }) => spread(feature));
  const candidates = customers.ids.flatMap((id, i): NextInLine[] => {
    if (inside.has(id)) return [];
    const missing: Missing[] = [];
    for (const [j, { feature, is, entry }] of rule.conditions.entries()) {
      const value = columnOf(customers, feature)[i]!;
      if (Number.isNaN(value)) return [];
      const by = is === "at least" ? entry - value : value - entry;
      const scale = scales[j]! > 0 ? scales[j]! : 1;
      if (by > 0) missing.push({ feature, value, threshold: entry, by, scaled: by / scale });
    }
    if (missing.length === 0) return [];
    return [{ id, missing, distance: missing.reduce((sum, { scaled }) => sum + scaled, 0) }];
  });
  return candidates
    .sort((a, b) => a.missing.length - b.missing.length || a.distance - b.distance || (a.id < b.id ? -1 : 1))
    .slice(0, most);
}

function interquartileRange(values: Float64Array): number {
  const sorted = values.filter(Number.isFinite).sort();
  return quantile(sorted, 0.75) - quantile(sorted, 0.25);
}
