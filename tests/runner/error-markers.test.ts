import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withErrorMarkers, withoutErrorMarkers } from "#src/runner/error-markers.js";
import type { Notebook } from "#src/runner/nbformat.js";
import { codeNotebook } from "./notebooks.js";

const ids = (notebook: Notebook): string[] => notebook.cells.map(({ id }) => id);

describe("the notes of a failed run", () => {
  it("stand at the top and before the failed cell, and go again", () => {
    const marked = withErrorMarkers(codeNotebook(["1", "2"]), "cell-1", "Error: no");
    assert.deepEqual(ids(marked), [
      "papermill-error-cell",
      "cell-0",
      "papermill-error-cell-before",
      "cell-1",
    ]);
    assert.deepEqual(ids(withoutErrorMarkers(marked)), ["cell-0", "cell-1"]);
  });

  it("take no id that a cell of the notebook has", () => {
    const notebook = codeNotebook(["1", "2", "3"]);
    notebook.cells[0]!.id = "papermill-error-cell";
    notebook.cells[1]!.id = "papermill-error-cell-before";
    const marked = withErrorMarkers(notebook, "cell-2", "Error: no");
    assert.equal(new Set(ids(marked)).size, 5);
    assert.deepEqual(ids(withoutErrorMarkers(marked)), ids(notebook));
  });
});
