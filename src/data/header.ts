import { decodeText, type Encoding } from "./decode.js";
import { readRecord, skipBlankLines, splitFields } from "./text-records.js";

/** The first line of a delimited text. */
export interface Header {
  delimiter: string;
  /** Column names as written. */
  names: string[];
  /** First byte after the header. */
  next: number;
}

const DELIMITERS = [",", ";", "\t", "|"];

/** The header as each delimiter reads it; empty names at the end (a trailing delimiter) are left out. */
export function readHeaders(text: Buffer, encoding: Encoding): Header[] {
  return readWholeHeaders(text, encoding).map((header) => ({
    ...header,
    names: withoutEmptyEnd(header.names),
  }));
}

/** The header as each delimiter reads it, empty names at the end included. */
export function readWholeHeaders(text: Buffer, encoding: Encoding): Header[] {
  return DELIMITERS.map((delimiter) => readWith(text, encoding, delimiter));
}

/** The reading that scores highest, of several the one with most columns, of several the first. */
export function bestHeader(readings: readonly Header[], score: (header: Header) => number): Header {
  const scored = readings.map((header) => ({ header, score: score(header) }));
  return scored.reduce((best, reading) =>
    reading.score > best.score ||
    (reading.score === best.score && reading.header.names.length > best.header.names.length)
      ? reading
      : best,
  ).header;
}

/** Names without the empty ones at their end; one stays in any case. */
export function withoutEmptyEnd(names: readonly string[]): string[] {
  const end = names.findLastIndex((name) => name !== "");
  return names.slice(0, Math.max(1, end + 1));
}

function readWith(text: Buffer, encoding: Encoding, delimiter: string): Header {
  const byte = delimiter.charCodeAt(0);
  const start = skipBlankLines(text, 0, byte);
  const { end, next } = readRecord(text, start, { delimiter: byte, fields: 1 });
  const names = splitFields(decodeText(text.subarray(start, end), encoding), delimiter).map((name) =>
    name.trim(),
  );
  return { delimiter, names, next };
}
