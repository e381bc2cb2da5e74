import type { Matrix } from "../../math/matrix.js";
import type { Densities } from "./densities.js";

/** A component whose density at a row is less than exp(-50) of the largest has no part in it: 2e-22 is no digit. */
const FAR = 50;

/**
 * How likely each row is to come from each component (n x k, written), the likeliest one (written), and the mean
 * logarithm of the rows' densities (returned).
 * Most components are far from a row, which is seen after a few terms of their distance when a near one is asked first.
 * @param labels - the likeliest components before, or a guess.
 */
export function expect(
  X: Matrix,
  densities: Densities,
  responsibilities: Float64Array,
  labels: Int32Array,
): number {
  const { k, peaks } = densities;
  const measure = densities.isTriangular ? distanceWithin : axisDistanceWithin;
  const difference = new Float64Array(densities.d);
  const logs = new Float64Array(k);
  let total = 0;
  for (let i = 0; i < X.rows; i++) {
    const guess = labels[i]!;
    let best = peaks[guess]! - measure(X, i, densities, guess, Infinity, difference) / 2;
    let label = guess;
    logs[guess] = best;
    for (let c = 0; c < k; c++) {
      if (c === guess) continue;
      const limit = 2 * (peaks[c]! - best + FAR);
      const log = limit > 0 ? peaks[c]! - measure(X, i, densities, c, limit, difference) / 2 : -Infinity;
      logs[c] = log;
      if (log > best || (log === best && c < label)) {
        best = log;
        label = c;
      }
    }
    labels[i] = label;
    let sum = 0;
    const row = i * k;
    for (let c = 0; c < k; c++) {
      const gap = logs[c]! - best;
      const share = gap < -FAR ? 0 : Math.exp(gap);
      responsibilities[row + c] = share;
      sum += share;
    }
    for (let c = 0; c < k; c++) responsibilities[row + c]! /= sum;
    total += best + Math.log(sum);
  }
  return total / X.rows;
}

/** Squared Mahalanobis distance of row i to component c; Infinity as soon as it is above the limit. */
function distanceWithin(
  { columns: d, data }: Matrix,
  i: number,
  { means, whitening, stride }: Densities,
  c: number,
  limit: number,
  difference: Float64Array,
): number {
  let at = c * stride;
  let sum = 0;
  for (let j = 0; j < d; j++) {
    difference[j] = data[i * d + j]! - means[c * d + j]!;
    let coordinate = 0;
    for (let l = 0; l <= j; l++) coordinate += whitening[at++]! * difference[l]!;
    sum += coordinate * coordinate;
    if (sum > limit) return Infinity;
  }
  return sum;
}

/** The same along the axes. */
function axisDistanceWithin(
  { columns: d, data }: Matrix,
  i: number,
  { means, whitening, stride }: Densities,
  c: number,
  limit: number,
): number {
  let sum = 0;
  for (let j = 0; j < d; j++) {
    const coordinate = (data[i * d + j]! - means[c * d + j]!) * whitening[c * stride + j]!;
    sum += coordinate * coordinate;
    if (sum > limit) return Infinity;
  }
  return sum;
}
