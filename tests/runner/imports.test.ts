import assert from "node:assert/strict";
import { it } from "node:test";
import { importsOf } from "#src/runner/imports.js";
import type { NotebookCell } from "#src/runner/nbformat.js";

function code(source: string): NotebookCell {
  return { cell_type: "code", id: "a", metadata: {}, source, execution_count: null, outputs: [] };
}

it("the packages of a notebook are imported once each and leave no names, whatever form their import has", () => {
  const sources = [
    'import { a, b } from "insiders";\nimport * as all from "node:fs";',
    'import "plain";\nconst later = await import("dynamic");',
    'import type { T } from "only-a-type";\nimport d, { e } from "insiders";',
    'import local from "./file";\n// import "comment";',
    "this does not parse as anything {",
  ];
  const cells: NotebookCell[] = [
    { cell_type: "markdown", id: "m", metadata: {}, source: 'import "prose";' },
    ...sources.map(code),
  ];
  assert.equal(
    importsOf({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }),
    'import "insiders";\nimport "node:fs";\nimport "plain";',
  );
});
