import { findClusters } from "../clustering/measures/clusters.js";
import { compensatedSum } from "../statistics/sum.js";

/** What a cluster brings, beside what as many customers bring that are chosen without any clustering. */
export interface RevenueShare {
  label: number;
  /** Customers. */
  size: number;
  /** Share of the revenue of all customers, noise included, that the cluster brings. */
  share: number;
  /** Share that as many customers bring who stand first in a plain sort: what the cluster has to beat. */
  sortShare: number;
  /** Share that the same number bring at most: the sort by the revenue itself, known only in hindsight. */
  bestShare: number;
}

/**
 * Share of revenue of each cluster, beside those of as many customers by a plain sort and in hindsight. With revenue
 * of the period that is clustered the sort wins by construction; with revenue of a later one it need not.
 * @param labels - a cluster for each customer, -1 for noise.
 * @param revenue - of each customer, in the period that is judged.
 * @param sortBy - what customers are sorted by, largest first: their revenue before that period.
 * @returns by label, ascending; NaN where all revenue together is 0.
 * @throws RangeError when lengths differ or a value is not finite.
 */
export function revenueShares(
  labels: ArrayLike<number>,
  revenue: ArrayLike<number>,
  sortBy: ArrayLike<number>,
): RevenueShare[] {
  requireValues("revenueShares", "revenue", revenue, labels.length);
  requireValues("revenueShares", "a value to sort by", sortBy, labels.length);
  const { labels: used, of, sizes } = findClusters("revenueShares", labels);
  const sorted = firstShares(revenue, sortBy);
  const best = firstShares(revenue, revenue);
  const total = compensatedSum(revenue);
  return Array.from(used, (label, cluster) => {
    const size = sizes[cluster]!;
    const own = Float64Array.from(revenue).filter((_, i) => of[i] === cluster);
    const share = compensatedSum(own) / total;
    return { label, size, share, sortShare: sorted[size]!, bestShare: best[size]! };
  });
}

/** The cluster whose customers bring most each; null without clusters. @throws RangeError as `revenueShares`. */
export function bestByRevenue(labels: ArrayLike<number>, revenue: ArrayLike<number>): RevenueShare | null {
  return revenueShares(labels, revenue, revenue).reduce<RevenueShare | null>(
    (best, cluster) =>
      best !== null && best.share / best.size >= cluster.share / cluster.size ? best : cluster,
    null,
  );
}

/**
 * Share of revenue that the first customers bring when all are sorted by a value, largest first. Of customers who tie each
 * brings what they bring on average, so that the result depends on no order among them.
 * @returns entry `count` is the share of the first `count`, from none to all.
 * @throws RangeError when lengths differ or a value is not finite.
 */
export function concentrationOf(revenue: ArrayLike<number>, sortBy: ArrayLike<number>): Float64Array {
  requireValues("concentrationOf", "revenue", revenue, revenue.length);
  requireValues("concentrationOf", "a value to sort by", sortBy, revenue.length);
  return firstShares(revenue, sortBy);
}

function firstShares(revenue: ArrayLike<number>, sortBy: ArrayLike<number>): Float64Array {
  const n = revenue.length;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => sortBy[b]! - sortBy[a]! || a - b);
  const total = compensatedSum(revenue);
  const shares = new Float64Array(n + 1);
  let before = 0;
  for (let from = 0; from < n; ) {
    let [to, ties] = [from, 0];
    for (; to < n && sortBy[order[to]!] === sortBy[order[from]!]; to++) ties += revenue[order[to]!]!;
    for (let at = from + 1; at <= to; at++)
      shares[at] = (before + (ties * (at - from)) / (to - from)) / total;
    before += ties;
    from = to;
  }
  return shares;
}

function requireValues(who: string, what: string, values: ArrayLike<number>, count: number): void {
  if (values.length !== count)
    throw new RangeError(`${who} needs ${what} for each of ${count} customers, got ${values.length}`);
  for (let i = 0; i < count; i++)
    if (!Number.isFinite(values[i]))
      throw new RangeError(`${who} needs ${what} that is finite, got ${values[i]} (customer ${i})`);
}
