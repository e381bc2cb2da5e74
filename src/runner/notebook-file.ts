import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeFileAtomic } from "./files.js";
import { toNotebook } from "./notebook-schema.js";
import type { Notebook, NotebookCell } from "./notebook-types.js";

/** Where a notebook comes from or goes to when it is no file: standard input or output. */
export const STDIO = "-";

/**
 * Reads a notebook of nbformat 4 and brings it to 4.5: every cell has an id and only fields that 4.5 knows.
 * @param path - a file, or `-` for standard input.
 * @throws Error in one line when the file is missing, no UTF-8, no JSON or no nbformat 4 notebook.
 */
export function readNotebook(path: string): Notebook {
  const name = path === STDIO ? "standard input" : path;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path === STDIO ? 0 : path);
  } catch (cause) {
    throw new Error(`cannot read the notebook ${name}: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
  return parseNotebook(decode(bytes, name), name);
}

/** Text without the byte order mark that some editors put before it. */
function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`${name} is not a notebook: it is not UTF-8 text; save it anew in Jupyter`, { cause });
  }
}

function parseNotebook(text: string, name: string): Notebook {
  if (text.trim() === "") throw new Error(`${name} is not a notebook: it is empty`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // The message quotes the file, line ends and all.
    const reason = (cause as Error).message.replace(/\s+/g, " ");
    throw new Error(`${name} is not a notebook: ${reason}`, { cause });
  }
  return toNotebook(value, name);
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
  try {
    for (const part of notebookParts(notebook, cellText))
      await new Promise<void>((done, fail) => {
        process.stdout.write(part, (error) => (error ? fail(error) : done()));
      });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(`standard output was closed before the notebook was written (${code})`, { cause });
  }
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
