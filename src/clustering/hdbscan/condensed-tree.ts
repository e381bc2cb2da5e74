import type { Linkage } from "../linkage/merges.js";

/**
 * How clusters fall apart as the distance at which rows count as near shrinks: splits that leave fewer than
 * `minClusterSize` rows on a side are rows falling out. Densities are 1 / distance. Cluster 0 is everybody, and
 * a cluster has a higher number than the one that it came from.
 */
export interface CondensedTree {
  /** The cluster each row fell out of last, and the density at which it did. */
  clusterOf: Int32Array;
  fallsAt: Float64Array;
  /** For each cluster the one that it came from (-1 for everybody), the density at which it did, and its rows. */
  parents: number[];
  births: number[];
  sizes: number[];
}

/** @param tree - merges of the minimum spanning tree. */
export function condenseTree(tree: Linkage, minClusterSize: number): CondensedTree {
  const n = tree.rows;
  const condensed: CondensedTree = {
    clusterOf: new Int32Array(n),
    fallsAt: new Float64Array(n),
    parents: [-1],
    births: [0],
    sizes: [n],
  };
  const sizeOf = (node: number): number => (node < n ? 1 : tree.sizes[node - n]!);
  const open: [node: number, cluster: number][] = n > 1 ? [[2 * n - 2, 0]] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, cluster] = next;
    const density = 1 / tree.heights[node - n]!;
    const sides = [tree.left[node - n]!, tree.right[node - n]!];
    const large = sides.filter((side) => sizeOf(side) >= minClusterSize);
    for (const side of sides) {
      if (!large.includes(side)) dropRows(tree, side, cluster, density, condensed);
      else if (large.length === 1) open.push([side, cluster]);
      else {
        open.push([side, condensed.parents.length]);
        condensed.parents.push(cluster);
        condensed.births.push(density);
        condensed.sizes.push(sizeOf(side));
      }
    }
  }
  return condensed;
}

function dropRows(
  { rows, left, right }: Linkage,
  from: number,
  cluster: number,
  density: number,
  { clusterOf, fallsAt }: CondensedTree,
): void {
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node < rows) {
      clusterOf[node] = cluster;
      fallsAt[node] = density;
    } else open.push(left[node - rows]!, right[node - rows]!);
  }
}
