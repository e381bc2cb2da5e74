import { chooseTypes } from "./column-types.js";
import type { Database } from "./database.js";
import { noRows, openDelimited, requireRecords, withRecords } from "./delimited-text.js";
import { damagedParquet, parquetReader } from "./parquet-file.js";
import { readSourceFile, type SourceFile } from "./read-file.js";
import { loadSoundText } from "./sound-text.js";
import { readTableHeader, uniqueNames } from "./table-header.js";
import { requireFitting, summarise, type TableSummary } from "./table-summary.js";
import { replaceTable, sqlName, withScratchTable } from "./tables.js";

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

async function loadText(db: Database, file: SourceFile, table: string): Promise<TableSummary> {
  const text = openDelimited(file, (utf8) => readTableHeader(utf8, "UTF-8"));
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
      const lost = requireFitting(file, text.header, { broken, rows });
      const source = lost === 0 ? staged : `(FROM ${staged} WHERE problem IS NULL)`;
      const readings = await chooseTypes(db, source, columnNames.length);
      const values = readings.map(({ value }, i) => `${value} AS ${sqlName(columnNames[i]!)}`);
      await replaceTable(db, table, `SELECT ${values.join(", ")} FROM ${source}`);
      return summarise(file, text, columnNames, { rows: rows - lost, readings, broken });
    }),
  );
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
