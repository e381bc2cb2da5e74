import type { Database } from "../data/database.js";
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

/** A column of texts: how varied it is and what it says most often. */
export interface TextColumn {
  column: string;
  distinct: number;
  minLength: number;
  maxLength: number;
  /** Most frequent values, most frequent first; equally frequent ones in order of their text. */
  top: { value: string; rows: number; share: number }[];
}

/** Type, missing and distinct values of each column of a table or view, in its order. */
export async function overviewColumns(db: Database, table: string): Promise<ColumnOverview[]> {
  const columns = await columnTypes(db, table);
  const counts = columns.map(
    ({ name }, i) => `count(${quoted(name)}) AS filled${i}, count(DISTINCT ${quoted(name)}) AS distinct${i}`,
  );
  const row = await db.row<Record<string, number>>(
    `SELECT count(*) AS rows, ${counts.join(", ")} FROM ${quoted(table)}`,
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
 * Size, centre, spread, order and shape of numeric columns.
 * @param expressions - name shown to SQL expression over the columns of `table`.
 */
export async function describeNumberColumns(
  db: Database,
  table: string,
  expressions: Record<string, string>,
): Promise<({ column: string } & NumberDescription)[]> {
  const described: ({ column: string } & NumberDescription)[] = [];
  for (const [column, expression] of Object.entries(expressions)) {
    const values = await db.numbers(`SELECT (${expression})::DOUBLE FROM ${quoted(table)}`);
    described.push({ column, ...describeNumbers(values) });
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
    const name = quoted(column);
    const summary = await db.row<Omit<TextColumn, "column" | "top">>(
      `SELECT count(DISTINCT ${name}) AS distinct, coalesce(min(length(${name})), 0) AS "minLength",
         coalesce(max(length(${name})), 0) AS "maxLength" FROM ${quoted(table)}`,
    );
    const values = await db.rows<TextColumn["top"][number]>(
      `SELECT ${name} AS value, count(*) AS rows, count(*) / sum(count(*)) OVER () AS share
       FROM ${quoted(table)} WHERE ${name} IS NOT NULL GROUP BY value ORDER BY rows DESC, value LIMIT $top`,
      { top },
    );
    described.push({ column, ...summary, top: values });
  }
  return described;
}

async function columnTypes(db: Database, table: string): Promise<{ name: string; type: string }[]> {
  return db.rows(`SELECT column_name AS name, column_type AS type FROM (DESCRIBE ${quoted(table)})`);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
