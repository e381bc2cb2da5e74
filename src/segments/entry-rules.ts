import { type CustomerColumns, columnOf } from "../preparation/customer-columns.js";
import { cliffsDeltaOf } from "../statistics/cliffs-delta.js";
import { quantile } from "../statistics/quantile.js";
import { countSamples } from "../statistics/two-samples.js";
import { readableNumber } from "./readable-numbers.js";
import type { Condition, EntryRule } from "./rules.js";

export interface EntryRuleOptions {
  /** Features that may be in the rule; all columns when left out. */
  features?: readonly string[] | undefined;
  /** Most features in the rule, 1 to 3; 3 when left out. */
  most?: number | undefined;
  /** How much looser staying is than entering, as a share of the threshold; 0.2 when left out. */
  margin?: number | undefined;
}

/** The best rule of so many features. */
export interface FoundRule extends EntryRule {
  /** Its F1 on the segment, as an entry rule. */
  f1: number;
}

/** A feature whose values stand as positions on a ladder of thresholds. */
interface Ladder {
  feature: string;
  is: Condition["is"];
  /** From the one that everybody meets to the strictest. */
  thresholds: number[];
  /** Thresholds that each customer meets: 0 for none. */
  steps: Int32Array;
  isWhole: boolean;
}

/** So many steps of quantiles give thresholds, those of everybody and those of the segment. */
const QUANTILES = 24;

/**
 * The rule of thresholds that repeats a segment best by F1, for one feature, for two, and up to three.
 *
 * Each feature is asked for in the direction in which the segment differs from the rest. All combinations of thresholds
 * are tried, where a threshold is a quantile with two digits left; so the rule is the best of its kind, not a greedy one.
 * Of equals the one with features named earlier, and looser thresholds, is taken.
 * @param inSegment - 1 for customers of the segment, else 0.
 * @returns by number of features; fewer where fewer features vary.
 * @throws RangeError when lengths differ, the segment is empty or everybody, or an option is out of its bounds.
 */
export function findEntryRules(
  customers: CustomerColumns,
  inSegment: ArrayLike<number>,
  options: EntryRuleOptions = {},
): FoundRule[] {
  const { features = Object.keys(customers.columns), most = 3, margin = 0.2 } = options;
  requireSegment(customers.ids.length, inSegment);
  if (!(Number.isInteger(most) && most >= 1 && most <= 3))
    throw new RangeError(`findEntryRules needs 1 to 3 features in a rule, got ${most}`);
  if (!(margin >= 0 && margin < 1))
    throw new RangeError(`findEntryRules needs a margin from 0 to below 1, got ${margin}`);
  const ladders = features.flatMap((feature) => ladderOf(feature, columnOf(customers, feature), inSegment));
  const found: FoundRule[] = [];
  for (let size = 1; size <= Math.min(most, ladders.length); size++) {
    let best: { f1: number; chosen: Ladder[]; at: number[] } | undefined;
    for (const chosen of combinations(ladders, size)) {
      const { f1, at } = bestThresholds(chosen, inSegment);
      if (best === undefined || f1 > best.f1) best = { f1, chosen, at };
    }
    if (best === undefined) break;
    const { f1, chosen, at } = best;
    found.push({ f1, conditions: chosen.map((ladder, j) => conditionOf(ladder, at[j]!, margin)) });
  }
  return found;
}

/**
 * The shortest of these rules to which a further feature adds too little.
 * @param rules - of one feature, of two, ...
 * @param leastGain - in F1; 0.01 when left out.
 * @throws RangeError when there are none.
 */
export function chooseRule(rules: readonly FoundRule[], leastGain = 0.01): FoundRule {
  const [first, ...longer] = rules;
  if (first === undefined) throw new RangeError("chooseRule needs at least 1 rule, got none");
  return longer.reduce((best, rule) => (rule.f1 >= best.f1 + leastGain ? rule : best), first);
}

/** The thresholds of a feature; none where nobody differs. */
function ladderOf(feature: string, values: Float64Array, inSegment: ArrayLike<number>): Ladder[] {
  const known = values.filter((value) => !Number.isNaN(value));
  const own = values.filter((value, i) => inSegment[i] === 1 && !Number.isNaN(value));
  const rest = values.filter((value, i) => inSegment[i] !== 1 && !Number.isNaN(value));
  if (own.length === 0 || rest.length === 0) return [];
  const delta = cliffsDeltaOf(countSamples(own, rest), 0.95).value;
  if (delta === 0) return [];
  const is = delta > 0 ? "at least" : "at most";
  const sign = delta > 0 ? 1 : -1;
  const marks = [known, own].flatMap((sample) => {
    const sorted = sample.slice().sort();
    return Array.from({ length: QUANTILES + 1 }, (_, q) =>
      readableNumber(quantile(sorted, q / QUANTILES), { toward: delta > 0 ? "down" : "up" }),
    );
  });
  const isWhole = known.every(Number.isInteger);
  const whole = isWhole ? marks.map(delta > 0 ? Math.floor : Math.ceil) : marks;
  const thresholds = [...new Set(whole)].sort((a, b) => sign * (a - b));
  const steps = Int32Array.from(values, (value) => {
    let [low, high] = [0, thresholds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sign * value >= sign * thresholds[middle]!) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return [{ feature, is, thresholds, steps, isWhole }];
}

/** All thresholds at once: customers are counted in cells, and cells summed up from the strictest to the loosest. */
function bestThresholds(
  chosen: readonly Ladder[],
  inSegment: ArrayLike<number>,
): { f1: number; at: number[] } {
  const sides = chosen.map(({ thresholds }) => thresholds.length + 1);
  const size = sides.reduce((all, side) => all * side, 1);
  const strides = sides.map((_, j) => sides.slice(j + 1).reduce((all, side) => all * side, 1));
  const [own, all] = [new Int32Array(size), new Int32Array(size)];
  let wanted = 0;
  for (let i = 0; i < inSegment.length; i++) {
    let cell = 0;
    for (let j = 0; j < chosen.length; j++) cell += chosen[j]!.steps[i]! * strides[j]!;
    all[cell]!++;
    if (inSegment[i] !== 1) continue;
    own[cell]!++;
    wanted++;
  }
  for (const [j, stride] of strides.entries())
    for (let cell = size - 1; cell >= 0; cell--) {
      if (Math.floor(cell / stride) % sides[j]! === sides[j]! - 1) continue;
      all[cell]! += all[cell + stride]!;
      own[cell]! += own[cell + stride]!;
    }
  let best = { f1: -1, cell: 0 };
  for (let cell = 0; cell < size; cell++) {
    // Cells of step 0 hold who meets no threshold: a condition has to be one.
    if (strides.some((stride, j) => Math.floor(cell / stride) % sides[j]! === 0)) continue;
    const f1 = (2 * own[cell]!) / (all[cell]! + wanted);
    if (f1 > best.f1) best = { f1, cell };
  }
  const at = strides.map((stride, j) => (Math.floor(best.cell / stride) % sides[j]!) - 1);
  return { f1: best.f1, at };
}

/** The exit lies the margin beyond the entry, rounded to the looser side. */
function conditionOf({ feature, is, thresholds, isWhole }: Ladder, at: number, margin: number): Condition {
  const entry = thresholds[at]!;
  return { feature, is, entry, exit: loosened(entry, { is, margin, isWhole }) };
}

/**
 * The threshold for staying that belongs to one for entering: looser by a share of it, and readable.
 * @param isWhole - whether the feature has whole values only; then the band is at least one of them wide.
 */
export function loosened(
  entry: number,
  { is, margin, isWhole }: { is: Condition["is"]; margin: number; isWhole: boolean },
): number {
  if (margin === 0) return entry;
  const toward = is === "at least" ? "down" : "up";
  const moved = readableNumber(entry + (toward === "down" ? -1 : 1) * margin * Math.abs(entry), { toward });
  if (!isWhole) return moved;
  return toward === "down" ? Math.min(entry - 1, Math.floor(moved)) : Math.max(entry + 1, Math.ceil(moved));
}

function combinations<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) =>
    combinations(items.slice(at + 1), size - 1).map((others) => [item, ...others]),
  );
}

function requireSegment(count: number, inSegment: ArrayLike<number>): void {
  if (inSegment.length !== count)
    throw new RangeError(
      `findEntryRules needs a 0 or 1 for each of ${count} customers, got ${inSegment.length}`,
    );
  let inside = 0;
  for (let i = 0; i < count; i++) inside += inSegment[i] === 1 ? 1 : 0;
  if (inside === 0 || inside === count)
    throw new RangeError(`findEntryRules needs a segment and a rest, got ${inside} of ${count} customers`);
}
