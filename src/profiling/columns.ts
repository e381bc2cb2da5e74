import type { Database } from "../data/database.js";
import { sqlName } from "../data/tables.js";
import { describeNumbers, type NumberDescription } from "../statistics/descriptive.js";

/** What every column of a table has, whatever its type. */
export interface ColumnOverview {
  column: string;
  /** Type in the database. */
  type: string;
  rows: number;
  missing: number;
  /** Share of rows without a value, in [0, 1]. */
  missingShare: number;
  /** Different values, the missing one not counted. */
  distinct: number;
}

/** A value and how often it occurs. */
export interface FrequentValue<T> {
  value: T;
  rows: number;
  /** Of the rows that have a value, in [0, 1]. */
  share: number;
}

/** A column of numbers: its measures, and its most frequent values. */
export interface NumberColumn extends NumberDescription {
  column: string;
  /** Most frequent first; equally frequent ones in ascending order. */
  top: FrequentValue<number>[];
}

/** A column of texts: how varied it is and what it says most often. */
export interface TextColumn {
  column: string;
  distinct: number;
  minLength: number;
  maxLength: number;
  /** Most frequent values, most frequent first; equally frequent ones in order of their text. */
  top: FrequentValue<string>[];
}

/** Type, missing and distinct values of each column of a table or view, in its order. */
export async function overviewColumns(db: Database, table: string): Promise<ColumnOverview[]> {
  const columns = await columnTypes(db, table);
  const counts = columns.map(
    ({ name }, i) =>
      `count(${sqlName(name)}) AS filled${i}, count(DISTINCT ${sqlName(name)}) AS distinct${i}`,
  );
  const row = await db.row<Record<string, number>>(
    `SELECT count(*) AS rows, ${counts.join(", ")} FROM ${sqlName(table)}`,
  );
  const rows = row["rows"]!;
  return columns.map(({ name, type }, i) => {
    const missing = rows - row[`filled${i}`]!;
    return {
      column: name,
      type,
      rows,
      missing,
      missingShare: rows === 0 ? 0 : missing / rows,
      distinct: row[`distinct${i}`]!,
    };
  });
}

/**
 * Size, centre, spread, order, shape and most frequent values of numeric columns.
 * @param expressions - name shown to SQL expression over the columns of `table`.
 * @param options.top - how many of the most frequent values to name; 5 when left out.
 * @param options.orderBy - column that the rows are in the order of; when left out, as the database gives them.
 */
export async function describeNumberColumns(
  db: Database,
  table: string,
  expressions: Record<string, string>,
  { top = 5, orderBy }: { top?: number; orderBy?: string } = {},
): Promise<NumberColumn[]> {
  const order = orderBy === undefined ? "" : `ORDER BY ${sqlName(orderBy)}`;
  const described: NumberColumn[] = [];
  for (const [column, expression] of Object.entries(expressions)) {
    const values = await db.numbers(`SELECT ${expression} FROM ${sqlName(table)} ${order}`);
    const frequent = await frequentValues<number>(db, table, `(${expression})`, top);
    described.push({ column, ...describeNumbers(values), top: frequent });
  }
  return described;
}

/** Variety, lengths and most frequent values of text columns. */
export async function describeTextColumns(
  db: Database,
  table: string,
  columns: readonly string[],
  { top = 5 }: { top?: number } = {},
): Promise<TextColumn[]> {
  const described: TextColumn[] = [];
  for (const column of columns) {
    const name = sqlName(column);
    const summary = await db.row<Omit<TextColumn, "column" | "top">>(
      `SELECT count(DISTINCT ${name}) AS distinct, coalesce(min(length(${name})), 0) AS "minLength",
         coalesce(max(length(${name})), 0) AS "maxLength" FROM ${sqlName(table)}`,
    );
    const values = await frequentValues<string>(db, table, name, top);
    described.push({ column, ...summary, top: values });
  }
  return described;
}

async function frequentValues<T>(
  db: Database,
  table: string,
  expression: string,
  top: number,
): Promise<FrequentValue<T>[]> {
  return db.rows(
    `SELECT value, count(*) AS rows, count(*) / sum(count(*)) OVER () AS share
     FROM (SELECT ${expression} AS value FROM ${sqlName(table)})
     WHERE value IS NOT NULL GROUP BY value ORDER BY rows DESC, value LIMIT $top`,
    { top },
  );
}

async function columnTypes(db: Database, table: string): Promise<{ name: string; type: string }[]> {
  return db.rows(`SELECT column_name AS name, column_type AS type FROM (DESCRIBE ${sqlName(table)})`);
}
