import { relative, resolve } from "node:path";
import { inspectSource, type Source } from "../data/source.js";
import { formatDuration } from "../format.js";
import { prepareNbconvert } from "../runner/jupyter.js";
import { installKernelspec } from "../runner/kernelspec.js";
import { listNotebooks, type ReportRun, runReports } from "../runner/report.js";
import { consoleProgress } from "./progress.js";
import { stopOnSignals } from "./signals.js";

/** What `insiders report` can be told. */
export interface ReportArguments {
  source?: string;
  /** Default: `data/interim` of the project. */
  workspace?: string;
  /** Default: `reports` of the project. */
  output?: string;
}

const SYNTHETIC = "Synthetic sample data: the figures illustrate the method, not a real shop.";

/**
 * Runs all notebooks into HTML reports and says where they are.
 * @throws Error when the source cannot be used or a notebook fails.
 */
export async function report(root: string, options: ReportArguments): Promise<void> {
  const started = Date.now();
  const { say, ...progress } = consoleProgress(process.stdout);
  const source = await inspectSource(options.source ? resolve(options.source) : "", { root });
  say(`source   ${source.name} (${origin(source)})`);
  const stop = new AbortController();
  const nbconvert = prepareNbconvert(root, { onMessage: (line) => say(`tools    ${line}`) }).then((tools) => {
    installKernelspec(root, tools.prefix);
    return tools;
  });
  nbconvert.catch(() => stop.abort());
  const signals = stopOnSignals(stop, (signal) => say(`stopping on ${signal}`));
  const notebooks = resolve(root, "notebooks");
  const workspace = options.workspace ? resolve(options.workspace) : resolve(root, "data/interim");
  const running = runReports({
    title: "Insiders",
    notebooks: listNotebooks(notebooks),
    outputDir: options.output ? resolve(options.output) : resolve(root, "reports"),
    parameters: {
      source: relative(root, source.path),
      workspace: relative(root, workspace),
    },
    env: { INSIDERS_REPORT: "1" },
    nbconvert,
    description: {
      banner: source.isSynthetic ? SYNTHETIC : null,
      source: { name: source.name, sha256: source.sha256 },
      versions: { node: process.version },
    },
    signal: stop.signal,
    ...progress,
  });
  // What a signal cuts off fails, which is no news to who sent it.
  const run = await running.catch((error: unknown) => {
    if (!signals.received) throw error;
  });
  if (signals.received) process.exitCode = signals.exitCode();
  if (run === undefined) return;
  summarise(run, say);
  const failed = run.reports.find((entry) => entry.failure);
  say(`${relative(process.cwd(), run.index)}   ${formatDuration((Date.now() - started) / 1000)} in all`);
  if (failed && !signals.received)
    throw new Error(`${failed.name}, cell ${failed.failure!.cell}: ${failed.failure!.reason}`);
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
