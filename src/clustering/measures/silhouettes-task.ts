import type { Task } from "../../parallel/task.js";
import { type SilhouetteWork, writeSilhouettes } from "./silhouette-rows.js";

/** Some rows whose silhouettes are written into arrays that all workers share. */
export interface SilhouettesInput {
  work: SilhouetteWork;
  /** All rows that are asked for, of which these from `from` to before `to` are this piece; shared. */
  rows: Int32Array;
  samples: Float64Array[];
  from: number;
  to: number;
}

const task: Task<SilhouettesInput, void> = ({ work, rows, samples, from, to }, { report }) => {
  writeSilhouettes(work, rows.subarray(from, to), samples, from);
  report(to - from);
};
export default task;
