import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeForeign, isGzip, isParquet } from "#src/data/file-kinds.js";

describe("the kind of a file", () => {
  it("is told by its first bytes", () => {
    assert.equal(isGzip(Buffer.from([0x1f, 0x8b, 0x08])), true);
    assert.equal(isParquet(Buffer.from("PAR1....PAR1")), true);
    assert.equal(isGzip(Buffer.from("InvoiceNo")), false);
    assert.equal(isParquet(Buffer.from("PAR")), false);
  });

  const foreign: [bytes: number[], kind: RegExp][] = [
    [[0x50, 0x4b, 0x03, 0x04], /Excel workbook/],
    [[0xd0, 0xcf, 0x11, 0xe0], /old Excel/],
    [[...Buffer.from("%PDF-1.7")], /PDF/],
    [[0x89, 0x50, 0x4e, 0x47], /PNG/],
    [[0xff, 0xd8, 0xff, 0xe0], /JPEG/],
    [[...Buffer.from("GIF89a")], /GIF/],
    [[0xff, 0xfe, 0x49, 0x00], /UTF-16/],
    [[0x28, 0xb5, 0x2f, 0xfd], /Zstandard/],
    [[0x41, 0x42, 0x00], /binary file \(NUL byte at 2\)/],
  ];
  for (const [bytes, kind] of foreign)
    it(`is named for ${kind.source}, with what to do`, () => {
      const found = describeForeign(Buffer.from(bytes));
      assert.match(found?.kind ?? "", kind);
      assert.ok(found?.advice);
    });

  it("is nothing foreign for text in any encoding", () => {
    assert.equal(describeForeign(Buffer.from("InvoiceNo,£,\u2019\n")), null);
    assert.equal(describeForeign(Buffer.from("InvoiceNo,\xa3\n", "latin1")), null);
  });
});
