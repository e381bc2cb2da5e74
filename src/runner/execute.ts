import { randomUUID } from "node:crypto";
import { withErrorMarkers, withoutErrorMarkers } from "./error-markers.js";
import { isSpecialFile, resolveLinks } from "./files.js";
import { nameParameter } from "./injected-error.js";
import {
  CellInterruptedError,
  CellTimeoutError,
  type ExecuteReply,
  Kernel,
  KernelDiedError,
  LONGEST_TIMER_MS,
} from "./kernel.js";
import { findKernel } from "./kernelspec.js";
import { acquireLock, type Lock } from "./lock.js";
import type { Message } from "./messages.js";
import { type CodeCell, cellSource, type Notebook, type NotebookCell } from "./nbformat.js";
import { NotebookWriter, outputLockPath, printNotebook, readNotebook, STDIO } from "./notebook-file.js";
import { toNotebook } from "./notebook-schema.js";
import { type Displays, OutputCollector, OutputLimitError } from "./outputs.js";
import { type CellStatus, cellRun, endedRun, startedRun } from "./papermill-metadata.js";
import { hasTag, injectParameters, type Parameters } from "./parameters.js";
import { builtinParameters, fillPathTemplate } from "./path-template.js";

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

/** Text that a cell put out. */
export interface CellText {
  /** Id of the cell. */
  cell: string;
  name: "stdout" | "stderr" | "display";
  text: string;
}

/** How a notebook is run; the names are papermill's. */
export interface RunOptions {
  /** Replace the defaults of the cell tagged `parameters`. */
  parameters?: Parameters;
  /** Name of the kernel; default: the one that the notebook names. */
  kernel?: string;
  /** Language of the parameters; default: the notebook's. */
  language?: string;
  /** Working directory of the kernel; default: that of this process. */
  cwd?: string;
  env?: Record<string, string>;
  /** Seconds until the kernel must have answered; default: 60. */
  startTimeout?: number;
  /** Seconds a cell may take; default: no limit. */
  executionTimeout?: number;
  /** Seconds between saves while a cell runs; default: 30, 0 for none. */
  autosaveCellEvery?: number;
  /** Whether to save around each cell, or at the end only; default: around each cell. */
  requestSaveOnCellExecute?: boolean;
  /** Writes the notebook with its parameters and runs nothing. */
  prepareOnly?: boolean;
  /** Hides the code in Jupyter. */
  reportMode?: boolean;
  /** A kernel that was started ahead; it is stopped at the end of the run. */
  startedKernel?: Promise<Kernel>;
  /** Added to the metadata of the notebook before it is saved first. */
  metadata?: Record<string, unknown>;
  onProgress?: (progress: CellProgress) => void;
  onOutput?: (output: CellText) => void;
  onWarning?: (line: string) => void;
  /** Stops the run; its reason, such as the name of a signal, is told. */
  signal?: AbortSignal;
}

/** Where and why a run stopped. */
export interface RunFailure {
  /** Id of the cell; null when no cell had been reached. */
  cell: string | null;
  /** One line. */
  reason: string;
  kind: "cell" | "timeout" | "kernel-died" | "interrupted" | "not-saved" | "no-kernel";
}

/** How a run ended. */
export interface RunResult {
  notebook: Notebook;
  status: "completed" | "failed";
  /** ISO 8601, UTC. */
  startedAt: string;
  durationSeconds: number;
  failure?: RunFailure;
}

/** A notebook did not run to its end. */
export class NotebookFailedError extends Error {
  override name = "NotebookFailedError";
  declare readonly result: RunResult;

  /** @param name - of the notebook, as the message calls it. */
  constructor(name: string, result: RunResult) {
    super(describeFailure(name, result.failure!));
    // Printed with the error, it would be the whole notebook.
    Object.defineProperty(this, "result", { value: result, enumerable: false });
  }
}

/** Notebook, cell and reason in one line. */
export function describeFailure(name: string, { cell, reason }: RunFailure): string {
  return cell === null ? `${name}: ${reason}` : `${name}, cell ${cell}: ${reason}`;
}

/**
 * Runs a notebook as `runNotebook` does.
 * @throws NotebookFailedError, with the result, when it did not run to its end; otherwise as `runNotebook`.
 */
export async function executeNotebook(
  input: string | Notebook,
  output: string | null,
  options: RunOptions = {},
): Promise<RunResult> {
  const builtins = builtinParameters(new Date(), randomUUID());
  const fill = <T>(path: T): T | string =>
    typeof path === "string" ? fillPathTemplate(path, options.parameters ?? {}, builtins) : path;
  const result = await runNotebook(fill(input), fill(output), options);
  if (result.failure) {
    const name = [output, input].find((path) => typeof path === "string" && path !== STDIO);
    throw new NotebookFailedError(String(name ?? "the notebook"), result);
  }
  return result;
}

/**
 * Runs a notebook cell by cell in a fresh kernel and saves it at the start, around each cell and every now and then
 * in long cells, so that a run that breaks off leaves what it had. A cell that fails ends the run; it does not throw.
 * @param input - a file, `-` for standard input, or the notebook itself.
 * @param output - a file, `-` for standard output, null to save nothing.
 * @throws Error in one line, before anything has run, when the input is no notebook, the output cannot be written
 * or another run is writing it, the kernel is not known, or a parameter cannot be declared.
 */
export async function runNotebook(
  input: string | Notebook,
  output: string | null,
  options: RunOptions = {},
): Promise<RunResult> {
  const startedAt = Date.now();
  let lock: Lock | null = null;
  try {
    const notebook = prepare(
      typeof input === "string" ? readNotebook(input) : toNotebook(input, "the notebook"),
      options,
    );
    const paths = { input: typeof input === "string" ? input : null, output };
    notebook.metadata.papermill = startedRun(paths, options.parameters ?? {}, startedAt);
    Object.assign(notebook.metadata, options.metadata);
    if (output !== null && !isWrittenOnce(output)) lock = lockOutput(output, options);
    const run = new NotebookRun(notebook, output, options, startedAt);
    const failure = await (options.prepareOnly ? run.saveAtEnd() : run.run());
    return {
      notebook: run.notebook,
      status: failure ? "failed" : "completed",
      startedAt: new Date(startedAt).toISOString(),
      durationSeconds: (Date.now() - startedAt) / 1000,
      ...(failure && { failure }),
    };
  } finally {
    lock?.release();
    await stopStarted(options.startedKernel);
  }
}

/** A notebook ready to run: parameters in place, no outputs, every cell pending. */
function prepare(source: Notebook, options: RunOptions): Notebook {
  const clean = structuredClone(withoutErrorMarkers(source));
  const notebook = injectParameters(clean, options.parameters ?? {}, options);
  for (const cell of notebook.cells) {
    cell.metadata.tags ??= [];
    cell.metadata.papermill = cellRun("pending");
    if (cell.cell_type !== "code") continue;
    cell.outputs = [];
    cell.execution_count = null;
    if (options.reportMode)
      cell.metadata["jupyter"] = { ...(cell.metadata["jupyter"] as object), source_hidden: true };
  }
  return notebook;
}

function lockOutput(output: string, { onWarning }: RunOptions): Lock {
  const lock = acquireLock(outputLockPath(resolveLinks(output)), { what: `is writing ${output}` });
  if (lock.stale)
    onWarning?.(
      `${output}: an earlier run (process ${lock.stale.pid}, begun ${lock.stale.startedAt}) was broken off`,
    );
  return lock;
}

/** Time for what the last cell left behind to come to an end, in seconds. */
const DRAIN_SECONDS = 1;
const DEFAULT_AUTOSAVE_SECONDS = 30;
/** A cell that ends sooner is saved once, at its end. */
const FIRST_SAVE_MS = 25;
const LONGEST_REASON = 500;
/** An autosave that takes more of its interval than this is done half as often. */
const AUTOSAVE_SHARE = 0.25;

/** One run of one notebook: its cells, its file and its kernel. */
class NotebookRun {
  notebook: Notebook;
  readonly #output: string | null;
  readonly #options: RunOptions;
  readonly #startedAt: number;
  readonly #isWrittenOnce: boolean;
  readonly #writer = new NotebookWriter();
  readonly #displays: Displays = new Map();

  constructor(notebook: Notebook, output: string | null, options: RunOptions, startedAt: number) {
    this.notebook = notebook;
    this.#output = output;
    this.#isWrittenOnce = output !== null && isWrittenOnce(output);
    this.#options = options;
    this.#startedAt = startedAt;
  }

  /** @returns where and why it stopped, if it did. @throws Error when it cannot even be saved at its start. */
  async run(): Promise<RunFailure | undefined> {
    let starting: Promise<Kernel> | undefined;
    let failure: RunFailure | undefined;
    try {
      this.#save();
      starting = this.#options.startedKernel ?? this.#startKernel();
      const kernel = await this.#kernel(starting);
      this.notebook.metadata["language_info"] = kernel.info["language_info"];
      failure = await this.#runCells(kernel);
    } catch (error) {
      if (!(error instanceof NoKernelError)) throw error;
      failure = { cell: null, reason: error.message, kind: error.kind };
    } finally {
      await stopStarted(starting);
    }
    if (failure?.cell) this.notebook = withErrorMarkers(this.notebook, failure.cell, failure.reason);
    const run = this.notebook.metadata.papermill!;
    this.notebook.metadata.papermill = endedRun(run, failure !== undefined, this.#startedAt, Date.now());
    const notSaved = await this.saveAtEnd();
    return failure ?? notSaved;
  }

  /** The last save, which alone goes to standard output. */
  async saveAtEnd(): Promise<RunFailure | undefined> {
    try {
      if (this.#output === STDIO) await printNotebook(this.notebook);
      else if (this.#output !== null) this.#writer.write(this.#output, this.notebook);
      return undefined;
    } catch (error) {
      return { cell: null, reason: (error as Error).message, kind: "not-saved" };
    }
  }

  #startKernel(): Promise<Kernel> {
    const { cwd = process.cwd(), env, startTimeout, signal } = this.#options;
    const name = this.#options.kernel ?? this.notebook.metadata.kernelspec?.name;
    if (!name) throw new Error("the notebook names no kernel: name one with --kernel");
    const spec = findKernel(name);
    return Kernel.start({
      spec,
      cwd,
      ...(env && { env }),
      ...(startTimeout && { startTimeout }),
      ...(signal && { signal }),
    });
  }

  /** The kernel once it has started. @throws NoKernelError when it has not, or the run was stopped meanwhile. */
  async #kernel(starting: Promise<Kernel>): Promise<Kernel> {
    const { signal } = this.#options;
    const settled = new AbortController();
    try {
      return await Promise.race([starting, ...(signal ? [untilAborted(signal, settled.signal)] : [])]);
    } catch (error) {
      if (signal?.aborted) throw new NoKernelError(`stopped by ${String(signal.reason)}`, "interrupted");
      throw new NoKernelError((error as Error).message, "no-kernel");
    } finally {
      settled.abort();
    }
  }

  async #runCells(kernel: Kernel): Promise<RunFailure | undefined> {
    const { cells } = this.notebook;
    const count = cells.filter((cell) => cell.cell_type === "code").length;
    let position = 0;
    let last: CodeCell | undefined;
    for (const cell of cells) {
      if (cell.cell_type === "code") position++;
      if (this.#options.signal?.aborted) return interrupted(cell, this.#options.signal);
      if (!isRun(cell)) {
        const now = Date.now();
        this.#note(cell, "completed", now, now);
        continue;
      }
      const progress = { cell: cell.id, position, count };
      this.#options.onProgress?.({ ...progress, state: "running" });
      const startedAt = Date.now();
      const failure = await this.#runCell(kernel, cell, startedAt);
      this.#options.onProgress?.({
        ...progress,
        state: failure ? "failed" : "completed",
        durationSeconds: (Date.now() - startedAt) / 1000,
      });
      if (failure) return failure;
      last = cell;
    }
    return last && this.#drain(kernel, last);
  }

  async #runCell(kernel: Kernel, cell: CodeCell, startedAt: number): Promise<RunFailure | undefined> {
    const collector = new OutputCollector(this.#displays);
    cell.outputs = collector.outputs;
    this.#note(cell, "running", startedAt);
    let failure: RunFailure | undefined;
    const { executionTimeout: timeout, signal } = this.#options;
    const mayRaise = hasTag(cell, "raises-exception");
    const stopAutosave = this.#autosave(cell);
    try {
      const reply = await kernel.execute(
        cellSource(cell),
        (message) => this.#take(cell, collector, message),
        {
          stopOnError: !mayRaise,
          cellId: cell.id,
          ...(timeout && { timeout }),
          ...(signal && { signal }),
        },
      );
      if (reply.status !== "ok" && !mayRaise)
        failure = { cell: cell.id, reason: nameParameter(cell, describeReply(cell, reply)), kind: "cell" };
    } catch (error) {
      failure = failWith(cell, error);
    }
    stopAutosave();
    this.#note(cell, failure ? "failed" : "completed", startedAt, Date.now());
    return failure ?? this.#trySave(cell);
  }

  #take(cell: CodeCell, collector: OutputCollector, message: Message): void {
    collector.add(message);
    cell.execution_count = collector.executionCount;
    if (message.header.msg_type === "update_display_data") this.#writer.touchAll();
    else this.#writer.touch(cell);
    if (this.#options.onOutput === undefined) return;
    const { name, text, data } = message.content as { name?: string; text?: string; data?: object };
    const plain = (data as Record<string, unknown> | undefined)?.["text/plain"];
    if (message.header.msg_type === "stream")
      this.#options.onOutput({ cell: cell.id, name: name as "stdout" | "stderr", text: text ?? "" });
    else if (typeof plain === "string")
      this.#options.onOutput({ cell: cell.id, name: "display", text: plain });
  }

  /** What the cells left behind may still fail: then the last one is taken for failed, and the culprit is named. */
  async #drain(kernel: Kernel, last: CodeCell): Promise<RunFailure | undefined> {
    let failure: RunFailure;
    try {
      const reply = await kernel.drain(DRAIN_SECONDS, this.#options.signal);
      if (reply.status === "ok") return undefined;
      failure = { cell: last.id, reason: describeReply(last, reply), kind: "cell" };
      const { ename = "Error", evalue = "", traceback = [] } = reply;
      last.outputs.push({ output_type: "error", ename, evalue, traceback });
    } catch (error) {
      failure = failWith(last, error);
    }
    last.metadata.papermill = { ...last.metadata.papermill, status: "failed", exception: true };
    this.#writer.touch(last);
    return failure;
  }

  #note(cell: NotebookCell, status: CellStatus, startedAt: number, endedAt?: number): void {
    cell.metadata.papermill = cellRun(status, { startedAt, ...(endedAt !== undefined && { endedAt }) });
    this.#writer.touch(cell);
  }

  #save(): void {
    if (this.#output === null || this.#isWrittenOnce) return;
    if (this.#options.requestSaveOnCellExecute === false) return;
    this.#writer.write(this.#output, this.notebook);
  }

  #trySave(cell: CodeCell): RunFailure | undefined {
    try {
      this.#save();
      return undefined;
    } catch (error) {
      return { cell: cell.id, reason: (error as Error).message, kind: "not-saved" };
    }
  }

  /**
   * Saves while a cell runs: soon after it began, unless it has ended by then, and every now and then. A save that
   * fails now is tried again when the cell ends, and fails the run then.
   */
  #autosave(cell: CodeCell): () => void {
    let seconds = this.#options.autosaveCellEvery ?? DEFAULT_AUTOSAVE_SECONDS;
    let timer: NodeJS.Timeout;
    const save = (): void => {
      const began = Date.now();
      const failure = this.#trySave(cell);
      if (failure) this.#options.onWarning?.(failure.reason);
      if (Date.now() - began > seconds * 1000 * AUTOSAVE_SHARE) seconds *= 2;
      if (seconds > 0) timer = setTimeout(save, Math.min(seconds * 1000, LONGEST_TIMER_MS));
    };
    timer = setTimeout(save, FIRST_SAVE_MS);
    return () => clearTimeout(timer);
  }
}

/** Stops a kernel once it has started; one that has not needs none, and one that was stopped stays so. */
async function stopStarted(starting: Promise<Kernel> | undefined): Promise<void> {
  const kernel = await starting?.catch(() => undefined);
  await kernel?.stop();
}

/** Rejects when `signal` is aborted, and stops listening when `settled` is. */
function untilAborted(signal: AbortSignal, settled: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => reject(new Error("aborted"));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true, signal: settled });
  });
}

/** There is no kernel to run the notebook with. */
class NoKernelError extends Error {
  readonly kind: RunFailure["kind"];

  constructor(message: string, kind: RunFailure["kind"]) {
    super(message);
    this.kind = kind;
  }
}

/** Whether an output takes the notebook at its end only: what is written to a pipe or a device stays written. */
function isWrittenOnce(output: string): boolean {
  return output === STDIO || isSpecialFile(output);
}

/** Whether a cell goes to the kernel; nbclient leaves out the same ones. */
function isRun(cell: NotebookCell): cell is CodeCell {
  return cell.cell_type === "code" && cellSource(cell).trim() !== "" && !hasTag(cell, "skip-execution");
}

function interrupted(cell: NotebookCell, signal: AbortSignal): RunFailure {
  return { cell: cell.id, reason: `stopped by ${String(signal.reason)}`, kind: "interrupted" };
}

function describeReply(cell: CodeCell, { status, ename, evalue, place, isLate }: ExecuteReply): string {
  const text = shorten(`${ename ?? status}: ${evalue ?? ""}`.split("\n")[0]!);
  if (place === undefined) return text;
  if (isLate) return `${text}, thrown late by cell ${place.cell} (line ${place.line})`;
  return `${text} (${place.cell === cell.id ? "" : `cell ${place.cell}, `}line ${place.line})`;
}

/** A line that fits on a terminal; the notebook has the whole. */
function shorten(line: string): string {
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}

/**
 * Says in the notebook why the cell has no end of its own; the kernel's word for it is "Interrupted".
 * @throws the error itself when it is none that a cell can bring about.
 */
function failWith(cell: CodeCell, error: unknown): RunFailure {
  const kinds = [
    [KernelDiedError, "kernel-died"],
    [CellTimeoutError, "timeout"],
    [CellInterruptedError, "interrupted"],
    [OutputLimitError, "not-saved"],
  ] as const;
  const kind = kinds.find(([type]) => error instanceof type)?.[1];
  if (kind === undefined) throw error;
  const { name, message } = error as Error;
  const line = `${name}: ${message}`;
  const last = cell.outputs.at(-1);
  if (last?.output_type === "error" && last.ename === "Interrupted") cell.outputs.pop();
  cell.outputs.push({ output_type: "error", ename: name, evalue: message, traceback: [line] });
  return { cell: cell.id, reason: kind === "interrupted" ? message : line, kind };
}
