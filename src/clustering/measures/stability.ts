import { requireWhole } from "../../math/checks.js";
import { randomIndex } from "../../math/distributions.js";
import { seededRandom } from "../../math/random.js";
import type { LongWork } from "../../parallel/long-work.js";
import { adjustedRandIndex } from "../../statistics/adjusted-rand.js";
import { type Clusters, findClusters } from "./clusters.js";

/** Customers drawn for one repeat. */
export interface Resample {
  /** Those drawn at least once, ascending; about 63% of all. */
  rows: Int32Array;
  /** For whatever is random in clustering them. */
  seed: number;
}

export interface ClusteringStabilityOptions extends LongWork {
  /** Resamples; 50 by default. */
  repeats?: number | undefined;
  seed: number;
}

/** How much of a clustering is there again when it is made from other customers of the same kind. */
export interface ClusteringStability {
  /** Mean adjusted Rand index of the clusterings with that of all customers; noise counts as a group. */
  adjustedRand: number;
  /** Of each resample. */
  adjustedRands: Float64Array;
  /** By label, ascending; noise has none. */
  perCluster: ClusterStability[];
}

/** How often one cluster is found again. */
export interface ClusterStability {
  label: number;
  size: number;
  /**
   * Mean over resamples of the Jaccard index with the cluster that is most like it: 0.75 and more is stable, below 0.6
   * nothing to rely on. NaN when no resample has a customer of it.
   */
  jaccard: number;
  /** Share of the resamples in which no cluster shares more than half with it (Jaccard at most 0.5). */
  dissolved: number;
}

/**
 * How stable a clustering is: customers are drawn with replacement, as many as there are, clustered again and compared
 * with the clustering of all; by cluster, too.
 *
 * A customer drawn several times is taken once, as copies of a point are a cluster to some methods.
 * @param labels - of all customers, -1 for noise.
 * @param recluster - clusters the customers at these rows from the seed and gives their labels, in the order of the
 *   rows; or labels of all customers, where those not drawn can be given to clusters, and then all are compared:
 *   `(rows, seed) => kmeans(takeRows(X, rows), { nClusters, seed }).labels`. -1 for noise.
 * @throws RangeError for options without meaning or labels that do not fit; the signal's reason once it is aborted.
 * @see Hennig 2007, Comput. Stat. Data Anal. 52:258-271; clusterboot of the R package fpc, with bootmethod "boot".
 */
export async function clusteringStability(
  labels: ArrayLike<number>,
  recluster: (rows: Int32Array, seed: number) => ArrayLike<number> | Promise<ArrayLike<number>>,
  { repeats = 50, seed, onProgress, signal }: ClusteringStabilityOptions,
): Promise<ClusteringStability> {
  const resamples = drawResamples(labels.length, { repeats, seed });
  const again: ArrayLike<number>[] = [];
  for (const { rows, seed: ownSeed } of resamples) {
    signal?.throwIfAborted();
    again.push(await recluster(rows, ownSeed));
    onProgress?.(again.length, repeats);
  }
  return compareResamples(labels, resamples, again);
}

/**
 * The customers of each resample, for work that is divided: what `clusteringStability` draws.
 * @param n - customers in all.
 * @throws RangeError without customers or for repeats that are not 1 to 10,000.
 */
export function drawResamples(
  n: number,
  { repeats = 50, seed }: Pick<ClusteringStabilityOptions, "repeats" | "seed">,
): Resample[] {
  requireWhole("clusteringStability", "customers", n, 1, 2 ** 31);
  requireWhole("clusteringStability", "repeats", repeats, 1, 1e4);
  const random = seededRandom(seed);
  return Array.from({ length: repeats }, () => {
    const isDrawn = new Uint8Array(n);
    for (let draw = 0; draw < n; draw++) isDrawn[randomIndex(random, n)] = 1;
    return {
      rows: Int32Array.from(isDrawn.keys()).filter((row) => isDrawn[row] === 1),
      seed: Math.floor(random() * 2 ** 53),
    };
  });
}

/**
 * How much of a clustering is there again in those of resamples; what `clusteringStability` concludes.
 * @param again - for each resample labels of its rows, or of all customers.
 * @throws RangeError for labels that do not fit the rows.
 */
export function compareResamples(
  labels: ArrayLike<number>,
  resamples: readonly Pick<Resample, "rows">[],
  again: readonly ArrayLike<number>[],
): ClusteringStability {
  const whole = findClusters("clusteringStability", labels);
  const jaccards = Array.from(whole.labels, (): number[] => []);
  const adjustedRands = Float64Array.from(resamples, ({ rows }, at) => {
    const then = again[at]!;
    if (then.length !== rows.length && then.length !== labels.length)
      throw new RangeError(
        `clusteringStability needs labels of the ${rows.length} customers drawn or of all ${labels.length}, got ${then.length} (resample ${at})`,
      );
    const clusters = findClusters("clusteringStability", then);
    const now = then.length === labels.length ? whole.of : Int32Array.from(rows, (row) => whole.of[row]!);
    bestMatches(now, whole.labels.length, clusters).forEach((jaccard, cluster) => {
      if (!Number.isNaN(jaccard)) jaccards[cluster]!.push(jaccard);
    });
    return adjustedRandIndex(now, clusters.of);
  });
  return {
    adjustedRand: meanOf([...adjustedRands]),
    adjustedRands,
    perCluster: jaccards.map((values, cluster) => ({
      label: whole.labels[cluster]!,
      size: whole.sizes[cluster]!,
      jaccard: meanOf(values),
      dissolved: meanOf(values.map((value) => (value <= 0.5 ? 1 : 0))),
    })),
  };
}

/**
 * For each cluster the Jaccard index with the most similar one of another clustering: customers in both over customers
 * in either. NaN for a cluster without customers here.
 */
function bestMatches(of: Int32Array, count: number, other: Clusters): Float64Array {
  const width = other.labels.length;
  const sizes = new Int32Array(count);
  const shared = new Int32Array(count * width);
  of.forEach((cluster, i) => {
    if (cluster < 0) return;
    sizes[cluster]!++;
    if (other.of[i]! >= 0) shared[cluster * width + other.of[i]!]!++;
  });
  return Float64Array.from(sizes, (size, cluster) => {
    if (size === 0) return Number.NaN;
    let best = 0;
    for (let c = 0; c < width; c++) {
      const both = shared[cluster * width + c]!;
      best = Math.max(best, both / (size + other.sizes[c]! - both));
    }
    return best;
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
