import { isAscii, isUtf8 } from "node:buffer";

export type Encoding = "UTF-8" | "ISO-8859-1" | "Windows-1252";

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const CHUNK = 1 << 16;

/** What bytes 0x80 to 0x9F mean (Node 20's TextDecoder has them wrong); five stand for nothing. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/**
 * A text as UTF-8 without byte order mark, and the encoding it came in.
 * What is not UTF-8 is ISO-8859-1; bytes 0x80 to 0x9F, which that leaves without a character, mean Windows-1252.
 */
export function toUtf8(content: Buffer): { text: Buffer; encoding: Encoding } {
  if (isUtf8(content)) {
    const hasMark = content.subarray(0, BOM.length).equals(BOM);
    return { text: hasMark ? content.subarray(BOM.length) : content, encoding: "UTF-8" };
  }
  const chunks: Buffer[] = [];
  let encoding: Encoding = "ISO-8859-1";
  for (let start = 0; start < content.length; start += CHUNK) {
    const bytes = content.subarray(start, start + CHUNK);
    if (isAscii(bytes)) {
      chunks.push(bytes);
      continue;
    }
    const text = bytes.toString("latin1").replace(/[\x80-\x9f]/g, (control) => {
      encoding = "Windows-1252";
      return WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control;
    });
    chunks.push(Buffer.from(text, "utf8"));
  }
  return { text: Buffer.concat(chunks), encoding };
}
