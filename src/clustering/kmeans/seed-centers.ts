import type { Random } from "../../math/random.js";
import { squaredDistanceAt } from "./distance.js";
import type { Workspace } from "./workspace.js";

/**
 * Starting centres among the rows, far apart: each is the best of 2 + floor(ln k) rows drawn with chances
 * proportional to the squared distance to the centres so far.
 * @returns k x d.
 * @see Arthur & Vassilvitskii 2007, SODA, 1027-1035 (greedy k-means++); as sklearn.cluster.kmeans_plusplus.
 */
export function seedCenters(
  { kernels, X, k, trials, trialWidth, arrays }: Workspace,
  random: Random,
): Float64Array {
  const { rows: n, columns: d, data } = X;
  const { candidates, closest, left, gains } = arrays;
  const centers = new Float64Array(k * d);
  const cumulative = new Float64Array(n);
  const drawn = new Int32Array(trials);
  const first = Math.floor(random() * n);
  centers.set(data.subarray(first * d, (first + 1) * d));
  for (let i = 0; i < n; i++) closest[i] = squaredDistanceAt(data, i * d, centers, 0, d);
  for (let c = 1; c < k; c++) {
    const total = accumulate(closest, cumulative);
    for (let trial = 0; trial < trials; trial++) {
      const row = firstAbove(cumulative, random() * total);
      drawn[trial] = row;
      for (let j = 0; j < d; j++) candidates[j * trialWidth + trial] = data[row * d + j]!;
    }
    kernels.weighCandidates(n, d, trialWidth, data, candidates, closest, left, gains);
    const best = gains
      .subarray(0, trials)
      .reduce((most, gain, trial) => (gain > gains[most]! ? trial : most), 0);
    centers.set(data.subarray(drawn[best]! * d, (drawn[best]! + 1) * d), c * d);
    for (let i = 0; i < n; i++) closest[i] = left[i * trialWidth + best]!;
  }
  return centers;
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
