import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { csvLines } from "#src/publish/csv.js";

const textOf = (value: string | number | null): string =>
  [...csvLines(["v"], [{ v: value }])].slice(1).join("").replace(/\n$/, "");

describe("csvLines", () => {
  it("disarms text that a spreadsheet would compute", () => {
    for (const [text, field] of [
      ["=1+1", "'=1+1"],
      ["+44", "'+44"],
      ["-12", "'-12"],
      ["@SUM(A1)", "'@SUM(A1)"],
      ["\t=1", '"\'\t=1"'],
      ["\rx", '"\'\rx"'],
      ["  =1", "'  =1"],
      ["＝1", "'＝1"],
      ['=A1&","', '"\'=A1&"","""'],
    ] as const)
      assert.equal(textOf(text), field);
  });

  it("leaves numbers and other text as they are", () => {
    for (const [value, field] of [
      [-2.5, "-2.5"],
      [-0, "-0"],
      [0.1 + 0.2, "0.30000000000000004"],
      [null, ""],
      ["17850", "17850"],
      ["a=b", "a=b"],
      ["a@b.c", "a@b.c"],
    ] as const)
      assert.equal(textOf(value), field);
  });

  it("quotes what would start another field, in shops that separate by semicolons too", () => {
    for (const text of ["a,b", "a;=b", "a\tb", "a\nb", 'a"b'])
      assert.equal(textOf(text), `"${text.replaceAll('"', '""')}"`);
  });

  it("has a header alone when there are no rows", () => {
    assert.deepEqual([...csvLines(["a", "b"], [])], ["a,b\n"]);
  });
});
