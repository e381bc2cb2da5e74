import type { Database } from "../data/database.js";
import { rfmSegmentOf } from "./rfm-segments.js";

/** What the scores are given for. */
export interface RfmCustomer {
  customerId: string;
  /** Fewer are better. */
  recencyDays: number;
  orders: number;
  /** Currency of the source. */
  netRevenue: number;
}

/** Scores from 1 (worst fifth) to 5 (best fifth), and the segment they lead to. */
export interface RfmScore {
  customerId: string;
  recency: number;
  frequency: number;
  monetary: number;
  /** Name of an entry of `rfmSegments`. */
  segment: string;
}

/** RFM scores and segments of the table `customers`, in its order. */
export async function rfmScores(db: Database): Promise<RfmScore[]> {
  return scoreRfm(
    await db.rows<RfmCustomer>(
      `SELECT customer_id AS "customerId", recency_days AS "recencyDays", orders, net_revenue AS "netRevenue"
       FROM customers ORDER BY customer_id`,
    ),
  );
}

/**
 * Scores by quintiles of recency, orders and net revenue.
 *
 * Equal values have equal scores. What counts is the share of customers who do worse: below 20% gives 1, from 80% on
 * gives 5. A group of ties thus has the score of its lowest place: one-off buyers never score above 1 for frequency,
 * however many they are.
 * @throws RangeError for a value that is not finite.
 */
export function scoreRfm(customers: readonly RfmCustomer[]): RfmScore[] {
  const recency = quintiles(customers.map(({ recencyDays }) => -recencyDays));
  const frequency = quintiles(customers.map(({ orders }) => orders));
  const monetary = quintiles(customers.map(({ netRevenue }) => netRevenue));
  return customers.map(({ customerId }, i) => {
    const scores = { recency: recency[i]!, frequency: frequency[i]!, monetary: monetary[i]! };
    return { customerId, ...scores, segment: rfmSegmentOf(scores).name };
  });
}

function quintiles(values: readonly number[]): number[] {
  const unfit = values.find((value) => !Number.isFinite(value));
  if (unfit !== undefined) throw new RangeError(`RFM scores need finite values, got ${unfit}`);
  const sorted = [...values].sort((a, b) => a - b);
  const worse = new Map<number, number>();
  sorted.forEach((value, position) => {
    if (!worse.has(value)) worse.set(value, position);
  });
  return values.map((value) => 1 + Math.floor((5 * worse.get(value)!) / values.length));
}
