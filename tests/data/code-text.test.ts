import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CodedText, codeText } from "#src/data/code-text.js";
import type { Encoding } from "#src/data/decode.js";

const code = (
  content: string | Buffer,
  options: { wanted?: number[]; encoding?: Encoding } = {},
): CodedText =>
  codeText(Buffer.from(content), {
    from: 0,
    encoding: "UTF-8",
    delimiter: ",",
    fields: 3,
    wanted: [0, 1, 2],
    ...options,
  });

/** The fields of the coded records, each text found by its code. */
const fieldsOf = ({ fields, row }: CodedText): (string | null)[][] =>
  Array.from(row, (_, record) => fields.map(({ codes, texts }) => texts[codes[record]!]!));

describe("a text in codes", () => {
  it("gives back its fields, quotes undone and empty ones as null", () => {
    const coded = code('a,"b,""c""",\na, "d" ,"x\ny"\n"a","",7" w\n');
    assert.deepEqual(fieldsOf(coded), [
      ["a", 'b,"c"', null],
      ["a", "d", "x\ny"],
      ["a", null, '7" w'],
    ]);
    assert.deepEqual([coded.rows, [...coded.row], coded.broken], [3, [1, 2, 3], []]);
  });

  it("keeps a quoted field together that follows several spaces", () => {
    assert.deepEqual(fieldsOf(code('a,   "b,c"  ,d\n')), [["a", "b,c", "d"]]);
  });

  it("counts in how many records each text stands", () => {
    const [first] = code("a,1,x\nb,1,x\na,2,x\n").fields;
    assert.deepEqual(
      [first?.texts, [...first!.counts]],
      [
        ["a", "b"],
        [2, 1],
      ],
    );
  });

  it("reads the fields asked for, in that order, twice if need be", () => {
    assert.deepEqual(fieldsOf(code("a,b,c,\nd,e,f,,\n", { wanted: [2, 0, 2] })), [
      ["c", "a", "c"],
      ["f", "d", "f"],
    ]);
  });

  it("leaves broken records out of the codes, with their row, reason and line", () => {
    const coded = code('a,b,c\na,b\nd,"e,f\ng,h,i');
    assert.deepEqual([coded.rows, [...coded.row]], [4, [1, 4]]);
    assert.deepEqual(coded.broken, [
      { row: 2, problem: "2 fields instead of 3", line: "a,b" },
      { row: 3, problem: "a quote is opened and not closed", line: 'd,"e,f' },
    ]);
  });

  it("is decoded text by text and line by line", () => {
    const coded = code(Buffer.from("£5,b,c\n\x80,b,c\n\x80\n", "latin1"), { encoding: "Windows-1252" });
    assert.deepEqual(fieldsOf(coded), [
      ["£5", "b", "c"],
      ["€", "b", "c"],
    ]);
    assert.equal(coded.broken[0]?.line, "€");
  });

  it("takes a record of more than a million bytes for damage and quotes ten thousand, both in UTF-8", () => {
    const [long, longer] = ["x".repeat(999_990), "x".repeat(1_000_001)];
    assert.deepEqual(code(`${long},b,c\n${longer},b,c\n`).broken, [
      { row: 2, problem: "a record of more than 1000000 bytes", line: "x".repeat(10_000) },
    ]);
    const pounds = Buffer.from(`${"£".repeat(500_001)},b,c\nd,e,f\n`, "latin1");
    const [broken] = code(pounds, { encoding: "ISO-8859-1" }).broken;
    assert.deepEqual([broken?.row, broken?.line], [1, "£".repeat(5_000)]);
  });

  it("without records is empty", () => {
    const coded = code("\n \n");
    assert.deepEqual([coded.rows, coded.row.length, coded.fields[0]?.texts, coded.broken], [0, 0, [], []]);
  });
});
