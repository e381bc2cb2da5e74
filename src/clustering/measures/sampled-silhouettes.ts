import { requireBetween, requireWhole } from "../../math/checks.js";
import { drawRows } from "../../math/draw-rows.js";
import type { Matrix } from "../../math/matrix.js";
import { normalQuantile } from "../../math/normal.js";
import { seededRandom } from "../../math/random.js";
import { compensatedSum } from "../../statistics/sum.js";
import { NOISE } from "./clusters.js";
import { type PreparedSilhouettes, prepareSilhouettes } from "./silhouette.js";
import { writeSilhouettes } from "./silhouette-rows.js";
import { type SilhouettesOptions, silhouettesOfRows } from "./silhouettes-in-parallel.js";

export interface SampleOptions {
  /** Customers whose silhouettes are computed; 2,000 by default. */
  sampleSize?: number | undefined;
  /** Chance that the interval covers the mean over all; 0.95 by default. */
  confidence?: number | undefined;
  seed: number;
}

/** A mean silhouette estimated from some customers. */
export interface SampledSilhouette {
  mean: number;
  /** Of the mean over all customers in clusters; of no width where all were looked at. */
  interval: [low: number, high: number];
  /** Customers in clusters that were looked at. */
  sampled: number;
}

/** Rows from which on a sample pays: the silhouettes of all take seconds there, and four times as long for twice the rows. */
export const SAMPLED_FROM_ROWS = 20_000;

/**
 * Mean silhouette, estimated with its confidence interval from a sample of the customers; see `sampledSilhouettes`.
 * @throws RangeError as `sampledSilhouettes`.
 */
export function sampledSilhouette(
  X: Matrix,
  labels: ArrayLike<number>,
  options: SampleOptions,
): SampledSilhouette {
  return estimate("sampledSilhouette", X, [labels], options)[0]!;
}

/**
 * Mean silhouettes of many labellings, each estimated from the same simple random sample of the customers, drawn
 * without replacement: what is chance in the sample then touches like labellings alike. For more than
 * SAMPLED_FROM_ROWS rows.
 *
 * The distances of a sampled customer are those to all others, so that its silhouette is its own and the mean is
 * right on average. scikit-learn's `sample_size` lets customers outside of the sample vanish, also from the clusters.
 * @returns normal intervals, narrowed for the share of customers that were looked at; [-1, 1] where there are fewer
 *   than two, and with none, all drawn being noise, a mean of NaN.
 * @throws RangeError as `silhouettes`, and for a sample of fewer than 2.
 * @see Cochran 1977, Sampling Techniques, 3rd ed., sections 2.6 and 2.12 (part of the population).
 */
export function sampledSilhouettes(
  X: Matrix,
  labellings: readonly ArrayLike<number>[],
  options: SampleOptions,
): SampledSilhouette[] {
  return estimate("sampledSilhouettes", X, labellings, options);
}

/**
 * `sampledSilhouettes` by worker threads, while this thread stays free: the same numbers.
 * @throws RangeError as `sampledSilhouettes`; the signal's reason once it is aborted.
 */
export async function sampledSilhouettesInParallel(
  X: Matrix,
  labellings: readonly ArrayLike<number>[],
  { workers, onProgress, signal, ...options }: SampleOptions & SilhouettesOptions,
): Promise<SampledSilhouette[]> {
  signal?.throwIfAborted();
  const sample = prepareSample("sampledSilhouettesInParallel", X, labellings, options);
  const samples = await silhouettesOfRows(sample.work, sample.rows, { workers, onProgress, signal });
  return estimateMeans(sample, samples);
}

/** What is drawn, and how many standard errors an interval reaches to each side. */
interface Sample {
  work: PreparedSilhouettes;
  rows: Int32Array;
  z: number;
}

function estimate(
  who: string,
  X: Matrix,
  labellings: readonly ArrayLike<number>[],
  options: SampleOptions,
): SampledSilhouette[] {
  const sample = prepareSample(who, X, labellings, options);
  const samples = labellings.map(() => new Float64Array(sample.rows.length));
  writeSilhouettes(sample.work, sample.rows, samples);
  return estimateMeans(sample, samples);
}

function prepareSample(
  who: string,
  X: Matrix,
  labellings: readonly ArrayLike<number>[],
  { sampleSize = 2_000, confidence = 0.95, seed }: SampleOptions,
): Sample {
  requireWhole(who, "customers in a sample", sampleSize, 2, Number.MAX_SAFE_INTEGER);
  requireBetween(who, "a confidence", confidence, 0, 1);
  const work = prepareSilhouettes(who, X, labellings);
  const rows = drawRows(X.rows, Math.min(sampleSize, X.rows), seededRandom(seed));
  return { work, rows, z: normalQuantile((1 + confidence) / 2) };
}

function estimateMeans({ work, rows, z }: Sample, samples: readonly Float64Array[]): SampledSilhouette[] {
  return work.labellings.map(({ of, clustered }, at) =>
    estimateMean(
      samples[at]!.filter((_, i) => of[rows[i]!] !== NOISE),
      clustered,
      z,
    ),
  );
}

/** @param all - how many there are, of which these were drawn. @param z - standard errors to each side. */
function estimateMean(values: Float64Array, all: number, z: number): SampledSilhouette {
  const sampled = values.length;
  const mean = compensatedSum(values) / sampled;
  if (sampled < 2) return { mean, interval: [-1, 1], sampled };
  const variance = compensatedSum(values.map((value) => (value - mean) ** 2)) / (sampled - 1);
  const reach = sampled === all ? 0 : z * Math.sqrt((variance / sampled) * (1 - sampled / all));
  return { mean, interval: [Math.max(-1, mean - reach), Math.min(1, mean + reach)], sampled };
}
