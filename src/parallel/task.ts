/** What a task may do besides compute. */
export interface TaskContext {
  /** Tells how many more units of work are done; what a unit is, the caller knows. */
  report(units: number): void;
}

/** The default export of a module whose work runs in workers; input and output travel as structured clones. */
export type Task<Input, Output> = (input: Input, context: TaskContext) => Output | Promise<Output>;

/** To a worker: one piece of work. */
export interface WorkerInput {
  input: unknown;
}

/** From a worker: units done since the last word, what came out, or what was thrown. */
export type FromWorker = { units: number } | { output: unknown } | { error: unknown };
