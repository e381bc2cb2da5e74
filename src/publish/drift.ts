import { stabilityIndex } from "../statistics/stability-index.js";

/** Of fewer customers shares say too little. */
const FEWEST_CUSTOMERS = 100;

/** Above this the usual reading of the index is that the population has changed. */
const LARGEST_INDEX = 0.25;

/** How far the shares of the segments are from those of the customers that a model was fitted to. */
export interface Drift {
  /** Population stability index. */
  index: number;
  /** The index above which shares have drifted. */
  threshold: number;
  hasDrifted: boolean;
}

/**
 * Whether customers are shared out among segments as those were that the model was fitted to; null when there are fewer
 * than 100.
 * @see Siddiqi 2006, Credit Risk Scorecards, Wiley: an index above 0.25 is a significant shift.
 */
export function measureDrift(
  training: readonly number[],
  shares: readonly number[],
  customers: number,
): Drift | null {
  if (customers < FEWEST_CUSTOMERS) return null;
  const index = stabilityIndex(training, shares);
  return { index, threshold: LARGEST_INDEX, hasDrifted: index > LARGEST_INDEX };
}

/** Share of the labels that each of k segments has. @param labels - positions of segments, at least one. */
export function segmentShares(labels: Int32Array, k: number): number[] {
  const counts = new Array<number>(k).fill(0);
  for (const label of labels) counts[label]!++;
  return counts.map((count) => count / labels.length);
}
