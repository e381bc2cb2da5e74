import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { Notebook } from "#src/runner/nbformat.js";
import { readNotebook, writeNotebook } from "#src/runner/notebook-file.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-notebook-file-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const notebook: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [{ cell_type: "markdown", id: "cell-0", metadata: {}, source: "text ü" }],
};

describe("a notebook file", () => {
  it("comes back as it was written, as nbformat writes it, without a trace of the writing", () => {
    const path = join(folder, "deep", "one.ipynb");
    writeNotebook(path, notebook);
    assert.deepEqual(readNotebook(path), notebook);
    assert.match(readFileSync(path, "utf8"), /^\{\n "cells": \[\n {2}\{\n {3}"cell_type".*\}\n$/s);
    assert.deepEqual(readdirSync(join(folder, "deep")), ["one.ipynb"]);
  });

  it("may begin with a byte order mark", () => {
    const path = join(folder, "bom.ipynb");
    writeFileSync(path, `\ufeff${JSON.stringify(notebook)}`);
    assert.deepEqual(readNotebook(path), notebook);
  });

  const text = JSON.stringify(notebook);
  const refused: [what: string, content: string | Buffer, message: RegExp][] = [
    ["nothing", "", /is not a notebook: it is empty$/],
    ["a list", "[]", /nbformat is missing/],
    ["null", "null", /nbformat is missing/],
    ["a notebook of nbformat 3", '{"nbformat": 3, "worksheets": []}', /nbformat is 3/],
    ["no JSON", '{\n "nbformat": 4,\n\n x', /is not a notebook: [^\n]+$/],
    ["Latin-1", Buffer.from(text, "latin1"), /it is not UTF-8 text; save it anew in Jupyter$/],
    ["UTF-16", Buffer.from(`\ufeff${text}`, "utf16le"), /it is not UTF-8 text; save it anew in Jupyter$/],
  ];
  for (const [what, content, message] of refused)
    it(`that holds ${what} is refused in one line`, () => {
      const path = join(folder, "other.ipynb");
      writeFileSync(path, content);
      assert.throws(() => readNotebook(path), { message });
    });
});
