import { statSync } from "node:fs";
import { join } from "node:path";
import type { Cycle } from "./cycle.js";
import {
  type Nbconvert,
  type ReportHeader,
  type ReportLink,
  renderHtml,
  shareLibrary,
  templateFingerprint,
} from "./html.js";
import { type LastRun, readLastRun } from "./last-run.js";
import type { Notebook } from "./nbformat.js";
import { writeNotebook } from "./notebook-file.js";
import type { SetPage } from "./standalone.js";

/** Where a page stands among others: what can change without its notebook running again. */
export type PageSetting = Pick<ReportHeader, "title" | "banner" | "previous" | "next" | "index" | "template">;

/** The pages of a sequence, made while later notebooks run. */
export class ReportPages {
  readonly #cycles: readonly Cycle[];
  readonly #outputDir: string;
  readonly #nbconvert: Promise<Nbconvert>;
  readonly #headers = new Map<string, ReportHeader>();
  readonly #rendering: Promise<void>[] = [];
  /** Executed notebooks whose pages are to be made. */
  readonly #waiting = new Set<string>();
  readonly #template = templateFingerprint();

  /** @param cycles - in the order in which pages lead from one to the next. */
  constructor(cycles: readonly Cycle[], outputDir: string, nbconvert: Promise<Nbconvert>) {
    this.#cycles = cycles;
    this.#outputDir = outputDir;
    this.#nbconvert = nbconvert;
  }

  /** Where the executed notebook of a cycle is. */
  executedPath({ name }: Cycle): string {
    return join(this.#outputDir, "notebooks", `${name}.ipynb`);
  }

  /** Where the page of a cycle is. */
  pagePath({ name }: Cycle): string {
    return join(this.#outputDir, `${name}.html`);
  }

  /** The page of an earlier run stays, unless `finish` finds that its setting has changed. */
  keep(cycle: Cycle, last: LastRun, banner?: string | null): void {
    if (!last.header) return;
    this.#headers.set(cycle.name, last.header);
    if (banner !== undefined && banner !== last.header.banner)
      this.publish(cycle, last.notebook, { ...last.header, banner });
  }

  /** Gives an executed notebook its header, saves it and begins to render it. */
  publish(
    cycle: Cycle,
    notebook: Notebook,
    header: Omit<ReportHeader, keyof Omit<PageSetting, "banner">>,
    isExpected: (other: Cycle) => boolean = (other) => this.#headers.has(other.name),
  ): void {
    const whole = { ...header, ...this.#setting(cycle, isExpected) };
    this.#headers.set(cycle.name, whole);
    notebook.metadata["insiders_report"] = whole;
    writeNotebook(this.executedPath(cycle), notebook);
    this.#render([this.executedPath(cycle)]);
  }

  /**
   * Waits for all pages, after those have been made anew that are missing, lead to a page that is not there, or come
   * from an earlier template.
   * @returns the pages, in order.
   */
  async finish(): Promise<SetPage[]> {
    await Promise.allSettled(this.#rendering);
    this.#render(
      this.#cycles.filter((cycle) => this.#needsUpdate(cycle)).map((cycle) => this.executedPath(cycle)),
    );
    await Promise.all(this.#rendering);
    const pages = this.#cycles.filter(({ name }) => this.#headers.has(name));
    if (pages.length > 0) shareLibrary(this.#outputDir);
    return pages.map((cycle) => ({ name: cycle.name, title: cycle.title, path: this.pagePath(cycle) }));
  }

  #needsUpdate(cycle: Cycle): boolean {
    const header = this.#headers.get(cycle.name);
    if (!header) return false;
    const setting = this.#setting(cycle, (other) => this.#headers.has(other.name));
    const isRight = Object.entries(setting).every(
      ([name, value]) => JSON.stringify(header[name as keyof typeof setting]) === JSON.stringify(value),
    );
    // A page older than its notebook is one that nbconvert failed to replace.
    if (isRight) return modified(this.pagePath(cycle)) < modified(this.executedPath(cycle));
    const last = readLastRun(this.executedPath(cycle));
    if (!last) return false;
    last.notebook.metadata["insiders_report"] = { ...header, ...setting };
    writeNotebook(this.executedPath(cycle), last.notebook);
    return true;
  }

  #setting(cycle: Cycle, hasPage: (other: Cycle) => boolean): Omit<PageSetting, "banner"> {
    const at = this.#cycles.indexOf(cycle);
    return {
      title: cycle.title,
      previous: link(this.#cycles.slice(0, at).findLast(hasPage)),
      next: link(this.#cycles.slice(at + 1).find(hasPage)),
      index: "index.html",
      template: this.#template,
    };
  }

  /** One nbconvert at a time: what comes meanwhile goes to the next one together. */
  #render(executed: readonly string[]): void {
    for (const path of executed) this.#waiting.add(path);
    const before = this.#rendering.at(-1)?.catch(() => {});
    const pages = Promise.all([this.#nbconvert, before]).then(async ([nbconvert]) => {
      const batch = [...this.#waiting];
      this.#waiting.clear();
      await renderHtml(batch, { nbconvert, outputDir: this.#outputDir });
    });
    // Awaited together at the end; a page that fails meanwhile must not end the process.
    pages.catch(() => {});
    this.#rendering.push(pages);
  }
}

/** When a file was last written, in milliseconds; before all others where it is not there. */
function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;
}

function link(cycle: Cycle | undefined): ReportLink | null {
  return cycle ? { href: `${cycle.name}.html`, title: cycle.title } : null;
}
