import { momentsOf } from "../statistics/moments.js";
import { quantile } from "../statistics/quantile.js";
import type { RankCodes } from "../statistics/ranks.js";
import { compensatedSum } from "../statistics/sum.js";
import type { PlacedNumbers } from "./placed-numbers.js";
import {
  type Histogram,
  type Monotonicity,
  type NumberVariable,
  orNull,
  type ValueCount,
} from "./profile.js";

const MAX_BINS = 50;
const NAMED_VALUES = 10;

type Quantiles = [p5: number, q1: number, median: number, q3: number, p95: number];

/** A column of numbers, described but for its name and type. */
export type NumberMeasures = Omit<NumberVariable, "name" | "type" | "kind">;

/**
 * All measures of a column of numbers.
 * @param numbers - infinities are counted and otherwise left aside.
 * @see equals pandas and numpy: quantile, std, skew, kurt, histogram; ydata-profiling's cv, mad and iqr.
 */
export function measureNumbers({ ranks, places, below, above }: PlacedNumbers): NumberMeasures {
  const rows = places.length;
  const finite = sortedValues(ranks);
  const infinities = countInfinities(below, above);
  const present = finite.length + infinities.reduce((sum, [, count]) => sum + count, 0);
  const sum = compensatedSum(finite);
  const { mean, sd, skewness, kurtosis } = momentsOf(finite, { ...ranks, sum });
  const distinct = ranks.size + infinities.length;
  const [p5, q1, median, q3, p95] = [0.05, 0.25, 0.5, 0.75, 0.95].map((share) =>
    quantile(finite, share),
  ) as Quantiles;
  const [min, max] = [finite[0] ?? Number.NaN, finite.at(-1) ?? Number.NaN];
  const asCount = ([value, count]: [number, number]): ValueCount => ({
    value,
    count,
    share: count / present,
  });
  const isSpread = max - min > 10 * (p95 - p5) && p95 > p5;
  return {
    count: present,
    missing: rows - present,
    missingShare: rows === 0 ? 0 : (rows - present) / rows,
    distinct,
    distinctShare: present === 0 ? 0 : distinct / present,
    singles: countSingles(ranks) + infinities.filter(([, count]) => count === 1).length,
    bytes: 8 * rows,
    common: mostFrequent(ranks).map(asCount),
    infinite: present - finite.length,
    zeros: countOf(ranks, (value) => value === 0),
    negatives: countOf(ranks, (value) => value < 0) + (infinities.find(([value]) => value < 0)?.[1] ?? 0),
    sum,
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
    mad: orNull(medianDistance(ranks, median)),
    skewness: orNull(skewness),
    kurtosis: orNull(kurtosis),
    monotonicity: monotonicityOf(places),
    histogram: equalBins(ranks, min, max, Math.min(MAX_BINS, ranks.size)),
    centre: isSpread ? equalBins(ranks, p5, p95, Math.min(MAX_BINS, countBetween(ranks, p5, p95))) : null,
    smallest: countsAt(ranks, 0, NAMED_VALUES).map(asCount),
    largest: countsAt(ranks, Math.max(0, ranks.size - NAMED_VALUES), ranks.size)
      .reverse()
      .map(asCount),
  };
}

/**
 * Counts in bins of equal width between two values; what lies outside is left out.
 * @see equals numpy.histogram.
 */
export function equalBins(
  { size, values, counts: times }: RankCodes,
  min: number,
  max: number,
  bins: number,
): Histogram {
  if (size === 0) return { edges: [], counts: [] };
  // One value has no width; it stands in the middle of a bin of width 1, or of its own precision when it is huge.
  const half = Math.max(0.5, Math.abs(min) * 2 ** -40);
  const [from, to] = min === max ? [min - half, max + half] : [min, max];
  // Halves, because the range of two doubles may overflow.
  const step = (to / 2 - from / 2) / (bins / 2);
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? to : from + i * step));
  const counts = new Array<number>(bins).fill(0);
  let bin = 0;
  for (let rank = 0; rank < size; rank++) {
    const value = values[rank]!;
    if (value < from || value > to) continue;
    while (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]! += times[rank]!;
  }
  return { edges, counts };
}

/** How values run in row order. @param places - of the values in ascending order; -1 is missing and skipped. */
function monotonicityOf(places: Int32Array): Monotonicity | null {
  let [rises, falls, stays, count] = [false, false, false, 0];
  let previous = -1;
  for (let row = 0; row < places.length; row++) {
    const place = places[row]!;
    if (place < 0) continue;
    if (count++ > 0) {
      rises ||= place > previous;
      falls ||= place < previous;
      stays ||= place === previous;
      if (rises && falls) return null;
    }
    previous = place;
  }
  if (count < 2) return null;
  if (!rises && !falls) return "constant";
  const direction = rises ? "increasing" : "decreasing";
  return stays ? direction : `strictly ${direction}`;
}

/** The finite values in ascending order. */
function sortedValues({ size, values, counts }: RankCodes): Float64Array {
  const sorted = new Float64Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (let rank = 0; rank < size; rank++) {
    const end = at + counts[rank]!;
    sorted.fill(values[rank]!, at, end);
    at = end;
  }
  return sorted;
}

function countsAt({ size, values, counts }: RankCodes, from: number, to: number): [number, number][] {
  const found: [number, number][] = [];
  for (let rank = from; rank < Math.min(to, size); rank++) found.push([values[rank]!, counts[rank]!]);
  return found;
}

function countOf({ size, values, counts }: RankCodes, holds: (value: number) => boolean): number {
  let count = 0;
  for (let rank = 0; rank < size; rank++) if (holds(values[rank]!)) count += counts[rank]!;
  return count;
}

function countSingles({ counts }: RankCodes): number {
  let singles = 0;
  for (let rank = 0; rank < counts.length; rank++) if (counts[rank] === 1) singles++;
  return singles;
}

/** Values by falling count, equally frequent ones ascending. */
function mostFrequent({ size, values, counts }: RankCodes): [number, number][] {
  const least = counts.slice().sort().at(-Math.min(NAMED_VALUES, size)) ?? 0;
  const found: [number, number][] = [];
  for (let rank = 0; rank < size; rank++)
    if (counts[rank]! > least || (counts[rank] === least && found.length < size))
      found.push([values[rank]!, counts[rank]!]);
  return found.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, NAMED_VALUES);
}

function countInfinities(below: number, above: number): [number, number][] {
  const counts: [number, number][] = [
    [-Infinity, below],
    [Infinity, above],
  ];
  return counts.filter(([, count]) => count > 0);
}

function countBetween({ size, values }: RankCodes, from: number, to: number): number {
  let count = 0;
  for (let rank = 0; rank < size; rank++) if (values[rank]! >= from && values[rank]! <= to) count++;
  return count;
}

/** Median of the distances to a value: the nearest values on either side are taken by turns until half are. */
function medianDistance({ size, values, counts }: RankCodes, centre: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const last = (total - 1) / 2;
  let above = 0;
  while (above < size && values[above]! < centre) above++;
  let below = above - 1;
  let taken = 0;
  let lower = Number.NaN;
  while (taken <= Math.ceil(last) && (below >= 0 || above < size)) {
    const down = below >= 0 ? centre - values[below]! : Infinity;
    const up = above < size ? values[above]! - centre : Infinity;
    const [distance, rank] = up <= down ? [up, above++] : [down, below--];
    const before = taken;
    taken += counts[rank]!;
    if (before <= Math.floor(last) && taken > Math.floor(last)) lower = distance;
    if (taken > Math.ceil(last)) return lower === distance ? distance : lower / 2 + distance / 2;
  }
  return Number.NaN;
}
