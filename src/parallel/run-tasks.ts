import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { FromWorker, WorkerInput } from "./task.js";

export interface RunOptions<Output = unknown> {
  /** Workers at a time; as many as there are processors by default. The results do not depend on it. */
  workers?: number | undefined;
  /** Told the units that are done in all. */
  onProgress?: ((units: number) => void) | undefined;
  /** Given each output as it comes, in whatever order, with the position of its input. */
  onOutput?: ((output: Output, position: number) => void) | undefined;
  /** Ends all workers at once when it is aborted. */
  signal?: AbortSignal | undefined;
}

/** What ends the tasks that run now. */
const running = new Set<AbortController>();

/**
 * Ends all tasks of this thread that run now; what waits for them is told the reason.
 * For who ends a cell: its workers would go on without anybody to take their results.
 */
export function stopTasks(reason: Error): void {
  for (const controller of running) controller.abort(reason);
}

/**
 * Runs a task for each input in worker threads, while this thread stays free.
 * @param module - address of the module whose default export is the task.
 * @returns the outputs in the order of the inputs, whatever the order they were done in.
 * @throws what the first task to fail throws, or the signal's reason; no worker is left in either case.
 */
export async function runTasks<Input, Output>(
  module: URL,
  inputs: readonly Input[],
  { workers: count = availableParallelism(), onProgress, onOutput, signal }: RunOptions<Output> = {},
): Promise<Output[]> {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`runTasks needs a positive whole number of workers, got ${count}`);
  signal?.throwIfAborted();
  let units = 0;
  const report = (more: number): void => {
    units += more;
    onProgress?.(units);
  };
  const outputs: Output[] = new Array(inputs.length);
  const waiting = inputs.entries();
  const workers = Array.from({ length: Math.min(count, inputs.length) }, () => startWorker(module));
  const lanes = workers.map(async (worker) => {
    for (const [at, input] of waiting) {
      outputs[at] = (await runOne(worker, input, report)) as Output;
      onOutput?.(outputs[at], at);
    }
  });
  const stopper = new AbortController();
  const ended = new AbortController();
  running.add(stopper);
  try {
    const stops = [signal, stopper.signal].map((stop) => whenAborted(stop, ended.signal));
    await Promise.race([Promise.all(lanes), ...stops]);
  } finally {
    running.delete(stopper);
    ended.abort();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return outputs;
}

function startWorker(module: URL): Worker {
  return new Worker(new URL("./worker.js", import.meta.url), { workerData: module.href });
}

/** Gives a worker one input and waits for what becomes of it. */
function runOne(worker: Worker, input: unknown, report: (units: number) => void): Promise<unknown> {
  let resolve: (output: unknown) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<unknown>((onResolve, onReject) => {
    [resolve, reject] = [onResolve, onReject];
  });
  const onMessage = (message: FromWorker): void => {
    if ("units" in message) report(message.units);
    else if ("error" in message) reject(message.error);
    else resolve(message.output);
  };
  const onExit = (code: number): void =>
    reject(new Error(`a worker ended with ${code} before its work was done`));
  worker.on("message", onMessage).on("error", reject).on("exit", onExit);
  worker.postMessage({ input } satisfies WorkerInput);
  return promise.finally(() => worker.off("message", onMessage).off("error", reject).off("exit", onExit));
}

/** Rejects with the reason of a signal; its listener goes when the work has ended. */
function whenAborted(signal: AbortSignal | undefined, ended: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { signal: ended });
  });
}
