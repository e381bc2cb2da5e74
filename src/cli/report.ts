import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { inspectSource, type Source } from "../data/source.js";
import { formatDuration } from "../format.js";
import { drawFigures } from "../notebook/figure.js";
import { buildFingerprint } from "../runner/cycle-key.js";
import { describeFailure } from "../runner/execute.js";
import { prepareNbconvert } from "../runner/jupyter.js";
import { installKernelspec } from "../runner/kernelspec.js";
import { readNotebook } from "../runner/notebook-file.js";
import { collectParameters } from "../runner/parameter-sources.js";
import { declaredAmong, type Parameters } from "../runner/parameters.js";
import { listNotebooks, type ReportRun, runReports } from "../runner/report.js";
import { ExitError, failureExitCode } from "./exit-error.js";
import { consoleProgress } from "./progress.js";
import { type StopState, stopOnSignals } from "./signals.js";
import { readsSource, sourceOf } from "./workspace-source.js";

/** What `insiders report` can be told. */
export interface ReportArguments {
  source?: string;
  /** Default: `data/interim` of the project. */
  workspace?: string;
  /** Default: `reports` of the project. */
  output?: string;
  /** Numbers or names of notebooks, lists and ranges. */
  only?: string;
  /** This notebook and all that run after it. */
  from?: string;
  /** Runs what has not changed as well. */
  force?: boolean;
  /** Writes all reports into one file as well. */
  standalone?: boolean;
  /** Names and values as written, for all notebooks that declare them. */
  parameters?: readonly (readonly [name: string, value: string])[];
}

const SYNTHETIC = "Synthetic sample data: the figures illustrate the method, not a real shop.";

/**
 * Runs the notebooks into HTML reports and says where they are.
 * @throws Error when the source cannot be used; ExitError when a notebook fails or a signal stops the run.
 */
export async function report(root: string, options: ReportArguments): Promise<void> {
  const started = Date.now();
  const { say, ...progress } = consoleProgress(process.stdout);
  const notebooks = listNotebooks(resolve(root, "notebooks"));
  const parameters = collectParameters({ typed: options.parameters ?? [] });
  assertDeclared(parameters, notebooks);
  const { only, from, force } = options;
  const selection = { ...(only !== undefined && { only }), ...(from !== undefined && { from }) };
  const workspace = options.workspace ? resolve(options.workspace) : resolve(root, "data/interim");
  const source = await inspectSource(options.source ? resolve(options.source) : "", { root });
  const described = readsSource(notebooks, selection) ? source : await sourceOf(workspace, source);
  if (described.sha256 !== source.sha256 && options.source !== undefined)
    throw new Error(
      `the workspace was made from ${described.name}, which is not ${source.name}: run all notebooks, or leave --source out`,
    );
  say(
    `source   ${described.name} (${described === source ? origin(source) : "what the workspace was made from"})`,
  );
  const stop = new AbortController();
  const nbconvert = prepareNbconvert(root, { onMessage: (line) => say(`tools    ${line}`) }).then((tools) => {
    installKernelspec(root, tools.prefix);
    return tools;
  });
  nbconvert.catch(() => stop.abort("the set-up of nbconvert, which failed"));
  const signals = stopOnSignals(stop, (signal) => say(`stopping on ${signal}`));
  const outputDir = options.output ? resolve(options.output) : resolve(root, "reports");
  const standalone = options.standalone ? join(outputDir, "insiders.html") : undefined;
  const running = runReports({
    title: "Insiders",
    notebooks,
    selection,
    workspace,
    outputDir,
    ...(standalone !== undefined && { standalone: { path: standalone, scripts: [drawFigures] } }),
    parameters: {
      ...parameters,
      source: relative(root, source.path),
      workspace: relative(root, workspace),
    },
    build: buildFingerprint(root),
    ...(force && { force }),
    env: { INSIDERS_REPORT: "1" },
    nbconvert,
    description: {
      banner: described.isSynthetic ? SYNTHETIC : null,
      source: { name: described.name, sha256: described.sha256 },
      versions: { node: process.version },
    },
    signal: stop.signal,
    onMessage: say,
    ...progress,
  });
  const run = await running.catch((error: unknown) => {
    // What a signal cuts off fails, which is no news to who sent it.
    if (signals.received) throw new ExitError(`stopped by ${signals.received}`, signals.exitCode(), error);
    throw error;
  });
  summarise(run, say);
  if (standalone !== undefined && existsSync(standalone))
    say(`${relative(process.cwd(), standalone)}   ${megabytes(standalone)}, one file`);
  say(`${relative(process.cwd(), run.index)}   ${formatDuration((Date.now() - started) / 1000)} in all`);
  if (!signals.received) await nbconvert;
  const failure = failureOf(run, signals);
  if (failure) throw failure;
  if (run.pagesError) throw run.pagesError;
}

/** A parameter that no notebook declares would change nothing without a word. */
function assertDeclared(parameters: Parameters, notebooks: readonly string[]): void {
  if (Object.keys(parameters).length === 0) return;
  for (const [name, option] of [
    ["source", "--source"],
    ["workspace", "--workspace"],
  ] as const)
    if (name in parameters) throw new Error(`the parameter ${name} is set with ${option}`);
  const declared = new Set(
    notebooks.flatMap((path) => Object.keys(declaredAmong(readNotebook(path), parameters))),
  );
  const unknown = Object.keys(parameters).find((name) => !declared.has(name));
  if (unknown !== undefined)
    throw new Error(`no notebook declares the parameter ${unknown}: see their cells tagged parameters`);
}

/** With which line and code a run ends that did not complete: notebook, cell and reason; null where it did. */
export function failureOf(
  { status, reports }: Pick<ReportRun, "status" | "reports">,
  signals: StopState,
): ExitError | null {
  if (status === "completed") return null;
  const { name, failure } = reports.find((entry) => entry.failure) ?? {};
  const line = failure ? describeFailure(name!, failure) : `stopped by ${signals.received}`;
  const failures = reports.flatMap((entry) => entry.failure ?? []);
  return new ExitError(line, failureExitCode(failures, signals));
}

function megabytes(path: string): string {
  return `${(statSync(path).size / 1e6).toFixed(1)} MB`;
}

function summarise(run: ReportRun, say: (line: string) => void): void {
  say("");
  for (const entry of run.reports) {
    const time = entry.durationSeconds === null ? "" : formatDuration(entry.durationSeconds);
    const place = entry.html ? relative(process.cwd(), entry.html) : entry.name;
    say(`${entry.status.padEnd(10)} ${time.padStart(8)}  ${place}`);
  }
}

function origin(source: Source): string {
  return {
    argument: "given with --source",
    environment: "named by INSIDERS_SOURCE",
    "data/raw": "found in data/raw",
    sample: "the bundled sample: synthetic",
  }[source.origin];
}
