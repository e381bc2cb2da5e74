import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { inspectNotebook } from "#src/runner/inspect.js";
import type { Notebook, NotebookCell } from "#src/runner/nbformat.js";

const cell = (source: string | string[], tags: string[] = []): NotebookCell => ({
  cell_type: "code",
  id: "cell",
  metadata: { tags },
  source,
  execution_count: null,
  outputs: [],
});
const notebook = (...cells: NotebookCell[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells,
});

/** Type, default and help by name of what one parameters cell declares. */
function inspected(source: string | string[]): Record<string, string[]> {
  const found = inspectNotebook(
    notebook(cell("let other = 1;"), cell(source, ["parameters"]), cell("let x = 2;")),
  );
  return Object.fromEntries(
    Object.entries(found).map(([key, { name, inferredTypeName, default: value, help }]) => {
      assert.equal(name, key);
      return [name, [inferredTypeName, value, help]];
    }),
  );
}

describe("inspectNotebook", () => {
  it("tells type, default and trailing comment of each declaration", () => {
    assert.deepEqual(
      inspected([
        "// Settings\n",
        'const source: string = "a // b"; // invoice lines to analyse\n',
        "let limit: number | null = null /* rows, none is all */;\n",
        "let a = 1, // the first\n",
        "  b = [1, 2]; // the second\n",
        "var late: Date;\n",
        "export const last = true",
      ]),
      {
        source: ["string", '"a // b"', "invoice lines to analyse"],
        limit: ["number | null", "null", "rows, none is all"],
        a: ["number", "1", "the first"],
        b: ["number[]", "[1, 2]", "the second"],
        late: ["Date", "undefined", ""],
        last: ["boolean", "true", ""],
      },
    );
  });

  it("takes the type of a plain literal, and says None where it would have to guess", () => {
    const types = Object.entries({
      "'x'": "string",
      "`a${1}`": "string",
      "-1.5": "number",
      NaN: "number",
      "10n": "bigint",
      "!0": "boolean",
      null: "null",
      '["a", "b"]': "string[]",
      "[[1], [2]]": "number[][]",
      "(5)": "number",
      "5 as const": "number",
      "{} as Options": "Options",
      "[] satisfies string[]": "string[]",
      "new Date(0)": "Date",
      "[1, 'a']": "None",
      "[]": "None",
      "{ a: 1 }": "None",
      "compute()": "None",
    });
    for (const [value, type] of types)
      assert.deepEqual(inspected(`let x = ${value};`), { x: [type, value, ""] });
  });

  it("keeps a value of several lines whole, and reads on behind what does not parse", () => {
    assert.deepEqual(
      inspected("const map = {\n  a: 1, // inside\n}; // outside\nconst = 5;\nlet z = 1; // end"),
      {
        map: ["None", "{\n  a: 1, // inside\n}", "outside"],
        z: ["number", "1", "end"],
      },
    );
  });

  it("finds nothing where no cell is tagged, or the cell declares nothing", () => {
    assert.deepEqual(inspectNotebook(notebook(cell("let x = 1;"))), {});
    assert.deepEqual(inspected("const { a } = options;\nfunction f() {}\n"), {});
  });

  it("reads a file whose path is a template", () => {
    const folder = mkdtempSync(join(tmpdir(), "insiders-inspect-"));
    after(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "lille.ipynb"), JSON.stringify(notebook(cell("let n = 1;", ["parameters"]))));
    const path = join(folder, "{shop}.ipynb");
    assert.deepEqual(inspectNotebook(path, { shop: "lille" }), {
      n: { name: "n", inferredTypeName: "number", default: "1", help: "" },
    });
    assert.throws(() => inspectNotebook(path), /Missing parameter 'shop'/);
    assert.throws(
      () => inspectNotebook(path, { shop: "none" }),
      /cannot read the notebook .*none\.ipynb: ENOENT/,
    );
  });
});
