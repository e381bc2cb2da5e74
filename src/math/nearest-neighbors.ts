import { requireFinite } from "./finite.js";
import type { Matrix } from "./matrix.js";

/** The nearest other rows of each row, nearest first. */
export interface Neighbors {
  /** Neighbours of a row. */
  count: number;
  /** rows x count row numbers. */
  indices: Int32Array;
  /** rows x count Euclidean distances, squared. */
  squared: Float64Array;
}

/**
 * The `count` nearest other rows of each row by Euclidean distance, found by comparing all pairs; of rows equally far
 * away the one that comes first.
 * @param X - n x d, finite.
 * @throws RangeError unless 1 <= count <= n - 1 and all values are finite.
 */
export function nearestNeighbors(X: Matrix, count: number): Neighbors {
  const { rows } = X;
  requireFinite("nearestNeighbors", X);
  if (!Number.isInteger(count) || count < 1 || count > rows - 1)
    throw new RangeError(`nearestNeighbors needs 1 to n - 1 neighbours, got ${count} (n = ${rows})`);
  const indices = new Int32Array(rows * count).fill(-1);
  const squared = new Float64Array(rows * count).fill(Infinity);
  for (let i = 1; i < rows; i++)
    for (let other = 0; other < i; other++) {
      const distance = squaredDistance(X, i, other);
      if (distance < squared[i * count + count - 1]!) insert(indices, squared, i, count, other, distance);
      if (distance < squared[other * count + count - 1]!) insert(indices, squared, other, count, i, distance);
    }
  return { count, indices, squared };
}

/** Squared Euclidean distance of two rows, as four sums side by side: a sum has to wait for its last addition. */
function squaredDistance({ columns, data }: Matrix, i: number, other: number): number {
  let at = i * columns;
  let by = other * columns;
  const end = at + columns;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (const last = end - 3; at < last; at += 4, by += 4) {
    const gapA = data[at]! - data[by]!;
    const gapB = data[at + 1]! - data[by + 1]!;
    const gapC = data[at + 2]! - data[by + 2]!;
    const gapD = data[at + 3]! - data[by + 3]!;
    a += gapA * gapA;
    b += gapB * gapB;
    c += gapC * gapC;
    d += gapD * gapD;
  }
  for (; at < end; at++, by++) {
    const gap = data[at]! - data[by]!;
    a += gap * gap;
  }
  return a + b + (c + d);
}

/** Puts a neighbour behind those at most as far, and drops the farthest. Neighbours arrive in order of rows. */
function insert(
  indices: Int32Array,
  squared: Float64Array,
  row: number,
  count: number,
  neighbor: number,
  distance: number,
): void {
  const first = row * count;
  let at = first + count - 1;
  for (; at > first && squared[at - 1]! > distance; at--) {
    squared[at] = squared[at - 1]!;
    indices[at] = indices[at - 1]!;
  }
  squared[at] = distance;
  indices[at] = neighbor;
}
