import type { Neighbours } from "../../math/neighbours.js";
import { type SparseMatrix, symmetrise } from "../../math/sparse.js";

const STEPS = 100;
/** Of the entropy, in nats. */
const TOLERANCE = 1e-5;

/**
 * How likely each pair of points is to be neighbours: Gaussians around each point, as wide as makes the entropy of
 * its neighbours that of `perplexity` equal ones; both directions averaged, all pairs together 1.
 * @see van der Maaten & Hinton 2008, JMLR 9:2579-2605; van der Maaten 2014, JMLR 15:3221-3245, eq. 6-7.
 */
export function jointProbabilities(neighbours: Neighbours, perplexity: number): SparseMatrix {
  const { rows, k, distances } = neighbours;
  const conditional = new Float64Array(rows * k);
  for (let i = 0; i < rows; i++)
    fillRow(distances.subarray(i * k, (i + 1) * k), conditional.subarray(i * k, (i + 1) * k), perplexity);
  const joint = symmetrise(neighbours, conditional, (a, b) => a + b);
  let total = 0;
  for (const value of joint.values) total += value;
  for (let at = 0; at < joint.values.length; at++) joint.values[at]! /= total;
  return joint;
}

/**
 * Finds the precision (one over twice the variance) that meets the entropy: by Newton's steps on a logarithmic scale,
 * by halving the bracket where one would leave it.
 */
function fillRow(distances: Float64Array, chances: Float64Array, perplexity: number): void {
  const wanted = Math.log(perplexity);
  // Distances beyond the nearest are what differs; without it no sum of chances can vanish.
  const nearest = distances[0]! * distances[0]!;
  let total = 0;
  for (let j = 0; j < distances.length; j++) total += distances[j]! * distances[j]! - nearest;
  let precision = total > 0 && total < Infinity ? distances.length / total : 1;
  let low = 0;
  let high = Infinity;
  for (let step = 0; step < STEPS; step++) {
    let sum = 0;
    let weighted = 0;
    let squares = 0;
    for (let j = 0; j < distances.length; j++) {
      const gap = distances[j]! * distances[j]! - nearest;
      const chance = Math.exp(-precision * gap);
      chances[j] = chance;
      sum += chance;
      weighted += gap * chance;
      squares += gap * gap * chance;
    }
    for (let j = 0; j < distances.length; j++) chances[j]! /= sum;
    const mean = weighted / sum;
    const excess = Math.log(sum) + precision * mean - wanted;
    if (Math.abs(excess) <= TOLERANCE) return;
    if (excess > 0) low = precision;
    else high = precision;
    const variance = squares / sum - mean * mean;
    const guess = precision * Math.exp(excess / (precision * precision * variance));
    if (guess > low && guess < high) precision = guess;
    else precision = high === Infinity ? precision * 2 : (low + high) / 2;
  }
}
