import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Notebook, NotebookCell } from "#src/runner/nbformat.js";
import {
  declaredAmong,
  type InjectOptions,
  injectParameters,
  type Parameters,
} from "#src/runner/parameters.js";

const cell = (id: string, tags: string[], source = ""): NotebookCell => ({
  cell_type: "code",
  id,
  metadata: { tags },
  source,
  execution_count: null,
  outputs: [],
});
const notebook = (...cells: NotebookCell[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: "tslab" } },
  cells,
});
const ids = (book: Notebook): string[] => book.cells.map(({ id }) => id);

/** The cells after injection, and what was warned of. */
function inject(
  book: Notebook,
  parameters: Parameters,
  options: InjectOptions = {},
): { cells: NotebookCell[]; ids: string[]; warnings: string[] } {
  const warnings: string[] = [];
  const result = injectParameters(book, parameters, { ...options, onWarning: (line) => warnings.push(line) });
  return { cells: result.cells, ids: ids(result), warnings };
}

describe("injected parameters", () => {
  it("follow the cell tagged parameters", () => {
    const book = notebook(cell("head", []), cell("defaults", ["parameters"], "let a = 2;"), cell("work", []));
    const result = inject(book, { a: 1 });
    assert.deepEqual(result.ids, ["head", "defaults", "injected-parameters", "work"]);
    assert.deepEqual(result.warnings, []);
    assert.deepEqual(result.cells[2], {
      ...cell("injected-parameters", ["injected-parameters"]),
      source: "// Parameters\nlet a = 1;",
    });
  });

  it("go first where there is none, with a warning", () => {
    const result = inject(notebook(cell("work", [])), { a: 1 });
    assert.deepEqual(result.ids, ["injected-parameters", "work"]);
    assert.deepEqual(result.warnings, [
      "Passed unknown parameter: a",
      "Input notebook does not contain a cell with tag 'parameters'",
    ]);
  });

  it("are written all the same when the notebook does not declare them, with a warning for each", () => {
    const book = notebook(cell("defaults", ["parameters"], "const a = 1, b = 2;"));
    const { warnings, cells } = inject(book, { b: 1, c: 1, d: 1 });
    assert.deepEqual(warnings, ["Passed unknown parameter: c", "Passed unknown parameter: d"]);
    assert.equal(cells[1]!.source, "// Parameters\nlet b = 1;\nlet c = 1;\nlet d = 1;");
  });

  it("replace those of an earlier run in their place", () => {
    const book = notebook(
      cell("defaults", ["parameters"]),
      cell("between", []),
      cell("old", ["injected-parameters"], "let a = 0;"),
      cell("work", []),
      cell("older", ["injected-parameters"], "let a = -1;"),
    );
    const once = inject(book, { a: 1 });
    assert.deepEqual(once.ids, ["defaults", "between", "injected-parameters", "work"]);
    const twice = inject(notebook(...once.cells), { a: 2 });
    assert.deepEqual(twice.ids, once.ids);
    assert.equal(twice.cells[2]!.source, "// Parameters\nlet a = 2;");
  });

  it("of an earlier run keep their place where no cell is tagged, without a word about that", () => {
    const { ids, warnings } = inject(notebook(cell("head", []), cell("old", ["injected-parameters"])), {
      a: 2,
    });
    assert.deepEqual(ids, ["head", "injected-parameters"]);
    assert.deepEqual(warnings, ["Passed unknown parameter: a"]);
  });

  it("of an earlier run move behind defaults that would win over them", () => {
    const book = notebook(
      cell("old", ["injected-parameters"]),
      cell("defaults", ["parameters"], "let a = 0;"),
    );
    assert.deepEqual(inject(book, { a: 2 }).ids, ["defaults", "injected-parameters"]);
  });

  it("of an earlier run stay when none are given now", () => {
    const book = notebook(cell("defaults", ["parameters"]), cell("old", ["injected-parameters"]));
    assert.deepEqual(inject(book, {}), { cells: book.cells, ids: ["defaults", "old"], warnings: [] });
  });

  it("leave the notebook they are given as it was, and take an id that is free", () => {
    const book = notebook(cell("injected-parameters", ["parameters"]), cell("injected-parameters-2", []));
    const before = structuredClone(book);
    assert.deepEqual(inject(book, { a: 1 }).ids, [
      "injected-parameters",
      "injected-parameters-3",
      "injected-parameters-2",
    ]);
    assert.deepEqual(book, before);
  });

  it("carry the type their default is declared with", () => {
    const defaults = "const limit: number = 5; // most rows\nconst mode: 'a' | 'b' = 'a', free = 1;";
    const book = notebook(cell("defaults", ["parameters"], defaults));
    assert.equal(
      inject(book, { limit: "many", mode: "b", free: 2 }).cells[1]!.source,
      "// Parameters\nlet limit: number = \"many\";\nlet mode: 'a' | 'b' = \"b\";\nlet free = 2;",
    );
    assert.equal(
      inject(book, { limit: 6 }, { language: "JavaScript" }).cells[1]!.source,
      "// Parameters\nlet limit = 6;",
    );
  });
});

describe("the language of parameters", () => {
  const source = (metadata: Notebook["metadata"], options: InjectOptions = {}): string => {
    const book = notebook(cell("defaults", ["parameters"], "const a: number = 1;"));
    return inject({ ...book, metadata }, { a: 2 }, options).cells[1]!.source as string;
  };
  const isTyped = (text: string): boolean => text.includes("let a: number = 2;");

  it("is the one asked for, else the kernel's, else what the notebook was written in", () => {
    assert.equal(isTyped(source({ kernelspec: { name: "tslab" } })), true);
    assert.equal(isTyped(source({ kernelspec: { name: "jslab" } })), false);
    assert.equal(isTyped(source({ kernelspec: { name: "mine", language: "javascript" } })), false);
    assert.equal(isTyped(source({ language_info: { name: "typescript" } })), true);
    assert.equal(isTyped(source({ kernelspec: { name: "tslab" } }, { kernel: "jslab" })), false);
    assert.equal(isTyped(source({ kernelspec: { name: "tslab" } }, { language: "javascript" })), false);
    assert.equal(isTyped(source({ kernelspec: { name: "python3" } }, { language: "typescript" })), true);
  });

  it("is named with those there are when it is another one", () => {
    const there = "parameters are written in typescript or javascript (kernels tslab and jslab)";
    assert.throws(() => source({ kernelspec: { name: "python3", language: "python" } }), {
      message: `${there}; got python3, python: name one with -l`,
    });
    assert.throws(() => source({ kernelspec: { name: "tslab" } }, { language: "R" }), {
      message: `${there}; got R: name one with -l`,
    });
    assert.throws(() => source({}), {
      message: `${there}; the notebook names no language: name one with -l`,
    });
    assert.throws(() => source({}, { language: "constructor" }), /got constructor/);
  });
});

describe("parameters offered to a notebook", () => {
  it("are chosen among those that the parameters cell declares", () => {
    const defaults = cell("defaults", ["parameters"], "const a = 1; // first\nlet b: string = 'x', c = 2;");
    const book = notebook(cell("head", []), defaults, cell("work", [], "const d = 1;"));
    assert.deepEqual(declaredAmong(book, { a: 9, c: 8, d: 7 }), { a: 9, c: 8 });
    assert.deepEqual(declaredAmong(notebook(cell("work", [])), { a: 9 }), {});
  });
});
