import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqlText } from "./database.js";
import { type Encoding, toUtf8 } from "./decode.js";
import { InputError } from "./errors.js";
import type { Header } from "./header.js";
import type { SourceFile } from "./read-file.js";
import { stageText } from "./stage-text.js";
import { sqlFile } from "./tables.js";
import { skipBlankLines } from "./text-records.js";

/** A delimited text as UTF-8, with its header. */
export interface DelimitedText {
  text: Buffer;
  encoding: Encoding;
  header: Header;
}

/** Decodes a text and has its header read. @throws InputError when there is nothing but blank lines. */
export function openDelimited(file: SourceFile, readHeader: (text: Buffer) => Header): DelimitedText {
  const { text, encoding } = toUtf8(file.content);
  requireLines(file, text);
  return { text, encoding, header: readHeader(text) };
}

/** @throws InputError when there is nothing but blank lines. */
export function requireLines(file: SourceFile, text: Buffer): void {
  if (skipBlankLines(text, 0, 0) >= text.length)
    throw new InputError(`${file.name} holds blank lines only: name another file`);
}

/** @throws InputError when nothing but blank lines follows the header. */
export function requireRecords(
  file: SourceFile,
  { text, header }: { text: Buffer; header: Pick<Header, "delimiter" | "next"> },
): void {
  if (skipBlankLines(text, header.next, header.delimiter.charCodeAt(0)) >= text.length) throw noRows(file);
}

/**
 * Lays the data records of a text out for the database as long as `use` runs.
 * @param use - gets SQL to select from, with `row`, `problem` (why the record is broken, or NULL), `line` (the text of
 * a broken record) and the fields as `f0`, `f1`, ..., and the number of rows.
 */
export async function withRecords<T>(
  { text, header: { delimiter, names, next } }: DelimitedText,
  use: (records: string, rows: number) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "insiders-"));
  try {
    const path = join(folder, "rows.csv");
    const rows = stageText(text, { from: next, delimiter, fields: names.length, path });
    const columns = names.map((_, i) => `'f${i}': 'VARCHAR'`).join(", ");
    const records = `read_csv(${sqlFile(path)}, auto_detect = false, header = false, parallel = false, strict_mode = false,
        delim = ${sqlText(delimiter)}, quote = '"', escape = '"',
        columns = {'row': 'INTEGER', 'problem': 'VARCHAR', 'line': 'VARCHAR', ${columns}})`;
    return await use(records, rows);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function noRows(file: SourceFile): InputError {
  return new InputError(`${file.name} has a header but no data rows: name another file`);
}
