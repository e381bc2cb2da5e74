import type { Matrix } from "../math/matrix.js";
import { nearestNeighbours } from "../math/neighbours.js";

/** How far the k-th nearest other row is, for all rows. */
export interface KDistances {
  k: number;
  /** One a row, ascending. */
  distances: Float64Array;
  /** Position of the knee in `distances`. */
  knee: number;
  /** The distance at the knee: where being far from others starts to be unusual, proposed as `eps` of `dbscan`. */
  eps: number;
}

/**
 * Distances to the k-th nearest other row in ascending order, and the knee of this curve: the point farthest below the
 * straight line (chord) from its first to its last point, the first of several.
 * For `dbscan` with `minSamples`, which counts the row itself, k is `minSamples` - 1.
 * @param X - n x d, rows are customers, scaled, finite.
 * @param k - 1 to n - 1.
 * @throws RangeError for another k or a value that is not finite.
 * @see Ester, Kriegel, Sander & Xu 1996, KDD-96:226-231, section 4.2.
 */
export function kDistances(X: Matrix, k: number): KDistances {
  const neighbours = nearestNeighbours(X, k);
  const distances = Float64Array.from({ length: X.rows }, (_, row) => neighbours.distances[row * k + k - 1]!);
  distances.sort();
  const knee = findKnee(distances);
  return { k, distances, knee, eps: distances[knee]! };
}

/** On either scale of the axes it is the same point: gaps below a chord keep their order when axes are stretched. */
function findKnee(ascending: Float64Array): number {
  const last = ascending.length - 1;
  const [start, rise] = [ascending[0]!, ascending[last]! - ascending[0]!];
  let knee = 0;
  let widest = 0;
  for (let at = 0; at <= last; at++) {
    const gap = start + (rise * at) / last - ascending[at]!;
    if (gap > widest) {
      widest = gap;
      knee = at;
    }
  }
  return knee;
}
