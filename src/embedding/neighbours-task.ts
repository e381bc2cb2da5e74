import type { Matrix } from "../math/matrix.js";
import { type Neighbours, nearestNeighbours } from "../math/neighbours.js";
import type { Task } from "../parallel/task.js";

/** A range of rows whose neighbours are looked for. */
export interface NeighboursInput {
  X: Matrix;
  k: number;
  range: [from: number, to: number];
}

const task: Task<NeighboursInput, Neighbours> = ({ X, k, range }, { report }) => {
  const found = nearestNeighbours(X, k, { range });
  report(range[1] - range[0]);
  return found;
};
export default task;
