import type { Matrix } from "../../math/matrix.js";
import { squaredDistanceAt } from "./distance.js";

/**
 * The nearest centre of each row, kept while centres move. Bounds by the triangle inequality spare most distances:
 * an upper one to a row's own centre, a lower one to each other centre, and the least of the lower ones, by which most
 * rows are passed over at a glance. They are stored less the way that centres have come, so that a move changes none.
 * @see Elkan 2003, ICML, 147-153; Hamerly 2010, SDM, 130-140; Newling & Fleuret 2016, ICML, 936-944.
 */
export class Assignment {
  readonly k: number;
  readonly labels: Int32Array;
  centers: Float64Array;
  /** The rows whose label the last update changed, and the labels they had: as many as it returned. */
  readonly changed: Int32Array;
  readonly before: Int32Array;
  private readonly X: Matrix;
  /** Distance of each row to its own centre, less the way of this centre. */
  private readonly upper: Float64Array;
  /** Least distance of each row to each centre, plus the way of the centre; n x k. */
  private readonly lower: Float64Array;
  /** Least distance of each row to another than its own centre, plus the way of the fastest. */
  private readonly nextLower: Float64Array;
  /** How far each centre has come in all, and how far the fastest of each turn. */
  private readonly way: Float64Array;
  private fastestWay = 0;
  /** The other centres of each, the nearest first, with half their distance: k x (k - 1). */
  private readonly others: Int32Array;
  private readonly halves: Float64Array;
  /** Half the distance of each centre to the nearest other. */
  private readonly halfNext: Float64Array;

  /** @param nearest - a guess of the labels; the closer it is, the less there is to measure. */
  constructor(X: Matrix, centers: Float64Array, nearest: Int32Array) {
    const k = centers.length / X.columns;
    this.X = X;
    this.k = k;
    this.centers = centers;
    this.labels = nearest.slice();
    this.changed = new Int32Array(X.rows);
    this.before = new Int32Array(X.rows);
    this.upper = new Float64Array(X.rows).fill(Infinity);
    this.lower = new Float64Array(X.rows * k);
    this.nextLower = new Float64Array(X.rows);
    this.way = new Float64Array(k);
    this.others = new Int32Array(k * (k - 1));
    this.halves = new Float64Array(k * (k - 1));
    this.halfNext = new Float64Array(k);
    this.measureCenters();
  }

  /** Moves the centres and returns the sum of their squared moves. */
  moveTo(next: Float64Array): number {
    const d = this.X.columns;
    let total = 0;
    let fastest = 0;
    for (let c = 0; c < this.k; c++) {
      const square = squaredDistanceAt(next, c * d, this.centers, c * d, d);
      const move = Math.sqrt(square);
      total += square;
      this.way[c]! += move;
      if (move > fastest) fastest = move;
    }
    this.fastestWay += fastest;
    this.centers = next;
    this.measureCenters();
    return total;
  }

  /** Brings the labels up to date and returns how many changed; of centres equally near the first counts. */
  update(): number {
    const {
      X,
      k,
      labels,
      changed,
      before,
      centers,
      upper,
      lower,
      nextLower,
      way,
      fastestWay,
      others,
      halves,
      halfNext,
    } = this;
    const { rows: n, columns: d, data } = X;
    let count = 0;
    for (let i = 0; i < n; i++) {
      const was = labels[i]!;
      let own = was;
      const away = nextLower[i]! - fastestWay;
      const safe = away > halfNext[own]! ? away : halfNext[own]!;
      if (upper[i]! + way[own]! < safe) continue;
      let distance = Math.sqrt(squaredDistanceAt(data, i * d, centers, own * d, d));
      const row = i * k;
      lower[row + own] = distance + way[own]!;
      upper[i] = distance - way[own]!;
      if (distance < safe) continue;
      const radius = distance;
      const first = own * (k - 1);
      let least = Infinity;
      for (let at = first; at < first + k - 1; at++) {
        const half = halves[at]!;
        if (half > radius) {
          // Neither this centre nor those after it can be nearer.
          if (2 * half - radius < least) least = 2 * half - radius;
          break;
        }
        const c = others[at]!;
        let bound = lower[row + c]! - way[c]!;
        if (bound <= distance) {
          bound = Math.sqrt(squaredDistanceAt(data, i * d, centers, c * d, d));
          lower[row + c] = bound + way[c]!;
          if (bound < distance || (bound === distance && c < own)) {
            const other = bound;
            bound = distance;
            distance = other;
            own = c;
          }
        }
        if (bound < least) least = bound;
      }
      upper[i] = distance - way[own]!;
      nextLower[i] = least + fastestWay;
      if (own === was) continue;
      labels[i] = own;
      changed[count] = i;
      before[count++] = was;
    }
    return count;
  }

  private measureCenters(): void {
    const { k, centers, others, halves, halfNext } = this;
    const d = this.X.columns;
    for (let a = 0; a < k; a++) {
      const first = a * (k - 1);
      let count = 0;
      for (let b = 0; b < k; b++) {
        if (b === a) continue;
        const half = Math.sqrt(squaredDistanceAt(centers, a * d, centers, b * d, d)) / 2;
        let at = first + count++;
        for (; at > first && halves[at - 1]! > half; at--) {
          halves[at] = halves[at - 1]!;
          others[at] = others[at - 1]!;
        }
        halves[at] = half;
        others[at] = b;
      }
      halfNext[a] = k > 1 ? halves[first]! : Infinity;
    }
  }
}
