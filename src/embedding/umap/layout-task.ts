import type { SparseMatrix } from "../../math/sparse.js";
import type { Task } from "../../parallel/task.js";
import type { Curve } from "./curve.js";
import { tabulateForces } from "./forces.js";
import { type LayoutOptions, optimiseLayout } from "./layout.js";
import { startPositions } from "./start.js";

/** A graph to lay out, from given positions (n x 2) or from spectral ones. */
export interface LayoutInput {
  graph: SparseMatrix;
  start: Float64Array | undefined;
  curve: Curve;
  repulsionStrength: number;
  options: LayoutOptions;
}

const task: Task<LayoutInput, Float64Array> = (
  { graph, start, curve, repulsionStrength, options },
  { report },
) => {
  const points = start ?? startPositions(graph, options.seed);
  const forces = tabulateForces(curve, repulsionStrength);
  optimiseLayout(graph, points, points, forces, options, () => report(1));
  return points;
};
export default task;
