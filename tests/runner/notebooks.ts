import type { Notebook } from "#src/runner/nbformat.js";

/** A notebook of code cells, `cell-0`, `cell-1`, ..., for the project's kernel. */
export function codeNotebook(
  sources: readonly string[],
  tags: Readonly<Record<number, string[]>> = {},
): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "tslab", display_name: "TypeScript (Insiders)", language: "typescript" },
    },
    cells: sources.map((source, at) => ({
      cell_type: "code",
      id: `cell-${at}`,
      metadata: { tags: tags[at] ?? [] },
      source,
      execution_count: null,
      outputs: [],
    })),
  };
}
