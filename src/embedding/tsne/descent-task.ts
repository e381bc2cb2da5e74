import type { Task } from "../../parallel/task.js";
import { type DescentEnd, descend, type SharedDescent } from "./descent.js";

/** The place of a worker in its team, and what the team shares. */
export interface DescentInput {
  me: number;
  shared: SharedDescent;
}

const task: Task<DescentInput, DescentEnd> = ({ me, shared }, { report }) =>
  descend(shared, me, () => report(1));
export default task;
