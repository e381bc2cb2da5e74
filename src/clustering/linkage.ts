import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { MOST_MATRIX_BYTES, matrixBytes, matrixMerges } from "./linkage/matrix-chain.js";
import { findRoot, type Linkage, orderMerges } from "./linkage/merges.js";
import { wardMerges } from "./linkage/ward.js";
import { spanningTree } from "./spanning-tree.js";

export type { Linkage };

/**
 * What the distance of two clusters is: what merging them adds to the squared distances within (ward), the mean over
 * their pairs of rows, that of the farthest or that of the nearest two rows.
 */
export type LinkageMethod = "ward" | "average" | "complete" | "single";

const METHODS: readonly LinkageMethod[] = ["ward", "average", "complete", "single"];

/**
 * Clusters within clusters: starting from single rows, the nearest two are merged until one is left.
 * Ward and single need memory for the rows alone; average and complete hold the distances of all pairs, up to 2 GiB.
 * Ties go by the order of rows, so that the same rows give the same merges.
 * @param X - n x d, rows are customers, scaled, finite; Euclidean distances.
 * @throws RangeError for no rows, a value that is not finite, another method, or more rows than distances have room for.
 * @see equals scipy.cluster.hierarchy.linkage.
 */
export function linkage(X: Matrix, method: LinkageMethod): Linkage {
  if (X.rows < 1) throw new RangeError("linkage needs at least 1 row, got 0");
  if (!METHODS.includes(method))
    throw new RangeError(`linkage needs one of ${METHODS.join(", ")}, got "${method}"`);
  requireFinite("linkage", X);
  if (method === "ward") return orderMerges(X.rows, wardMerges(X));
  if (method === "single") return orderMerges(X.rows, spanningTree(X));
  const bytes = matrixBytes(X.rows);
  if (bytes > MOST_MATRIX_BYTES)
    throw new RangeError(
      `linkage by "${method}" needs distances of at most ${MOST_MATRIX_BYTES} bytes, got ${bytes} (n = ${X.rows}): ` +
        'take "ward" or "single", which keep none, or fewer rows',
    );
  return orderMerges(X.rows, matrixMerges(X, method));
}

/**
 * The cluster of each row when merging stops at `nClusters`; any number from the one linkage.
 * @returns labels from 0 in the order of first rows.
 * @throws RangeError unless there are 1 to n clusters.
 * @see equals the labels of sklearn.cluster.AgglomerativeClustering, but for their numbers.
 */
export function cutLinkage({ rows, left, right }: Linkage, nClusters: number): Int32Array {
  if (!Number.isInteger(nClusters) || nClusters < 1 || nClusters > rows)
    throw new RangeError(`cutLinkage needs 1 to n clusters, got ${nClusters} (n = ${rows})`);
  const merges = rows - nClusters;
  const parents = Int32Array.from({ length: rows + merges }, (_, cluster) => cluster);
  for (let merge = 0; merge < merges; merge++) {
    parents[left[merge]!] = rows + merge;
    parents[right[merge]!] = rows + merge;
  }
  const numbers = new Int32Array(rows + merges).fill(-1);
  let next = 0;
  return Int32Array.from({ length: rows }, (_, row) => {
    const root = findRoot(parents, row);
    if (numbers[root] === -1) numbers[root] = next++;
    return numbers[root]!;
  });
}
