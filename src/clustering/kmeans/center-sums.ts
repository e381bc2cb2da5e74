import type { Matrix } from "../../math/matrix.js";
import type { Assignment } from "./assignment.js";
import { squaredDistanceAt } from "./distance.js";

/** Sums and counts of the rows of each centre, kept while rows move. */
export class CenterSums {
  private readonly X: Matrix;
  private readonly k: number;
  private readonly sums: Float64Array;
  private readonly counts: Int32Array;

  constructor(X: Matrix, k: number) {
    this.X = X;
    this.k = k;
    this.sums = new Float64Array(k * X.columns);
    this.counts = new Int32Array(k);
  }

  /** Sums afresh: sums that have followed many moves are off in the last digits. */
  refresh(labels: Int32Array): void {
    this.sums.fill(0);
    this.counts.fill(0);
    for (let i = 0; i < labels.length; i++) this.add(i, labels[i]!, 1);
  }

  /** Takes the first `count` rows that changed from the centres they had `before` to those they have now. */
  follow({ labels, changed, before }: Assignment, count: number): void {
    for (let at = 0; at < count; at++) {
      const i = changed[at]!;
      this.add(i, before[at]!, -1);
      this.add(i, labels[i]!, 1);
    }
  }

  /** The means; a centre without rows moves to a row far from its own centre, as in scikit-learn. */
  means({ centers, labels }: Assignment): Float64Array {
    const { k, X } = this;
    const d = X.columns;
    let { sums, counts } = this;
    if (counts.includes(0)) {
      sums = sums.slice();
      counts = counts.slice();
      this.relocate(sums, counts, centers, labels);
    }
    const means = new Float64Array(k * d);
    for (let c = 0; c < k; c++)
      if (counts[c]! > 0) for (let j = 0; j < d; j++) means[c * d + j] = sums[c * d + j]! / counts[c]!;
    // More centres than different rows: those without a row share the place of the largest.
    const largest = counts.indexOf(Math.max(...counts));
    for (let c = 0; c < k; c++) if (counts[c]! <= 0) means.copyWithin(c * d, largest * d, (largest + 1) * d);
    return means;
  }

  private add(i: number, label: number, sign: 1 | -1): void {
    const d = this.X.columns;
    this.counts[label]! += sign;
    for (let j = 0; j < d; j++) this.sums[label * d + j]! += sign * this.X.data[i * d + j]!;
  }

  private relocate(sums: Float64Array, counts: Int32Array, centers: Float64Array, labels: Int32Array): void {
    const { columns: d, data } = this.X;
    const distances = Float64Array.from(labels, (label, i) =>
      squaredDistanceAt(data, i * d, centers, label * d, d),
    );
    const farthest = Array.from(labels.keys()).sort((a, b) => distances[b]! - distances[a]! || a - b);
    if (distances[farthest[0]!] === 0) return;
    let next = 0;
    for (let c = 0; c < this.k; c++) {
      if (counts[c]! !== 0) continue;
      const i = farthest[next++]!;
      const from = labels[i]!;
      for (let j = 0; j < d; j++) {
        sums[from * d + j]! -= data[i * d + j]!;
        sums[c * d + j] = data[i * d + j]!;
      }
      counts[c] = 1;
      counts[from]!--;
    }
  }
}
