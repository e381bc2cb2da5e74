import { findClusters } from "../clustering/measures/clusters.js";
import { compensatedSum } from "../statistics/sum.js";
import { gainCurve } from "../value/gain.js";

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
 * @returns by label, ascending.
 * @throws RangeError when lengths differ, a value is not finite, revenue is below 0 or all of it is 0.
 */
export function revenueShares(
  labels: ArrayLike<number>,
  revenue: ArrayLike<number>,
  sortBy: ArrayLike<number>,
): RevenueShare[] {
  requireValues("revenueShares", "revenue", revenue, labels.length);
  requireValues("revenueShares", "a value to sort by", sortBy, labels.length);
  const { labels: used, of, sizes } = findClusters("revenueShares", labels);
  const sorted = gainCurve(sortBy, revenue);
  const best = gainCurve(revenue, revenue);
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

function requireValues(who: string, what: string, values: ArrayLike<number>, count: number): void {
  if (values.length !== count)
    throw new RangeError(`${who} needs ${what} for each of ${count} customers, got ${values.length}`);
  for (let i = 0; i < count; i++)
    if (!Number.isFinite(values[i]))
      throw new RangeError(`${who} needs ${what} that is finite, got ${values[i]} (customer ${i})`);
}
