import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
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

/** Where a notebook comes from or goes to when it is no file: standard input or output. */
export const STDIO = "-";

/**
 * Reads a notebook of nbformat 4 and brings it to 4.5: every cell has an id.
 * @param path - a file, or `-` for standard input.
 * @throws Error in one line when the file is missing, no JSON or no nbformat 4 notebook.
 */
export function readNotebook(path: string): Notebook {
  const name = path === STDIO ? "standard input" : path;
  let text: string;
  try {
    text = readFileSync(path === STDIO ? 0 : path, "utf8");
  } catch (cause) {
    throw new Error(`cannot read the notebook ${name}: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
  return parseNotebook(text, name);
}

function parseNotebook(text: string, name: string): Notebook {
  if (text.trim() === "") throw new Error(`${name} is not a notebook: it is empty`);
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text) as Notebook;
  } catch (cause) {
    throw new Error(`${name} is not a notebook: ${(cause as Error).message}`, { cause });
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells))
    throw new Error(
      `${name} is not an nbformat 4 notebook (nbformat is ${notebook?.nbformat ?? "missing"}): save it anew in Jupyter`,
    );
  return withCellIds(notebook);
}

/** Before nbformat 4.5 cells had no ids. Ids that a reader cannot use, or uses twice, are given anew. */
function withCellIds(notebook: Notebook): Notebook {
  const taken = new Set<string>();
  const cells = notebook.cells.map((cell, at) => {
    const { cell_type, id: given, ...rest } = cell;
    const isUsable = typeof given === "string" && /^[\w-]{1,64}$/.test(given) && !taken.has(given);
    let id = isUsable ? given : `cell-${at + 1}`;
    while (taken.has(id)) id += "-";
    taken.add(id);
    return { cell_type, id, ...rest, metadata: cell.metadata ?? {} } as NotebookCell;
  });
  return {
    ...notebook,
    metadata: notebook.metadata ?? {},
    nbformat_minor: Math.max(5, notebook.nbformat_minor),
    cells,
  };
}

/** Writes a notebook the way nbformat does: one space a level, a final newline; all or nothing. */
export function writeNotebook(path: string, notebook: Notebook): void {
  writeFileAtomic(path, notebookParts(notebook, cellText));
}

/** Where a run keeps others from writing the same notebook. */
export function outputLockPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.lock`);
}

/** Writes a notebook to standard output. @throws Error when nobody reads it to its end. */
export async function printNotebook(notebook: Notebook): Promise<void> {
  for (const part of notebookParts(notebook, cellText))
    await new Promise<void>((done, fail) => {
      process.stdout.write(part, (error) => (error ? fail(error) : done()));
    });
}

/**
 * Writes one notebook again and again while its cells fill: what has not changed is not turned into text again.
 * A cell is told to have changed by `touch`, or by being another object than before.
 */
export class NotebookWriter {
  #texts = new WeakMap<NotebookCell, string>();

  /** The cell is different from when it was last written. */
  touch(cell: NotebookCell): void {
    this.#texts.delete(cell);
  }

  /** Any cell may be different. */
  touchAll(): void {
    this.#texts = new WeakMap();
  }

  /** @throws Error that names the file and what is in the way; the last whole save is still there then. */
  write(path: string, notebook: Notebook): void {
    const parts = notebookParts(notebook, (cell) => {
      const text = this.#texts.get(cell) ?? cellText(cell);
      this.#texts.set(cell, text);
      return text;
    });
    writeFileAtomic(path, parts);
  }
}

/** The text of a cell as it stands in a notebook. */
function cellText(cell: NotebookCell): string {
  return `  ${JSON.stringify(cell, null, 1).replaceAll("\n", "\n  ")}`;
}

/** The text of a notebook in parts: together they may be longer than a string can be. */
function notebookParts({ cells, ...rest }: Notebook, textOf: (cell: NotebookCell) => string): string[] {
  if (cells.length === 0) return [`${JSON.stringify({ cells, ...rest }, null, 1)}\n`];
  const tail = JSON.stringify(rest, null, 1).slice(1);
  const texts = cells.map(textOf);
  return [
    '{\n "cells": [\n',
    ...texts.flatMap((text, at) => (at === 0 ? [text] : [",\n", text])),
    "\n ],",
    `${tail}\n`,
  ];
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
