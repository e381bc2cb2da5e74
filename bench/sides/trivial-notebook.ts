import { writeFileSync } from "node:fs";

/** Writes a notebook whose code cells are all `1`: what is left of a run is the runner's own work. */
export function writeTrivialNotebook(path: string, cells: number, kernelName: string): void {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: kernelName, display_name: kernelName, language: "any" } },
    cells: Array.from({ length: cells }, (_, at) => ({
      cell_type: "code",
      id: `cell-${at}`,
      metadata: {},
      source: "1",
      execution_count: null,
      outputs: [],
    })),
  };
  writeFileSync(path, JSON.stringify(notebook));
}
