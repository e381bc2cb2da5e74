import { basename } from "node:path";
import { type Notebook, notebookTitle } from "./nbformat.js";
import { readNotebook } from "./notebook-file.js";

/** One notebook of a sequence and the artifacts it hands over. */
export interface Cycle {
  /** File name without its ending. */
  name: string;
  path: string;
  title: string;
  notebook: Notebook;
  /** Artifacts it reads from the workspace. */
  reads: readonly string[];
  /** Artifacts it writes there. */
  writes: readonly string[];
}

/** Reads a notebook and what its metadata says it reads and writes. @throws Error when that is no list of names. */
export function readCycle(path: string): Cycle {
  const notebook = readNotebook(path);
  const name = basename(path, ".ipynb");
  return {
    name,
    path,
    title: notebookTitle(notebook, path),
    notebook,
    reads: artifactNames(notebook, name, "reads"),
    writes: artifactNames(notebook, name, "writes"),
  };
}

function artifactNames(notebook: Notebook, name: string, list: "reads" | "writes"): string[] {
  const names: unknown = notebook.metadata.insiders?.[list] ?? [];
  if (Array.isArray(names) && names.every((entry) => typeof entry === "string")) return names;
  throw new Error(`${name}: insiders.${list} in its metadata is no list of names; write ["customers"]`);
}
