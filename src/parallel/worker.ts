/** A worker of `runTasks`: imports the module that it is given and runs its default export for each input. */
import { parentPort, workerData } from "node:worker_threads";
import type { FromWorker, Task, WorkerInput } from "./task.js";

const tell = (message: FromWorker): void => parentPort!.postMessage(message);
const context = { report: (units: number): void => tell({ units }) };
const task = import(workerData as string) as Promise<{ default: Task<unknown, unknown> }>;

parentPort!.on("message", async ({ input }: WorkerInput) => {
  try {
    tell({ output: await (await task).default(input, context) });
  } catch (error) {
    tell({ error });
  }
});
