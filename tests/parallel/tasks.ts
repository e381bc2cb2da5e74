/** Tasks for the tests of runTasks: `wait` makes the first input the last to be done. */
import type { Task } from "#src/parallel/task.js";

export interface TestInput {
  value: number;
  waitMs?: number;
  does?: "throw" | "exit" | "spin";
}

const task: Task<TestInput, number> = async ({ value, waitMs = 0, does }, { report }) => {
  if (does === "throw") throw new RangeError(`no ${value}`);
  if (does === "exit") process.exit(3);
  while (does === "spin");
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  report(2);
  return value * value;
};
export default task;
