import { NOISE } from "../clustering/measures/clusters.js";
import { type CustomerColumns, columnOf } from "../preparation/customer-columns.js";
import { shareOfTotal } from "../statistics/bootstrap-comparisons.js";
import { cliffsDeltaOf } from "../statistics/cliffs-delta.js";
import { compensatedSum } from "../statistics/sum.js";
import type { Estimate, Interval } from "../statistics/test-result.js";
import { countSamples } from "../statistics/two-samples.js";
import { type Comparison, compareToRest, type ResampleOptions } from "./compare-to-rest.js";
import { revenueShares } from "./revenue-shares.js";
import { rankClusters } from "./value-order.js";

/** A feature of a segment's customers beside that of all other customers, in its own unit. */
export interface FeatureProfile {
  feature: string;
  mean: Comparison;
  median: Comparison;
  /** Cliff's delta: how much more often a customer of the segment has more than one of the rest. NaN without a rest. */
  delta: Estimate;
}

/** What a segment brings of all. */
export interface RevenuePart {
  revenue: number;
  share: number;
  /** Null where the segment or the rest has fewer than 2 customers. */
  interval: Interval | null;
}

export interface SegmentProfile {
  /** As the model numbers it; the number has no meaning. */
  label: number;
  /** From 1, by mean gross revenue, highest first. */
  place: number;
  customers: number;
  share: number;
  gross: RevenuePart;
  net: RevenuePart;
  /** Share of gross revenue of as many customers who stand first by it. */
  sortShare: number;
  features: FeatureProfile[];
}

/**
 * What the customers of each segment are like beside *all other* customers, noise included; the base of a comparison
 * never holds the segment itself. Missing values are left out of their feature.
 * @param customers - with `gross_revenue` and `net_revenue`.
 * @param features - to profile; all columns when left out.
 * @returns in order of mean gross revenue, highest first.
 * @throws RangeError as `rankClusters` and `revenueShares`, and for a feature that is not among the columns.
 */
export function profileSegments(
  customers: CustomerColumns,
  labels: ArrayLike<number>,
  {
    features = Object.keys(customers.columns),
    ...options
  }: ResampleOptions & { features?: readonly string[] },
): SegmentProfile[] {
  const gross = columnOf(customers, "gross_revenue");
  const net = columnOf(customers, "net_revenue");
  const shares = new Map(revenueShares(labels, gross, gross).map((row) => [row.label, row]));
  return rankClusters(labels, gross).map(({ label, customers: size }, at) => {
    const split = (values: Float64Array): [Float64Array, Float64Array] => [
      values.filter((_, i) => labels[i] === label),
      values.filter((_, i) => labels[i] !== label),
    ];
    return {
      label,
      place: at + 1,
      customers: size,
      share: size / customers.ids.length,
      gross: partOf(split(gross), options),
      net: partOf(split(net), options),
      sortShare: shares.get(label)!.sortShare,
      features: features.map((feature) => {
        const [own, rest] = split(columnOf(customers, feature)).map((side) => side.filter(Number.isFinite));
        return {
          feature,
          ...compareToRest(own!, rest!, options),
          delta: deltaOf(own!, rest!, options.level),
        };
      }),
    };
  });
}

/** Each customer's segment as its place by value, from 1; 0 for noise. @throws RangeError as `rankClusters`. */
export function placesOf(labels: ArrayLike<number>, values: ArrayLike<number>): Int32Array {
  const places = new Map(rankClusters(labels, values).map(({ label }, at) => [label, at + 1]));
  return Int32Array.from(labels, (label) => (label === NOISE ? 0 : places.get(label)!));
}

function partOf([own, rest]: [Float64Array, Float64Array], options: ResampleOptions): RevenuePart {
  const revenue = compensatedSum(own);
  const isSmall = own.length < 2 || rest.length < 2;
  const total = revenue + compensatedSum(rest);
  const { resamples = 1_000 } = options;
  const interval =
    isSmall || !(total > 0)
      ? null
      : shareOfTotal(own, rest, { ...options, resamples, method: "percentile" }).interval;
  return { revenue, share: revenue / total, interval };
}

function deltaOf(own: Float64Array, rest: Float64Array, level = 0.95): Estimate {
  if (own.length > 0 && rest.length > 0) return cliffsDeltaOf(countSamples(own, rest), level);
  return { name: "Cliff's delta", value: Number.NaN, interval: { low: Number.NaN, high: Number.NaN, level } };
}
