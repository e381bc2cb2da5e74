import { COLUMNS, type ColumnName, SPELLED_COLUMNS, TEXT_COLUMNS, type TextColumnName } from "./columns.js";
import type { Database } from "./database.js";
import { type Spelling, spelledTexts, typedTexts } from "./line-sql.js";
import { createKeyedSchema, createTexts, LineTables } from "./line-tables.js";
import { brokenOf, codesOf, presentColumns, type SourceRows, textsOf } from "./source-rows.js";
import { replaceTable } from "./tables.js";

/** Finds out what the columns of texts say. How numbers and dates are spelled may be found out meanwhile. */
export async function readTexts(db: Database, source: SourceRows): Promise<void> {
  await createKeyedSchema(db);
  await db.runAtOnce(TEXT_COLUMNS.map((name) => ({ sql: readText(source, name) })));
}

/** Makes `invoice_lines` and `rejected_rows` of the rows of a source whose texts were read; each row is in one of them. */
export async function typeRows(db: Database, source: SourceRows, spelling: Spelling): Promise<void> {
  const spelled = SPELLED_COLUMNS.map((name) => {
    const values = spelledTexts(name, textsOf(source, name).table, spelling);
    return { sql: `CREATE TABLE ${valuesOf(source, name)} AS ${values}` };
  });
  await db.runAtOnce(spelled);
  const columns = presentColumns(source);
  const withProblems = columns.map(
    (name) => `SELECT '${name}' AS name FROM ${valuesOf(source, name)} HAVING count(problem) > 0`,
  );
  const found = await db.rows<{ name: ColumnName }>(withProblems.join(" UNION ALL "));
  const doubtful = columns.filter((name) => found.some((column) => column.name === name));
  await source.filled;
  await LineTables.withKeys(db).replaceTable("invoice_lines", acceptedRows(source, doubtful));
  await replaceTable(db, "rejected_rows", rejectedRows(source, doubtful));
}

/** Table of what the texts of a column mean: `code`, `value`, `problem` and, of a column of texts, `key`. */
function valuesOf({ schema }: SourceRows, column: ColumnName): string {
  return `${schema}.values_of_${column}`;
}

/** Gives texts that mean the same one key, and keeps what they mean beyond the scratch tables. */
function readText(source: SourceRows, column: TextColumnName): string {
  if (source.positions[column] === null) return createTexts(column, null);
  const values = valuesOf(source, column);
  const typed = typedTexts(column, textsOf(source, column).table);
  return `CREATE TABLE ${values} AS
      SELECT *, if(value IS NULL, NULL, dense_rank() OVER (ORDER BY value))::INTEGER AS key FROM (${typed});
    ${createTexts(column, `SELECT DISTINCT key, value FROM ${values} WHERE key IS NOT NULL`)}`;
}

function isText(column: ColumnName): column is TextColumnName {
  return (TEXT_COLUMNS as readonly ColumnName[]).includes(column);
}

/** @param doubtful - columns with texts that keep a row from being an invoice line. */
function acceptedRows(source: SourceRows, doubtful: readonly ColumnName[]): string {
  const values = COLUMNS.map(({ name }) => `${valueIn(source, name)} AS ${name}`);
  const good = doubtful.map((name) => `of_${name}.problem IS NULL`);
  return `SELECT row, ${values.join(", ")} FROM ${joinValues(source)}
    WHERE ${["true", ...good].join(" AND ")}`;
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
