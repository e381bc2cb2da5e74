import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { checkAsKernel, kernelTypeScript } from "./declarations.js";
import { listFiles, readText, root } from "./support.js";

/** Declarations of sources that still exist. */
const declarations = listFiles("dist", ".d.ts")
  .filter((path) => existsSync(join(root, "src", path.replace(/\.d\.ts$/, ".ts"))))
  .map((path) => `dist/${path}`);

/** What the kernel says about a cell that imports the package. */
const cell = (text: string): string[] => checkAsKernel({ "cell.ts": `export {};\n${text}` });

describe("the declarations", () => {
  it("are read by the kernel's TypeScript 5.0.4", () => {
    assert.equal(kernelTypeScript.version, "5.0.4");
    assert.ok(declarations.includes("dist/index.d.ts"));
    assert.deepEqual(checkAsKernel(Object.fromEntries(declarations.map((path) => [path, undefined]))), []);
  });

  it("name no typed array by a type argument", () => {
    const generic = /\b(?:(?:Big)?(?:Ui|I)nt(?:8|16|32|64)(?:Clamped)?|Float(?:32|64)|Buffer)(?:Array)?</;
    assert.match("x: Float64Array<ArrayBuffer>", generic);
    assert.deepEqual(
      declarations.filter((path) => generic.test(readText(path))),
      [],
    );
  });
});

describe("a cell that imports the package", () => {
  it("is accepted when it is right", () => {
    const text = `
      import { Database, seededRandom, type InvoiceLine } from "insiders";
      const draw: number = seededRandom(42)();
      const database: Database = await Database.open();
      const values: Float64Array = await database.numbers("SELECT 1");
      const line: Partial<InvoiceLine> = { quantity: values[0]! * draw };`;
    assert.deepEqual(cell(text), []);
  });

  it("is told that a typed array is no text: the types arrive checked, not as any", () => {
    const text = `
      import { Database } from "insiders";
      const database = await Database.open();
      const values = await database.numbers("SELECT 1");
      const text: string = values;`;
    assert.deepEqual(cell(text), [
      "cell.ts:6: TS2322 Type 'Float64Array' is not assignable to type 'string'.",
    ]);
  });

  it("is told about a name the package does not have", () => {
    assert.match(cell('import { magic } from "insiders";')[0]!, /TS2305 .*has no exported member 'magic'/);
  });
});

describe("the kernel's compiler", () => {
  const bad = "export declare const values: Float64Array<ArrayBuffer>;\n";
  const use = 'import { values } from "./bad.js"; export const text: string = values;\n';

  it("rejects the declaration of a typed array that newer compilers infer", () => {
    assert.match(checkAsKernel({ "bad.d.ts": bad })[0]!, /TS2315 Type 'Float64Array' is not generic/);
  });

  it("would otherwise take it for any without a word, so this check is needed", () => {
    assert.deepEqual(checkAsKernel({ "bad.d.ts": bad, "use.ts": use }, { skipLibCheck: true }), []);
  });
});
