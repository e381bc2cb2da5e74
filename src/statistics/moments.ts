import { compensatedSum } from "./sum.js";

/** How a sample spreads around its mean and in which shape; NaN where the sample is too small to say. */
export interface Moments {
  mean: number;
  /** Sample standard deviation (n - 1). */
  sd: number;
  /** Bias-adjusted skewness G1: 0 when symmetric, positive with a long right tail. */
  skewness: number;
  /** Bias-adjusted excess kurtosis G2: 0 for a normal sample, positive with heavy tails. */
  kurtosis: number;
}

/** Different values and how often each occurs, once where it is not told. */
export interface CountedValues {
  values: ArrayLike<number>;
  counts: ArrayLike<number> | undefined;
  /** The compensated sum of all, where it is known. */
  sum?: number;
}

/**
 * Mean, standard deviation, skewness and excess kurtosis of a sample, from compensated sums of powers of the
 * distances to the mean; large sums are never subtracted from each other.
 *
 * The mean needs 1 value, sd 2, skewness 3 and kurtosis 4. Equal values have sd 0 and no shape (NaN); they are
 * told by comparing them, so rounding cannot invent one. An infinite value makes the mean infinite (NaN with both
 * infinities), the rest NaN.
 * @param values - without NaN.
 * @param distinct - the different values with their counts, where they are known: fewer to go through.
 * @see Joanes & Gill 1998, The Statistician 47:183-189 (G1, G2); equals pandas skew and kurt,
 * scipy.stats.skew and kurtosis with bias=False.
 */
export function momentsOf(
  values: ArrayLike<number>,
  distinct: CountedValues = { values, counts: undefined },
): Moments {
  const n = values.length;
  const mean = meanOf(values, distinct.sum);
  const { sumOf2, sumOf3, sumOf4, unit } = centredPowerSums(distinct, n, mean);
  const hasShape = sumOf2 > 0;
  const variance = sumOf2 / n;
  const g1 = sumOf3 / n / (variance * Math.sqrt(variance));
  const g2 = sumOf4 / n / (variance * variance) - 3;
  return {
    mean,
    sd: n < 2 ? Number.NaN : unit * Math.sqrt(sumOf2 / (n - 1)),
    skewness: n < 3 || !hasShape ? Number.NaN : (Math.sqrt(n * (n - 1)) / (n - 2)) * g1,
    kurtosis: n < 4 || !hasShape ? Number.NaN : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * g2 + 6),
  };
}

function meanOf(values: ArrayLike<number>, known: number | undefined): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  if (areEqual(values)) return values[0]!;
  const sum = known ?? compensatedSum(values);
  if (Number.isFinite(sum) || hasInfinity(values)) return sum / n;
  return compensatedSum(Float64Array.from(values, (value) => value / n));
}

interface PowerSums {
  sumOf2: number;
  sumOf3: number;
  sumOf4: number;
  /** The largest distance from the mean; the sums are in powers of it, so none can overflow or vanish. */
  unit: number;
}

function centredPowerSums({ values, counts }: CountedValues, n: number, mean: number): PowerSums {
  let unit = 0;
  for (let i = 0; i < values.length; i++) unit = Math.max(unit, Math.abs(values[i]! - mean));
  if (unit === 0) return { sumOf2: 0, sumOf3: 0, sumOf4: 0, unit };
  const distances = new Float64Array(values.length);
  for (let i = 0; i < distances.length; i++) distances[i] = (values[i]! - mean) / unit;
  const terms = new Float64Array(values.length);
  const sumOfPowers = (power: number): number => {
    for (let i = 0; i < terms.length; i++) {
      const distance = distances[i]!;
      let term = counts === undefined ? distance : counts[i]! * distance;
      for (let times = 1; times < power; times++) term *= distance;
      terms[i] = term;
    }
    return compensatedSum(terms);
  };
  const lostByMean = sumOfPowers(1) / n;
  for (let i = 0; i < distances.length; i++) distances[i]! -= lostByMean;
  return { sumOf2: sumOfPowers(2), sumOf3: sumOfPowers(3), sumOf4: sumOfPowers(4), unit };
}

function areEqual(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

function hasInfinity(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]!) === Infinity) return true;
  return false;
}
