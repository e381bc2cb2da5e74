import type { Matrix } from "../../math/matrix.js";
import type { Task } from "../../parallel/task.js";
import { fitModel, type ModelName, type ModelOptions } from "../models.js";

/** One piece of the sweep's work: a model in a space, with some of its settings. */
export interface FitInput extends ModelOptions {
  /** Shared. */
  X: Matrix;
  model: ModelName;
  settings: readonly number[];
}

/** What the sweep keeps of a fitted model. */
export interface Fit {
  setting: number;
  labels: Int32Array;
  inertia: number | null;
  bic: number | null;
}

const task: Task<FitInput, Fit[]> = ({ X, model, settings, ...options }, { report }) => {
  const fits = fitModel(X, model, settings, options).map(({ setting, labels, inertia, bic }) => ({
    setting,
    labels,
    inertia,
    bic,
  }));
  report(1);
  return fits;
};
export default task;
