import { requireFinite } from "../../math/finite.js";
import type { Matrix } from "../../math/matrix.js";
import { squaredDistanceAt } from "../kmeans/distance.js";
import { type Clusters, findClusters, requireClusters } from "./clusters.js";

/**
 * Variance between clusters over variance within them, each by its degrees of freedom: the larger, the better.
 * @param X - n x d, rows are customers, scaled.
 * @param labels - a cluster for each row, -1 for noise, which is left out as if its rows were not there.
 * @returns at least 0; Infinity where all customers of each cluster are the same, 0 where all of them are.
 * @throws RangeError when there are fewer than 2 or more than n - 1 clusters, or a value of X is not finite.
 * @see Calinski & Harabasz 1974, Commun. Stat. 3:1-27; equals sklearn.metrics.calinski_harabasz_score, which has 1
 *   where there is no variance within.
 */
export function calinskiHarabasz(X: Matrix, labels: ArrayLike<number>): number {
  requireFinite("calinskiHarabasz", X);
  const clusters = requireClusters("calinskiHarabasz", labels, X.rows);
  const { sizes, clustered } = clusters;
  const centres = centresOf(X, clusters);
  const middle = centresOf(X, asOne(clusters));
  let between = 0;
  sizes.forEach((size, cluster) => {
    between += size * squaredDistance(centres, cluster, middle, 0);
  });
  if (between === 0) return 0;
  const within = squaresWithin(X, clusters, centres);
  return between / (sizes.length - 1) / (within / (clustered - sizes.length));
}

/**
 * How near the worst neighbour of a cluster is for the spread of both, on average over clusters: the smaller, the better.
 * @param X - n x d, rows are customers, scaled.
 * @param labels - a cluster for each row, -1 for noise, which is left out as if its rows were not there.
 * @returns at least 0; Infinity where two clusters have the same centre.
 * @throws RangeError when there are fewer than 2 or more than n - 1 clusters, or a value of X is not finite.
 * @see Davies & Bouldin 1979, IEEE TPAMI 1:224-227; equals sklearn.metrics.davies_bouldin_score, which passes over
 *   clusters of one centre as if they were far apart.
 */
export function daviesBouldin(X: Matrix, labels: ArrayLike<number>): number {
  requireFinite("daviesBouldin", X);
  const clusters = requireClusters("daviesBouldin", labels, X.rows);
  const { of, sizes } = clusters;
  const centres = centresOf(X, clusters);
  const spreads = new Float64Array(sizes.length);
  of.forEach((cluster, i) => {
    if (cluster >= 0)
      spreads[cluster]! += Math.sqrt(squaredDistance(X, i, centres, cluster)) / sizes[cluster]!;
  });
  let total = 0;
  for (let one = 0; one < sizes.length; one++) {
    let worst = 0;
    for (let other = 0; other < sizes.length; other++) {
      if (other === one) continue;
      const apart = Math.sqrt(squaredDistance(centres, one, centres, other));
      worst = Math.max(worst, apart > 0 ? (spreads[one]! + spreads[other]!) / apart : Infinity);
    }
    total += worst;
  }
  return total / sizes.length;
}

/**
 * Sum of the squared distances of customers to the mean of their cluster: what K-Means makes small.
 * @param X - n x d, rows are customers, scaled.
 * @param labels - a cluster for each row, -1 for noise, which is left out. Any number of clusters.
 * @throws RangeError unless there is a label for each row and all values are finite.
 * @see equals sklearn.cluster.KMeans.inertia_ where the centres are the means.
 */
export function inertiaOf(X: Matrix, labels: ArrayLike<number>): number {
  requireFinite("inertiaOf", X);
  if (labels.length !== X.rows)
    throw new RangeError(`inertiaOf needs ${X.rows} labels, got ${labels.length}`);
  const clusters = findClusters("inertiaOf", labels);
  return squaresWithin(X, clusters, centresOf(X, clusters));
}

/** Means of the clusters: K x d. What all rows of a cluster share is kept as it is. */
function centresOf({ columns, data }: Matrix, { of, sizes }: Clusters): Matrix {
  const first = new Float64Array(sizes.length * columns);
  const gaps = new Float64Array(sizes.length * columns);
  const isSeen = new Uint8Array(sizes.length);
  of.forEach((cluster, i) => {
    if (cluster < 0) return;
    const from = i * columns;
    const to = cluster * columns;
    if (isSeen[cluster] === 0) first.set(data.subarray(from, from + columns), to);
    isSeen[cluster] = 1;
    // The mean of 0.1, 0.1 and 0.1 would be 0.10000000000000002.
    for (let j = 0; j < columns; j++) gaps[to + j]! += data[from + j]! - first[to + j]!;
  });
  const centres = first.map((value, at) => value + gaps[at]! / sizes[Math.floor(at / columns)]!);
  return { rows: sizes.length, columns, data: centres };
}

function squaresWithin(X: Matrix, { of }: Clusters, centres: Matrix): number {
  let sum = 0;
  of.forEach((cluster, i) => {
    if (cluster >= 0) sum += squaredDistance(X, i, centres, cluster);
  });
  return sum;
}

function squaredDistance(A: Matrix, i: number, B: Matrix, j: number): number {
  return squaredDistanceAt(A.data, i * A.columns, B.data, j * B.columns, A.columns);
}

/** All rows in clusters as one. */
function asOne({ of, clustered }: Clusters): Clusters {
  return {
    labels: Int32Array.of(0),
    sizes: Int32Array.of(clustered),
    of: of.map((cluster) => Math.min(cluster, 0)),
    clustered,
  };
}
