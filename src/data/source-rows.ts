import { COLUMNS, type ColumnPositions, findColumns, requireColumns } from "./columns.js";
import type { Database } from "./database.js";
import type { Encoding } from "./decode.js";
import { type DelimitedText, noRows, openDelimited, requireRecords, withRecords } from "./delimited-text.js";
import { bestHeader, type Header, readHeaders } from "./header.js";
import { damagedParquet, describeParquet, parquetReader } from "./parquet-file.js";
import type { SourceFile } from "./read-file.js";
import { sqlName, withScratchTable } from "./tables.js";

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
export function openText(file: SourceFile): DelimitedText & { positions: ColumnPositions } {
  const text = openDelimited(file, (content) => bestHeader(readHeaders(content), countKnown));
  const positions = findColumns(text.header.names);
  requireColumns(positions, text.header.names, file.name);
  requireRecords(file, text);
  return { ...text, positions };
}

/** How many of the columns we know a header names. */
function countKnown({ names }: Header): number {
  return Object.values(findColumns(names)).filter((position) => position !== null).length;
}

async function withText<T>(
  db: Database,
  file: SourceFile,
  use: (source: SourceRows) => Promise<T>,
): Promise<T> {
  const text = openText(file);
  const { positions, encoding, header } = text;
  return withRecords(text, (records, rows) => {
    const query = `SELECT row, problem, line, ${selectTexts(positions, (i) => `f${i}`)} FROM ${records}`;
    return withScratchTable(db, query, (table) =>
      use({ table, rows, header: header.names, positions, encoding, delimiter: header.delimiter }),
    );
  });
}

/** The columns of a Parquet file. @throws InputError when it is damaged or a needed column is missing. */
export async function openParquet(
  db: Database,
  file: SourceFile,
): Promise<{ header: string[]; types: string[]; positions: ColumnPositions }> {
  const { header, types } = await describeParquet(db, file);
  const positions = findColumns(header);
  requireColumns(positions, header, file.name);
  return { header, types, positions };
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
    throw isRead ? error : damagedParquet(file, error);
  });
}

function selectTexts(positions: ColumnPositions, expression: (position: number) => string): string {
  const texts = COLUMNS.map(({ name }) => {
    const position = positions[name];
    return `${position === null ? "NULL::VARCHAR" : expression(position)} AS ${name}`;
  });
  return texts.join(", ");
}
