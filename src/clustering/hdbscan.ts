import { requireAtLeast } from "../math/checks.js";
import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { nearestNeighbours } from "../math/neighbours.js";
import { type CondensedTree, condenseTree } from "./hdbscan/condensed-tree.js";
import { selectByMass, selectLeaves } from "./hdbscan/select-clusters.js";
import { orderMerges } from "./linkage/merges.js";
import { spanningTree } from "./spanning-tree.js";

export interface HdbscanOptions {
  /** Fewest rows that are a cluster, from 2. */
  minClusterSize: number;
  /** Rows, itself included, within the distance that says how dense it is around a row; `minClusterSize` when left out. */
  minSamples?: number;
  /** Clusters that last longest over all densities (eom), or the smallest there are (leaf); eom when left out. */
  clusterSelectionMethod?: "eom" | "leaf";
  /** True where everybody may be one cluster; its members are then the rows that leave it last, the rest is noise. */
  allowSingleCluster?: boolean;
}

export interface HdbscanResult {
  /** Clusters from 0; -1 for noise. */
  labels: Int32Array;
  /** How deep in its cluster a row lies: 1 in its densest part, 0 for noise. */
  probabilities: Float64Array;
  nClusters: number;
}

/**
 * Clusters of different densities: those that last longest while rows farther and farther apart count as near (HDBSCAN*).
 * The distance of two rows is at least that to the `minSamples`-th nearest row of either, the row itself included.
 * Memory grows with the rows. Ties go by the order of rows.
 * @param X - n x d, rows are customers, scaled, finite; Euclidean distances.
 * @throws RangeError when `minClusterSize` is below 2, `minSamples` is not 1 to n, or a value is not finite.
 * @see Campello, Moulavi, Zimek & Sander 2015, ACM TKDD 10:5; equals sklearn.cluster.HDBSCAN up to the order of ties.
 */
export function hdbscan(X: Matrix, options: HdbscanOptions): HdbscanResult {
  const { minClusterSize, minSamples = minClusterSize } = options;
  return hdbscanBySize(X, [minClusterSize], { ...options, minSamples })[0]!;
}

/**
 * `hdbscan` for several least sizes of a cluster: the tree that takes the time is the same for all.
 * @returns one result for each size, in their order.
 * @throws RangeError as `hdbscan`.
 */
export function hdbscanBySize(
  X: Matrix,
  minClusterSizes: readonly number[],
  options: Omit<HdbscanOptions, "minClusterSize"> & { minSamples: number },
): HdbscanResult[] {
  const { minSamples, clusterSelectionMethod = "eom", allowSingleCluster = false } = options;
  for (const size of minClusterSizes) requireAtLeast("hdbscan", "minClusterSize", size, 2);
  if (!Number.isInteger(minSamples) || minSamples < 1 || minSamples > X.rows)
    throw new RangeError(`hdbscan needs minSamples from 1 to n, got ${minSamples} (n = ${X.rows})`);
  if (clusterSelectionMethod !== "eom" && clusterSelectionMethod !== "leaf")
    throw new RangeError(`hdbscan selects by eom or leaf, got "${clusterSelectionMethod}"`);
  requireFinite("hdbscan", X);
  const merges = orderMerges(X.rows, spanningTree(X, squaredCoreDistances(X, minSamples)));
  return minClusterSizes.map((size) => {
    const tree = condenseTree(merges, size);
    const isSelected =
      clusterSelectionMethod === "leaf" ? selectLeaves(tree) : selectByMass(tree, allowSingleCluster);
    return labelRows(tree, isSelected);
  });
}

/** Squared anew from the values: a root squared again may differ from what it is the root of, and hide a tie. */
function squaredCoreDistances(X: Matrix, minSamples: number): Float64Array {
  const { rows, columns, data } = X;
  const squares = new Float64Array(rows);
  const k = minSamples - 1;
  if (k === 0) return squares;
  const { indices } = nearestNeighbours(X, k);
  for (let row = 0; row < rows; row++) {
    const other = indices[row * k + k - 1]!;
    for (let j = 0; j < columns; j++) {
      const gap = data[row * columns + j]! - data[other * columns + j]!;
      squares[row]! += gap * gap;
    }
  }
  return squares;
}

function labelRows(tree: CondensedTree, isSelected: Uint8Array): HdbscanResult {
  const { clusterOf, fallsAt, parents, births } = tree;
  const densest = new Float64Array(parents.length);
  fallsAt.forEach((density, row) => {
    densest[clusterOf[row]!] = Math.max(densest[clusterOf[row]!]!, density);
  });
  for (let child = 1; child < parents.length; child++)
    densest[parents[child]!] = Math.max(densest[parents[child]!]!, births[child]!);
  /** The selected cluster that each cluster is or lies in, or -1. */
  const selected = new Int32Array(parents.length).fill(-1);
  const numbers = new Int32Array(parents.length).fill(-1);
  let nClusters = 0;
  for (let cluster = 0; cluster < parents.length; cluster++) {
    if (isSelected[cluster] === 1) {
      selected[cluster] = cluster;
      numbers[cluster] = nClusters++;
    } else if (cluster > 0) selected[cluster] = selected[parents[cluster]!]!;
  }
  const labels = new Int32Array(clusterOf.length).fill(-1);
  const probabilities = new Float64Array(clusterOf.length);
  clusterOf.forEach((last, row) => {
    const cluster = selected[last]!;
    const [density, most] = [fallsAt[row]!, densest[cluster] ?? 0];
    if (cluster < 0 || (cluster === 0 && density < most)) return;
    labels[row] = numbers[cluster]!;
    probabilities[row] = most === 0 || density === Infinity ? 1 : Math.min(density, most) / most;
  });
  return { labels, probabilities, nClusters };
}
