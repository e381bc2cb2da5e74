import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nameParameter } from "#src/runner/injected-error.js";
import type { CodeCell } from "#src/runner/nbformat.js";
import { injectParameters, type Parameters } from "#src/runner/parameters.js";

const source =
  "const limit: number = 5;\nconst shape: {\n  a: number;\n} = { a: 1 };\nconst z: boolean = true;";
const notebook = (parameters: Parameters): ReturnType<typeof injectParameters> =>
  injectParameters(
    {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: "tslab" } },
      cells: [
        {
          cell_type: "code",
          id: "d",
          metadata: { tags: ["parameters"] },
          source,
          execution_count: null,
          outputs: [],
        },
      ],
    },
    parameters,
  );

describe("a complaint about an injected parameter", () => {
  const book = notebook({ limit: "x", shape: { a: 1 }, z: 1 });
  const cell = (id: string): CodeCell => book.cells.find((candidate) => candidate.id === id) as CodeCell;

  it("names the parameter instead of a line of the injected cell", () => {
    const explain = (reason: string): string => nameParameter(cell("injected-parameters"), reason);
    assert.equal(explain("TypeScript: 2:5 - Type 'string' is no."), "parameter limit: Type 'string' is no.");
    assert.equal(explain("TypeScript: 5:8 - no"), "parameter shape: no");
    assert.equal(explain("TypeScript: 6:5 - no"), "parameter z: no");
  });

  it("is left as it is elsewhere", () => {
    for (const [id, reason] of [
      ["injected-parameters", "RangeError: out of it"],
      ["injected-parameters", "TypeScript: 99:1 - no"],
      ["d", "TypeScript: 2:5 - no"],
    ] as const)
      assert.equal(nameParameter(cell(id), reason), reason);
  });
});
