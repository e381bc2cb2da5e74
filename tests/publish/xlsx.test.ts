import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { type SheetColumn, xlsxFile } from "#src/publish/xlsx.js";
import type { Row } from "#src/types.js";

/** An independent reader, which comes with danfojs-node. */
interface Reader {
  read(data: Uint8Array, options: object): { SheetNames: string[]; Sheets: Record<string, unknown> };
  utils: { sheet_to_json(sheet: unknown, options: object): unknown[][] };
}
const reader = createRequire(import.meta.url)("xlsx") as Reader;

const columns: SheetColumn[] = [
  { name: "id", label: "Customer" },
  { name: "value", label: "Value", width: 30 },
];
function readBack(rows: Row[], sheet = "List"): { name: string; grid: unknown[][] } {
  const book = reader.read(xlsxFile(sheet, columns, rows), { type: "array", cellFormula: true });
  const name = book.SheetNames[0]!;
  return { name, grid: reader.utils.sheet_to_json(book.Sheets[name], { header: 1, raw: true }) };
}

describe("a workbook", () => {
  it("holds what was given, as another program reads it", () => {
    const rows = [
      { id: "12347", value: 4310.5 },
      { id: "007", value: -0.000001 },
      { id: "x", value: true },
    ];
    assert.deepEqual(readBack(rows).grid, [
      ["Customer", "Value"],
      ...rows.map(({ id, value }) => [id, value]),
    ]);
  });

  it("keeps text as text: formulas, markup, blanks, leading zeros, signs beyond the first plane", () => {
    for (const text of ["=1+1", "@SUM(A1)", `<a & "b">`, "  two  ", "0012", "ä€😀", "a\nb"])
      assert.deepEqual(readBack([{ id: text, value: 1 }]).grid[1], [text, 1], text);
  });

  it("leaves out what XML cannot hold", () => {
    assert.deepEqual(readBack([{ id: "a\u0000\u0008b\uFFFF", value: 1 }]).grid[1], ["ab", 1]);
    assert.equal((readBack([{ id: "a\uD800", value: 1 }]).grid[1]![0] as string).length, 2);
  });

  it("leaves a missing value empty, and is there without rows", () => {
    assert.deepEqual(Array.from(readBack([{ id: null, value: 1 }, {}]).grid[1]!), [undefined, 1]);
    assert.deepEqual(readBack([]).grid, [["Customer", "Value"]]);
  });

  it("has a sheet of a name that spreadsheets take", () => {
    assert.equal(readBack([], "Insiders").name, "Insiders");
    assert.equal(readBack([], `a/b:${"c".repeat(40)}`).name, `a b ${"c".repeat(27)}`);
  });

  it("has the same bytes for the same rows", () => {
    const rows = [{ id: "1", value: 2 }];
    assert.deepEqual(xlsxFile("a", columns, rows), xlsxFile("a", columns, rows));
  });
});
