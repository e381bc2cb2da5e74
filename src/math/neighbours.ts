import { requireFinite } from "./finite.js";
import type { Matrix } from "./matrix.js";
import { NearestList, type Neighbours } from "./nearest-list.js";
import { PointTree } from "./point-tree.js";

export type { Neighbours };

/** How neighbours are looked for; the answer is the same. */
export type NeighbourMethod = "auto" | "brute" | "tree";

export interface NeighbourOptions {
  /**
   * "auto" takes the tree from 1,000 points in at most 15 columns. There it was measured to take half the time on
   * customers, a tenth in 2 columns, and as long as comparing all on 10 independent columns, the worst case.
   */
  method?: NeighbourMethod;
  /** Rows of `X` whose neighbours are wanted, from the first to before the last; all of them by default. */
  range?: readonly [from: number, to: number];
}

/**
 * The `k` nearest other rows of each row, by Euclidean distance; exact, ties broken by index.
 * @param X - n x d, finite.
 * @param k - 1 to n - 1.
 * @throws RangeError for another k, a value that is not finite or a range outside of the rows.
 * @see equals sklearn.neighbors.NearestNeighbors without the row itself, but for the order of ties.
 */
export function nearestNeighbours(X: Matrix, k: number, options: NeighbourOptions = {}): Neighbours {
  requireNeighbours("nearestNeighbours", k, X.rows - 1, X.rows);
  requireFinite("nearestNeighbours", X);
  const [from, to] = options.range ?? [0, X.rows];
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= X.rows))
    throw new RangeError(`nearestNeighbours needs a range within 0 to ${X.rows}, got ${from} to ${to}`);
  return find(X, X, from, to, k, true, options.method ?? "auto");
}

/**
 * The `k` nearest rows of `X` for each row of other data, by Euclidean distance; exact, ties broken by index.
 * @param queries - m x d, finite.
 * @throws RangeError when k is not 1 to n, the columns differ or a value is not finite.
 */
export function nearestTo(
  X: Matrix,
  queries: Matrix,
  k: number,
  { method = "auto" }: Pick<NeighbourOptions, "method"> = {},
): Neighbours {
  requireNeighbours("nearestTo", k, X.rows, X.rows);
  if (queries.columns !== X.columns)
    throw new RangeError(`nearestTo needs rows of ${X.columns} columns, got ${queries.columns}`);
  requireFinite("nearestTo", X);
  requireFinite("nearestTo", queries);
  return find(X, queries, 0, queries.rows, k, false, method);
}

/**
 * The `k` nearest others of `n` things by any distance, asked for every pair in both orders.
 * @param distance - of two positions; not negative.
 * @throws RangeError when k is not 1 to n - 1 or a distance is negative or NaN.
 */
export function nearestByDistance(
  n: number,
  k: number,
  distance: (i: number, j: number) => number,
): Neighbours {
  requireNeighbours("nearestByDistance", k, n - 1, n);
  const result = emptyNeighbours(n, k);
  const list = new NearestList(k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const value = distance(i, j);
      if (!(value >= 0))
        throw new RangeError(`nearestByDistance needs distances of at least 0, got ${value} (${i}, ${j})`);
      if (value <= list.worst) list.offer(value, j);
    }
    list.drain(result.indices, result.distances, i * k, (value) => value);
  }
  return result;
}

function find(
  X: Matrix,
  queries: Matrix,
  from: number,
  to: number,
  k: number,
  skipsItself: boolean,
  method: NeighbourMethod,
): Neighbours {
  const result = emptyNeighbours(to - from, k);
  const takesTree = method === "auto" ? X.rows >= 1_000 && X.columns <= 15 : method === "tree";
  if (takesTree) searchTree(X, queries, from, to, skipsItself, result);
  else searchAll(X, queries, from, to, skipsItself, result);
  return result;
}

function searchTree(
  X: Matrix,
  { columns, data }: Matrix,
  from: number,
  to: number,
  skipsItself: boolean,
  { k, indices, distances }: Neighbours,
): void {
  const tree = new PointTree(X);
  const list = new NearestList(k);
  const query = new Float64Array(columns);
  // Points of one leaf visit the same boxes: in the order of the leaves these are still at hand.
  const order = skipsItself ? tree.order : Int32Array.from({ length: to }, (_, i) => i);
  for (const i of order) {
    if (i < from || i >= to) continue;
    query.set(data.subarray(i * columns, (i + 1) * columns));
    tree.search(query, list, skipsItself ? i : -1);
    list.drain(indices, distances, (i - from) * k, Math.sqrt);
  }
}

/** Some queries against some points at a time, so that both stay in the processor's cache. */
function searchAll(
  X: Matrix,
  queries: Matrix,
  from: number,
  to: number,
  skipsItself: boolean,
  { k, indices, distances }: Neighbours,
): void {
  const block = 64;
  const lists = Array.from({ length: block }, () => new NearestList(k));
  const points = Math.max(block, Math.floor(16_384 / Math.max(1, X.columns)));
  for (let first = from; first < to; first += block) {
    const last = Math.min(to, first + block);
    for (let start = 0; start < X.rows; start += points) {
      const end = Math.min(X.rows, start + points);
      for (let i = first; i < last; i++)
        offerRange(X, start, end, queries.data, i, skipsItself, lists[i - first]!);
    }
    for (let i = first; i < last; i++) lists[i - first]!.drain(indices, distances, (i - from) * k, Math.sqrt);
  }
}

function offerRange(
  { columns, data }: Matrix,
  start: number,
  end: number,
  queries: Float64Array,
  i: number,
  skipsItself: boolean,
  list: NearestList,
): void {
  const at = i * columns;
  for (let row = start; row < end; row++) {
    let sum = 0;
    const worst = list.worst;
    // What is too far away by some columns is so by all.
    for (let j = 0, cell = row * columns; j < columns && sum <= worst; j++, cell++) {
      const gap = queries[at + j]! - data[cell]!;
      sum += gap * gap;
    }
    if (sum <= worst && !(skipsItself && row === i)) list.offer(sum, row);
  }
}

function emptyNeighbours(rows: number, k: number): Neighbours {
  return { rows, k, indices: new Int32Array(rows * k), distances: new Float64Array(rows * k) };
}

function requireNeighbours(who: string, k: number, most: number, n: number): void {
  if (!Number.isInteger(k) || k < 1 || k > most)
    throw new RangeError(`${who} needs 1 to ${most} neighbours, got ${k} (n = ${n})`);
}
