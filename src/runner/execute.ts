import { dirname } from "node:path";
import { CellTimeoutError, Kernel, KernelDiedError } from "./kernel.js";
import { type CodeCell, cellSource, type Notebook, readNotebook, writeNotebook } from "./nbformat.js";
import { OutputCollector } from "./outputs.js";
import { hasTag, injectParameters, type Parameters } from "./parameters.js";

/** Where a run stands. */
export interface CellProgress {
  /** Id of the cell. */
  cell: string;
  /** 1-based position among the code cells, and how many there are. */
  position: number;
  count: number;
  state: "running" | "completed" | "failed";
  durationSeconds?: number;
}

/** How a notebook is run. */
export interface ExecuteOptions {
  parameters?: Parameters;
  /** How to start a kernel; `{connection_file}` is filled in. */
  kernelArgv: string[];
  /** Working directory of the kernel; default: the folder of the notebook. */
  cwd?: string;
  env?: Record<string, string>;
  /** Seconds a cell may take; default: no limit. */
  executionTimeout?: number;
  startTimeout?: number;
  onProgress?: (progress: CellProgress) => void;
  signal?: AbortSignal;
}

/** How a run ended. */
export interface ExecuteResult {
  notebook: Notebook;
  status: "completed" | "failed";
  startedAt: string;
  durationSeconds: number;
  /** Where and why a failed run stopped. */
  failure?: { cell: string; reason: string; kernelDied: boolean };
}

/**
 * Runs a notebook cell by cell in a fresh kernel and saves it at the start and after each cell, so that
 * a run that breaks off leaves what it had. A failed cell ends the run; it does not throw.
 */
export async function executeNotebook(
  input: string,
  output: string,
  options: ExecuteOptions,
): Promise<ExecuteResult> {
  const notebook = prepare(readNotebook(input), options.parameters ?? {});
  const started = Date.now();
  const run: Record<string, unknown> = {
    input_path: input,
    output_path: output,
    parameters: options.parameters ?? {},
    start_time: isoTime(started),
    end_time: null,
    duration: null,
    exception: null,
  };
  notebook.metadata.papermill = run;
  writeNotebook(output, notebook);
  let failure: ExecuteResult["failure"];
  try {
    failure = await runCells(notebook, input, output, options);
  } finally {
    run["end_time"] = isoTime(Date.now());
    run["duration"] = (Date.now() - started) / 1000;
    run["exception"] = failure !== undefined;
    writeNotebook(output, notebook);
  }
  return {
    notebook,
    status: failure ? "failed" : "completed",
    startedAt: isoTime(started),
    durationSeconds: (Date.now() - started) / 1000,
    ...(failure && { failure }),
  };
}

async function runCells(
  notebook: Notebook,
  input: string,
  output: string,
  options: ExecuteOptions,
): Promise<ExecuteResult["failure"]> {
  const cells = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  const kernel = await Kernel.start({
    argv: options.kernelArgv,
    cwd: options.cwd ?? dirname(input),
    ...(options.env && { env: options.env }),
    ...(options.startTimeout && { startTimeout: options.startTimeout }),
  });
  const abort = (): void => kernel.interrupt();
  options.signal?.addEventListener("abort", abort);
  try {
    notebook.metadata["language_info"] = kernel.info["language_info"];
    for (const [index, cell] of cells.entries()) {
      if (options.signal?.aborted) return { cell: cell.id, reason: "interrupted", kernelDied: false };
      const progress = { cell: cell.id, position: index + 1, count: cells.length };
      options.onProgress?.({ ...progress, state: "running" });
      const { reason, kernelDied } = await runCell(kernel, cell, options);
      const durationSeconds = cell.metadata.papermill!["duration"] as number;
      options.onProgress?.({ ...progress, state: reason ? "failed" : "completed", durationSeconds });
      if (reason) return { cell: cell.id, reason, kernelDied };
      if (index < cells.length - 1) writeNotebook(output, notebook);
    }
    return undefined;
  } finally {
    options.signal?.removeEventListener("abort", abort);
    await kernel.stop();
  }
}

async function runCell(
  kernel: Kernel,
  cell: CodeCell,
  options: ExecuteOptions,
): Promise<{ reason?: string; kernelDied: boolean }> {
  const started = Date.now();
  const collector = new OutputCollector();
  const mayRaise = hasTag(cell, "raises-exception");
  let reason: string | undefined;
  let kernelDied = false;
  try {
    const reply = await kernel.execute(cellSource(cell), (message) => collector.add(message), {
      stopOnError: !mayRaise,
      ...(options.executionTimeout && { timeout: options.executionTimeout }),
    });
    if (reply.status !== "ok" && !mayRaise) reason = `${reply.ename ?? reply.status}: ${reply.evalue ?? ""}`;
  } catch (error) {
    kernelDied = error instanceof KernelDiedError;
    if (!kernelDied && !(error instanceof CellTimeoutError)) throw error;
    const { name, message } = error as Error;
    reason = `${name}: ${message}`;
    collector.outputs.push({ output_type: "error", ename: name, evalue: message, traceback: [message] });
  }
  cell.outputs = collector.outputs;
  cell.execution_count = collector.executionCount;
  cell.metadata.papermill = {
    start_time: isoTime(started),
    end_time: isoTime(Date.now()),
    duration: (Date.now() - started) / 1000,
    status: reason ? "failed" : "completed",
    exception: reason !== undefined,
  };
  return { kernelDied, ...(reason && { reason }) };
}

/** A notebook ready to run: parameters in place, no outputs, every code cell pending. */
function prepare(source: Notebook, parameters: Parameters): Notebook {
  const notebook = structuredClone(injectParameters(source, parameters));
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    cell.outputs = [];
    cell.execution_count = null;
    cell.metadata.papermill = {
      start_time: null,
      end_time: null,
      duration: null,
      status: "pending",
      exception: null,
    };
  }
  return notebook;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
