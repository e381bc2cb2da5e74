import { isAscii, isUtf8 } from "node:buffer";

export type Encoding = "UTF-8" | "ISO-8859-1" | "Windows-1252";

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const CHUNK = 1 << 16;

/** What bytes 0x80 to 0x9F mean (Node 20's TextDecoder has them wrong); five stand for nothing. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/**
 * The encoding of a text. What is not UTF-8 is ISO-8859-1; bytes 0x80 to 0x9F, which that leaves without a character,
 * mean Windows-1252.
 */
export function detectEncoding(content: Buffer): Encoding {
  if (isUtf8(content)) return "UTF-8";
  for (let start = 0; start < content.length; start += CHUNK) {
    const bytes = content.subarray(start, start + CHUNK);
    if (!isAscii(bytes) && /[\x80-\x9f]/.test(bytes.toString("latin1"))) return "Windows-1252";
  }
  return "ISO-8859-1";
}

/** A text without its byte order mark; only UTF-8 has one. */
export function withoutMark(content: Buffer): Buffer {
  return content.subarray(0, BOM.length).equals(BOM) ? content.subarray(BOM.length) : content;
}

/** What bytes of a text say. */
export function decodeText(bytes: Buffer, encoding: Encoding): string {
  if (encoding === "UTF-8" || isAscii(bytes)) return bytes.toString("utf8");
  const text = bytes.toString("latin1");
  if (encoding === "ISO-8859-1") return text;
  return text.replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}

/** A text as UTF-8 without byte order mark, and the encoding it came in. */
export function toUtf8(content: Buffer): { text: Buffer; encoding: Encoding } {
  const encoding = detectEncoding(content);
  if (encoding === "UTF-8") return { text: withoutMark(content), encoding };
  // Most pieces are ASCII, which is the same in UTF-8: they are copied as they are.
  const pieces: Buffer[] = [];
  for (let start = 0; start < content.length; start += CHUNK) {
    const bytes = content.subarray(start, start + CHUNK);
    pieces.push(isAscii(bytes) ? bytes : Buffer.from(decodeText(bytes, encoding)));
  }
  return { text: Buffer.concat(pieces), encoding };
}
