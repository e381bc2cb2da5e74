import { randomIndex } from "../math/distributions.js";
import { seededRandom } from "../math/random.js";
import { type Interval, middlePart } from "./simulate.js";

/** Rows from the highest score to the lowest. @throws RangeError for scores that cannot be ordered. */
export function rankRows(scores: ArrayLike<number>): Int32Array {
  const rows = Int32Array.from(scores, (score, i) => {
    if (Number.isNaN(score)) throw new RangeError(`rankRows needs numbers, got NaN (row ${i})`);
    return i;
  });
  return rows.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/**
 * Share of all revenue that the first k customers by score bring, for k from 0 to n.
 *
 * Customers of one score share what they bring: a score that knows no difference is no better than chance.
 * @param revenue - at least 0, with a positive sum.
 * @throws RangeError otherwise, or when the columns differ in length.
 */
export function gainCurve(scores: ArrayLike<number>, revenue: ArrayLike<number>): Float64Array {
  const total = requireRevenue("gainCurve", scores, revenue);
  const rows = rankRows(scores);
  const gain = new Float64Array(rows.length + 1);
  let sum = 0;
  for (let from = 0, to = 0; from < rows.length; from = to) {
    let tied = 0;
    for (; to < rows.length && scores[rows[to]!] === scores[rows[from]!]; to++) tied += revenue[rows[to]!]!;
    for (let k = from; k < to; k++) gain[k + 1] = (sum + (tied * (k + 1 - from)) / (to - from)) / total;
    sum += tied;
  }
  return gain;
}

/** How many customers a share of them is. @param share - above 0 and at most 1. */
export function countOfShare(customers: number, share: number): number {
  if (!(share > 0 && share <= 1)) throw new RangeError(`a share lies above 0 and up to 1, got ${share}`);
  return Math.max(1, Math.round(share * customers));
}

/** How much more of the revenue one score's top customers bring than another's, and how sure that is. */
export interface GainDifference extends Interval {
  difference: number;
}

/**
 * Difference between the shares of revenue that the top customers by two scores bring, with a bootstrap interval over
 * customers.
 * @param share - of the customers who are at the top.
 */
export function gainDifference(
  scores: ArrayLike<number>,
  baseline: ArrayLike<number>,
  revenue: ArrayLike<number>,
  share: number,
  { resamples, seed, level = 0.95 }: { resamples: number; seed: number; level?: number },
): GainDifference {
  requireRevenue("gainDifference", scores, revenue);
  requireRevenue("gainDifference", baseline, revenue);
  const n = revenue.length;
  const top = countOfShare(n, share);
  const orders = [rankRows(scores), rankRows(baseline)] as const;
  const random = seededRandom(seed);
  const differences: number[] = [];
  while (differences.length < resamples) {
    const counts = new Int32Array(n);
    for (let i = 0; i < n; i++) counts[randomIndex(random, n)]!++;
    let total = 0;
    for (let i = 0; i < n; i++) total += counts[i]! * revenue[i]!;
    const [ours, theirs] = orders.map((rows) => topRevenue(rows, counts, revenue, top));
    differences.push(total > 0 ? (ours! - theirs!) / total : 0);
  }
  const difference = gainCurve(scores, revenue)[top]! - gainCurve(baseline, revenue)[top]!;
  return { difference, ...middlePart(differences, level) };
}

/** Revenue of the first customers of a resample, each counted as often as drawn. */
function topRevenue(rows: Int32Array, counts: Int32Array, revenue: ArrayLike<number>, top: number): number {
  let [sum, left] = [0, top];
  for (let at = 0; left > 0; at++) {
    const taken = Math.min(left, counts[rows[at]!]!);
    sum += taken * revenue[rows[at]!]!;
    left -= taken;
  }
  return sum;
}

function requireRevenue(who: string, scores: ArrayLike<number>, revenue: ArrayLike<number>): number {
  if (scores.length !== revenue.length)
    throw new RangeError(`${who} needs columns of one length, got ${scores.length} and ${revenue.length}`);
  let total = 0;
  for (let i = 0; i < revenue.length; i++) {
    const value = revenue[i]!;
    if (!(value >= 0 && value < Infinity))
      throw new RangeError(`${who} needs finite revenue of at least 0, got ${value} (row ${i})`);
    total += value;
  }
  if (!(total > 0)) throw new RangeError(`${who} needs revenue above 0 (n = ${revenue.length})`);
  return total;
}
