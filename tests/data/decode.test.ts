import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { toUtf8 } from "#src/data/decode.js";

const decode = (content: Buffer): [text: string, encoding: string] => {
  const { text, encoding } = toUtf8(content);
  return [text.toString(), encoding];
};

describe("a text", () => {
  it("in UTF-8 stays as it is, without its byte order mark", () => {
    assert.deepEqual(decode(Buffer.from("£5 für ☕")), ["£5 für ☕", "UTF-8"]);
    assert.deepEqual(decode(Buffer.from("\ufeffInvoiceNo")), ["InvoiceNo", "UTF-8"]);
    assert.deepEqual(decode(Buffer.from("plain")), ["plain", "UTF-8"]);
  });

  it("in ISO-8859-1 is read as such", () => {
    assert.deepEqual(decode(Buffer.from("£5 für", "latin1")), ["£5 für", "ISO-8859-1"]);
  });

  it("with curly quotes or a euro sign is Windows-1252", () => {
    const bytes = Buffer.from([0x80, 0x35, 0x20, 0x92, 0x73, 0xa3]);
    assert.deepEqual(decode(bytes), ["€5 ’s£", "Windows-1252"]);
  });

  it("longer than a chunk is joined without a seam", () => {
    const text = `${"a".repeat(65_535)}££${"b".repeat(70_000)}£`;
    assert.deepEqual(decode(Buffer.from(text, "latin1")), [text, "ISO-8859-1"]);
  });
});
