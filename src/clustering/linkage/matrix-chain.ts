import type { Matrix } from "../../math/matrix.js";
import { emptyMerges, type FoundMerges } from "./merges.js";

/** How far a merged cluster is from another, by the distances and sizes of its two parts. */
type Combine = (a: number, b: number, sizeA: number, sizeB: number) => number;

const COMBINE: Record<"average" | "complete", Combine> = {
  average: (a, b, sizeA, sizeB) => (sizeA * a + sizeB * b) / (sizeA + sizeB),
  complete: (a, b) => Math.max(a, b),
};

/** The distances of all pairs are kept as doubles in one array, and this is what it may take: 2 GiB. */
export const MOST_MATRIX_BYTES: number = 2 ** 31;

/** Bytes of the distances of all pairs of n rows. */
export function matrixBytes(n: number): number {
  return ((n * (n - 1)) / 2) * Float64Array.BYTES_PER_ELEMENT;
}

/**
 * Merges of the clusters nearest on average or at their farthest rows, by chains of nearest neighbours over a matrix
 * of distances. Of clusters equally near the one before in the chain is taken, else the one whose last row comes first.
 * @see Murtagh 1983, Comput. J. 26:354-359; Müllner 2011, arXiv:1109.2378.
 */
export function matrixMerges(X: Matrix, method: "average" | "complete"): FoundMerges {
  const n = X.rows;
  const merges = emptyMerges(n);
  const combine = COMBINE[method];
  const distances = pairDistances(X);
  // Cell (i, j) with i < j stands at starts[i] + j.
  const starts = Int32Array.from({ length: n }, (_, i) => (i * (2 * n - i - 3)) / 2 - 1);
  const sizes = new Int32Array(n).fill(1);
  /** Clusters, each named by its last row, ascending. */
  let alive: number[] = Array.from({ length: n }, (_, i) => i);
  const chain: number[] = [];
  for (let merge = 0; merge < n - 1; ) {
    if (chain.length === 0) chain.push(alive.find((cluster) => sizes[cluster]! > 0)!);
    const top = chain.at(-1)!;
    let nearest = chain.at(-2) ?? -1;
    const previous = nearest;
    let shortest = nearest < 0 ? Infinity : distances[cellOf(starts, top, nearest)]!;
    for (const other of alive) {
      if (other === top || sizes[other] === 0) continue;
      const distance = distances[other < top ? starts[other]! + top : starts[top]! + other]!;
      if (distance < shortest) {
        shortest = distance;
        nearest = other;
      }
    }
    const place = nearest === previous ? -1 : chain.indexOf(nearest);
    if (place >= 0) {
      // Rounding led back into the chain: what lies between is given up. The last step is the shortest all the same.
      chain.length = place + 1;
      chain.push(top);
      continue;
    }
    if (nearest !== previous) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const gone = Math.min(top, previous);
    const kept = Math.max(top, previous);
    merges.first[merge] = gone;
    merges.second[merge] = kept;
    merges.heights[merge] = shortest;
    merge++;
    const [sizeGone, sizeKept] = [sizes[gone]!, sizes[kept]!];
    sizes[gone] = 0;
    for (const other of alive) {
      if (sizes[other] === 0 || other === kept) continue;
      const cell = cellOf(starts, other, kept);
      distances[cell] = combine(
        distances[cellOf(starts, other, gone)]!,
        distances[cell]!,
        sizeGone,
        sizeKept,
      );
    }
    sizes[kept] = sizeGone + sizeKept;
    // Those that are gone are passed over, until they are many.
    if ((n - merge) * 1.2 < alive.length) alive = alive.filter((cluster) => sizes[cluster]! > 0);
  }
  return merges;
}

function cellOf(starts: Int32Array, a: number, b: number): number {
  return a < b ? starts[a]! + b : starts[b]! + a;
}

function pairDistances({ rows, columns, data }: Matrix): Float64Array {
  const distances = new Float64Array((rows * (rows - 1)) / 2);
  let at = 0;
  for (let i = 0; i < rows; i++)
    for (let k = i + 1; k < rows; k++) {
      let sum = 0;
      for (let j = 0, p = i * columns, q = k * columns; j < columns; j++, p++, q++) {
        const gap = data[p]! - data[q]!;
        sum += gap * gap;
      }
      distances[at++] = Math.sqrt(sum);
    }
  return distances;
}
