import { describeNumbers } from "../statistics/descriptive.js";
import { quantile } from "../statistics/quantile.js";
import {
  type Histogram,
  type Monotonicity,
  type NumberVariable,
  orNull,
  type ValueCount,
} from "./profile.js";

const MAX_BINS = 50;
const NAMED_VALUES = 10;

/** A column of numbers, described but for its name and type. */
export type NumberMeasures = Omit<NumberVariable, "name" | "type" | "kind">;

/**
 * All measures of a column of numbers, in row order.
 * @param values - NaN is missing; infinities are counted and otherwise left aside.
 * @see equals pandas and numpy: quantile, std, skew, kurt, histogram; ydata-profiling's cv, mad and iqr.
 */
export function measureNumbers(values: Float64Array): NumberMeasures {
  const finite = values.filter((value) => Number.isFinite(value)).sort();
  const present = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const described = describeNumbers(finite);
  const runs = valueRuns(finite);
  const infinities = countInfinities(values);
  const distinct = runs.length + infinities.length;
  const { min, p5, q1, median, q3, p95, max, mean, sd } = described;
  const asCount = ([value, count]: [number, number]): ValueCount => ({
    value,
    count,
    share: count / present,
  });
  const isSpread = max - min > 10 * (p95 - p5) && p95 > p5;
  return {
    count: present,
    missing: values.length - present,
    missingShare: values.length === 0 ? 0 : (values.length - present) / values.length,
    distinct,
    distinctShare: present === 0 ? 0 : distinct / present,
    singles: [...runs, ...infinities].filter(([, count]) => count === 1).length,
    bytes: 8 * values.length,
    common: mostFrequent(runs).map(asCount),
    infinite: present - finite.length,
    zeros: described.zeros,
    negatives: described.negatives + (infinities.find(([value]) => value < 0)?.[1] ?? 0),
    sum: described.sum,
    mean: orNull(mean),
    sd: orNull(sd),
    cv: orNull(sd / mean),
    min: orNull(min),
    p5: orNull(p5),
    q1: orNull(q1),
    median: orNull(median),
    q3: orNull(q3),
    p95: orNull(p95),
    max: orNull(max),
    range: orNull(max - min),
    iqr: orNull(q3 - q1),
    mad: orNull(medianDistance(finite, median)),
    skewness: orNull(described.skewness),
    kurtosis: orNull(described.kurtosis),
    monotonicity: monotonicityOf(values),
    histogram: equalBins(finite, min, max, Math.min(MAX_BINS, runs.length)),
    centre: isSpread ? equalBins(finite, p5, p95, Math.min(MAX_BINS, countBetween(runs, p5, p95))) : null,
    smallest: runs.slice(0, NAMED_VALUES).map(asCount),
    largest: runs.slice(-NAMED_VALUES).reverse().map(asCount),
  };
}

/**
 * Counts in bins of equal width between two values; what lies outside is left out.
 * @param sorted - ascending.
 * @see equals numpy.histogram.
 */
export function equalBins(sorted: Float64Array, min: number, max: number, bins: number): Histogram {
  if (sorted.length === 0) return { edges: [], counts: [] };
  // One value has no width; it stands in the middle of a bin of width 1, or of its own precision when it is huge.
  const half = Math.max(0.5, Math.abs(min) * 2 ** -40);
  const [from, to] = min === max ? [min - half, max + half] : [min, max];
  // Halves, because the range of two doubles may overflow.
  const step = (to / 2 - from / 2) / (bins / 2);
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? to : from + i * step));
  const counts = new Array<number>(bins).fill(0);
  let bin = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (value < from || value > to) continue;
    while (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return { edges, counts };
}

/** How values run in row order, missing ones skipped. */
export function monotonicityOf(values: ArrayLike<number>): Monotonicity | null {
  let [rises, falls, stays, count] = [false, false, false, 0];
  let previous = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    if (count++ > 0) {
      rises ||= value > previous;
      falls ||= value < previous;
      stays ||= value === previous;
      if (rises && falls) return null;
    }
    previous = value;
  }
  if (count < 2) return null;
  if (!rises && !falls) return "constant";
  const direction = rises ? "increasing" : "decreasing";
  return stays ? direction : `strictly ${direction}`;
}

/** Different values with how often each occurs, ascending. */
function valueRuns(sorted: Float64Array): [number, number][] {
  const runs: [number, number][] = [];
  let start = 0;
  for (let i = 1; i <= sorted.length; i++)
    if (i === sorted.length || sorted[i] !== sorted[start]) {
      runs.push([sorted[start]! + 0, i - start]);
      start = i;
    }
  return runs;
}

function mostFrequent(runs: readonly [number, number][]): [number, number][] {
  const least = runs
    .map(([, count]) => count)
    .sort((a, b) => b - a)
    .at(Math.min(NAMED_VALUES, runs.length) - 1);
  return runs
    .filter(([, count]) => count >= (least ?? 0))
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, NAMED_VALUES);
}

function countInfinities(values: Float64Array): [number, number][] {
  const counts: [number, number][] = [
    [-Infinity, 0],
    [Infinity, 0],
  ];
  for (const run of counts) for (let i = 0; i < values.length; i++) if (values[i] === run[0]) run[1]++;
  return counts.filter(([, count]) => count > 0);
}

function countBetween(runs: readonly [number, number][], from: number, to: number): number {
  return runs.filter(([value]) => value >= from && value <= to).length;
}

function medianDistance(sorted: Float64Array, median: number): number {
  return quantile(sorted.map((value) => Math.abs(value - median)).sort(), 0.5);
}
