import { type BrokenRecord, type CodedText, codeRepetitiveText } from "./code-text.js";
import { type ColumnReading, type ColumnType, chooseTypes, isAbsent } from "./column-types.js";
import type { Database } from "./database.js";
import { detectEncoding, withoutMark } from "./decode.js";
import { requireLines, requireRecords } from "./delimited-text.js";
import type { SourceFile } from "./read-file.js";
import { readTableHeader, uniqueNames } from "./table-header.js";
import { requireFitting, summarise, type TableSummary } from "./table-summary.js";
import { withScratchSchema } from "./tables.js";

/** A table of more columns has its texts typed by the database where they stand. */
const MOST_COLUMNS = 100;

/** The rows of a text file in codes: what a code means is found out once, however many rows have it. */
export interface CodedTable {
  summary: TableSummary;
  columns: CodedTableColumn[];
}

/** A column of a coded table. */
export interface CodedTableColumn {
  name: string;
  type: ColumnType;
  /** For each row the code of what is written there. */
  codes: Int32Array;
  /** In how many rows each code stands. */
  counts: Int32Array;
  /** Table of what is written: `code` (0, 1, 2 ... in this order), the `value` that it means, and how many rows have it (`n`). */
  values: string;
}

/**
 * Runs `use` with the table that `loadTable` makes of a text, in codes.
 * @returns undefined, without a call of `use`, for Parquet and where codes would be no gain: many columns, or values of
 * which most occur once.
 * @throws InputError as `loadTable` does.
 */
export async function withCodedTable<T>(
  db: Database,
  file: SourceFile,
  use: (table: CodedTable) => Promise<T>,
): Promise<T | undefined> {
  if (file.kind !== "text") return undefined;
  const encoding = detectEncoding(file.content);
  const text = encoding === "UTF-8" ? withoutMark(file.content) : file.content;
  requireLines(file, text);
  const header = readTableHeader(text, encoding);
  requireRecords(file, { text, header });
  const fields = header.names.length;
  if (fields > MOST_COLUMNS) return undefined;
  const wanted = header.names.map((_, position) => position);
  const { next: from, delimiter } = header;
  const coded = codeRepetitiveText(text, { from, encoding, delimiter, fields, wanted });
  if (coded === undefined) return undefined;
  const broken = countBroken(coded.broken);
  const rows = coded.rows - requireFitting(file, header, { rows: coded.rows, broken });
  const names = uniqueNames(header.names);
  return withScratchSchema(db, async (schema) => {
    const readings = await readTexts(db, schema, coded);
    await db.run(readings.map((reading, at) => typedTexts(schema, at, reading)).join("; "));
    return use({
      summary: summarise(file, { encoding, header }, names, { rows, readings, broken }),
      columns: readings.map(({ type }, at) => ({
        name: names[at]!,
        type,
        codes: coded.fields[at]!.codes,
        counts: coded.fields[at]!.counts,
        values: valuesOf(schema, at),
      })),
    });
  });
}

/** Puts the texts into tables and tells how they are read. */
async function readTexts(db: Database, schema: string, { fields }: CodedText): Promise<ColumnReading[]> {
  const tables = fields.map((_, at) => `${textsOf(schema, at)} (code INTEGER, f${at} VARCHAR, n INTEGER)`);
  await db.run(tables.map((table) => `CREATE TABLE ${table}`).join("; "));
  for (const [at, { texts, counts }] of fields.entries())
    await db.append(textsOf(schema, at), [counts.map((_, code) => code), texts, counts]);
  const columns = fields.map((_, at) => `f${at}`);
  // Side by side as in a table, the ends of the shorter ones empty. A column has a type when all of its texts have it,
  // however many rows they stand in.
  const all = `${schema}.all_texts`;
  const joined = fields.map((_, at) => textsOf(schema, at)).join(" POSITIONAL JOIN ");
  await db.run(`CREATE TABLE ${all} AS SELECT ${columns.join(", ")} FROM ${joined}`);
  const readings = await chooseTypes(db, all, fields.length);
  return Promise.all(readings.map((reading, at) => withAbsentRows(db, textsOf(schema, at), at, reading)));
}

/** Counts rows where the reading counted texts. */
async function withAbsentRows(
  db: Database,
  texts: string,
  at: number,
  reading: ColumnReading,
): Promise<ColumnReading> {
  if (reading.absent === 0) return reading;
  const { absent } = await db.row<{ absent: number }>(
    `SELECT sum(n) AS absent FROM ${texts} WHERE ${isAbsent(at)}`,
  );
  return { ...reading, absent };
}

function typedTexts(schema: string, at: number, { value }: ColumnReading): string {
  return `CREATE TABLE ${valuesOf(schema, at)} AS SELECT code, ${value} AS value, n FROM ${textsOf(schema, at)}`;
}

function textsOf(schema: string, at: number): string {
  return `${schema}.texts_${at}`;
}

function valuesOf(schema: string, at: number): string {
  return `${schema}.values_${at}`;
}

/** Broken records by what is wrong with them, most frequent problem first. */
function countBroken(records: readonly BrokenRecord[]): TableSummary["broken"] {
  const byProblem = new Map<string, TableSummary["broken"][number]>();
  for (const { problem, row } of records) {
    const { rows, firstRow } = byProblem.get(problem) ?? { rows: 0, firstRow: row };
    byProblem.set(problem, { problem, rows: rows + 1, firstRow });
  }
  return [...byProblem.values()].sort((a, b) => b.rows - a.rows || (a.problem < b.problem ? -1 : 1));
}
