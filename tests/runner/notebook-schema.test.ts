import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { toNotebook } from "#src/runner/notebook-schema.js";

type Json = Record<string, unknown>;
const prose = (more: Json = {}): Json => ({
  cell_type: "markdown",
  id: "intro",
  metadata: {},
  source: "",
  ...more,
});
const code = (more: Json = {}): Json => ({
  ...prose(),
  cell_type: "code",
  outputs: [],
  execution_count: null,
  ...more,
});
const notebook = (cells: unknown, more: Json = {}): Json => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells,
  ...more,
});

describe("a notebook that cannot be used", () => {
  const refused: [value: unknown, message: string | RegExp][] = [
    [notebook([code(), null]), "a.ipynb, cell 2: it is null, not an object: mend it in a text editor"],
    [notebook(["x"]), /^a\.ipynb, cell 1: it is "x", not an object: /],
    [notebook({}), "a.ipynb is not a notebook: it has no list of cells"],
    [notebook([]).cells, /nbformat is missing/],
    [
      notebook([code({ source: undefined })]),
      "a.ipynb, cell 1 (intro): source is missing; it must be a text or a list of texts: mend it in a text editor",
    ],
    [notebook([code({ source: null })]), /source must be a text or a list of texts, got null: mend/],
    [notebook([prose({ source: 5 })]), /source must .*, got 5: mend/],
    [notebook([prose({ source: ["a", 5] })]), /source must .*, got \["a",5\]: mend/],
    [notebook([prose({ metadata: "x" })]), /cell 1 \(intro\): metadata must be an object, got "x": mend/],
    [notebook([], { metadata: [] }), "a.ipynb: metadata must be an object, got []: mend it in a text editor"],
    [
      notebook([prose({ cell_type: "heading", level: 1 })]),
      /cell_type is "heading", which nbformat 4 has not \("markdown" with /,
    ],
    [notebook([prose({ cell_type: "html" })]), /cell_type must be "code", "markdown" or "raw", got "html"/],
    [notebook([prose({ cell_type: undefined })]), /cell_type must be .*, got nothing/],
    [
      notebook([code({ metadata: { tags: "parameters" } })]),
      /metadata\.tags must be a list of texts, got "param/,
    ],
    [notebook([code({ metadata: { tags: [1] } })]), /metadata\.tags must be a list of texts, got \[1\]/],
    [
      notebook([code({ metadata: { tags: ["a,b"] } })]),
      /a tag in metadata\.tags must be a text without commas/,
    ],
    [notebook([code({ metadata: { jupyter: true } })]), /metadata\.jupyter must be an object, got true/],
    [
      notebook([], { metadata: { kernelspec: "tslab" } }),
      /^a\.ipynb: metadata\.kernelspec must be an object/,
    ],
    [notebook([], { metadata: { kernelspec: { name: 1 } } }), /kernelspec\.name must be a text, got 1/],
    [
      notebook([prose({ attachments: { "a.png": 5 } })]),
      /attachments must hold data by file name and MIME type/,
    ],
  ];
  for (const [value, message] of refused)
    it(`is refused in one line: ${message}`, () => {
      assert.throws(() => toNotebook(value, "a.ipynb"), { message });
    });

  it("is quoted in a few characters", () => {
    assert.throws(
      () => toNotebook(notebook([code({ source: { x: "y".repeat(500) } })]), "a.ipynb"),
      (error: Error) => error.message.length < 200,
    );
  });
});

describe("a notebook of an older or careless writer", () => {
  it("becomes one of nbformat 4.5, whatever its minor version", () => {
    for (const nbformat_minor of [undefined, null, 0, 4, 5, "x"]) {
      const { nbformat, nbformat_minor: minor } = toNotebook(notebook([], { nbformat_minor }), "a.ipynb");
      assert.deepEqual([nbformat, minor], [4, 5]);
    }
  });

  it("loses the fields that a cell of its type has not, and keeps attachments", () => {
    const attachments = { "a.png": { "image/png": "AA==" } };
    const { cells, ...rest } = toNotebook(
      notebook(
        [
          prose({ outputs: [], execution_count: 1, attachments }),
          code({ prompt_number: 3, language: "python", attachments }),
          prose({ cell_type: "raw", id: "left", level: 1, attachments: null }),
        ],
        { worksheets: [], metadata: { orig_nbformat: 3, language_info: {}, own: 1 } },
      ),
      "a.ipynb",
    );
    assert.deepEqual(cells[0], prose({ attachments }));
    assert.deepEqual({ ...cells[1], id: "intro" }, code());
    assert.deepEqual(cells[2], prose({ cell_type: "raw", id: "left" }));
    assert.deepEqual(rest, { nbformat: 4, nbformat_minor: 5, metadata: { own: 1 } });
  });

  it("is given what it lacks", () => {
    const { cells, metadata } = toNotebook(
      notebook(
        [
          { cell_type: "code", source: ["a\n", "b"] },
          code({ metadata: { tags: ["a", "a"], name: null }, outputs: "none", execution_count: "1" }),
        ],
        { metadata: { kernelspec: { name: "tslab" }, title: null } },
      ),
      "a.ipynb",
    );
    assert.deepEqual(cells, [
      code({ id: "cell-1", source: ["a\n", "b"] }),
      code({ metadata: { tags: ["a"] } }),
    ]);
    assert.deepEqual(metadata, { kernelspec: { name: "tslab", display_name: "tslab" } });
  });

  it("keeps ids that can be used, once each, and what is made up takes none of them", () => {
    const ids = [undefined, "cell-1", "a b", "cell-1", "x".repeat(65), 5];
    const { cells } = toNotebook(notebook(ids.map((id) => prose({ id }))), "a.ipynb");
    assert.deepEqual(
      cells.map(({ id }) => id),
      ["cell-1-", "cell-1", "cell-3", "cell-4", "cell-5", "cell-6"],
    );
  });

  it("keeps the outputs that are such", () => {
    const stream = { output_type: "stream", name: "stdout", text: ["a"] };
    const shown = {
      output_type: "display_data",
      data: { "text/plain": "1", "application/json": 1 },
      metadata: {},
    };
    const error = { output_type: "error", ename: "E", evalue: "", traceback: [] };
    const outputs = [
      { ...stream, more: 1 },
      { ...shown, metadata: null },
      { ...shown, output_type: "execute_result", execution_count: -1 },
      error,
      null,
      { output_type: "pyout", text: "1" },
      { output_type: "display_data", data: { "text/plain": 1 } },
    ];
    const [cell] = toNotebook(notebook([code({ outputs })]), "a.ipynb").cells;
    assert.deepEqual(
      cell,
      code({
        outputs: [stream, shown, { ...shown, output_type: "execute_result", execution_count: null }, error],
      }),
    );
  });
});
