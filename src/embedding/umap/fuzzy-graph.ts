import type { Neighbours } from "../../math/neighbours.js";
import { type SparseMatrix, symmetrise } from "../../math/sparse.js";

const STEPS = 64;
const TOLERANCE = 1e-5;
/** Smallest width of a neighbourhood, in mean distances. */
const MIN_WIDTH = 1e-3;

/**
 * How strongly each two rows belong together, in (0, 1]: what one says of the other or the other of it, united as
 * fuzzy sets (a + b - a b).
 * @param neighbours - the nearest others of each row, without itself.
 * @see McInnes, Healy & Melville 2018, arXiv:1802.03426, algorithm 2; equals umap.umap_.fuzzy_simplicial_set with one
 * neighbour more, since that counts the row itself.
 */
export function fuzzyGraph(neighbours: Neighbours): SparseMatrix {
  const strengths = memberships(neighbours, { isNew: false });
  return symmetrise(neighbours, strengths, (a, b) => a + b - a * b);
}

/**
 * How strongly each row belongs to its neighbours, in their order: 1 up to its nearest, from there falling off at the
 * rate that makes the sum the binary logarithm of the neighbourhood's size.
 * @param isNew - for rows that were not fitted: the fall starts at distance 0, and the nearest is not counted, as its
 * place is that of the row itself among fitted ones.
 */
export function memberships(neighbours: Neighbours, { isNew }: { isNew: boolean }): Float64Array {
  const { rows, k, distances } = neighbours;
  const result = new Float64Array(rows * k);
  const overall = meanOf(distances);
  const target = Math.log2(isNew ? k : k + 1);
  for (let i = 0; i < rows; i++) {
    const row = distances.subarray(i * k, (i + 1) * k);
    const start = isNew ? 0 : (row.find((distance) => distance > 0) ?? 0);
    const counted = isNew ? row.subarray(1) : row;
    // The mean is over the row itself too, where it was fitted.
    const mean = (meanOf(row) * k) / (isNew ? k : k + 1);
    const fewest = MIN_WIDTH * (start > 0 || isNew ? mean : overall);
    const width = Math.max(widthFor(counted, start, target), fewest);
    for (let c = 0; c < k; c++) {
      const gap = row[c]! - start;
      result[i * k + c] = gap <= 0 || width === 0 ? 1 : Math.exp(-gap / width);
    }
  }
  return result;
}

/** Halves the bracket of the width until the strengths add up to the target. */
function widthFor(distances: Float64Array, start: number, target: number): number {
  let low = 0;
  let high = Infinity;
  let middle = 1;
  for (let step = 0; step < STEPS; step++) {
    let sum = 0;
    for (let c = 0; c < distances.length; c++) {
      const gap = distances[c]! - start;
      sum += gap > 0 ? Math.exp(-gap / middle) : 1;
    }
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) high = middle;
    else low = middle;
    middle = high === Infinity ? middle * 2 : (low + high) / 2;
  }
  return middle;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length > 0 ? sum / values.length : 0;
}
