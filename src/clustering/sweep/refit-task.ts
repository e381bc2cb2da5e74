import { type Matrix, takeRows } from "../../math/matrix.js";
import type { Task } from "../../parallel/task.js";
import { fitModel, type ModelName, type ModelOptions } from "../models.js";

/** A model to be fitted to some of the rows. */
export interface RefitInput extends ModelOptions {
  /** Shared. */
  X: Matrix;
  rows: Int32Array;
  model: ModelName;
  setting: number;
}

/** Labels of all rows by a model that has seen some. */
const task: Task<RefitInput, Int32Array> = ({ X, rows, model, setting, ...options }, { report }) => {
  const labels = fitModel(takeRows(X, rows), model, [setting], options)[0]!.predict(X);
  report(1);
  return labels;
};
export default task;
