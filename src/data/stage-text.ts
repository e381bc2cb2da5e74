import { closeSync, openSync, writeSync } from "node:fs";
import { readRecord, skipBlankLines, type TextRecord } from "./text-records.js";

/** A longer record is taken for damage; DuckDB stops at twice as much. */
const LONGEST_RECORD = 1_000_000;
/** Of a broken line this much is kept. */
const LONGEST_QUOTE = 10_000;
const BUFFER = 1 << 22;
const LF = 10;
const DIGIT_ZERO = 48;

/**
 * Writes the data records of a text to a file every CSV reader understands alike: one record a line, without
 * header and blank lines, with three fields more at its front: the row (1, 2, 3 ...), what is wrong with the record
 * and, where something is, its text; its own fields are then empty.
 * @param from - first byte after the header.
 * @param fields - number of columns.
 * @returns the number of rows.
 */
export function stageText(
  text: Buffer,
  options: { from: number; delimiter: string; fields: number; path: string },
): number {
  const delimiter = options.delimiter.charCodeAt(0);
  const shape = { delimiter, fields: options.fields };
  const out = Buffer.allocUnsafe(BUFFER);
  const file = openSync(options.path, "w");
  try {
    let used = 0;
    let row = 0;
    let at = skipBlankLines(text, options.from, delimiter);
    while (at < text.length) {
      row++;
      const record = readRecord(text, at, shape);
      at = skipBlankLines(text, record.next, delimiter);
      const problem = problemOf(record);
      const rest = problem === null ? null : brokenRecord(text, record, problem, options);
      const size = rest?.length ?? record.end - record.start;
      if (used + size + 32 > BUFFER) {
        writeSync(file, out, 0, used);
        used = 0;
      }
      used = writeInteger(out, used, row);
      out[used++] = delimiter;
      if (rest === null) {
        out[used++] = delimiter;
        out[used++] = delimiter;
        used += text.copy(out, used, record.start, record.end);
      } else used += rest.copy(out, used);
      out[used++] = LF;
    }
    writeSync(file, out, 0, used);
    return row;
  } finally {
    closeSync(file);
  }
}

function problemOf({ start, end, problem }: TextRecord): string | null {
  return end - start > LONGEST_RECORD ? `a record of more than ${LONGEST_RECORD} bytes` : problem;
}

function brokenRecord(
  text: Buffer,
  { start, end }: TextRecord,
  problem: string,
  { delimiter, fields }: { delimiter: string; fields: number },
): Buffer {
  const line = text.toString("utf8", start, Math.min(end, start + LONGEST_QUOTE));
  const quoted = `"${line.replaceAll('"', '""')}"`;
  return Buffer.from(`${problem}${delimiter}${quoted}${delimiter.repeat(fields)}`);
}

/** Writes the decimal digits of a positive integer; returns the position after them. */
function writeInteger(out: Buffer, at: number, value: number): number {
  let digits = 1;
  for (let rest = Math.floor(value / 10); rest > 0; rest = Math.floor(rest / 10)) digits++;
  let rest = value;
  for (let i = at + digits - 1; i >= at; i--) {
    out[i] = DIGIT_ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return at + digits;
}
