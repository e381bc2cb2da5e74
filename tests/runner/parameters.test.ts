import assert from "node:assert/strict";
import { describe, it } from "node:test";
import vm from "node:vm";
import type { Notebook } from "#src/runner/nbformat.js";
import {
  declaredAmong,
  injectParameters,
  type ParameterValue,
  translateParameters,
} from "#src/runner/parameters.js";

function evaluate(value: ParameterValue): unknown {
  const result: unknown = vm.runInNewContext(`${translateParameters({ value })}\nJSON.stringify(value)`);
  return JSON.parse(result as string);
}

describe("injected parameters", () => {
  it("are literals that mean exactly the value", () => {
    const values: ParameterValue[] = [
      "plain",
      "quotes \" and ' and `${x}` and \\ and \n newline \u2028 😀",
      "</script>",
      12.5,
      -3,
      1.5e-300,
      true,
      null,
      [1, "two", [null]],
      { "a key": { b: [1] }, __proto__x: 1 },
    ];
    for (const value of values) assert.deepEqual(evaluate(value), value);
  });

  it("refuse integers that a number cannot hold, and names that are no identifiers", () => {
    assert.throws(() => translateParameters({ id: 2 ** 53 }), /id is 9007199254740992: integers beyond/);
    assert.throws(() => translateParameters({ "a-b": 1 }), /identifier, got "a-b"/);
    assert.throws(() => translateParameters({ "x; process.exit()": 1 }), /identifier/);
  });

  const cell = (id: string, tags: string[]): Notebook["cells"][number] => ({
    cell_type: "code",
    id,
    metadata: { tags },
    source: "",
    execution_count: null,
    outputs: [],
  });
  const notebook = (...cells: Notebook["cells"]): Notebook => ({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells,
  });
  const ids = (book: Notebook): string[] => book.cells.map(({ id }) => id);

  it("follow the cell tagged parameters, and go first where there is none", () => {
    const tagged = notebook(cell("head", []), cell("defaults", ["parameters"]), cell("work", []));
    assert.deepEqual(ids(injectParameters(tagged, { a: 1 })), [
      "head",
      "defaults",
      "injected-parameters",
      "work",
    ]);
    assert.deepEqual(ids(injectParameters(notebook(cell("work", [])), { a: 1 })), [
      "injected-parameters",
      "work",
    ]);
  });

  it("are chosen among those that the parameters cell declares", () => {
    const defaults = {
      ...cell("defaults", ["parameters"]),
      source: "const a = 1; // first\nlet b: string = 'x', c = 2;",
    };
    const book = notebook(cell("head", []), defaults, { ...cell("work", []), source: "const d = 1;" });
    assert.deepEqual(declaredAmong(book, { a: 9, c: 8, d: 7 }), { a: 9, c: 8 });
    assert.deepEqual(declaredAmong(notebook(cell("work", [])), { a: 9 }), {});
  });

  it("replace those of an earlier run", () => {
    const once = injectParameters(notebook(cell("defaults", ["parameters"])), { a: 1 });
    const twice = injectParameters(once, { a: 2 });
    assert.deepEqual(ids(twice), ["defaults", "injected-parameters"]);
    assert.equal(twice.cells[1]!.source, "// Parameters\nconst a = 2;");
    assert.deepEqual(ids(injectParameters(once, {})), ["defaults"]);
  });
});
