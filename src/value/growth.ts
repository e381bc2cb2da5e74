import { quantile } from "../statistics/quantile.js";
import { compensatedSum } from "../statistics/sum.js";
import { drawGroupRevenue, type GroupOptions, rowsOf } from "./group-futures.js";
import type { Histories } from "./histories.js";
import { type Interval, middlePart } from "./simulate.js";

/** An expected amount and the interval around it. */
export interface Estimate extends Interval {
  expected: number;
}

/** What a larger group would bring, in the currency of the source. */
export interface GrowthScenario {
  /** The next in line, best first. */
  newcomers: string[];
  /** What a member brings in the days to come: the level that newcomers are supposed to reach. */
  memberLevel: Estimate;
  /** What the newcomers are expected to bring anyway. */
  alreadySpent: Estimate;
  /** What they would bring in all. */
  inAll: Estimate;
  /** What would be new: all less what they bring anyway. */
  incremental: Estimate;
}

/** A scenario of growth. */
export interface GrowthOptions extends GroupOptions {
  /** New members over members; 0.1 when left out. */
  growth?: number;
  /** The member whose level newcomers reach: the one in the middle, or the average of all; "median" when left out. */
  level?: "median" | "mean";
  /** How much of the way to that level they go; 1, all of it, when left out. It is a supposition, not a finding. */
  reach?: number;
  /** Chance that an interval holds the amount; 0.9 when left out. */
  confidence?: number;
}

/**
 * What it would bring to enlarge a group by those next in line, net of what these spend already.
 *
 * @param ids - the group.
 * @param scores - of all customers, in the order of the histories; the highest outside of the group come next.
 * @throws RangeError for a growth that is none, or when fewer customers are left.
 */
export function growthScenario(
  histories: Histories,
  ids: readonly string[],
  scores: Float64Array,
  { growth = 0.1, level = "median", reach = 1, confidence = 0.9, ...options }: GrowthOptions,
): GrowthScenario {
  if (!(growth > 0 && reach >= 0 && reach <= 1))
    throw new RangeError(
      `growthScenario needs a growth above 0 and a reach from 0 to 1, got ${growth} and ${reach}`,
    );
  const newcomers = nextInLine(histories, ids, scores, Math.max(1, Math.round(growth * ids.length)));
  const { data, columns: draws } = drawGroupRevenue(histories, [...ids, ...newcomers], options);
  const levels = new Float64Array(draws);
  const spent = new Float64Array(draws);
  const total = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const all = Float64Array.from(
      { length: ids.length + newcomers.length },
      (_, row) => data[row * draws + draw]!,
    );
    const members = all.subarray(0, ids.length);
    levels[draw] =
      level === "mean" ? compensatedSum(members) / ids.length : quantile(members.slice().sort(), 0.5);
    spent[draw] = compensatedSum(all.subarray(ids.length));
    total[draw] = spent[draw]! + reach * (newcomers.length * levels[draw]! - spent[draw]!);
  }
  const estimate = (values: Float64Array): Estimate => ({
    expected: compensatedSum(values) / draws,
    ...middlePart(values, confidence),
  });
  return {
    newcomers,
    memberLevel: estimate(levels),
    alreadySpent: estimate(spent),
    inAll: estimate(total),
    incremental: estimate(total.map((value, draw) => value - spent[draw]!)),
  };
}

/** Customers with the highest scores outside of a group. */
function nextInLine(
  histories: Histories,
  ids: readonly string[],
  scores: Float64Array,
  count: number,
): string[] {
  const { customerIds } = histories;
  if (scores.length !== customerIds.length)
    throw new RangeError(`growthScenario needs ${customerIds.length} scores, got ${scores.length}`);
  const members = new Set(rowsOf("growthScenario", histories, ids));
  const others = customerIds.map((_, row) => row).filter((row) => !members.has(row));
  if (others.length < count)
    throw new RangeError(
      `growthScenario needs ${count} customers outside of the group, got ${others.length}`,
    );
  others.sort((a, b) => scores[b]! - scores[a]! || a - b);
  return others.slice(0, count).map((row) => customerIds[row]!);
}
