import { squaredDistanceAt } from "./distance.js";
import type { Workspace } from "./workspace.js";

/**
 * The nearest centre of each row, kept while centres move. Bounds by the triangle inequality pass over most rows at a
 * glance: an upper one to a row's own centre and a lower one to all others. Bounds are stored less the way that centres
 * have come, so that a move changes none.
 * @see Hamerly 2010, SDM, 130-140.
 */
export class Assignment {
  readonly labels: Int32Array;
  /** k x d. */
  centers: Float64Array;
  /** The rows whose label the last update changed, and the labels they had: as many as it returned. */
  readonly changed: Int32Array;
  readonly before: Int32Array;
  private readonly work: Workspace;
  /** How far the fastest centre of each turn has come. */
  private fastest = 0;

  constructor(work: Workspace, centers: Float64Array) {
    const { labels, changed, before, upper, lower, way } = work.arrays;
    this.work = work;
    this.labels = labels;
    this.changed = changed;
    this.before = before;
    this.centers = centers;
    labels.fill(0);
    upper.fill(Infinity);
    lower.fill(0);
    way.fill(0);
    this.placeCenters();
  }

  /** Moves the centres and returns the sum of their squared moves. */
  moveTo(next: Float64Array): number {
    const { k, X, arrays } = this.work;
    const d = X.columns;
    let total = 0;
    let fastest = 0;
    for (let c = 0; c < k; c++) {
      const square = squaredDistanceAt(next, c * d, this.centers, c * d, d);
      const move = Math.sqrt(square);
      total += square;
      arrays.way[c]! += move;
      if (move > fastest) fastest = move;
    }
    this.fastest += fastest;
    this.centers = next;
    this.placeCenters();
    return total;
  }

  /** Brings the labels up to date and returns how many changed; of centres equally near the first counts. */
  update(): number {
    const { kernels, X, width, arrays } = this.work;
    const { rows, centers, labels, upper, lower, way, halfNext, squares, changed, before } = arrays;
    return kernels.assign(
      ...([X.rows, X.columns, width, rows, centers, labels, upper, lower, way, this.fastest] as const),
      ...([halfNext, squares, changed, before] as const),
    );
  }

  private placeCenters(): void {
    const { centers } = this;
    const { k, X, width, arrays } = this.work;
    const d = X.columns;
    for (let c = 0; c < k; c++)
      for (let j = 0; j < d; j++) arrays.centers[j * width + c] = centers[c * d + j]!;
    arrays.halfNext.fill(Infinity);
    for (let a = 1; a < k; a++)
      for (let b = 0; b < a; b++) {
        const half = Math.sqrt(squaredDistanceAt(centers, a * d, centers, b * d, d)) / 2;
        if (half < arrays.halfNext[a]!) arrays.halfNext[a] = half;
        if (half < arrays.halfNext[b]!) arrays.halfNext[b] = half;
      }
  }
}
