import { formatNumber, formatPercent } from "../format.js";
import type { SweepRow } from "./sweep.js";

/** What marketing can work with. */
export interface Practicality {
  /** Fewest clusters; 3 by default. */
  fewest: number;
  /** Most clusters; 12 by default. */
  most: number;
  /** Least share of the customers in a cluster; 0.02 by default. */
  smallestShare: number;
  /** Largest share of customers in none; 0.1 by default. */
  mostNoise: number;
}

/** The usual one. */
export const defaultPracticality: Practicality = {
  fewest: 3,
  most: 12,
  smallestShare: 0.02,
  mostNoise: 0.1,
};

/**
 * Why a labelling is of no use for marketing, by the first rule that it breaks; null for one that is.
 * A separation that is not positive where all labellings are compared breaks the last.
 */
export function whyNotEligible(
  row: SweepRow<unknown>,
  practicality: Partial<Practicality> = {},
): string | null {
  const { fewest, most, smallestShare, mostNoise } = { ...defaultPracticality, ...practicality };
  const { nClusters, noiseShare, inTruth } = row;
  if (nClusters < fewest) return `${formatNumber(nClusters)} clusters, fewer than ${formatNumber(fewest)}`;
  if (nClusters > most) return `${formatNumber(nClusters)} clusters, more than ${formatNumber(most)}`;
  if (noiseShare > mostNoise) return `${formatPercent(noiseShare)} of the customers in no cluster`;
  if (row.smallestShare < smallestShare)
    return `a cluster of ${formatPercent(row.smallestShare)} of the customers`;
  if (!((inTruth.silhouette ?? 0) > 0)) return "customers are nearer to other clusters than to their own";
  return null;
}

/** The best of each model in each space: of those that are eligible, by silhouette where all are compared, best first. */
export function shortList<Value>(
  rows: readonly SweepRow<Value>[],
  practicality: Partial<Practicality> = {},
): SweepRow<Value>[] {
  const best = new Map<string, SweepRow<Value>>();
  for (const row of rows) {
    if (whyNotEligible(row, practicality) !== null) continue;
    const pair = `${row.model} ${row.space}`;
    const known = best.get(pair);
    if (known === undefined || separationOf(row) > separationOf(known)) best.set(pair, row);
  }
  return [...best.values()].sort((a, b) => separationOf(b) - separationOf(a));
}

function separationOf({ inTruth }: SweepRow<unknown>): number {
  return inTruth.silhouette ?? -1;
}
