/** A file format told by its first bytes. */
interface Signature {
  bytes: readonly number[];
  /** How a message calls such a file. */
  kind: string;
  advice: string;
}

const AS_CSV = "save it as CSV (UTF-8) and name that file";
const UNPACKED = "unpack it or compress it with gzip";

/** Formats people hand over by mistake. */
const FOREIGN: readonly Signature[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: "an Excel workbook or a zip archive", advice: AS_CSV },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], kind: "an old Excel workbook", advice: AS_CSV },
  { bytes: [0x25, 0x50, 0x44, 0x46], kind: "a PDF document", advice: "name the CSV file it was made from" },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: "a PNG image", advice: "name a CSV or Parquet file" },
  { bytes: [0xff, 0xd8, 0xff], kind: "a JPEG image", advice: "name a CSV or Parquet file" },
  { bytes: [0x47, 0x49, 0x46, 0x38], kind: "a GIF image", advice: "name a CSV or Parquet file" },
  { bytes: [0xff, 0xfe], kind: "UTF-16 text", advice: "save it as UTF-8" },
  { bytes: [0xfe, 0xff], kind: "UTF-16 text", advice: "save it as UTF-8" },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: "compressed with Zstandard", advice: UNPACKED },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], kind: "compressed with xz", advice: UNPACKED },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], kind: "a 7-Zip archive", advice: UNPACKED },
  { bytes: [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41], kind: "compressed with bzip2", advice: UNPACKED },
];

export function isGzip(content: Buffer): boolean {
  return startsWith(content, [0x1f, 0x8b]);
}

export function isParquet(content: Buffer): boolean {
  return startsWith(content, [0x50, 0x41, 0x52, 0x31]);
}

/** What a file is that cannot be delimited text, and what to do about it; `null` for text. */
export function describeForeign(content: Buffer): { kind: string; advice: string } | null {
  const known = FOREIGN.find(({ bytes }) => startsWith(content, bytes));
  if (known !== undefined) return { kind: known.kind, advice: known.advice };
  const nul = content.indexOf(0);
  if (nul < 0) return null;
  return { kind: `a binary file (NUL byte at ${nul})`, advice: "name a CSV, TSV or Parquet file" };
}

function startsWith(content: Buffer, bytes: readonly number[]): boolean {
  return content.length >= bytes.length && bytes.every((byte, i) => content[i] === byte);
}
