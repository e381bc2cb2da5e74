import type { Histories } from "./histories.js";
import { drawFutures, type Interval, rowIntervals } from "./simulate.js";
import { predictValue, type ValueModel } from "./value-model.js";

/** Over which periods customers are valued, and how surely. */
export interface ValueColumnsOptions {
  /** Lengths of the periods. */
  weeks: readonly number[];
  /** Possible futures behind the intervals. */
  draws: number;
  seed: number;
  /** Chance that an interval holds. */
  level: number;
}

/**
 * What is expected of each customer, by name, in the order of the histories: `alive`, the chance to be still buying; and for
 * each period of w weeks `expected_orders_<w>w` with `orders_low_<w>w` and `orders_high_<w>w`, `expected_revenue_<w>w` with
 * `low_<w>w` and `high_<w>w`. An interval holds what one customer does, which is mostly chance.
 * @throws RangeError as `predictValue` and `drawFutures`.
 */
export function valueColumns(
  model: ValueModel,
  histories: Histories,
  { weeks, draws, seed, level }: ValueColumnsOptions,
): Record<string, Float64Array> {
  const columns: Record<string, Float64Array> = {};
  for (const length of weeks) {
    const expected = predictValue(model, histories, length);
    const { purchases, revenue } = drawFutures(model, histories, { weeks: length, draws, seed });
    const [orders, amounts] = [purchases, revenue].map((futures) => rowIntervals(futures, level)) as [
      Interval[],
      Interval[],
    ];
    columns["alive"] = expected.aliveProbability;
    columns[`expected_orders_${length}w`] = expected.expectedPurchases;
    columns[`orders_low_${length}w`] = endsOf(orders, "low");
    columns[`orders_high_${length}w`] = endsOf(orders, "high");
    columns[`expected_revenue_${length}w`] = expected.expectedRevenue;
    columns[`low_${length}w`] = endsOf(amounts, "low");
    columns[`high_${length}w`] = endsOf(amounts, "high");
  }
  return columns;
}

function endsOf(intervals: readonly Interval[], end: keyof Interval): Float64Array {
  return Float64Array.from(intervals, (interval) => interval[end]);
}
