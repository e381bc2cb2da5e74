import { randomUUID } from "node:crypto";
import { fstatSync, statSync } from "node:fs";
import { formatDuration } from "../format.js";
import { type CellProgress, describeFailure, type RunOptions, runNotebook } from "../runner/execute.js";
import { inspectNotebook } from "../runner/inspect.js";
import { readNotebook, STDIO } from "../runner/notebook-file.js";
import { collectParameters } from "../runner/parameter-sources.js";
import { hasTag, type Parameters } from "../runner/parameters.js";
import { builtinParameters, fillPathTemplate } from "../runner/path-template.js";
import { failureExitCode } from "./exit-error.js";
import { createLogger, type Logger, type LogLevel } from "./logger.js";
import { formatNotebookHelp } from "./notebook-help.js";
import { consoleProgress } from "./progress.js";
import { stopOnSignals } from "./signals.js";
import { openTextFile } from "./text-file.js";

/** What `insiders execute` can be told; the names are papermill's. */
export interface ExecuteArguments {
  helpNotebook?: boolean;
  parameters?: [string, string][];
  parameters_raw?: [string, string][];
  parameters_file?: string[];
  parameters_yaml?: string[];
  parameters_base64?: string[];
  injectInputPath?: boolean;
  injectOutputPath?: boolean;
  injectPaths?: boolean;
  requestSaveOnCellExecute?: boolean;
  autosaveCellEvery: number;
  prepareOnly?: boolean;
  kernel?: string;
  language?: string;
  cwd?: string;
  progressBar?: boolean;
  logOutput?: boolean;
  stdoutFile?: string;
  stderrFile?: string;
  logLevel: LogLevel;
  startTimeout: number;
  executionTimeout?: number;
  reportMode?: boolean;
}

/** The command was called the wrong way. */
export class UsageError extends Error {}

/**
 * Runs one notebook, or shows its parameters.
 * @returns the exit code: 0, 1 for a failed run, 138 for a dead kernel, 130 and 143 for SIGINT and SIGTERM.
 * @throws UsageError on arguments that do not fit together; Error in one line when the run cannot begin.
 */
export async function execute(
  notebookPath: string | undefined,
  outputPath: string | undefined,
  options: ExecuteArguments,
): Promise<number> {
  const templates = choosePaths(notebookPath, outputPath, options);
  const { paths, parameters } = fillPaths(templates, options);
  const { say, onCell } = consoleProgress(process.stderr);
  const toStdout = paths.output === STDIO;
  const log = createLogger(toStdout && options.logLevel === "INFO" ? "ERROR" : options.logLevel, say);
  log("INFO", `Input Notebook:  ${paths.input}`);
  if (options.helpNotebook) return showParameters(templates.input, paths.input);
  log("INFO", `Output Notebook: ${paths.output}`);
  if (options.cwd !== undefined) {
    assertFolder(options.cwd);
    log("INFO", `Working directory: ${options.cwd}`);
  }
  const showsProgress = (options.progressBar ?? !(toStdout || options.logOutput)) && !options.prepareOnly;
  const stop = new AbortController();
  const signals = stopOnSignals(stop, (signal) => log("WARNING", `stopping on ${signal}`));
  const stdout = openTextFile(options.stdoutFile, process.stdout);
  const stderr = openTextFile(options.stderrFile, process.stderr);
  const { failure, durationSeconds } = await runNotebook(paths.input, paths.output, {
    ...runOptions(options),
    parameters,
    requestSaveOnCellExecute: options.requestSaveOnCellExecute !== false && !toStdout,
    onProgress: (progress) => {
      if (options.logOutput) logCell(log, progress);
      if (showsProgress) onCell(progress);
    },
    onOutput: ({ name, text }) => {
      if (name === "stdout") stdout.write(text);
      if (name === "stderr") stderr.write(text);
      if (options.logOutput) log(name === "stderr" ? "WARNING" : "INFO", text.replace(/\n$/, ""));
    },
    onWarning: (line) => log("WARNING", line),
    signal: stop.signal,
  });
  const problems = [await stdout.close(), await stderr.close()];
  const unwritten = problems.find((problem) => problem !== undefined);
  const complaint = failure ? describeFailure(nameOf(paths), failure) : unwritten;
  if (complaint !== undefined) say(`insiders: ${complaint}`);
  else if (showsProgress) say(`completed in ${formatDuration(durationSeconds)}`);
  if (failure) return failureExitCode([failure], signals);
  return complaint === undefined ? 0 : 1;
}

interface Paths {
  input: string;
  output: string;
}

/** A path left out is standard input or output, where these are pipes; one path beside piped input is the output. */
function choosePaths(
  notebookPath: string | undefined,
  outputPath: string | undefined,
  { helpNotebook }: ExecuteArguments,
): Paths {
  const isPiped = isInputPiped();
  if (!notebookPath && !isPiped) throw new UsageError("missing argument 'NOTEBOOK_PATH'");
  if (helpNotebook) return { input: notebookPath || STDIO, output: outputPath || STDIO };
  if (!outputPath && !isPiped && process.stdout.isTTY) throw new UsageError("missing argument 'OUTPUT_PATH'");
  if (isPiped && notebookPath && !outputPath) return { input: STDIO, output: notebookPath };
  return { input: notebookPath || STDIO, output: outputPath || STDIO };
}

function isInputPiped(): boolean {
  try {
    return fstatSync(0).isFIFO();
  } catch {
    return false; // closed
  }
}

/** The paths with their fields filled in; a notebook that asks for its paths is given these. */
function fillPaths(templates: Paths, options: ExecuteArguments): { paths: Paths; parameters: Parameters } {
  const given = collectParameters({
    base64: options.parameters_base64 ?? [],
    files: options.parameters_file ?? [],
    yaml: options.parameters_yaml ?? [],
    typed: options.parameters ?? [],
    raw: options.parameters_raw ?? [],
  });
  const builtins = builtinParameters(new Date(), randomUUID());
  const fill = (path: string): string =>
    fillPathTemplate(path, { ...injected(templates), ...given }, builtins);
  const injected = ({ input, output }: Paths): Parameters => ({
    ...((options.injectInputPath || options.injectPaths) && { PAPERMILL_INPUT_PATH: input }),
    ...((options.injectOutputPath || options.injectPaths) && { PAPERMILL_OUTPUT_PATH: output }),
  });
  const paths = { input: fill(templates.input), output: fill(templates.output) };
  return { paths, parameters: { ...injected(paths), ...given } };
}

function showParameters(template: string, input: string): number {
  const notebook = readNotebook(input);
  const isTagged = notebook.cells.some((cell) => hasTag(cell, "parameters"));
  const parameters = Object.values(inspectNotebook(notebook));
  process.stdout.write(formatNotebookHelp(template, { isTagged, parameters }));
  return isTagged ? 0 : 1;
}

function assertFolder(path: string): void {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder)
    throw new Error(
      `--cwd ${path} ${isFolder === undefined ? "does not exist" : "is no folder"}: name a folder`,
    );
}

function runOptions(options: ExecuteArguments): RunOptions {
  return {
    autosaveCellEvery: options.autosaveCellEvery,
    startTimeout: options.startTimeout,
    prepareOnly: options.prepareOnly ?? false,
    reportMode: options.reportMode ?? false,
    ...(options.kernel !== undefined && { kernel: options.kernel }),
    ...(options.language !== undefined && { language: options.language }),
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.executionTimeout !== undefined && { executionTimeout: options.executionTimeout }),
  };
}

function logCell(log: Logger, { cell, position, state }: CellProgress): void {
  const verb = state === "running" ? "Executing" : "Ending";
  log("INFO", `${`${verb} Cell ${position} ${cell} `.padEnd(54, "-")}`);
}

function nameOf({ input, output }: Paths): string {
  return [output, input].find((path) => path !== STDIO) ?? "the notebook";
}
