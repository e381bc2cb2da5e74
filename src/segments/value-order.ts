import { NOISE } from "../clustering/measures/clusters.js";

/** A cluster in its place by value. */
export interface RankedCluster {
  /** As the model numbers it; the number has no meaning. */
  label: number;
  customers: number;
  /** Mean value of its customers. */
  mean: number;
}

/**
 * Clusters by the mean value of their customers, highest first; what equals is ordered by size, then by its first
 * customer, so that no order depends on how a model numbers its clusters.
 * @param labels - a cluster for each customer; noise has no place.
 * @param values - of each customer, such as gross revenue before a day.
 * @throws RangeError when lengths differ or a value is not finite.
 */
export function rankClusters(labels: ArrayLike<number>, values: ArrayLike<number>): RankedCluster[] {
  if (values.length !== labels.length)
    throw new RangeError(
      `rankClusters needs a value for each of ${labels.length} labels, got ${values.length}`,
    );
  const sums = new Map<number, { label: number; customers: number; sum: number; first: number }>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!Number.isFinite(values[i]))
      throw new RangeError(`rankClusters needs finite values, got ${values[i]} (customer ${i})`);
    if (label === NOISE) continue;
    const known = sums.get(label) ?? { label, customers: 0, sum: 0, first: i };
    known.customers++;
    known.sum += values[i]!;
    sums.set(label, known);
  }
  return [...sums.values()]
    .map((cluster) => ({ ...cluster, mean: cluster.sum / cluster.customers }))
    .sort((a, b) => b.mean - a.mean || b.customers - a.customers || a.first - b.first)
    .map(({ label, customers, mean }) => ({ label, customers, mean }));
}
