import { requireFinite } from "../../math/finite.js";
import type { Matrix } from "../../math/matrix.js";
import { compensatedSum } from "../../statistics/sum.js";
import { planAdding } from "./adding-plan.js";
import { type Clusters, requireClusters } from "./clusters.js";
import { type SilhouetteWork, writeSilhouettes } from "./silhouette-rows.js";

/** How well customers lie in their clusters. */
export interface Silhouette {
  /** Over all customers in clusters. */
  mean: number;
  /** By label, ascending. */
  perCluster: ClusterSilhouette[];
  /** One value for each row; NaN for noise. */
  samples: Float64Array;
}

/** How well the customers of one cluster lie in it. */
export interface ClusterSilhouette {
  label: number;
  size: number;
  mean: number;
}

/** A part of the rows. */
export interface RowRange {
  /** The first row; 0 by default. */
  from?: number | undefined;
  /** The row after the last; all by default. */
  to?: number | undefined;
}

/** The work, with the clusters by which its outcome is summed up. */
export interface PreparedSilhouettes extends SilhouetteWork {
  labellings: readonly Clusters[];
}

/**
 * How much nearer each customer is to its own cluster than to the next one, and the mean of that.
 * @param X - n x d, rows are customers, scaled; distances are Euclidean.
 * @param labels - a cluster for each row, -1 for noise, which is left out as if its rows were not there.
 * @returns values in [-1, 1]; 0 for whoever is alone in a cluster.
 * @throws RangeError when there are fewer than 2 or more than n - 1 clusters, or a value of X is not finite.
 * @see Rousseeuw 1987, J. Comput. Appl. Math. 20:53-65; equals sklearn.metrics.silhouette_samples and silhouette_score.
 */
export function silhouette(X: Matrix, labels: ArrayLike<number>): Silhouette {
  return compute("silhouette", X, [labels])[0]!;
}

/**
 * The silhouettes of many labellings of the same customers in one pass over their distances; see `silhouette`.
 * Memory grows with rows times labellings, time with the square of the rows: see `sampledSilhouettes` for many.
 * @returns one result for each labelling, in their order.
 * @throws RangeError as `silhouette`, naming the labelling.
 */
export function silhouettes(X: Matrix, labellings: readonly ArrayLike<number>[]): Silhouette[] {
  return compute("silhouettes", X, labellings);
}

/**
 * The silhouettes of a part of the customers, for work that is divided: joined, the parts are the whole, bit by bit.
 * @returns for each labelling one value for each row from `from` to before `to`; NaN for noise.
 * @throws RangeError as `silhouettes`, and for a range that does not lie within the rows.
 */
export function silhouetteSamples(
  X: Matrix,
  labellings: readonly ArrayLike<number>[],
  { from = 0, to = X.rows }: RowRange = {},
): Float64Array[] {
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= X.rows))
    throw new RangeError(`silhouetteSamples needs a range within 0 to ${X.rows}, got ${from} to ${to}`);
  const samples = labellings.map(() => new Float64Array(to - from));
  writeSilhouettes(prepareSilhouettes("silhouetteSamples", X, labellings), rowsBetween(from, to), samples);
  return samples;
}

/** Checks the input and plans the sums. @throws RangeError as `silhouettes`. */
export function prepareSilhouettes(
  who: string,
  X: Matrix,
  labellings: readonly ArrayLike<number>[],
): PreparedSilhouettes {
  requireFinite(who, X);
  const clusters = labellings.map((labels, at) =>
    requireClusters(who, labels, X.rows, labellings.length === 1 ? undefined : at),
  );
  return { X, labellings: clusters, steps: planAdding(clusters) };
}

/** Means over all and over each cluster. */
export function summariseSilhouette({ labels, of }: Clusters, samples: Float64Array): Silhouette {
  const values = Array.from(labels, (): number[] => []);
  of.forEach((cluster, i) => {
    if (cluster >= 0) values[cluster]!.push(samples[i]!);
  });
  return {
    mean: meanOf(values.flat()),
    perCluster: values.map((list, at) => ({ label: labels[at]!, size: list.length, mean: meanOf(list) })),
    samples,
  };
}

/** The positions from the first to before the last. */
export function rowsBetween(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, at) => from + at);
}

function compute(who: string, X: Matrix, labellings: readonly ArrayLike<number>[]): Silhouette[] {
  const work = prepareSilhouettes(who, X, labellings);
  const samples = labellings.map(() => new Float64Array(X.rows));
  writeSilhouettes(work, rowsBetween(0, X.rows), samples);
  return work.labellings.map((clusters, at) => summariseSilhouette(clusters, samples[at]!));
}

function meanOf(values: readonly number[]): number {
  return compensatedSum(values) / values.length;
}
