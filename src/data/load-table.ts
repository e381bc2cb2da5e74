import { formatNumber } from "../format.js";
import { type ColumnReading, type ColumnType, chooseTypes } from "./column-types.js";
import type { Database } from "./database.js";
import type { Encoding } from "./decode.js";
import { type DelimitedText, noRows, openDelimited, requireRecords, withRecords } from "./delimited-text.js";
import { InputError } from "./errors.js";
import { bestHeader, type Header, readWholeHeaders, withoutEmptyEnd } from "./header.js";
import { damagedParquet, parquetReader } from "./parquet-file.js";
import { readSourceFile, type SourceFile } from "./read-file.js";
import { loadSoundText } from "./sound-text.js";
import { replaceTable, sqlName, withScratchTable } from "./tables.js";
import { readRecord, skipBlankLines } from "./text-records.js";

/** What was found in a file and how it was read. */
export interface TableSummary {
  /** Name of the file, without its folder. */
  file: string;
  bytes: number;
  kind: "text" | "parquet";
  /** `null` for Parquet. */
  encoding: Encoding | null;
  /** `null` for Parquet. */
  delimiter: string | null;
  /** Rows of the table. */
  rows: number;
  columns: { name: string; type: string }[];
  /** Data rows that are not in the table since their fields are not those of the header, most frequent problem first. */
  broken: { problem: string; rows: number; firstRow: number }[];
  /** What a reader of the table should know about how it was read, in sentences. */
  notes: string[];
}

/** Records that tell which delimiter a header was written with. */
const TRIED_RECORDS = 100;
/** Columns that a note names. */
const NAMED_COLUMNS = 10;

/**
 * Reads any delimited text or Parquet file into a table. Types of a text's columns are those that all of their values
 * have; an empty field is missing. Columns without a name are called by their position, those with the name of an
 * earlier one, whatever its case, get a number behind it.
 * @param path - CSV, TSV, semicolon or pipe (gzip or plain; UTF-8, ISO-8859-1 or Windows-1252) or Parquet; or one
 * that was read already.
 * @param table - replaced when it is there.
 * @throws InputError when the file cannot be used or has no row that fits its header.
 */
export async function loadTable(
  db: Database,
  path: string | SourceFile,
  table: string,
): Promise<TableSummary> {
  const file = typeof path === "string" ? await readSourceFile(path) : path;
  return file.kind === "parquet" ? loadParquet(db, file, table) : loadText(db, file, table);
}

/** Names as a table can have them: none empty, none twice. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const used = new Set<string>();
  return names.map((name, at) => {
    let unique = name === "" ? `column_${at + 1}` : name;
    const isFree = (): boolean =>
      !used.has(unique.toLowerCase()) && (unique === name || !taken.has(unique.toLowerCase()));
    for (let i = 1; !isFree(); i++) unique = `${name || `column_${at + 1}`}_${i}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}

async function loadText(db: Database, file: SourceFile, table: string): Promise<TableSummary> {
  const text = openDelimited(file, readTableHeader);
  requireRecords(file, text);
  const columnNames = uniqueNames(text.header.names);
  const sound = await loadSoundText(db, text, columnNames, table);
  if (sound !== undefined) return summarise(file, text, columnNames, { ...sound, broken: [] });
  return withRecords(text, (records, rows) =>
    withScratchTable(db, `SELECT * FROM ${records}`, async (staged) => {
      const broken = await db.rows<TableSummary["broken"][number]>(
        `SELECT problem, count(*) AS rows, min(row) AS "firstRow" FROM ${staged} WHERE problem IS NOT NULL
         GROUP BY problem ORDER BY rows DESC, problem`,
      );
      const lost = broken.reduce((sum, { rows: count }) => sum + count, 0);
      if (lost === rows)
        throw new InputError(
          `none of the ${rows} data rows of ${file.name} fits its header of ${text.header.names.length} columns, ` +
            `most have ${broken[0]!.problem}: change the file to match`,
        );
      const source = lost === 0 ? staged : `(FROM ${staged} WHERE problem IS NULL)`;
      const readings = await chooseTypes(db, source, columnNames.length);
      const values = readings.map(({ value }, i) => `${value} AS ${sqlName(columnNames[i]!)}`);
      await replaceTable(db, table, `SELECT ${values.join(", ")} FROM ${source}`);
      return summarise(file, text, columnNames, { rows: rows - lost, readings, broken });
    }),
  );
}

function summarise(
  { name: file, bytes, kind }: SourceFile,
  { encoding, header }: DelimitedText,
  names: readonly string[],
  { rows, readings, broken }: Pick<TableSummary, "rows" | "broken"> & { readings: readonly ColumnReading[] },
): TableSummary {
  return {
    ...{ file, bytes, kind, encoding, delimiter: header.delimiter, rows },
    columns: readings.map(({ type }, i) => ({ name: names[i]!, type })),
    broken,
    notes: [
      ...broken.map((each) => brokenNote(each)),
      ...renamedNotes(header.names, names),
      ...readings.flatMap((reading, i) => readingNotes(names[i]!, reading)),
    ],
  };
}

async function loadParquet(db: Database, file: SourceFile, table: string): Promise<TableSummary> {
  await replaceTable(db, table, `SELECT * FROM ${parquetReader(file)}`).catch((cause: unknown) => {
    throw damagedParquet(file, cause);
  });
  const columns = await db.rows<{ name: string; type: string }>(
    `SELECT column_name AS name, column_type AS type FROM (DESCRIBE ${sqlName(table)})`,
  );
  const { rows } = await db.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${sqlName(table)}`);
  if (rows === 0) throw noRows(file);
  const { name, bytes, kind } = file;
  return { file: name, bytes, kind, encoding: null, delimiter: null, rows, columns, broken: [], notes: [] };
}

/**
 * The header under whose delimiter most of the first records have as many fields as it has names. One name only is
 * taken when no delimiter splits the header; a delimiter at the end of it ends it, unless the records have more.
 */
function readTableHeader(text: Buffer): Header {
  const readings = readWholeHeaders(text, "UTF-8").flatMap((header) => {
    const names = withoutEmptyEnd(header.names);
    return names.length < header.names.length ? [{ ...header, names }, header] : [header];
  });
  const several = readings.filter(({ names }) => names.length > 1);
  // Half a record: where records fit with and without the empty end, it is none.
  const score = (header: Header): number =>
    countFitting(text, header) + (header.names.at(-1) === "" ? 0 : 0.5);
  return bestHeader(several.length > 0 ? several : readings, score);
}

function countFitting(text: Buffer, { delimiter, names, next }: Header): number {
  const shape = { delimiter: delimiter.charCodeAt(0), fields: names.length };
  let fitting = 0;
  let at = skipBlankLines(text, next, shape.delimiter);
  for (let tried = 0; tried < TRIED_RECORDS && at < text.length; tried++) {
    const record = readRecord(text, at, shape);
    if (record.problem === null) fitting++;
    at = skipBlankLines(text, record.next, shape.delimiter);
  }
  return fitting;
}

function brokenNote({ problem, rows, firstRow }: TableSummary["broken"][number]): string {
  return rows === 1
    ? `1 row of the file is left out, row ${formatNumber(firstRow)}: ${problem}.`
    : `${formatNumber(rows)} rows of the file are left out, the first of them row ${formatNumber(firstRow)}: ${problem}.`;
}

function renamedNotes(written: readonly string[], names: readonly string[]): string[] {
  const renamed = names.flatMap((name, i) =>
    name === written[i] ? [] : [`column ${i + 1} (${written[i] || "no name"}) is ${name}`],
  );
  if (renamed.length === 0) return [];
  const more = renamed.length > NAMED_COLUMNS ? ", …" : "";
  return [
    `Names that are empty or not unique were changed: ${renamed.slice(0, NAMED_COLUMNS).join(", ")}${more}.`,
  ];
}

function readingNotes(name: string, { type, absent, isAmbiguous, dateFormat }: ColumnReading): string[] {
  const kind: Partial<Record<ColumnType, string>> = { DATE: "dates", TIMESTAMP: "dates", BOOLEAN: "truths" };
  const notes: string[] = [];
  if (absent > 0)
    notes.push(
      `${name}: ${absent === 1 ? "1 text" : `${formatNumber(absent)} texts`} such as NA or null among ${kind[type] ?? "numbers"} ` +
        `${absent === 1 ? "is" : "are"} taken as missing.`,
    );
  if (isAmbiguous) notes.push(`${name}: read as ${dateFormat}; day and month could be swapped as well.`);
  return notes;
}
