import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Artifacts } from "./artifacts.js";
import { type Cycle, readCycle } from "./cycle.js";
import { assertReadable, orderCycles, upstreamOf } from "./cycle-graph.js";
import { cycleKey } from "./cycle-key.js";
import { type CellProgress, type RunFailure, type RunResult, runNotebook } from "./execute.js";
import { writeFileAtomic } from "./files.js";
import { type CycleRecord, lastRuns, newRunId, type RunRecord, saveRun } from "./history.js";
import type { Nbconvert, ReportHeader, ReportStatus } from "./html.js";
import { importsOf } from "./imports.js";
import { HISTORY_LENGTH, type IndexPage, type IndexRow, renderIndex } from "./index-page.js";
import { KernelAhead, type KernelNeed } from "./kernel-ahead.js";
import { isUnchanged, type LastRun, readLastRun } from "./last-run.js";
import { acquireLock } from "./lock.js";
import { type Notebook, notebookSummary } from "./nbformat.js";
import { type Overview, readOverview } from "./overview.js";
import { declaredAmong, type Parameters } from "./parameters.js";
import { recordedGroups, recordedValues } from "./records.js";
import { ReportPages } from "./report-pages.js";
import { type Selection, selectCycles } from "./selection.js";
import { type SetPage, type StandaloneFile, writeStandalone } from "./standalone.js";

/** What every report of a run says about itself. */
export type RunDescription = Pick<ReportHeader, "banner" | "source" | "versions">;

/** How a sequence of notebooks becomes a set of reports. */
export interface ReportOptions {
  /** Title of the index page. */
  title: string;
  /** All notebooks there are; their metadata says in which order they run. */
  notebooks: readonly string[];
  /** Those to run; all when left out. */
  selection?: Selection;
  /** Folder in which the notebooks hand over their artifacts. */
  workspace: string;
  /** Folder the reports go to; executed notebooks go to its folder `notebooks`. */
  outputDir: string;
  /** A file for the index and all reports in one that needs no other. */
  standalone?: StandaloneFile;
  /** Each notebook gets those that it declares. */
  parameters: Parameters;
  /** Fingerprint of what the notebooks import. */
  build: string;
  /** Runs notebooks also where nothing has changed. */
  force?: boolean;
  env?: Record<string, string>;
  /** How to call nbconvert; may still be in preparation while notebooks run. */
  nbconvert: Promise<Nbconvert>;
  description: RunDescription;
  onNotebook?: (progress: NotebookProgress) => void;
  onCell?: (progress: CellProgress) => void;
  onMessage?: (line: string) => void;
  signal?: AbortSignal;
}

/** Where the sequence stands. */
export interface NotebookProgress {
  name: string;
  position: number;
  count: number;
  state: "running" | ReportStatus;
  durationSeconds?: number;
  /** Of a cached notebook: when it did run. */
  startedAt?: string;
  /** What a pending notebook waits for. */
  waitsFor?: readonly string[];
}

/** One notebook of a finished sequence. */
export interface NotebookReport {
  name: string;
  status: ReportStatus;
  durationSeconds: number | null;
  /** The HTML file; missing where the notebook did not run. */
  html?: string;
  failure?: RunFailure;
}

/** A finished sequence. */
export interface ReportRun {
  id: string;
  status: RunRecord["status"];
  index: string;
  /** The selected notebooks in the order they ran. */
  reports: NotebookReport[];
  /** Why not all pages could be made. */
  pagesError: Error | null;
}

/** Notebooks of a folder by name. */
export function listNotebooks(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Runs notebooks in the order of what they read and write, leaves out those that would come to the same again,
 * renders each to HTML while the next one runs, and writes the index and the history.
 * A failed notebook keeps those waiting that read from it, directly or through others; the rest still run.
 * @throws Error in one line, before anything has run, when the order or the selection makes no sense, or another
 * run uses the same folders.
 */
export async function runReports(options: ReportOptions): Promise<ReportRun> {
  const all = orderCycles(options.notebooks.map(readCycle));
  const names = selectCycles(
    all.map(({ name }) => name),
    options.selection ?? {},
  );
  const selected = all.filter(({ name }) => names.includes(name));
  const artifacts = new Artifacts(options.workspace);
  assertReadable(selected, all, (artifact) => artifacts.has(artifact));
  const release = lockFolders(options);
  try {
    return await new Sequence(options, all, selected, artifacts).run();
  } finally {
    release();
  }
}

/** Two runs in one workspace would hand each other their artifacts; in one folder of reports, their pages. */
function lockFolders({ workspace, outputDir, onMessage }: ReportOptions): () => void {
  const locks: { release(): void }[] = [];
  const release = (): void => {
    for (const lock of locks) lock.release();
  };
  try {
    for (const [folder, use] of new Map([
      [workspace, "works in"],
      [outputDir, "writes its reports to"],
    ])) {
      const lock = acquireLock(join(folder, ".lock"), {
        what: `${use} ${relative(process.cwd(), folder) || "."}`,
      });
      locks.push(lock);
      if (lock.stale && folder === workspace)
        onMessage?.(
          `an earlier run (process ${lock.stale.pid}, begun ${lock.stale.startedAt}) was broken off; what it did not finish runs again`,
        );
    }
  } catch (error) {
    release();
    throw error;
  }
  return release;
}

/** One run through the selected notebooks. */
class Sequence {
  readonly #options: ReportOptions;
  readonly #all: readonly Cycle[];
  readonly #selected: readonly Cycle[];
  readonly #artifacts: Artifacts;
  readonly #pages: ReportPages;
  readonly #ahead: KernelAhead;
  readonly #startedAt = new Date();
  readonly #id = newRunId(this.#startedAt);
  readonly #records = new Map<string, CycleRecord>();
  readonly #failures = new Map<string, RunFailure>();
  readonly #lastRuns = new Map<string, LastRun | null>();
  /** Those that began as they were left: what they would read now is what they read then. */
  readonly #unchanged = new Set<string>();

  constructor(
    options: ReportOptions,
    all: readonly Cycle[],
    selected: readonly Cycle[],
    artifacts: Artifacts,
  ) {
    this.#options = options;
    this.#all = all;
    this.#selected = selected;
    this.#artifacts = artifacts;
    this.#pages = new ReportPages(all, options.outputDir, options.nbconvert);
    this.#ahead = new KernelAhead(options.env, options.signal);
  }

  async run(): Promise<ReportRun> {
    await this.#lookBack();
    try {
      for (const [position, cycle] of this.#selected.entries()) {
        // Whoever finds the file of a run that was killed reads how far it came.
        this.#save("interrupted");
        await this.#step(cycle, position);
      }
    } catch (error) {
      this.#save("failed");
      throw error;
    } finally {
      await this.#ahead.discard();
    }
    const status = this.#status();
    this.#save(status);
    const page = this.#indexPage();
    const index = join(this.#options.outputDir, "index.html");
    writeFileAtomic(index, renderIndex(page));
    let pagesError: Error | null = null;
    try {
      const pages = await this.#pages.finish();
      page.overviews = this.#overviews(pages, page.rows);
      if (page.overviews.length > 0) writeFileAtomic(index, renderIndex(page));
      if (this.#options.standalone) writeStandalone(this.#options.standalone, page, pages);
    } catch (error) {
      pagesError = error as Error;
    }
    const reports = this.#selected.map((cycle) => this.#report(cycle));
    return { id: this.#id, status, index, reports, pagesError };
  }

  /** Reads what earlier runs left. */
  async #lookBack(): Promise<void> {
    for (const cycle of this.#all) {
      const last = readLastRun(this.#pages.executedPath(cycle));
      this.#lastRuns.set(cycle.name, last);
      if (last && !this.#selected.includes(cycle)) this.#pages.keep(cycle, last);
    }
    for (const cycle of this.#selected) if (await this.#isUnchanged(cycle)) this.#unchanged.add(cycle.name);
  }

  async #step(cycle: Cycle, position: number): Promise<void> {
    const step = { name: cycle.name, position: position + 1, count: this.#selected.length };
    const tell = (progress: Omit<NotebookProgress, keyof typeof step>): void =>
      this.#options.onNotebook?.({ ...step, ...progress });
    const waitsFor = [...upstreamOf(cycle, this.#selected)].filter((name) => this.#failures.has(name)).sort();
    if (waitsFor.length > 0 || this.#options.signal?.aborted) {
      this.#leave(cycle, waitsFor);
      if (waitsFor.length > 0) tell({ state: "pending", waitsFor });
    } else if (!this.#options.force && (await this.#isUnchanged(cycle))) {
      const { startedAt } = this.#keep(cycle, this.#lastRuns.get(cycle.name)!);
      tell({ state: "cached", startedAt });
    } else {
      tell({ state: "running" });
      const { status, durationSeconds } = await this.#run(cycle, position);
      tell({ state: status, durationSeconds });
    }
  }

  /** A notebook that does not run stays pending. */
  #leave(cycle: Cycle, waitsFor: readonly string[]): void {
    this.#records.set(cycle.name, {
      ...describe(cycle),
      status: "pending",
      startedAt: null,
      durationSeconds: null,
      key: null,
      records: [],
      groups: [],
      error: waitsFor.length > 0 ? `waits for ${waitsFor.join(" and ")}` : null,
    });
  }

  /** A notebook that would come to the same keeps its report, which says when it ran. */
  #keep(cycle: Cycle, last: LastRun): ReportHeader {
    const header = last.header!;
    this.#pages.keep(cycle, last, this.#options.description.banner);
    this.#records.set(cycle.name, {
      ...describe(cycle),
      status: "cached",
      startedAt: header.startedAt,
      durationSeconds: header.durationSeconds,
      key: last.stamp!.key,
      records: recordedValues(last.notebook),
      groups: recordedGroups(last.notebook),
      error: null,
    });
    return header;
  }

  async #run(cycle: Cycle, position: number): Promise<RunResult> {
    const { env, onCell, onMessage, signal, description } = this.#options;
    const { key, parameters, reads } = await this.#inputs(cycle);
    this.#unchanged.delete(cycle.name);
    const startedKernel = this.#ahead.take(kernelNeed(cycle));
    const next = this.#nextToRun(cycle, position);
    if (next) this.#ahead.prepare(kernelNeed(next), importsOf(next.notebook));
    // The notebook as it was when its key was taken, whatever somebody saves meanwhile.
    const result = await runNotebook(cycle.notebook, this.#pages.executedPath(cycle), {
      parameters,
      cwd: dirname(cycle.path),
      startedKernel,
      metadata: { insiders_run: undefined, insiders_report: undefined },
      ...(env && { env }),
      ...(onCell && { onProgress: onCell }),
      ...(onMessage && { onWarning: onMessage }),
      ...(signal && { signal }),
    });
    const ended = this.#checkWrites(cycle, result);
    if (ended.failure) this.#failures.set(cycle.name, ended.failure);
    else
      ended.notebook.metadata["insiders_run"] = {
        key,
        reads,
        writes: await this.#artifacts.hash(cycle.writes),
      };
    ended.notebook.metadata.papermill = { ...ended.notebook.metadata.papermill, input_path: cycle.path };
    const { notebook, status, startedAt, durationSeconds, failure } = ended;
    this.#records.set(cycle.name, {
      ...describe(cycle),
      status,
      startedAt,
      durationSeconds,
      key: failure ? null : key,
      records: recordedValues(notebook),
      groups: recordedGroups(notebook),
      error: failure ? describeReason(failure) : null,
    });
    this.#pages.publish(
      cycle,
      notebook,
      {
        ...description,
        startedAt,
        durationSeconds,
        status,
        parameters,
        ...(failure && { failure: { cell: failure.cell, reason: failure.reason } }),
      },
      (other) => this.#selected.includes(other) || this.#lastRuns.get(other.name)?.header != null,
    );
    return ended;
  }

  /** A notebook that did not write what others are promised has failed, though its cells have not. */
  #checkWrites(cycle: Cycle, result: RunResult): RunResult {
    const missing = cycle.writes.filter((artifact) => !this.#artifacts.has(artifact));
    if (result.failure || missing.length === 0) return result;
    const reason = `it did not write ${missing.join(", ")}, which its metadata promises (insiders.writes)`;
    return { ...result, status: "failed", failure: { cell: null, reason, kind: "cell" } };
  }

  /** The next notebook that is likely to run: it has changed, or one that it reads from is running. */
  #nextToRun(current: Cycle, position: number): Cycle | undefined {
    return this.#selected.slice(position + 1).find((cycle) => {
      const upstream = upstreamOf(cycle, this.#selected);
      if ([...upstream].some((name) => this.#failures.has(name))) return false;
      if (this.#options.force || !this.#unchanged.has(cycle.name)) return true;
      return upstream.has(current.name) || [...upstream].some((name) => !this.#unchanged.has(name));
    });
  }

  async #isUnchanged(cycle: Cycle): Promise<boolean> {
    const last = this.#lastRuns.get(cycle.name) ?? null;
    return last?.header != null && isUnchanged(last, (await this.#inputs(cycle)).key, this.#artifacts);
  }

  async #inputs(
    cycle: Cycle,
  ): Promise<{ key: string; parameters: Parameters; reads: Record<string, string> }> {
    const { build, description } = this.#options;
    const parameters = declaredAmong(cycle.notebook, this.#options.parameters);
    const reads = await this.#artifacts.hash(cycle.reads);
    const source = description.source?.sha256 ?? null;
    const key = cycleKey({
      notebook: cycle.notebook,
      parameters,
      source,
      build,
      node: process.version,
      reads,
    });
    return { key, parameters, reads };
  }

  #status(): RunRecord["status"] {
    if (this.#options.signal?.aborted) return "interrupted";
    return this.#failures.size > 0 ? "failed" : "completed";
  }

  #save(status: RunRecord["status"]): void {
    const { parameters, description, outputDir } = this.#options;
    saveRun(outputDir, {
      id: this.#id,
      startedAt: this.#startedAt.toISOString(),
      durationSeconds: (Date.now() - this.#startedAt.getTime()) / 1000,
      status,
      parameters,
      source: description.source,
      versions: description.versions,
      cycles: [...this.#records.values()],
    });
  }

  #indexPage(): IndexPage {
    const { title, description, outputDir } = this.#options;
    return {
      title,
      banner: description.banner,
      source: description.source,
      generatedAt: new Date().toISOString(),
      rows: this.#all.map((cycle) => this.#indexRow(cycle)),
      runs: lastRuns(outputDir, HISTORY_LENGTH + 1),
    };
  }

  /** What the reports that ran to their end have to say first. */
  #overviews(pages: readonly SetPage[], rows: readonly IndexRow[]): Overview[] {
    return pages.flatMap(({ name, title, path }) => {
      const href = `${name}.html`;
      const row = rows.find((candidate) => candidate.href === href);
      if (row?.status !== "completed" && row?.status !== "cached") return [];
      const html = readOverview(readFileSync(path, "utf8"), href);
      return html === "" ? [] : [{ title, href, html, isOld: row.isOld === true }];
    });
  }

  #indexRow(cycle: Cycle): IndexRow {
    const { title } = cycle;
    const summary = notebookSummary(cycle.notebook);
    const record = this.#records.get(cycle.name);
    if (!record) return this.#unselectedRow(cycle, title, summary);
    const { status, durationSeconds, startedAt, records, error } = record;
    return {
      title,
      summary,
      status,
      durationSeconds,
      ...(startedAt !== null && { startedAt }),
      href: status === "pending" ? null : `${cycle.name}.html`,
      keyFigures: records,
      ...(error !== null && (status === "pending" ? { note: error } : { error })),
    };
  }

  /** What an earlier run left of a notebook that was not selected. */
  #unselectedRow(cycle: Cycle, title: string, summary: string): IndexRow {
    const last = this.#lastRuns.get(cycle.name);
    if (!last?.header)
      return {
        title,
        summary,
        href: null,
        status: "pending",
        keyFigures: [],
        note: "not part of this run",
        isOld: true,
      };
    const { status, durationSeconds, startedAt } = last.header;
    return {
      title,
      summary,
      href: `${cycle.name}.html`,
      status,
      durationSeconds,
      startedAt,
      keyFigures: recordedValues(last.notebook),
      note: "from an earlier run; not part of this one",
      isOld: true,
    };
  }

  #report(cycle: Cycle): NotebookReport {
    const { status, durationSeconds } = this.#records.get(cycle.name)!;
    const failure = this.#failures.get(cycle.name);
    return {
      name: cycle.name,
      status,
      durationSeconds,
      ...(status !== "pending" && { html: this.#pages.pagePath(cycle) }),
      ...(failure && { failure }),
    };
  }
}

function describe({ name, title }: Cycle): Pick<CycleRecord, "name" | "title"> {
  return { name, title };
}

function describeReason({ cell, reason }: RunFailure): string {
  return cell === null ? reason : `${cell}: ${reason}`;
}

function kernelNeed({ path, notebook }: { path: string; notebook: Notebook }): KernelNeed {
  return { name: notebook.metadata.kernelspec?.name, cwd: dirname(path) };
}
