/** A task that meets its team a thousand times, and checks each time that all have counted. */
import { meet } from "#src/parallel/barrier.js";
import type { Task } from "#src/parallel/task.js";

export interface MeetingInput {
  me: number;
  team: number;
  barrier: Int32Array;
  counts: Float64Array;
}

const task: Task<MeetingInput, number> = ({ me, team, barrier, counts }) => {
  let late = 0;
  for (let round = 1; round <= 1_000; round++) {
    counts[me] = round;
    meet(barrier, team);
    if (counts.some((count) => count !== round)) late++;
    meet(barrier, team);
  }
  return late;
};
export default task;
