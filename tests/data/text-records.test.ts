import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readRecord, skipBlankLines, splitFields } from "#src/data/text-records.js";

/** The records of a comma-separated text: their text, or what is wrong with them. */
function records(text: string, fields: number, delimiter = ","): string[] {
  const bytes = Buffer.from(text);
  const byte = delimiter.charCodeAt(0);
  const found: string[] = [];
  let at = skipBlankLines(bytes, 0, byte);
  while (at < bytes.length) {
    const { start, end, next, problem } = readRecord(bytes, at, { delimiter: byte, fields });
    found.push(problem ?? bytes.toString("utf8", start, end));
    at = skipBlankLines(bytes, next, byte);
  }
  return found;
}

describe("records", () => {
  it("end with LF, CRLF, CR or the text", () => {
    assert.deepEqual(records("a,b\nc,d\r\ne,f\rg,h", 2), ["a,b", "c,d", "e,f", "g,h"]);
  });

  it("are not blank lines", () => {
    assert.deepEqual(records("\n\r\na,b\n\n  \n\t\nc,d\n\n", 2), ["a,b", "c,d"]);
    assert.deepEqual(records("\n \n", 2), []);
    assert.deepEqual(records("", 2), []);
  });

  it("may be all empty where the delimiter is a tab", () => {
    assert.deepEqual(records("\t\na\tb", 2, "\t"), ["\t", "a\tb"]);
  });

  it("may hold delimiters, line breaks and doubled quotes in quotes", () => {
    const text = '"a,""1""\n\n2",b\n" x",\n';
    assert.deepEqual(records(text, 2), ['"a,""1""\n\n2",b', '" x",']);
  });

  it("may have spaces around quotes, and quotes inside an unquoted field", () => {
    assert.deepEqual(records('a, "b,c" ,d\n7" x 4",e,f', 3), ['a, "b,c" ,d', '7" x 4",e,f']);
  });

  it("lose surplus fields that are empty", () => {
    assert.deepEqual(records("a,b,\nc,d,, ,\n", 2), ["a,b", "c,d"]);
  });

  it("with too few or too many fields say so", () => {
    assert.deepEqual(records("a\nb,c,d\ne,f\n", 2), ["1 field instead of 2", "3 fields instead of 2", "e,f"]);
  });

  it("with a quote that is never closed give up one line only", () => {
    assert.deepEqual(records('a,"b\nc,d\ne,f', 2), ["a quote is opened and not closed", "c,d", "e,f"]);
  });

  it("whose open quote meets the next opening quote give up one line only", () => {
    assert.deepEqual(records('a,"b\nc,"d"\n', 2), ["text follows a closing quote", 'c,"d"']);
  });

  it("that fit nowhere because a stray quote joined lines give up the first line only", () => {
    assert.deepEqual(records('"a,b\nc,d"\ne,f\n', 2), ["a quote is opened and not closed", 'c,d"', "e,f"]);
  });

  it("take time in proportion to the text even when every line opens a quote", () => {
    const text = 'a,"b\n'.repeat(200_000);
    assert.equal(records(text, 2).length, 200_000);
  });
});

describe("fields", () => {
  it("are split with quotes undone", () => {
    assert.deepEqual(splitFields('a, "b,""c""" ,,"",7" d', ","), ["a", 'b,"c"', "", "", '7" d']);
    assert.deepEqual(splitFields("", ";"), [""]);
  });
});
