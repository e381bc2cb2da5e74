import type { Task } from "../../parallel/task.js";
import { rowsBetween } from "./silhouette.js";
import { type SilhouetteWork, writeSilhouettes } from "./silhouette-rows.js";

/** A range of rows whose silhouettes are written into arrays that all workers share. */
export interface SilhouettesInput {
  work: SilhouetteWork;
  samples: Float64Array[];
  from: number;
  to: number;
}

const task: Task<SilhouettesInput, void> = ({ work, samples, from, to }, { report }) => {
  writeSilhouettes(work, rowsBetween(from, to), samples, from);
  report(to - from);
};
export default task;
