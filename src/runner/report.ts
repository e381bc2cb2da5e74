import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type CellProgress, type RunResult, runNotebook } from "./execute.js";
import { writeFileAtomic } from "./files.js";
import { type Nbconvert, type ReportHeader, renderHtml } from "./html.js";
import { type IndexRow, renderIndex } from "./index-page.js";
import { type Notebook, notebookSummary, notebookTitle, readNotebook, writeNotebook } from "./nbformat.js";
import { declaredAmong, type Parameters } from "./parameters.js";
import { recordedValues } from "./records.js";

/** What every report of a run says about itself. */
export type RunDescription = Pick<ReportHeader, "banner" | "source" | "versions">;

/** How a sequence of notebooks becomes a set of reports. */
export interface ReportOptions {
  /** Title of the index page. */
  title: string;
  /** Notebooks in the order they run. */
  notebooks: string[];
  /** Folder the reports go to; executed notebooks go to its folder `notebooks`. */
  outputDir: string;
  /** Each notebook gets those that it declares. */
  parameters: Parameters;
  env?: Record<string, string>;
  /** How to call nbconvert; may still be in preparation while notebooks run. */
  nbconvert: Promise<Nbconvert>;
  description: RunDescription;
  onNotebook?: (progress: NotebookProgress) => void;
  onCell?: (progress: CellProgress) => void;
  signal?: AbortSignal;
}

/** Where the sequence stands. */
export interface NotebookProgress {
  name: string;
  position: number;
  count: number;
  state: "running" | "completed" | "failed";
  durationSeconds?: number;
}

/** One notebook of a finished sequence. */
export interface NotebookReport {
  name: string;
  status: "completed" | "failed" | "pending";
  durationSeconds: number | null;
  /** The HTML file; missing where the notebook did not run. */
  html?: string;
  failure?: NonNullable<RunResult["failure"]>;
}

/** A finished sequence. */
export interface ReportRun {
  index: string;
  reports: NotebookReport[];
}

/** Notebooks of a folder in the order of their numbers. */
export function listNotebooks(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Runs notebooks one after the other, renders each to HTML while the next one runs, and writes the index.
 * A failed notebook ends the sequence: its report shows how far it came, those behind it stay pending.
 */
export async function runReports(options: ReportOptions): Promise<ReportRun> {
  const sources = options.notebooks.map(readNotebook);
  const titles = sources.map((notebook, at) => notebookTitle(notebook, options.notebooks[at]!));
  const reports: NotebookReport[] = [];
  const rows: IndexRow[] = [];
  const rendering: Promise<void>[] = [];
  let hasFailed = false;
  for (const [position, input] of options.notebooks.entries()) {
    const name = basename(input, ".ipynb");
    if (hasFailed || options.signal?.aborted) {
      reports.push({ name, status: "pending", durationSeconds: null });
      rows.push({ ...describeRow(sources[position]!, titles[position]!), href: null, status: "pending" });
      continue;
    }
    const step = { name, position: position + 1, count: options.notebooks.length };
    options.onNotebook?.({ ...step, state: "running" });
    const parameters = declaredAmong(sources[position]!, options.parameters);
    const executed = join(options.outputDir, "notebooks", `${name}.ipynb`);
    const result = await runNotebook(input, executed, {
      parameters,
      cwd: dirname(input),
      ...(options.env && { env: options.env }),
      ...(options.onCell && { onProgress: options.onCell }),
      ...(options.signal && { signal: options.signal }),
    });
    hasFailed = result.status === "failed";
    options.onNotebook?.({ ...step, state: result.status, durationSeconds: result.durationSeconds });
    const html = join(options.outputDir, `${name}.html`);
    reports.push({
      name,
      status: result.status,
      durationSeconds: result.durationSeconds,
      html,
      ...(result.failure && { failure: result.failure }),
    });
    rows.push({
      ...describeRow(result.notebook, titles[position]!),
      ...describeRun(result),
      href: `${name}.html`,
    });
    result.notebook.metadata["insiders_report"] = header(options, result, { parameters, titles, position });
    writeNotebook(executed, result.notebook);
    const page = render(executed, options);
    // Awaited together at the end; a page that fails meanwhile must not end the process.
    page.catch(() => {});
    rendering.push(page);
  }
  await Promise.all(rendering);
  const index = join(options.outputDir, "index.html");
  writeFileAtomic(
    index,
    renderIndex({
      title: options.title,
      banner: options.description.banner,
      source: options.description.source,
      generatedAt: new Date().toISOString(),
      rows,
    }),
  );
  return { index, reports };
}

async function render(executed: string, options: ReportOptions): Promise<void> {
  await renderHtml([executed], { nbconvert: await options.nbconvert, outputDir: options.outputDir });
}

function describeRow(notebook: Notebook, title: string): Pick<IndexRow, "title" | "summary" | "keyFigures"> {
  return { title, summary: notebookSummary(notebook), keyFigures: recordedValues(notebook) };
}

function describeRun(
  result: RunResult,
): Pick<IndexRow, "status" | "durationSeconds" | "startedAt" | "error"> {
  return {
    status: result.status,
    durationSeconds: result.durationSeconds,
    startedAt: result.startedAt,
    ...(result.failure && { error: `${result.failure.cell}: ${result.failure.reason}` }),
  };
}

function header(
  options: ReportOptions,
  result: RunResult,
  { parameters, titles, position }: { parameters: Parameters; titles: string[]; position: number },
): ReportHeader {
  const link = (at: number): { href: string; title: string } | null => {
    const path = options.notebooks[at];
    return path ? { href: `${basename(path, ".ipynb")}.html`, title: titles[at]! } : null;
  };
  return {
    ...options.description,
    title: titles[position]!,
    startedAt: result.startedAt,
    durationSeconds: result.durationSeconds,
    status: result.status,
    parameters,
    previous: link(position - 1),
    next: link(position + 1),
    index: "index.html",
  };
}
