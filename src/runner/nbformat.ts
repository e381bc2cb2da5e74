import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { writeFileAtomic } from "./files.js";

/** What a cell shows, as nbformat 4.5 stores it. */
export type Output =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string | string[] }
  | {
      output_type: "display_data";
      data: Record<string, unknown>;
      metadata: Record<string, unknown>;
    }
  | {
      output_type: "execute_result";
      execution_count: number | null;
      data: Record<string, unknown>;
      metadata: Record<string, unknown>;
    }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** Free-form metadata of a cell; `papermill` holds how its run went. */
export interface CellMetadata {
  tags?: string[];
  papermill?: Record<string, unknown>;
  [key: string]: unknown;
}

/** A code cell. */
export interface CodeCell {
  cell_type: "code";
  id: string;
  metadata: CellMetadata;
  source: string | string[];
  execution_count: number | null;
  outputs: Output[];
}

/** A cell of prose. */
export interface TextCell {
  cell_type: "markdown" | "raw";
  id: string;
  metadata: CellMetadata;
  source: string | string[];
}

export type NotebookCell = CodeCell | TextCell;

/** A Jupyter notebook, nbformat 4. @see https://nbformat.readthedocs.io/en/stable/format_description.html */
export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  metadata: Record<string, unknown> & {
    kernelspec?: { name: string; display_name?: string; language?: string };
    insiders?: { reads?: string[]; writes?: string[] };
    papermill?: Record<string, unknown>;
  };
  cells: NotebookCell[];
}

/** Reads a notebook. @throws Error in one line when the file is missing, no JSON or no nbformat 4 notebook. */
export function readNotebook(path: string): Notebook {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`cannot read the notebook ${path}: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text) as Notebook;
  } catch (cause) {
    throw new Error(`${path} is not a notebook: ${(cause as Error).message}`, { cause });
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells))
    throw new Error(`${path} is not an nbformat 4 notebook (nbformat is ${notebook?.nbformat ?? "missing"})`);
  return notebook;
}

/** Writes a notebook the way nbformat does: one space a level, a final newline; all or nothing. */
export function writeNotebook(path: string, notebook: Notebook): void {
  writeFileAtomic(path, `${JSON.stringify(notebook, null, 1)}\n`);
}

/** Source of a cell as one text. */
export function cellSource(cell: NotebookCell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

/** The first heading of a notebook, or its file name. */
export function notebookTitle(notebook: Notebook, path: string): string {
  for (const cell of notebook.cells) {
    const heading = cell.cell_type === "markdown" && /^#\s+(.+)$/m.exec(cellSource(cell));
    if (heading) return heading[1]!.trim();
  }
  return basename(path, ".ipynb");
}

/** What a notebook is about: the first paragraph under its title, without emphasis and a leading label. */
export function notebookSummary(notebook: Notebook): string {
  const first = notebook.cells.find((cell) => cell.cell_type === "markdown");
  const paragraph = first
    ? cellSource(first)
        .split(/\n\s*\n/)
        .find((text) => text.trim() !== "" && !text.trim().startsWith("#"))
    : undefined;
  return (paragraph ?? "")
    .replace(/^\s*\*\*[^*]+\.\*\*\s*/, "")
    .replace(/[*_`]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
