import { randomIndex } from "../math/distributions.js";
import { type Random, seededRandom } from "../math/random.js";
import { bcaInterval, percentileInterval } from "./bootstrap-interval.js";
import { momentsOf } from "./moments.js";
import { requireCount, requireLevel, requireSample } from "./test-checks.js";
import type { Estimate } from "./test-result.js";

/** A number told from samples. It must leave them as they are: they are used again. */
export type Statistic = (...samples: Float64Array[]) => number;

export interface BootstrapOptions {
  /** What the statistic is, for a reader. */
  name?: string | undefined;
  /** 0.95 when left out. */
  level?: number | undefined;
  /** 2,000 when left out. */
  resamples?: number | undefined;
  /** "bca" (the default) corrects the percentiles for bias and skewness, and asks for the statistic n times more. */
  method?: "bca" | "percentile" | undefined;
  /** Rows of all samples belong together and are drawn together; false when left out. */
  isPaired?: boolean | undefined;
  seed: number;
}

export interface BootstrapResult extends Estimate {
  /** Standard deviation of the replicates. */
  standardError: number;
  /** The statistic of each resample, in the order drawn. */
  replicates: Float64Array;
}

/**
 * A statistic of one or more samples, and how far it would move in other samples from the same sources.
 * @param samples - each of at least 2 finite values; rows are drawn within each sample.
 * @throws RangeError for smaller samples, a value that is not finite, or a statistic that is NaN on a resample.
 * @see Efron & Tibshirani 1993, An Introduction to the Bootstrap; scipy.stats.bootstrap but for the random numbers.
 */
export function bootstrap(
  samples: readonly ArrayLike<number>[],
  statistic: Statistic,
  options: BootstrapOptions,
): BootstrapResult {
  const { name = "statistic", resamples = 2_000, method = "bca", isPaired = false, seed } = options;
  const level = requireLevel("bootstrap", options.level);
  requireCount("bootstrap", "samples", samples.length, 1);
  requireCount("bootstrap", "resamples", resamples, 2);
  const given = samples.map((sample) => requireSample("bootstrap", sample, 2));
  if (isPaired && given.some((sample) => sample.length !== given[0]!.length))
    throw new RangeError(
      `bootstrap needs paired samples of one length, got ${given.map((sample) => sample.length).join(" and ")}`,
    );
  const value = statistic(...given);
  const replicates = resample(given, statistic, resamples, isPaired, seededRandom(seed));
  const unknown = replicates.filter(Number.isNaN).length;
  if (Number.isNaN(value) || unknown > 0)
    throw new RangeError(
      `bootstrap needs a statistic that is a number, got ${value} and NaN on ${unknown} of ${resamples} resamples`,
    );
  const interval =
    method === "percentile"
      ? percentileInterval(replicates, level)
      : bcaInterval(replicates, value, jackknife(given, statistic, isPaired), level);
  return { name, value, interval, standardError: momentsOf(replicates).sd, replicates };
}

function resample(
  samples: readonly Float64Array[],
  statistic: Statistic,
  resamples: number,
  isPaired: boolean,
  random: Random,
): Float64Array {
  const drawn = samples.map((sample) => new Float64Array(sample.length));
  const drawEach = (): void =>
    samples.forEach((sample, s) => {
      for (let i = 0; i < sample.length; i++) drawn[s]![i] = sample[randomIndex(random, sample.length)]!;
    });
  const drawRows = (): void => {
    const n = samples[0]!.length;
    for (let i = 0; i < n; i++) {
      const row = randomIndex(random, n);
      for (let s = 0; s < samples.length; s++) drawn[s]![i] = samples[s]![row]!;
    }
  };
  return Float64Array.from({ length: resamples }, () => {
    if (isPaired) drawRows();
    else drawEach();
    return statistic(...drawn);
  });
}

/** The statistic without each row: of every sample in turn, or of all together when rows belong together. */
function jackknife(
  samples: readonly Float64Array[],
  statistic: Statistic,
  isPaired: boolean,
): Float64Array[] {
  if (isPaired) return [withoutEach(samples, (left) => statistic(...left))];
  return samples.map((sample, s) =>
    withoutEach([sample], ([left]) => statistic(...samples.map((other, at) => (at === s ? left! : other)))),
  );
}

function withoutEach(samples: readonly Float64Array[], of: (left: Float64Array[]) => number): Float64Array {
  const left = samples.map((sample) => sample.slice(1));
  return Float64Array.from({ length: samples[0]!.length }, (_, i) => {
    if (i > 0)
      samples.forEach((sample, s) => {
        left[s]![i - 1] = sample[i - 1]!;
      });
    return of(left);
  });
}
