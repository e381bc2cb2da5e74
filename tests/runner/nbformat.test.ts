import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Notebook, notebookSummary, notebookTitle } from "#src/runner/nbformat.js";
import { recordedValues } from "#src/runner/records.js";
import { RECORD_MIME } from "#src/types.js";

function notebook(...markdown: (string | string[])[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: markdown.map((source, i) => ({ cell_type: "markdown", id: `cell-${i}`, metadata: {}, source })),
  };
}

describe("a notebook", () => {
  it("is called by its first heading, else by its file", () => {
    assert.equal(notebookTitle(notebook("no heading", ["# A ", "title\n", "more"]), "x.ipynb"), "A title");
    assert.equal(notebookTitle(notebook("text"), "folder/01-x.ipynb"), "01-x");
  });

  it("is about the first paragraph under its title, without label and emphasis", () => {
    assert.equal(
      notebookSummary(notebook("# Title\n\n**Business question.** Which *lines*\nare `sales`?\n\nMore.")),
      "Which lines are sales?",
    );
    assert.equal(notebookSummary(notebook("# Only a title")), "");
    assert.equal(notebookSummary(notebook()), "");
  });
});

describe("recorded values", () => {
  it("are those of the outputs, the later of one name counts", () => {
    const book = notebook("text");
    const output = (name: string, value: number): Notebook["cells"][number] => ({
      cell_type: "code",
      id: `${name}-${value}`,
      metadata: {},
      source: "",
      execution_count: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text: "x" },
        { output_type: "display_data", data: { [RECORD_MIME]: { name, value, unit: "" } }, metadata: {} },
      ],
    });
    const other = output("other", 5);
    if (other.cell_type === "code")
      other.outputs = [5, null, { name: "x", value: {} }, { value: 1 }].map((data) => ({
        output_type: "display_data",
        data: { [RECORD_MIME]: data },
        metadata: {},
      }));
    book.cells.push(other);
    book.cells.push(output("rows", 1), output("lines", 2), output("rows", 3));
    assert.deepEqual(
      recordedValues(book).map(({ name, value }) => [name, value]),
      [
        ["rows", 3],
        ["lines", 2],
      ],
    );
  });
});
