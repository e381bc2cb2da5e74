import { findColumns } from "./columns.js";
import { decodeText, type Encoding } from "./decode.js";
import { readRecord, skipBlankLines, splitFields } from "./text-records.js";

/** The first line of a delimited text. */
export interface Header {
  delimiter: string;
  /** Column names as written; empty ones at the end (a trailing delimiter) are left out. */
  names: string[];
  /** First byte after the header. */
  next: number;
}

const DELIMITERS = [",", ";", "\t", "|"];

/** Reads the header with the delimiter under which it names most of the columns we know, then most columns. */
export function readHeader(text: Buffer, encoding: Encoding): Header {
  const readings = DELIMITERS.map((delimiter) => readWith(text, encoding, delimiter));
  return readings.reduce((best, reading) => (isBetter(reading, best) ? reading : best));
}

function readWith(text: Buffer, encoding: Encoding, delimiter: string): Header {
  const byte = delimiter.charCodeAt(0);
  const start = skipBlankLines(text, 0, byte);
  const { end, next } = readRecord(text, start, { delimiter: byte, fields: 1 });
  const names = splitFields(decodeText(text.subarray(start, end), encoding), delimiter).map((name) =>
    name.trim(),
  );
  while (names.length > 1 && names.at(-1) === "") names.pop();
  return { delimiter, names, next };
}

function isBetter(a: Header, b: Header): boolean {
  const known = (header: Header): number =>
    Object.values(findColumns(header.names)).filter((position) => position !== null).length;
  return known(a) - known(b) > 0 || (known(a) === known(b) && a.names.length > b.names.length);
}
