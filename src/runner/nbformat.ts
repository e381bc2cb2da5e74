import { basename } from "node:path";
import type { Notebook, NotebookCell } from "./notebook-types.js";

export type * from "./notebook-types.js";

/** Source of a cell as one text. */
export function cellSource(cell: NotebookCell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

/** An id that no cell has yet: the wanted one, or that with a number. */
export function freeCellId(wanted: string, cells: readonly NotebookCell[]): string {
  const taken = new Set(cells.map(({ id }) => id));
  let id = wanted;
  for (let i = 2; taken.has(id); i++) id = `${wanted}-${i}`;
  return id;
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
