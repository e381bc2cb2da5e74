import type { Database } from "../data/database.js";
import { sqlName, withScratchTable, withScratchView } from "../data/tables.js";

/** What a type of the database is treated as, before values are looked at. */
export type Family = "number" | "boolean" | "text" | "date" | "other";

/** A column of the staged table. */
export interface StagedColumn {
  name: string;
  /** Type in the database. */
  type: string;
  family: Family;
  /** Its name in the staged table, which needs no quotes. */
  key: string;
}

/**
 * Runs `use` with a table as the profile reads it: numbers as doubles with NaN missing, moments as timestamps (days
 * as days) with infinite ones missing, anything without a kind of its own as text. It has row numbers (`rowid`, from 0).
 *
 * A view is read once, into a table: it may be dear, and its rows in another order each time.
 */
export async function withStaged<T>(
  db: Database,
  table: string,
  use: (staged: string, columns: StagedColumn[]) => Promise<T>,
): Promise<T> {
  const described = await db.rows<{ name: string; type: string }>(
    `SELECT column_name AS name, column_type AS type FROM (DESCRIBE ${sqlName(table)})`,
  );
  const columns = described.map(({ name, type }, i) => ({
    name,
    type,
    family: familyOf(type),
    key: `c${i}`,
  }));
  const expressions = columns.map((column) => `${expressionOf(column)} AS ${column.key}`).join(", ");
  const { views } = await db.row<{ views: number }>(
    "SELECT count(*) AS views FROM duckdb_views() WHERE view_name = $table",
    { table },
  );
  // A column of that name would hide the row number.
  const isPlain = views === 0 && !columns.some(({ name }) => name.toLowerCase() === "rowid");
  return isPlain
    ? withScratchView(db, `SELECT rowid, ${expressions} FROM ${sqlName(table)}`, (staged) =>
        use(staged, columns),
      )
    : withScratchTable(db, `SELECT ${expressions} FROM ${sqlName(table)}`, (staged) => use(staged, columns));
}

/** Lists, structs and bytes have no order or measure that a reader would expect: they are "other". */
export function familyOf(type: string): Family {
  if (/[[(]\d*\]?$/.test(type) && type.endsWith("]")) return "other";
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/.test(type)) return "number";
  if (type === "BOOLEAN") return "boolean";
  if (/^(DATE|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)$/.test(type)) return "date";
  return /^(VARCHAR|UUID|TIME|INTERVAL|ENUM\()/.test(type) ? "text" : "other";
}

function expressionOf({ name, type, family }: StagedColumn): string {
  const column = sqlName(name);
  if (family === "number")
    return /^(FLOAT|DOUBLE)$/.test(type)
      ? `CASE WHEN isnan(${column}) THEN NULL ELSE ${column}::DOUBLE END`
      : `${column}::DOUBLE`;
  if (family === "date")
    return `CASE WHEN isfinite(${column}) THEN ${column}${type === "DATE" ? "" : "::TIMESTAMP"} END`;
  return family === "boolean" ? column : `${column}::VARCHAR`;
}
