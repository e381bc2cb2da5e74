import type { Linkage } from "../clustering/linkage.js";

/** A level line: a cluster from where it was made to where it is merged. */
export interface Branch {
  /** Place from the top; leaves stand at 0, 1, 2 and so on. */
  at: number;
  from: number;
  to: number;
  size: number;
  /** Label of the cut that it belongs to, -1 above the cut. */
  cluster: number;
}

/** An upright line: where two branches are merged. */
export interface Joint {
  height: number;
  from: number;
  to: number;
  size: number;
  cluster: number;
}

/** What a dendrogram draws. */
export interface Tree {
  rows: number;
  /** From the top, each a branch as well. */
  leaves: Branch[];
  branches: Branch[];
  joints: Joint[];
}

/** The last merges, those before them as leaves. @param labels - of the cut into `nClusters`. */
export function topOfTree(
  { rows, left, right, heights, sizes }: Linkage,
  maxLeaves: number,
  nClusters: number,
  labels: Int32Array,
): Tree {
  const firstJoint = Math.max(rows, 2 * rows - maxLeaves);
  const tree: Tree = { rows, leaves: [], branches: [], joints: [] };
  const sizeOf = (node: number): number => (node < rows ? 1 : sizes[node - rows]!);
  const clusterOf = (node: number): number => {
    if (node >= 2 * rows - nClusters) return -1;
    let row = node;
    while (row >= rows) row = left[row - rows]!;
    return labels[row]!;
  };
  const place = (node: number, to: number): Branch => {
    const [size, cluster] = [sizeOf(node), clusterOf(node)];
    if (node < firstJoint) {
      const leaf = { at: tree.leaves.length, from: 0, to, size, cluster };
      tree.leaves.push(leaf);
      return leaf;
    }
    const height = heights[node - rows]!;
    const sides = [left[node - rows]!, right[node - rows]!].sort((a, b) => sizeOf(b) - sizeOf(a));
    const [upper, lower] = sides.map((side) => place(side, height)) as [Branch, Branch];
    tree.branches.push(upper, lower);
    tree.joints.push({ height, from: upper.at, to: lower.at, size, cluster });
    return { at: (upper.at + lower.at) / 2, from: height, to, size, cluster };
  };
  place(2 * rows - 2, heights.at(-1) ?? 0);
  return tree;
}
