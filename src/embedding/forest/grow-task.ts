import type { Task } from "../../parallel/task.js";
import { growTree, type TrainingData, type Tree, type TreeOptions } from "./tree.js";

/** Trees to grow, each by its seed. */
export interface GrowInput {
  data: TrainingData;
  options: TreeOptions;
  seeds: number[];
}

const task: Task<GrowInput, Tree[]> = ({ data, options, seeds }, { report }) =>
  seeds.map((seed) => {
    const tree = growTree(data, options, seed);
    report(1);
    return tree;
  });
export default task;
