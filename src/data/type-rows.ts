import { COLUMNS, type ColumnName } from "./columns.js";
import type { Database } from "./database.js";
import { type Spelling, typedTexts } from "./line-sql.js";
import { LineTables, TEXT_COLUMNS, type TextColumnName, textsOf as differentTexts } from "./line-tables.js";
import { brokenOf, codesOf, presentColumns, type SourceRows, textsOf } from "./source-rows.js";
import { replaceTable } from "./tables.js";

/** Makes `invoice_lines` and `rejected_rows` of the rows of a source; each row is in one of them. */
export async function typeRows(db: Database, source: SourceRows, spelling: Spelling): Promise<void> {
  const columns = presentColumns(source);
  const lines = await LineTables.fresh(db);
  await db.runAtOnce(columns.map((name) => ({ sql: createValues(source, name, spelling) })));
  await db.runAtOnce(TEXT_COLUMNS.map((name) => ({ sql: createTexts(source, name) })));
  const counts = columns.map((name) => `(SELECT count(problem) FROM ${valuesOf(source, name)}) AS ${name}`);
  const problems = await db.row<Record<ColumnName, number>>(`SELECT ${counts.join(", ")}`);
  const doubtful = columns.filter((name) => problems[name] > 0);
  await source.filled;
  await lines.replaceTable("invoice_lines", acceptedRows(source, doubtful));
  await replaceTable(db, "rejected_rows", rejectedRows(source, doubtful));
}

/** Table of what the texts of a column mean: `code`, `value` and `problem`. */
function valuesOf({ schema }: SourceRows, column: ColumnName): string {
  return `${schema}.values_of_${column}`;
}

function createValues(source: SourceRows, column: ColumnName, spelling: Spelling): string {
  const values = typedTexts(column, textsOf(source, column).table, spelling);
  const key = isText(column) ? ", if(value IS NULL, NULL, dense_rank() OVER (ORDER BY value))::INTEGER AS key" : "";
  return `CREATE TABLE ${valuesOf(source, column)} AS SELECT *${key} FROM (${values})`;
}

/** Keeps the texts beyond the scratch tables. */
function createTexts(source: SourceRows, column: TextColumnName): string {
  const texts = `SELECT DISTINCT key, value AS text FROM ${valuesOf(source, column)} WHERE key IS NOT NULL UNION ALL `;
  return `CREATE OR REPLACE TABLE ${differentTexts(column)} AS
    ${source.positions[column] === null ? "" : texts}SELECT 0::INTEGER AS key, NULL::VARCHAR AS text`;
}

function isText(column: ColumnName): column is TextColumnName {
  return (TEXT_COLUMNS as readonly ColumnName[]).includes(column);
}

/** @param doubtful - columns with texts that keep a row from being an invoice line. */
function acceptedRows(source: SourceRows, doubtful: readonly ColumnName[]): string {
  const values = COLUMNS.map(({ name }) => `${valueIn(source, name)} AS ${name}`);
  const good = doubtful.map((name) => `of_${name}.problem IS NULL`);
  return `SELECT row, ${values.join(", ")} FROM ${joinValues(source)}
    WHERE ${["true", ...good].join(" AND ")} ORDER BY row`;
}

/** The reason is that of the first column, from left to right, that has one. */
function rejectedRows(source: SourceRows, doubtful: readonly ColumnName[]): string {
  const columns = presentColumns(source);
  const texts = COLUMNS.map(({ name }) => {
    if (!columns.includes(name)) return `NULL::VARCHAR AS ${name}`;
    return name === "customer_id" ? "of_customer_id.value AS customer_id" : `in_${name}.text AS ${name}`;
  });
  const joins = columns.map(
    (name) => `JOIN ${textsOf(source, name).table} AS in_${name} ON in_${name}.code = codes.${name}`,
  );
  const reasons = doubtful.map((name) => `of_${name}.problem`);
  const isBad = doubtful.map(
    (name) => `codes.${name} IN (SELECT code FROM ${valuesOf(source, name)} WHERE problem IS NOT NULL)`,
  );
  return `SELECT row, coalesce(${["NULL::VARCHAR", ...reasons].join(", ")}) AS reason, ${texts.join(", ")},
      NULL::VARCHAR AS line, of_quantity.value AS units,
      (of_quantity.value * of_unit_price.value)::DECIMAL(18, 4) AS line_total
    FROM ${joinValues(source)} ${joins.join(" ")} WHERE ${["false", ...isBad].join(" OR ")}
    UNION ALL SELECT row, problem, ${COLUMNS.map(() => "NULL").join(", ")}, line, NULL, NULL FROM ${brokenOf(source)}
    ORDER BY row`;
}

/** The readable records, with what the text of column `x` means as `of_x`. */
function joinValues(source: SourceRows): string {
  const joins = presentColumns(source).map(
    (name) => `JOIN ${valuesOf(source, name)} AS of_${name} ON of_${name}.code = codes.${name}`,
  );
  return `${codesOf(source)} AS codes ${joins.join(" ")}`;
}

function valueIn({ positions }: SourceRows, column: ColumnName): string {
  if (!isText(column)) return `of_${column}.value`;
  return positions[column] === null ? "NULL::INTEGER" : `of_${column}.key`;
}
