import type { Matrix } from "../../math/matrix.js";
import type { AddingStep } from "./adding-plan.js";
import type { Clusters } from "./clusters.js";

/** What the silhouettes of any rows are computed from. */
export interface SilhouetteWork {
  X: Matrix;
  labellings: readonly Pick<Clusters, "of" | "sizes">[];
  steps: readonly AddingStep[];
}

/** Rows that are looked at together: each value and place of the others is then read once for all of them. */
const BLOCK = 4;

/**
 * Writes the silhouettes of some rows in every labelling: the distances from a row to all others are computed once.
 * Nothing depends on which rows are asked for together.
 * @param rows - positions in X.
 * @param samples - an array a labelling; entry `from + at` becomes the silhouette of `rows[at]`, NaN for noise.
 */
export function writeSilhouettes(
  { X, labellings, steps }: SilhouetteWork,
  rows: Int32Array,
  samples: readonly Float64Array[],
  from = 0,
): void {
  const distances = new Float64Array(X.rows * BLOCK);
  const sums = steps.map(({ count }) => new Float64Array(count * BLOCK));
  for (let first = 0; first < rows.length; first += BLOCK) {
    const block = rows.subarray(first, first + BLOCK);
    writeDistances(X, block, distances);
    steps.forEach(({ source, places, labelling }, step) => {
      const into = sums[step]!;
      addUp(source < 0 ? distances : sums[source]!, places, into);
      if (labelling < 0) return;
      const { of, sizes } = labellings[labelling]!;
      for (let at = 0; at < block.length; at++)
        samples[labelling]![from + first + at] = silhouetteOf(of[block[at]!]!, sizes, into, at);
    });
  }
}

/** Distances from up to BLOCK rows to all: those to one row stand side by side. */
function writeDistances({ rows, columns, data }: Matrix, block: Int32Array, distances: Float64Array): void {
  const own = new Float64Array(columns * BLOCK);
  for (let at = 0; at < block.length; at++)
    for (let j = 0; j < columns; j++) own[j * BLOCK + at] = data[block[at]! * columns + j]!;
  for (let other = 0, cell = 0; other < rows; other++) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let j = 0; j < own.length; j += BLOCK, cell++) {
      const value = data[cell]!;
      const toA = own[j]! - value;
      const toB = own[j + 1]! - value;
      const toC = own[j + 2]! - value;
      const toD = own[j + 3]! - value;
      a += toA * toA;
      b += toB * toB;
      c += toC * toC;
      d += toD * toD;
    }
    const to = other * BLOCK;
    distances[to] = Math.sqrt(a);
    distances[to + 1] = Math.sqrt(b);
    distances[to + 2] = Math.sqrt(c);
    distances[to + 3] = Math.sqrt(d);
  }
}

function addUp(values: Float64Array, places: Int32Array, sums: Float64Array): void {
  sums.fill(0);
  for (let i = 0, at = 0; i < places.length; i++, at += BLOCK) {
    const to = places[i]! * BLOCK;
    sums[to]! += values[at]!;
    sums[to + 1]! += values[at + 1]!;
    sums[to + 2]! += values[at + 2]!;
    sums[to + 3]! += values[at + 3]!;
  }
}

/** @param at - the row's place in its block. */
function silhouetteOf(cluster: number, sizes: Int32Array, sums: Float64Array, at: number): number {
  if (cluster < 0) return Number.NaN;
  if (sizes[cluster] === 1) return 0;
  const own = sums[cluster * BLOCK + at]! / (sizes[cluster]! - 1);
  let nearest = Infinity;
  for (let c = 0; c < sizes.length; c++)
    if (c !== cluster) nearest = Math.min(nearest, sums[c * BLOCK + at]! / sizes[c]!);
  const wider = Math.max(own, nearest);
  // Where both are 0, all are copies of each other.
  return wider > 0 ? (nearest - own) / wider : 0;
}
