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
  /** Largest share of customers in the best cluster: a programme for everybody is none; 0.2 by default. */
  largestBest: number;
}

/** The usual one. */
export const defaultPracticality: Practicality = {
  fewest: 3,
  most: 12,
  smallestShare: 0.02,
  mostNoise: 0.1,
  largestBest: 0.2,
};

/** A rule that a labelling breaks, and the number that breaks it. */
export interface Ineligibility {
  rule: string;
  detail: string;
}

/** A labelling whose worth names the customers of its best cluster; null where it has none. */
export type ValuedRow = SweepRow<{ size: number } | null>;

/**
 * Why a labelling is of no use for marketing, by the first rule that it breaks; null for one that is.
 * A separation that is not positive where all labellings are compared breaks the last.
 */
export function whyNotEligible(
  row: ValuedRow,
  practicality: Partial<Practicality> = {},
): Ineligibility | null {
  const { fewest, most, smallestShare, mostNoise, largestBest } = { ...defaultPracticality, ...practicality };
  const { nClusters, noiseShare, inTruth } = row;
  const best = (row.value?.size ?? 0) / row.labels.length;
  if (nClusters < fewest) return { rule: "too few clusters", detail: formatNumber(nClusters) };
  if (nClusters > most) return { rule: "too many clusters", detail: formatNumber(nClusters) };
  if (noiseShare > mostNoise)
    return { rule: "too many customers in no cluster", detail: formatPercent(noiseShare) };
  if (row.smallestShare < smallestShare)
    return { rule: "a cluster of too few customers", detail: formatPercent(row.smallestShare) };
  if (best > largestBest)
    return { rule: "a best cluster of too many customers", detail: formatPercent(best) };
  if (!((inTruth.silhouette ?? 0) > 0))
    return {
      rule: "nearer to other clusters than to the own",
      detail: formatNumber(inTruth.silhouette ?? Number.NaN, 2),
    };
  return null;
}

/** The best of each model in each space: of those that are eligible, by silhouette where all are compared, best first. */
export function shortList<Row extends ValuedRow>(
  rows: readonly Row[],
  practicality: Partial<Practicality> = {},
): Row[] {
  const best = new Map<string, Row>();
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
