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
 * @param X - n x d, without NaN.
 * @throws RangeError unless 1 <= count <= n - 1.
 */
export function nearestNeighbors(X: Matrix, count: number): Neighbors {
  const { rows } = X;
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

/** Squared Euclidean distance of two rows. */
function squaredDistance({ columns, data }: Matrix, i: number, other: number): number {
  let at = i * columns;
  let by = other * columns;
  let sum = 0;
  for (const end = at + columns; at < end; at++, by++) {
    const gap = data[at]! - data[by]!;
    sum += gap * gap;
  }
  return sum;
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
