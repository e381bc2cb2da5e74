import type { Matrix } from "../../math/matrix.js";
import type { Densities } from "./densities.js";

/** What a row is asked with, filled anew for each. */
interface Answers {
  /** Components with a part in the row, as far as was known when they were asked, and how many. */
  near: Int32Array;
  count: number;
  /** Logarithms of weight times density of these. */
  logs: Float64Array;
  /** The likeliest. */
  label: number;
  difference: Float64Array;
}

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
  const { k, d, far } = densities;
  const ask = densities.isTriangular ? askTriangles : askAxes;
  const near = new Int32Array(k);
  const logs = new Float64Array(k);
  const answers: Answers = { near, count: 0, logs, label: 0, difference: new Float64Array(d) };
  responsibilities.fill(0);
  let total = 0;
  for (let i = 0; i < X.rows; i++) {
    const best = ask(X, i, densities, labels[i]!, answers);
    labels[i] = answers.label;
    const { count } = answers;
    const row = i * k;
    let sum = 0;
    for (let at = 0; at < count; at++) {
      const gap = logs[at]! - best;
      if (gap < -far[near[at]!]!) continue;
      const share = Math.exp(gap);
      responsibilities[row + near[at]!] = share;
      sum += share;
    }
    for (let at = 0; at < count; at++) responsibilities[row + near[at]!]! /= sum;
    total += best + Math.log(sum);
  }
  return total / X.rows;
}

/** The largest logarithm at row i. A component is left as soon as its distance shows it to be far. */
function askTriangles(X: Matrix, i: number, densities: Densities, guess: number, answers: Answers): number {
  const { data } = X;
  const { k, d, order, means, whitening, peaks, far } = densities;
  const { near, logs, difference } = answers;
  const x = i * d;
  const size = (d * (d + 1)) / 2;
  let best = -Infinity;
  let label = guess;
  let count = 0;
  for (let turn = -1; turn < k; turn++) {
    if (turn === guess) continue;
    const c = turn < 0 ? guess : turn;
    const limit = 2 * (peaks[c]! - best + far[c]!);
    const first = c * d;
    let at = c * size;
    // The first two columns leave most components far behind: they are spared the loops of the others.
    const one = data[x + order[first]!]! - means[first]!;
    let coordinate = whitening[at]! * one;
    let sum = coordinate * coordinate;
    difference[0] = one;
    if (d > 1 && sum <= limit) {
      const other = data[x + order[first + 1]!]! - means[first + 1]!;
      coordinate = whitening[at + 1]! * one + whitening[at + 2]! * other;
      sum += coordinate * coordinate;
      difference[1] = other;
      at += 3;
      for (let j = 2; j < d && sum <= limit; j++) {
        const gap = data[x + order[first + j]!]! - means[first + j]!;
        difference[j] = gap;
        coordinate = whitening[at + j]! * gap;
        for (let l = 0; l < j; l++) coordinate += whitening[at + l]! * difference[l]!;
        at += j + 1;
        sum += coordinate * coordinate;
      }
    }
    if (!(sum <= limit)) continue;
    const log = peaks[c]! - sum / 2;
    near[count] = c;
    logs[count++] = log;
    if (log < best || (log === best && c > label)) continue;
    best = log;
    label = c;
  }
  answers.count = count;
  answers.label = label;
  return best;
}

/** The same where axes are scaled one by one. */
function askAxes(X: Matrix, i: number, densities: Densities, guess: number, answers: Answers): number {
  const { data } = X;
  const { k, d, order, means, whitening, peaks, far } = densities;
  const { near, logs } = answers;
  const x = i * d;
  let best = -Infinity;
  let label = guess;
  let count = 0;
  for (let turn = -1; turn < k; turn++) {
    if (turn === guess) continue;
    const c = turn < 0 ? guess : turn;
    const limit = 2 * (peaks[c]! - best + far[c]!);
    const first = c * d;
    let sum = 0;
    for (let j = 0; j < d && sum <= limit; j++) {
      const coordinate = (data[x + order[first + j]!]! - means[first + j]!) * whitening[first + j]!;
      sum += coordinate * coordinate;
    }
    if (!(sum <= limit)) continue;
    const log = peaks[c]! - sum / 2;
    near[count] = c;
    logs[count++] = log;
    if (log < best || (log === best && c > label)) continue;
    best = log;
    label = c;
  }
  answers.count = count;
  answers.label = label;
  return best;
}
