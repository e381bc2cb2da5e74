import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findImportProblems, type Rules, readRules, readUses, type SourceText } from "./imports.js";
import { listFiles, readText } from "./support.js";

const rules: Rules = readRules(readText("docs/design.md"));

const file = (path: string, text: string): SourceText => ({ path, text });
const problemsOf = (...files: SourceText[]): string[] => findImportProblems(files, rules);

describe("imports", () => {
  it("of src/ follow the tables of the design", () => {
    const files = listFiles("src", ".ts").map((path) => file(path, readText(`src/${path}`)));
    assert.ok(files.length > 3, "src/ holds files");
    assert.deepEqual(problemsOf(...files), []);
  });
});

describe("the rules", () => {
  it("are read from the design, foundation first", () => {
    assert.deepEqual(rules.modules.slice(0, 4), ["types", "format", "math", "parallel"]);
    assert.equal(rules.modules.at(-1), "cli");
    assert.deepEqual(rules.owners.get("@duckdb/node-api"), ["data"]);
    assert.deepEqual(rules.owners.get("Math.random"), []);
  });

  it("need both tables", () => {
    assert.throws(() => readRules("# Design\n"), /no table starts with the column "module"/);
  });
});

describe("the parser", () => {
  it("sees every form of import and nothing in texts or comments", () => {
    const text = [
      'import a from "a";',
      'import type { B } from "b";',
      'export * from "c";',
      'const d = await import("d");',
      'let e: import("e").E;',
      'const f = require.resolve("f/x.js");',
      'new Worker(new URL("./g.js", import.meta.url));',
      '// import "h"',
      "const i = 'import \"i\"';",
      'import j = require("j");',
      'new URL("./k.html", import.meta.url);',
    ].join("\n");
    const names = readUses(file("x.ts", text)).map((use) => `${use.line} ${use.name}`);
    assert.deepEqual(names, ["1 a", "2 b", "3 c", "4 d", "5 e", "6 f/x.js", "7 ./g.js", "10 j"]);
  });
});

describe("the check", () => {
  const types = file("types.ts", "");
  const kmeans = file(
    "clustering/kmeans.ts",
    'import "../types.js"; import "node:path"; import "ml-kmeans";',
  );

  it("finds nothing in good files", () => {
    assert.deepEqual(
      problemsOf(types, kmeans, file("index.ts", 'export * from "./clustering/kmeans.js";')),
      [],
    );
  });

  it("lets a module read a file of its own folder from dist/, and no other", () => {
    const text = (path: string): string => `new URL("../../src/${path}", import.meta.url);`;
    assert.deepEqual(problemsOf(file("notebook/figure.ts", text("notebook/draw.js"))), []);
    assert.equal(problemsOf(file("notebook/figure.ts", text("runner/draw.js"))).length, 1);
  });

  it("catches an import from a lower row, types included", () => {
    const bad = file("math/matrix.ts", '\nimport type { K } from "../clustering/kmeans.js";');
    assert.deepEqual(problemsOf(types, kmeans, bad), [
      'src/math/matrix.ts:2: "math" may not import "clustering", which stands below it in the table',
    ]);
  });

  it("keeps the analysis out of the runner, though it stands above it", () => {
    const runner = file("runner/execute.ts", 'import { kmeans } from "../clustering/kmeans.js";');
    assert.deepEqual(problemsOf(types, kmeans, runner), [
      'src/runner/execute.ts:1: the runner knows nothing of the analysis: "clustering"',
    ]);
  });

  it("catches a package outside its module, and one in no row", () => {
    const bad = file("features/rfm.ts", 'import "@duckdb/node-api";\nimport "left-pad/x";');
    assert.deepEqual(problemsOf(bad), [
      'src/features/rfm.ts:1: @duckdb/node-api is for data, not for "features"',
      "src/features/rfm.ts:2: left-pad is in no row of the table of outside things",
    ]);
  });

  it("catches input, output and processes in a computing module", () => {
    const bad = file(
      "value/bgnbd.ts",
      'import "node:fs/promises"; import "node:child_process"; import "fs"; await fetch("x");',
    );
    const found = problemsOf(bad).map((problem) => problem.split(": ")[1]);
    assert.equal(found.length, 4);
    assert.match(found[0]!, /^node:fs\/promises is for data, notebook/);
    assert.match(found[1]!, /^node:child_process is for parallel, runner, cli/);
    assert.equal(found[2], 'write "node:fs"');
    assert.match(found[3]!, /^fetch is for data/);
  });

  it("catches the clock and unseeded chance, and lets dates be parsed", () => {
    const bad = file("value/x.ts", 'new Date("2011-12-09"); new Date(); Date.now(); Math.random();');
    assert.equal(problemsOf(bad).length, 3);
  });

  it("catches a cycle between files", () => {
    const a = file("math/a.ts", 'import "./b.js";');
    const b = file("math/b.ts", 'import "./c.js";');
    const c = file("math/c.ts", 'import "./b.js";');
    assert.deepEqual(problemsOf(a, b, c), ["import cycle: math/b.ts -> math/c.ts -> math/b.ts"]);
  });

  it("catches modules the table does not know, missing files and the package's own name", () => {
    const bad = file("magic/x.ts", 'import "./y.js"; import "insiders"; import "../../tests/x.js";');
    assert.deepEqual(problemsOf(bad), [
      'src/magic/x.ts: "magic" is not in the module table',
      "src/magic/x.ts:1: there is no src/magic/y.ts",
      'src/magic/x.ts:1: "insiders" is this package: use a relative path',
      'src/magic/x.ts:1: "../tests/x.ts" lies outside src/',
    ]);
  });
});
