import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COLUMNS, type ColumnPositions, findColumns, requireColumns } from "./columns.js";
import { type Database, sqlText } from "./database.js";
import { type Encoding, toUtf8 } from "./decode.js";
import { InputError } from "./errors.js";
import { readHeader } from "./header.js";
import type { SourceFile } from "./read-file.js";
import { stageText } from "./stage-text.js";
import { sqlFile, sqlName, withScratchTable } from "./tables.js";
import { skipBlankLines } from "./text-records.js";

/**
 * The data rows of a source as a table of texts: `row`, `problem` (why the record is broken, or NULL),
 * `line` (the text of a broken record) and the columns of `invoice_lines` as written.
 */
export interface SourceRows {
  table: string;
  rows: number;
  header: string[];
  positions: ColumnPositions;
  /** `null` for Parquet. */
  encoding: Encoding | null;
  /** `null` for Parquet. */
  delimiter: string | null;
}

/** Puts the rows of a file into a scratch table for as long as `use` runs. */
export function withSourceRows<T>(
  db: Database,
  file: SourceFile,
  use: (source: SourceRows) => Promise<T>,
): Promise<T> {
  return file.kind === "parquet" ? withParquet(db, file, use) : withText(db, file, use);
}

/** The text of a file and what its header names. @throws InputError when a needed column or every data row is missing. */
export function openText(file: SourceFile): Omit<SourceRows, "table" | "rows"> & {
  text: Buffer;
  delimiter: string;
  from: number;
} {
  const { text, encoding } = toUtf8(file.content);
  if (skipBlankLines(text, 0, 0) >= text.length)
    throw new InputError(`${file.name} holds blank lines only: name another file`);
  const { delimiter, names: header, next: from } = readHeader(text);
  const positions = findColumns(header);
  requireColumns(positions, header, file.name);
  if (skipBlankLines(text, from, delimiter.charCodeAt(0)) >= text.length) throw noRows(file);
  return { text, encoding, delimiter, header, positions, from };
}

async function withText<T>(
  db: Database,
  file: SourceFile,
  use: (source: SourceRows) => Promise<T>,
): Promise<T> {
  const { text, encoding, delimiter, header, positions, from } = openText(file);
  const folder = await mkdtemp(join(tmpdir(), "insiders-"));
  try {
    const path = join(folder, "rows.csv");
    const rows = stageText(text, { from, delimiter, fields: header.length, path });
    const columns = header.map((_, i) => `'f${i}': 'VARCHAR'`).join(", ");
    const query = `SELECT row, problem, line, ${selectTexts(positions, (i) => `f${i}`)}
      FROM read_csv(${sqlFile(path)}, auto_detect = false, header = false, parallel = false, strict_mode = false,
        delim = ${sqlText(delimiter)}, quote = '"', escape = '"',
        columns = {'row': 'INTEGER', 'problem': 'VARCHAR', 'line': 'VARCHAR', ${columns}})`;
    return await withScratchTable(db, query, (table) =>
      use({ table, rows, header, positions, encoding, delimiter }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The columns of a Parquet file. @throws InputError when it is damaged or a needed column is missing. */
export async function openParquet(
  db: Database,
  file: SourceFile,
): Promise<{ header: string[]; types: string[]; positions: ColumnPositions }> {
  const columns = await db
    .rows<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${parquetReader(file)}`)
    .catch((cause: unknown) => {
      throw damaged(file, cause);
    });
  const header = columns.map(({ column_name }) => column_name);
  const positions = findColumns(header);
  requireColumns(positions, header, file.name);
  return { header, types: columns.map(({ column_type }) => column_type), positions };
}

async function withParquet<T>(
  db: Database,
  file: SourceFile,
  use: (source: SourceRows) => Promise<T>,
): Promise<T> {
  const { header, types, positions } = await openParquet(db, file);
  const texts = selectTexts(positions, (i) => {
    const isZoned = types[i] === "TIMESTAMP WITH TIME ZONE";
    return `(${sqlName(header[i]!)}${isZoned ? " AT TIME ZONE 'UTC'" : ""})::VARCHAR`;
  });
  const query = `SELECT (file_row_number + 1)::INTEGER AS row, NULL::VARCHAR AS problem, NULL::VARCHAR AS line,
    ${texts} FROM ${parquetReader(file, "file_row_number = true")}`;
  let isRead = false;
  return withScratchTable(db, query, async (table) => {
    isRead = true;
    const { rows } = await db.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`);
    if (rows === 0) throw noRows(file);
    return use({ table, rows, header, positions, encoding: null, delimiter: null });
  }).catch((error: unknown) => {
    throw isRead ? error : damaged(file, error);
  });
}

function parquetReader(file: SourceFile, ...options: string[]): string {
  return `read_parquet(${[sqlFile(file.path), ...options].join(", ")})`;
}

function damaged(file: SourceFile, cause: unknown): InputError {
  return new InputError(`${file.name} is a damaged Parquet file: write or copy it again`, { cause });
}

function selectTexts(positions: ColumnPositions, expression: (position: number) => string): string {
  const texts = COLUMNS.map(({ name }) => {
    const position = positions[name];
    return `${position === null ? "NULL::VARCHAR" : expression(position)} AS ${name}`;
  });
  return texts.join(", ");
}

function noRows(file: SourceFile): InputError {
  return new InputError(`${file.name} has a header but no data rows: name another file`);
}
