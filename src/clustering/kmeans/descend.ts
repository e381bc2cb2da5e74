import type { Matrix } from "../../math/matrix.js";
import { Assignment } from "./assignment.js";
import { CenterSums } from "./center-sums.js";
import { squaredDistanceAt } from "./distance.js";
import type { Workspace } from "./workspace.js";

/** Where a run from given centres ends. */
export interface Descent {
  labels: Int32Array;
  centers: Float64Array;
  inertia: number;
  nIterations: number;
}

/**
 * Assigns rows to their nearest centre and moves centres to the mean of their rows, in turns.
 * @param start - k x d.
 * @param tolerance - ends as well when the squared moves of all centres sum to no more than this.
 * @see Lloyd 1982, IEEE Trans. Inf. Theory 28:129-137; the turns of sklearn.cluster.KMeans.
 */
export function descend(work: Workspace, start: Float64Array, maxIter: number, tolerance: number): Descent {
  const assignment = new Assignment(work, start);
  const sums = new CenterSums(work.X, work.k);
  const { labels } = assignment;
  for (let turn = 1; ; turn++) {
    const changed = assignment.update();
    const isSettled = turn > 1 && changed === 0;
    if (turn === 1 || isSettled) sums.refresh(labels);
    else sums.follow(assignment, changed);
    const shift = assignment.moveTo(sums.means(assignment));
    if (!isSettled) {
      if (shift > tolerance && turn < maxIter) continue;
      // Labels belong to the centres before they moved.
      assignment.update();
    }
    const { centers } = assignment;
    return {
      labels: labels.slice(),
      centers,
      inertia: inertiaOf(work.X, centers, labels),
      nIterations: turn,
    };
  }
}

function inertiaOf({ rows, columns, data }: Matrix, centers: Float64Array, labels: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < rows; i++)
    sum += squaredDistanceAt(data, i * columns, centers, labels[i]! * columns, columns);
  return sum;
}
