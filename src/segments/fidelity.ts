import { compensatedSum } from "../statistics/sum.js";

/** Customers of one kind, and what they brought. */
export interface GroupTotal {
  customers: number;
  revenue: number;
}

/** How well a list of customers repeats a segment. */
export interface Fidelity {
  /** Share of the list that is in the segment; NaN for an empty list. */
  precision: number;
  /** Share of the segment that is on the list; NaN for an empty segment. */
  recall: number;
  /** Harmonic mean of the two; 0 when they share nobody, NaN when both are empty. */
  f1: number;
  /** Share of all customers on whom they agree; NaN without customers. */
  accuracy: number;
  both: GroupTotal;
  /** On the list, but not in the segment. */
  listOnly: GroupTotal;
  /** In the segment, but not on the list. */
  segmentOnly: GroupTotal;
  neither: GroupTotal;
}

/**
 * Where a list of customers and a segment agree and where not, in customers and in revenue.
 * @param listed - 1 for who is on the list, else 0; `inSegment` likewise.
 * @throws RangeError when lengths differ.
 */
export function compareLists(
  listed: ArrayLike<number>,
  inSegment: ArrayLike<number>,
  revenue: ArrayLike<number>,
): Fidelity {
  const n = listed.length;
  if (inSegment.length !== n || revenue.length !== n)
    throw new RangeError(
      `compareLists needs a segment and a revenue for each of ${n} customers, got ${inSegment.length} and ${revenue.length}`,
    );
  const totalOf = (isListed: boolean, isIn: boolean): GroupTotal => {
    const own = Float64Array.from(revenue).filter(
      (_, i) => (listed[i] === 1) === isListed && (inSegment[i] === 1) === isIn,
    );
    return { customers: own.length, revenue: compensatedSum(own) };
  };
  const both = totalOf(true, true);
  const listOnly = totalOf(true, false);
  const segmentOnly = totalOf(false, true);
  const neither = totalOf(false, false);
  const wrong = listOnly.customers + segmentOnly.customers;
  return {
    precision: both.customers / (both.customers + listOnly.customers),
    recall: both.customers / (both.customers + segmentOnly.customers),
    f1: (2 * both.customers) / (2 * both.customers + wrong),
    accuracy: (n - wrong) / n,
    both,
    listOnly,
    segmentOnly,
    neither,
  };
}
