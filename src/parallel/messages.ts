/** To a worker: one piece of work. */
export interface WorkerInput {
  input: unknown;
}

/** From a worker: units done since the last word, what came out, or what was thrown. */
export type FromWorker = { units: number } | { output: unknown } | { error: unknown };
