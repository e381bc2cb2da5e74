/** Merges in the order in which a method found them, each told by one row of either side. */
export interface FoundMerges {
  first: Int32Array;
  second: Int32Array;
  heights: Float64Array;
}

/** Which clusters joined, at which height, lowest first. */
export interface Linkage {
  /** Rows that were clustered. */
  rows: number;
  /** A cluster of each merge: a row below `rows`, else the result of merge `left - rows`. The smaller number of the two. */
  left: Int32Array;
  right: Int32Array;
  /** Ascending. */
  heights: Float64Array;
  /** Rows in the merged cluster. */
  sizes: Int32Array;
}

/** Room for the n - 1 merges of n rows. */
export function emptyMerges(n: number): FoundMerges {
  const count = Math.max(0, n - 1);
  return {
    first: new Int32Array(count),
    second: new Int32Array(count),
    heights: new Float64Array(count),
  };
}

/** The merges by height, those of one height in the order found, each cluster under its number. */
export function orderMerges(n: number, { first, second, heights }: FoundMerges): Linkage {
  const count = heights.length;
  const order = Int32Array.from({ length: count }, (_, at) => at);
  order.sort((a, b) => heights[a]! - heights[b]! || a - b);
  const parents = Int32Array.from({ length: n + count }, (_, cluster) => cluster);
  const sizes = new Int32Array(n + count).fill(1, 0, n);
  const result: Linkage = {
    rows: n,
    left: new Int32Array(count),
    right: new Int32Array(count),
    heights: Float64Array.from(order, (at) => heights[at]!),
    sizes: sizes.subarray(n),
  };
  order.forEach((at, merge) => {
    const a = findRoot(parents, first[at]!);
    const b = findRoot(parents, second[at]!);
    parents[a] = n + merge;
    parents[b] = n + merge;
    sizes[n + merge] = sizes[a]! + sizes[b]!;
    result.left[merge] = Math.min(a, b);
    result.right[merge] = Math.max(a, b);
  });
  return result;
}

/** The cluster that holds one; the way to it is shortened for the next time. */
export function findRoot(parents: Int32Array, of: number): number {
  let root = of;
  while (parents[root] !== root) root = parents[root]!;
  let at = of;
  while (parents[at] !== root) {
    const next = parents[at]!;
    parents[at] = root;
    at = next;
  }
  return root;
}
