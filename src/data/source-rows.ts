import { type CodedText, codeText } from "./code-text.js";
import { COLUMNS, type ColumnName, type ColumnPositions, findColumns, requireColumns } from "./columns.js";
import type { Database } from "./database.js";
import { detectEncoding, type Encoding, withoutMark } from "./decode.js";
import { noRows, requireLines, requireRecords } from "./delimited-text.js";
import { bestHeader, type Header, readHeaders } from "./header.js";
import { damagedParquet, describeParquet, parquetReader } from "./parquet-file.js";
import type { SourceFile } from "./read-file.js";
import { sqlName, withScratchSchema } from "./tables.js";
import type { TextColumn } from "./text-sql.js";

/**
 * The data rows of a source as scratch tables of one schema. A column of `invoice_lines` holds far fewer different
 * texts than there are rows: each is kept once, and what it means needs to be found out once.
 */
export interface SourceRows {
  schema: string;
  /** Data rows: those coded and those broken. */
  rows: number;
  /** Ends when the table of codes is filled; what the texts mean can be found out before. */
  filled: Promise<void>;
  header: string[];
  positions: ColumnPositions;
  /** `null` for Parquet. */
  encoding: Encoding | null;
  /** `null` for Parquet. */
  delimiter: string | null;
}

/** Table of the readable records: `row`, and for each column that the source has the `code` of its text. */
export function codesOf({ schema }: Pick<SourceRows, "schema">): string {
  return `${schema}.codes`;
}

/** Table of the broken records: `row`, `problem` and the `line` as written. */
export function brokenOf({ schema }: Pick<SourceRows, "schema">): string {
  return `${schema}.broken`;
}

/** Table of the texts of a column as written: `code`, `text` (NULL where empty) and in how many `rows` it stands. */
export function textsOf({ schema }: Pick<SourceRows, "schema">, column: ColumnName): TextColumn {
  return { table: `${schema}.texts_of_${column}`, column: "text", rows: "rows" };
}

/** The columns of `invoice_lines` that a source has. */
export function presentColumns({ positions }: Pick<SourceRows, "positions">): ColumnName[] {
  return COLUMNS.map(({ name }) => name).filter((name) => positions[name] !== null);
}

/** Puts the rows of a file into scratch tables for as long as `use` runs. */
export async function withSourceRows<T>(
  db: Database,
  file: SourceFile,
  use: (source: SourceRows) => Promise<T>,
): Promise<T> {
  // The text comes first: nothing of it needs the database, which may not be there yet.
  const text = file.kind === "text" ? codeFile(file) : null;
  return withScratchSchema(db, async (schema) => {
    const source = text === null ? await stageParquet(db, file, schema) : await stageText(db, text, schema);
    try {
      return await use({ schema, ...source });
    } finally {
      await source.filled.catch(() => {});
    }
  });
}

/**
 * The text of a file and what its header names.
 * @throws InputError when a needed column or every data row is missing.
 */
export function openText(file: SourceFile): Omit<SourceRows, "schema" | "rows" | "filled"> & {
  /** As it is in the file, behind its byte order mark. */
  text: Buffer;
  encoding: Encoding;
  delimiter: string;
  /** First byte after the header. */
  from: number;
} {
  const encoding = detectEncoding(file.content);
  const text = encoding === "UTF-8" ? withoutMark(file.content) : file.content;
  requireLines(file, text);
  const { delimiter, names: header, next: from } = bestHeader(readHeaders(text, encoding), countKnown);
  const positions = findColumns(header);
  requireColumns(positions, header, file.name);
  requireRecords(file, { text, header: { delimiter, next: from } });
  return { text, encoding, delimiter, header, positions, from };
}

/** How many of the columns we know a header names. */
function countKnown({ names }: Header): number {
  return Object.values(findColumns(names)).filter((position) => position !== null).length;
}

/** A text whose records are coded; the fields are those of `presentColumns`. */
type CodedFile = Omit<ReturnType<typeof openText>, "text" | "from"> & { coded: CodedText };

function codeFile(file: SourceFile): CodedFile {
  const { text, from, ...found } = openText(file);
  const { encoding, delimiter, header, positions } = found;
  const wanted = presentColumns(found).map((name) => positions[name]!);
  return { ...found, coded: codeText(text, { from, encoding, delimiter, fields: header.length, wanted }) };
}

async function stageText(db: Database, { coded, ...found }: CodedFile, schema: string): Promise<Staged> {
  const columns = presentColumns(found);
  await createTables(db, schema, columns);
  for (const [at, { texts, counts }] of coded.fields.entries())
    await db.append(textsOf({ schema }, columns[at]!).table, [counts.map((_, code) => code), texts, counts]);
  await db.append(brokenOf({ schema }), [
    Int32Array.from(coded.broken, ({ row }) => row),
    coded.broken.map(({ problem }) => problem),
    coded.broken.map(({ line }) => line),
  ]);
  const filled = db.append(codesOf({ schema }), [coded.row, ...coded.fields.map(({ codes }) => codes)]);
  filled.catch(() => {});
  return { ...found, rows: coded.rows, filled };
}

async function createTables(db: Database, schema: string, columns: readonly ColumnName[]): Promise<void> {
  const codes = columns.map((name) => `${name} INTEGER`);
  const tables = [
    `${codesOf({ schema })} (${["row INTEGER", ...codes].join(", ")})`,
    `${brokenOf({ schema })} (row INTEGER, problem VARCHAR, line VARCHAR)`,
    ...columns.map((name) => `${textsOf({ schema }, name).table} (code INTEGER, text VARCHAR, rows INTEGER)`),
  ];
  await db.run(tables.map((table) => `CREATE TABLE ${table}`).join("; "));
}

type Staged = Omit<SourceRows, "schema">;

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

async function stageParquet(db: Database, file: SourceFile, schema: string): Promise<Staged> {
  const { header, types, positions } = await openParquet(db, file);
  const columns = presentColumns({ positions });
  const expressions = columns.map((name) => {
    const position = positions[name]!;
    const isZoned = types[position] === "TIMESTAMP WITH TIME ZONE";
    return `(${sqlName(header[position]!)}${isZoned ? " AT TIME ZONE 'UTC'" : ""})::VARCHAR AS ${name}`;
  });
  const written = `${schema}.written`;
  const query = `SELECT (file_row_number + 1)::INTEGER AS row, ${expressions.join(", ")}
    FROM ${parquetReader(file, "file_row_number = true")}`;
  await db.run(`CREATE TABLE ${written} AS ${query}`).catch((cause: unknown) => {
    throw damagedParquet(file, cause);
  });
  const { rows } = await db.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${written}`);
  if (rows === 0) throw noRows(file);
  await createTables(db, schema, columns);
  const texts = columns.map((name) => textsOf({ schema }, name).table);
  for (const [at, name] of columns.entries())
    await db.run(
      `INSERT INTO ${texts[at]} SELECT row_number() OVER () - 1, ${name}, count(*) FROM ${written} GROUP BY ${name}`,
    );
  const joins = columns.map(
    (name, at) => `JOIN ${texts[at]} AS in_${name} ON in_${name}.text IS NOT DISTINCT FROM written.${name}`,
  );
  await db.run(
    `INSERT INTO ${codesOf({ schema })} SELECT row, ${columns.map((name) => `in_${name}.code`).join(", ")}
     FROM ${written} AS written ${joins.join(" ")}`,
  );
  return { rows, header, positions, encoding: null, delimiter: null, filled: Promise.resolve() };
}
