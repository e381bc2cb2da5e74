import { requireFinite } from "../../math/finite.js";
import { type Matrix, withoutColumn } from "../../math/matrix.js";
import { nearestNeighbours } from "../../math/neighbours.js";

export interface LaplacianOptions {
  /** Neighbours of each row; 10 when left out. */
  nNeighbors?: number;
  /**
   * Squared distance over which a tie between neighbours weakens to 1/e; the mean squared distance of neighbours when
   * left out.
   */
  bandwidth?: number;
}

/**
 * How little each feature tells neighbours apart, against how it varies over all: the lower, the better it follows the
 * structure of the points, without any label.
 *
 * Two rows are tied when either is among the nearest of the other, with weight exp(-squared distance / bandwidth). The
 * score is the weighted mean squared step along ties over twice the weighted variance: about 1 for noise. A column that
 * is the same for almost all may score next to 0 as well, when the few others are each other's neighbours: look at
 * `scaledVariance` first.
 * @param X - n x d, finite, in one unit: neighbours are found in it.
 * @returns d scores of at least 0; NaN for a constant column.
 * @throws RangeError unless 1 <= nNeighbors <= n - 1, the bandwidth is positive and all values are finite.
 * @see He, Cai & Niyogi 2005, Laplacian Score for Feature Selection, NIPS 18.
 */
export function laplacianScores(X: Matrix, options: LaplacianOptions = {}): Float64Array {
  const { ties, degrees } = tieRows("laplacianScores", X, options);
  return Float64Array.from({ length: X.columns }, (_, j) => scoreOf(X, j, ties, degrees));
}

/**
 * How little the neighbours by all *other* features agree on a feature: about 1 when they know nothing of it, 0 when
 * they have it in common. Unlike `laplacianScores`, a feature cannot look well by making its own neighbours.
 * @param X - n x d, finite, in one unit, d at least 2.
 * @returns d scores of at least 0; NaN for a constant column.
 * @throws RangeError for fewer than 2 columns, or as `laplacianScores` does.
 */
export function leaveOneOutLaplacianScores(X: Matrix, options: LaplacianOptions = {}): Float64Array {
  if (X.columns < 2)
    throw new RangeError(`leaveOneOutLaplacianScores needs at least 2 columns, got ${X.columns}`);
  return Float64Array.from({ length: X.columns }, (_, j) => {
    const { ties, degrees } = tieRows("leaveOneOutLaplacianScores", withoutColumn(X, j), options);
    return scoreOf(X, j, ties, degrees);
  });
}

/** The neighbours that rows have, and how strongly each row is tied. */
function tieRows(
  who: string,
  X: Matrix,
  { nNeighbors = 10, bandwidth }: LaplacianOptions,
): { ties: Ties; degrees: Float64Array } {
  if (bandwidth !== undefined && !(bandwidth > 0))
    throw new RangeError(`${who} needs a positive bandwidth, got ${bandwidth}`);
  requireFinite(who, X);
  const ties = tieNeighbors(X, nNeighbors, bandwidth);
  const degrees = new Float64Array(X.rows);
  for (let tie = 0; tie < ties.weights.length; tie++) {
    degrees[ties.from[tie]!]! += ties.weights[tie]!;
    degrees[ties.to[tie]!]! += ties.weights[tie]!;
  }
  return { ties, degrees };
}

/** Pairs of neighbours, each once. */
interface Ties {
  from: Int32Array;
  to: Int32Array;
  weights: Float64Array;
}

function tieNeighbors(X: Matrix, count: number, bandwidth: number | undefined): Ties {
  const { indices, distances } = nearestNeighbours(X, count);
  const squared = distances.map((distance) => distance * distance);
  const mean = squared.reduce((sum, distance) => sum + distance, 0) / squared.length;
  // Rows that all equal their neighbours are tied with weight 1.
  const width = bandwidth ?? (mean > 0 ? mean : 1);
  const from = new Int32Array(squared.length);
  const to = new Int32Array(squared.length);
  const weights = new Float64Array(squared.length);
  let ties = 0;
  for (let at = 0; at < squared.length; at++) {
    const row = Math.floor(at / count);
    const other = indices[at]!;
    // A tie found from both sides is taken from the first.
    if (other < row && isNeighbor(indices, other, count, row)) continue;
    from[ties] = row;
    to[ties] = other;
    weights[ties++] = Math.exp(-squared[at]! / width);
  }
  return { from: from.subarray(0, ties), to: to.subarray(0, ties), weights: weights.subarray(0, ties) };
}

function isNeighbor(indices: Int32Array, row: number, count: number, other: number): boolean {
  for (let at = row * count; at < (row + 1) * count; at++) if (indices[at] === other) return true;
  return false;
}

function scoreOf({ rows, columns, data }: Matrix, j: number, ties: Ties, degrees: Float64Array): number {
  let steps = 0;
  for (let tie = 0; tie < ties.weights.length; tie++) {
    const step = data[ties.from[tie]! * columns + j]! - data[ties.to[tie]! * columns + j]!;
    steps += ties.weights[tie]! * step * step;
  }
  let [total, sum] = [0, 0];
  for (let i = 0; i < rows; i++) {
    total += degrees[i]!;
    sum += degrees[i]! * data[i * columns + j]!;
  }
  const mean = sum / total;
  let variation = 0;
  let isConstant = true;
  for (let i = 0; i < rows; i++) {
    const distance = data[i * columns + j]! - mean;
    variation += degrees[i]! * distance * distance;
    if (data[i * columns + j] !== data[j]) isConstant = false;
  }
  return isConstant ? Number.NaN : steps / variation;
}
