import type { SparseMatrix } from "../../math/sparse.js";
import { shareFloats, shareIntegers } from "../../parallel/shared.js";

/**
 * Parts the pairs are split into, whatever the number of workers: sums over parts come out the same for any.
 * More of them would take longer to add up than they save where there are few processors.
 */
export const SLICES = 8;

/** Joint probabilities of pairs, each pair once, at the lower of its rows: those of i from `starts[i]` to `starts[i + 1]`. */
export interface Pairs {
  starts: Int32Array;
  /** Where the coordinates of the other one start. */
  others: Int32Array;
  values: Float64Array;
  /** Rows of the slices, which have about equally many pairs: from `borders[slice]` to `borders[slice + 1]`. */
  borders: Int32Array;
}

/** The upper half of a symmetric matrix, for all workers to see. */
export function sharePairs({ rows, starts, columns, values }: SparseMatrix): Pairs {
  const half = { starts: new Int32Array(rows + 1), others: new Int32Array(columns.length) };
  const kept = new Float64Array(columns.length);
  let size = 0;
  for (let i = 0; i < rows; i++) {
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      if (columns[at]! <= i) continue;
      half.others[size] = 2 * columns[at]!;
      kept[size++] = values[at]!;
    }
    half.starts[i + 1] = size;
  }
  const borders = new Int32Array(SLICES + 1);
  for (let slice = 1, i = 0; slice <= SLICES; slice++) {
    while (i < rows && half.starts[i]! < (size * slice) / SLICES) i++;
    borders[slice] = slice === SLICES ? rows : i;
  }
  return {
    starts: shareIntegers(half.starts),
    others: shareIntegers(half.others.slice(0, size)),
    values: shareFloats(kept.slice(0, size)),
    borders: shareIntegers(borders),
  };
}

/**
 * Adds up what pulls points to their neighbours over the pairs of a slice: p q (x - x'), with q = 1 / (1 + distance^2).
 * @param pulls - SLICES x 2 n; those of the slice are written, from its first row on.
 */
export function attract(
  { starts, others, values, borders }: Pairs,
  points: Float64Array,
  slice: number,
  pulls: Float64Array,
): void {
  const first = borders[slice]!;
  const own = pulls.subarray(slice * points.length, (slice + 1) * points.length);
  own.fill(0, 2 * first);
  for (let i = first; i < borders[slice + 1]!; i++) {
    const x = points[2 * i]!;
    const y = points[2 * i + 1]!;
    let pullX = 0;
    let pullY = 0;
    const end = starts[i + 1]!;
    for (let at = starts[i]!; at < end; at++) {
      const j = others[at]!;
      const dx = x - points[j]!;
      const dy = y - points[j + 1]!;
      const pull = values[at]! / (1 + dx * dx + dy * dy);
      pullX += pull * dx;
      pullY += pull * dy;
      own[j]! -= pull * dx;
      own[j + 1]! -= pull * dy;
    }
    own[2 * i]! += pullX;
    own[2 * i + 1]! += pullY;
  }
}

/** The sums over the slices for the rows of a range, in the order of the slices. */
export function gatherPulls(
  { borders }: Pairs,
  pulls: Float64Array,
  from: number,
  to: number,
  result: Float64Array,
): void {
  const length = pulls.length / SLICES;
  result.fill(0, 2 * from, 2 * to);
  for (let slice = 0; slice < SLICES; slice++)
    for (let c = 2 * Math.max(from, borders[slice]!); c < 2 * to; c++)
      result[c]! += pulls[slice * length + c]!;
}

/** A slice's part of sum p log(p / q), where q lacks its division by the sum over all pairs. */
export function divergenceOf(
  { starts, others, values, borders }: Pairs,
  points: Float64Array,
  slice: number,
): number {
  let result = 0;
  for (let i = borders[slice]!; i < borders[slice + 1]!; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const p = values[at]!;
      if (p <= 0) continue;
      const dx = points[2 * i]! - points[others[at]!]!;
      const dy = points[2 * i + 1]! - points[others[at]! + 1]!;
      result += p * Math.log(p * (1 + dx * dx + dy * dy));
    }
  return 2 * result;
}
