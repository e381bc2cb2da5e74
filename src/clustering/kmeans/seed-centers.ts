import type { Matrix } from "../../math/matrix.js";
import type { Random } from "../../math/random.js";
import { squaredDistanceAt } from "./distance.js";

/** Where a run starts. */
export interface Start {
  /** k x d. */
  centers: Float64Array;
  /** The nearest centre of each row, or a guess of it. */
  nearest: Int32Array;
}

/**
 * Starting centres among the rows, far apart: each is the best of 2 + floor(ln k) rows drawn with chances
 * proportional to the squared distance to the centres so far.
 * @see Arthur & Vassilvitskii 2007, SODA, 1027-1035 (greedy k-means++); as sklearn.cluster.kmeans_plusplus.
 */
export function seedCenters(X: Matrix, k: number, random: Random): Start {
  const { rows: n, columns: d, data } = X;
  const trials = 2 + Math.floor(Math.log(k));
  const centers = new Float64Array(k * d);
  const nearest = new Int32Array(n);
  const closest = new Float64Array(n);
  const cumulative = new Float64Array(n);
  let distances = new Float64Array(n);
  let bestDistances = new Float64Array(n);
  const first = Math.floor(random() * n);
  centers.set(data.subarray(first * d, (first + 1) * d));
  for (let i = 0; i < n; i++) closest[i] = squaredDistanceAt(data, i * d, centers, 0, d);
  for (let c = 1; c < k; c++) {
    const total = accumulate(closest, cumulative);
    let best = 0;
    let bestGain = -1;
    for (let trial = 0; trial < trials; trial++) {
      const candidate = firstAbove(cumulative, random() * total);
      const gain = gainOf(X, candidate, closest, distances);
      if (gain <= bestGain) continue;
      bestGain = gain;
      best = candidate;
      [distances, bestDistances] = [bestDistances, distances];
    }
    centers.set(data.subarray(best * d, (best + 1) * d), c * d);
    for (let i = 0; i < n; i++) {
      if (bestDistances[i]! >= closest[i]!) continue;
      closest[i] = bestDistances[i]!;
      nearest[i] = c;
    }
  }
  return { centers, nearest };
}

function accumulate(values: Float64Array, cumulative: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    cumulative[i] = sum;
  }
  return sum;
}

/** The first position whose sum is above the value; the last one when none is, as with rows that are all centres. */
function firstAbove(cumulative: Float64Array, value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * By how much the sum of squared distances falls with this row as a further centre; its distances go into `distances`.
 * To measure all of them takes less time than to ask of each row whether it can gain.
 */
function gainOf(X: Matrix, candidate: number, closest: Float64Array, distances: Float64Array): number {
  const { columns: d, data } = X;
  let gain = 0;
  for (let i = 0; i < closest.length; i++) {
    const distance = squaredDistanceAt(data, i * d, data, candidate * d, d);
    distances[i] = distance;
    if (distance < closest[i]!) gain += closest[i]! - distance;
  }
  return gain;
}
