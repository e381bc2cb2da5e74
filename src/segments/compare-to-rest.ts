import { randomBeta, randomIndex } from "../math/distributions.js";
import { type Random, seededRandom } from "../math/random.js";
import { percentileInterval } from "../statistics/bootstrap-interval.js";
import { quantile } from "../statistics/quantile.js";
import { compensatedSum } from "../statistics/sum.js";
import type { Interval } from "../statistics/test-result.js";

/** A measure of one group beside that of all others. */
export interface Comparison {
  own: number;
  rest: number;
  difference: number;
  differenceInterval: Interval;
  /** How many times the rest's; null where the rest's is not above zero, in the data or in a resample. */
  ratio: number | null;
  ratioInterval: Interval | null;
}

export interface ResampleOptions {
  /** 1,000 when left out. */
  resamples?: number | undefined;
  /** Of the intervals; 0.95 when left out. */
  level?: number | undefined;
  seed: number;
}

/**
 * How much larger a group's mean and median are than those of the rest, with percentile intervals by the bootstrap.
 *
 * The median of a resample is drawn without drawing the resample: positions of order statistics are beta numbers.
 * @param own - in any order, finite; `rest` likewise. Where one is empty everything is NaN, and no ratio is told.
 */
export function compareToRest(
  own: Float64Array,
  rest: Float64Array,
  { resamples = 1_000, level = 0.95, seed }: ResampleOptions,
): { mean: Comparison; median: Comparison } {
  const random = seededRandom(seed);
  const drawn = (
    sample: Float64Array,
    draw: (sample: Float64Array, random: Random) => number,
  ): Float64Array =>
    Float64Array.from({ length: resamples }, () => (sample.length === 0 ? Number.NaN : draw(sample, random)));
  const [mine, others] = [own.slice().sort(), rest.slice().sort()];
  const meanOf = (sample: Float64Array): number => compensatedSum(sample) / sample.length;
  return {
    mean: compare(meanOf(own), meanOf(rest), drawn(own, drawMean), drawn(rest, drawMean), level),
    median: compare(
      quantile(mine, 0.5),
      quantile(others, 0.5),
      drawn(mine, drawMedian),
      drawn(others, drawMedian),
      level,
    ),
  };
}

function compare(own: number, rest: number, a: Float64Array, b: Float64Array, level: number): Comparison {
  const isPositive = rest > 0 && b.every((value) => value > 0);
  const known = !Number.isNaN(own) && !Number.isNaN(rest);
  const unknown = { low: Number.NaN, high: Number.NaN, level };
  return {
    own,
    rest,
    difference: own - rest,
    differenceInterval: known
      ? percentileInterval(
          a.map((value, r) => value - b[r]!),
          level,
        )
      : unknown,
    ratio: known && isPositive ? own / rest : null,
    ratioInterval:
      known && isPositive
        ? percentileInterval(
            a.map((value, r) => value / b[r]!),
            level,
          )
        : null,
  };
}

function drawMean(sample: Float64Array, random: Random): number {
  let sum = 0;
  for (let i = 0; i < sample.length; i++) sum += sample[randomIndex(random, sample.length)]!;
  return sum / sample.length;
}

/** The median of a resample of a sorted sample: its middle positions are order statistics of uniform numbers. */
function drawMedian(sorted: Float64Array, random: Random): number {
  const n = sorted.length;
  const low = Math.ceil(n / 2);
  const first = randomBeta(random, low, n + 1 - low);
  const at = (u: number): number => sorted[Math.min(n - 1, Math.floor(u * n))]!;
  if (n % 2 === 1) return at(first);
  return (at(first) + at(first + (1 - first) * randomBeta(random, 1, n - low))) / 2;
}
