import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeFileAtomic } from "./files.js";
import type { Parameters } from "./parameters.js";

/** A link from one report to another. */
export interface ReportLink {
  /** Relative to the report. */
  href: string;
  title: string;
}

/** How a notebook's run ended. */
export type ReportStatus = "completed" | "failed" | "pending" | "cached";

/** The data a run read. Further facts (rows, period) are shown as they are. */
export interface ReportSource {
  name: string;
  sha256: string;
  [fact: string]: string | number;
}

/** Where and why a run stopped. */
export interface ReportFailure {
  /** Id of the cell; null when it was none. */
  cell: string | null;
  /** One line. */
  reason: string;
}

/** What a report says about its run: the notebook's metadata `insiders_report`. */
export interface ReportHeader {
  title: string;
  /** A warning that every reader should see first, such as that the data are synthetic. */
  banner: string | null;
  /** ISO 8601, UTC. */
  startedAt: string;
  durationSeconds: number;
  status: ReportStatus;
  /** Where and why the run stopped, if it did. */
  failure?: ReportFailure;
  parameters: Parameters;
  source: ReportSource | null;
  /** Program or package to version. */
  versions: Record<string, string>;
  previous: ReportLink | null;
  next: ReportLink | null;
  /** Where the index page is, relative to the report. */
  index: string | null;
  /** Fingerprint of the template that rendered the page. */
  template?: string;
}

/** How to call nbconvert: a program and the arguments that come first. */
export interface Nbconvert {
  command: string;
  args: readonly string[];
}

/** How notebooks become pages. */
export interface RenderOptions {
  nbconvert: Nbconvert;
  /** Gets one page a notebook, and `assets/` with what the pages share. */
  outputDir: string;
  signal?: AbortSignal;
}

const templates = fileURLToPath(new URL("../../src/runner/template", import.meta.url));

/**
 * Renders executed notebooks to HTML, all in one nbconvert process.
 * @returns the pages, in the order of the notebooks: `01-x.ipynb` becomes `01-x.html`.
 * @throws Error in one line when two notebooks have the same name or nbconvert fails; pages finished by then stay.
 */
export async function renderHtml(
  notebookPaths: readonly string[],
  options: RenderOptions,
): Promise<string[]> {
  const { nbconvert, outputDir, signal } = options;
  const pages = notebookPaths.map((path) => `${basename(path, ".ipynb")}.html`);
  const twice = pages.find((page, position) => pages.indexOf(page) < position);
  if (twice !== undefined) throw new Error(`two notebooks would both become ${twice}`);
  if (pages.length === 0) return [];
  await mkdir(outputDir, { recursive: true });
  shareLibrary(outputDir);
  const unfinished = mkdtempSync(join(outputDir, ".rendering-"));
  try {
    const complaint = await run(nbconvert, [...rendererArguments(unfinished), ...notebookPaths], signal);
    const missing = pages.filter((page) => !existsSync(join(unfinished, page)));
    for (const page of pages)
      if (!missing.includes(page)) renameSync(join(unfinished, page), join(outputDir, page));
    if (complaint !== null || missing.length > 0)
      throw new Error(
        `nbconvert did not render ${missing.join(", ") || "all"}: ${complaint ?? "it gave no reason"}`,
      );
    return pages.map((page) => join(outputDir, page));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function rendererArguments(outputDir: string): string[] {
  return [
    "--to=html",
    "--template=insiders",
    `--TemplateExporter.extra_template_basedirs=${templates}`,
    `--output-dir=${outputDir}`,
    "--log-level=WARN",
  ];
}

/** A hash of all that makes a page of a notebook, so that a page of an earlier template is told from one of this. */
export function templateFingerprint(): string {
  const files = readdirSync(templates, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash("sha256");
  for (const path of [...files.sort(), fileURLToPath(import.meta.url)]) {
    const content = readFileSync(path);
    hash.update(`${basename(path)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Puts plotly.js where the pages expect it, unless it is there already. */
export function shareLibrary(outputDir: string): void {
  const library = readFileSync(libraryPath());
  const target = join(outputDir, "assets", "plotly.min.js");
  if (!existsSync(target) || !readFileSync(target).equals(library)) writeFileAtomic(target, library);
}

/** The text of a file of the template. */
export function readTemplate(name: string): string {
  return readFileSync(join(templates, "insiders", name), "utf8");
}

/** The plotly.js that the pages share. */
export function libraryPath(): string {
  return createRequire(import.meta.url).resolve("plotly.js/dist/plotly-cartesian.min.js");
}

/** Runs nbconvert. @returns its last words when it failed, null when all went well. */
function run(nbconvert: Nbconvert, args: readonly string[], signal?: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(nbconvert.command, [...nbconvert.args, ...args], {
      stdio: ["ignore", "ignore", "pipe"],
      // Somebody's own nbconvert settings must not change our pages.
      env: { ...process.env, JUPYTER_NO_CONFIG: "1" },
      // A Ctrl-C ends the run, whose last pages are still wanted.
      detached: true,
      ...(signal && { signal }),
    });
    const end = (): void => void child.kill();
    process.on("exit", end);
    child.once("close", () => process.off("exit", end));
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-20_000);
    });
    child.on("error", (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === "ENOENT" ? "there is no such program" : cause.message;
      reject(new Error(`cannot run nbconvert as ${nbconvert.command}: ${reason}`, { cause }));
    });
    child.on("close", (code, killedBy) => {
      const lastLine = said.trim().split("\n").at(-1)?.trim();
      resolve(code === 0 ? null : lastLine || `it ended with ${killedBy ?? `exit code ${code}`}`);
    });
  });
}
