import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expandCell } from "#src/runner/cell-source.js";

describe("expandCell", () => {
  it("writes out each short property, nested ones too", () => {
    assert.equal(
      expandCell("f({ a, b: { c }, ...d, e: 1 }, [{ g }]);").code,
      "f({ a: a, b: { c: c }, ...d, e: 1 }, [{ g: g }]);",
    );
  });

  it("keeps assignments by pattern what they are, defaults included", () => {
    assert.equal(expandCell("({ a, b = 1 } = o);").code, "({ a: a, b: b = 1 } = o);");
  });

  it("puts names in quotes that patterns take from, in parameters and declarations, nested ones too", () => {
    assert.equal(
      expandCell("f({ a: xs.map(({ b: c, d: { e: [g] } }) => c) }); const { h: i = 1, ...j } = o;").code,
      'f({ a: xs.map(({ "b": c, "d": { "e": [g] } }) => c) }); const { "h": i = 1, ...j } = o;',
    );
  });

  it("leaves declarations, parameters, types and texts alone", () => {
    const code =
      'const { a, b } = o;\nfunction f({ c }: { c: string }) {}\nimport { d } from "x";\nconst s = "{ e }"; // { f }';
    assert.equal(expandCell(code).code, code);
  });

  it("makes an await of what tslab takes for a call", () => {
    const cases: [string, string][] = [
      ["const f = await (async () => 1)();", "const f = await Promise.resolve( (async () => 1)());"],
      ["(await (p)).name", "(await Promise.resolve( (p))).name"],
      ["await (a, b).c[0]!() + 1", "await Promise.resolve( (a, b).c[0]!()) + 1"],
      ["await (await (p))", "await Promise.resolve( (await Promise.resolve( (p))))"],
    ];
    for (const [code, expanded] of cases) assert.equal(expandCell(code).code, expanded);
  });

  it("leaves an await alone that is one", () => {
    for (const code of ["await f();", "async () => { await (p); };", "await new Promise(() => {});"])
      assert.equal(expandCell(code).code, code);
  });

  it("leads columns back to the original", () => {
    const { code, originalColumn } = expandCell("f({ ab, c }, wrong);\nother;");
    const column = (text: string): number => code.split("\n")[0]!.indexOf(text) + 1;
    assert.equal(code, "f({ ab: ab, c: c }, wrong);\nother;");
    assert.equal(originalColumn(1, column("wrong")), "f({ ab, c }, wrong".indexOf("wrong") + 1);
    assert.equal(originalColumn(1, 1), 1);
    assert.equal(originalColumn(1, column("ab, ")), 5);
    assert.equal(originalColumn(2, 3), 3);
  });
});
