import type { Matrix } from "../../math/matrix.js";
import { addQuad, padToQuads } from "../quads.js";
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
  const clusters = new MatrixClusters(X, method);
  const chain: number[] = [];
  for (let merge = 0; merge < n - 1; ) {
    if (chain.length === 0) chain.push(clusters.first());
    const top = chain.at(-1)!;
    const previous = chain.at(-2) ?? -1;
    const nearest = clusters.nearest(top, previous);
    if (nearest === previous) {
      chain.length -= 2;
      merges.first[merge] = previous;
      merges.second[merge] = top;
      merges.heights[merge] = clusters.distance(top, previous);
      clusters.merge(top, previous);
      merge++;
      continue;
    }
    const place = chain.indexOf(nearest);
    if (place < 0) chain.push(nearest);
    else {
      // Rounding led back into the chain: what lies between is given up. The last step is the shortest all the same.
      chain.length = place + 1;
      chain.push(top);
    }
  }
  return merges;
}

/** The clusters there are now, each named by its last row, and the distances between them. */
class MatrixClusters {
  readonly #combine: Combine;
  readonly #distances: Float64Array;
  /**
   * Cell (i, j) with i > j stands at starts[i] + j: merged clusters have high names, and what is before them stands in a
   * row of memory.
   */
  readonly #starts: Int32Array;
  readonly #sizes: Int32Array;
  /** Names, ascending. */
  readonly #alive: Int32Array;
  #count: number;

  constructor(X: Matrix, method: "average" | "complete") {
    const n = X.rows;
    this.#combine = COMBINE[method];
    this.#distances = pairDistances(X);
    this.#starts = Int32Array.from({ length: n }, (_, i) => (i * (i - 1)) / 2);
    this.#sizes = new Int32Array(n).fill(1);
    this.#alive = Int32Array.from({ length: n }, (_, i) => i);
    this.#count = n;
  }

  first(): number {
    return this.#alive[0]!;
  }

  distance(a: number, b: number): number {
    return this.#distances[cellOf(this.#starts, a, b)]!;
  }

  /** The nearest cluster; `previous` unless another is nearer. */
  nearest(of: number, previous: number): number {
    const alive = this.#alive;
    const distances = this.#distances;
    const starts = this.#starts;
    const count = this.#count;
    let nearest = previous;
    let shortest = previous < 0 ? Infinity : this.distance(of, previous);
    const start = starts[of]!;
    let at = 0;
    for (; alive[at] !== of; at++) {
      const distance = distances[start + alive[at]!]!;
      if (distance < shortest) {
        shortest = distance;
        nearest = alive[at]!;
      }
    }
    for (at++; at < count; at++) {
      const distance = distances[starts[alive[at]!]! + of]!;
      if (distance < shortest) {
        shortest = distance;
        nearest = alive[at]!;
      }
    }
    return nearest;
  }

  merge(a: number, b: number): void {
    const [gone, kept] = [Math.min(a, b), Math.max(a, b)];
    const [sizeGone, sizeKept] = [this.#sizes[gone]!, this.#sizes[kept]!];
    const alive = this.#alive;
    alive.copyWithin(alive.indexOf(gone), alive.indexOf(gone) + 1, this.#count--);
    for (let at = 0; at < this.#count; at++) {
      const other = alive[at]!;
      if (other === kept) continue;
      const cell = cellOf(this.#starts, other, kept);
      const distance = this.#distances[cellOf(this.#starts, other, gone)]!;
      this.#distances[cell] = this.#combine(distance, this.#distances[cell]!, sizeGone, sizeKept);
    }
    this.#sizes[kept] = sizeGone + sizeKept;
  }
}

function cellOf(starts: Int32Array, a: number, b: number): number {
  return a > b ? starts[a]! + b : starts[b]! + a;
}

function pairDistances(X: Matrix): Float64Array {
  const { rows, columns, data } = padToQuads(X);
  const distances = new Float64Array((rows * (rows - 1)) / 2);
  let at = 0;
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < i; k++) {
      let sum = 0;
      for (let j = 0; j < columns; j += 4) sum = addQuad(sum, data, i * columns + j, data, k * columns + j);
      distances[at++] = Math.sqrt(sum);
    }
  return distances;
}
