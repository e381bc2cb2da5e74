import type { Database } from "../data/database.js";
import { sqlName, withScratchTable, withScratchTables, withScratchView } from "../data/tables.js";
import type { Cell } from "../types.js";
import { placeNumbers } from "./placed-numbers.js";
import {
  type CountedTexts,
  type DateEnds,
  dateEnds,
  type Family,
  type MeasuredColumn,
  type ProfiledColumn,
  type ProfiledTable,
} from "./profiled-table.js";

/** A column of the staged table. */
interface StagedColumn extends ProfiledColumn {
  /** Its name in the staged table, which needs no quotes. */
  key: string;
}

/**
 * Runs `use` with a table or view of the database, to be profiled. A view is read once, into a table: it may be dear, and
 * its rows in another order each time.
 */
export async function withStaged<T>(
  db: Database,
  table: string,
  use: (staged: ProfiledTable<StagedColumn>) => Promise<T>,
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
  const expressions = columns
    .map((column) => `${stagedValue(sqlName(column.name), column)} AS ${column.key}`)
    .join(", ");
  const { views } = await db.row<{ views: number }>(
    "SELECT count(*) AS views FROM duckdb_views() WHERE view_name = $table",
    { table },
  );
  const useStaged = async (staged: string): Promise<T> => {
    const { rows } = await db.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${staged}`);
    return use(stagedTable(db, staged, rows, columns));
  };
  // A column of that name would hide the row number.
  const isPlain = views === 0 && !columns.some(({ name }) => name.toLowerCase() === "rowid");
  return isPlain
    ? withScratchView(db, `SELECT rowid, ${expressions} FROM ${sqlName(table)}`, useStaged)
    : withScratchTable(db, `SELECT ${expressions} FROM ${sqlName(table)}`, useStaged);
}

/** Lists, structs and bytes have no order or measure that a reader would expect: they are "other". */
export function familyOf(type: string): Family {
  if (/[[(]\d*\]?$/.test(type) && type.endsWith("]")) return "other";
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/.test(type)) return "number";
  if (type === "BOOLEAN") return "boolean";
  if (/^(DATE|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)$/.test(type)) return "date";
  return /^(VARCHAR|UUID|TIME|INTERVAL|ENUM\()/.test(type) ? "text" : "other";
}

/** SQL of a value as it is profiled. */
export function stagedValue(value: string, { type, family }: Omit<ProfiledColumn, "name">): string {
  if (family === "number")
    return /^(FLOAT|DOUBLE)$/.test(type)
      ? `CASE WHEN isnan(${value}) THEN NULL ELSE ${value}::DOUBLE END`
      : `${value}::DOUBLE`;
  if (family === "date")
    return `CASE WHEN isfinite(${value}) THEN ${value}${type === "DATE" ? "" : "::TIMESTAMP"} END`;
  return family === "boolean" ? value : `${value}::VARCHAR`;
}

/** SQL of a staged number, or of a staged moment in milliseconds since 1970. */
export function stagedNumber(staged: string, { family }: Pick<ProfiledColumn, "family">): string {
  return family === "date" ? `epoch_us(${staged}) / 1000` : staged;
}

/** @param staged - a table or view with row numbers (`rowid`, from 0). */
function stagedTable(
  db: Database,
  staged: string,
  rows: number,
  columns: readonly StagedColumn[],
): ProfiledTable<StagedColumn> {
  return {
    rows,
    columns,
    async measure(some): Promise<MeasuredColumn[]> {
      const values = await db.columns(
        `SELECT ${some.map((column) => `${stagedNumber(column.key, column)} AS ${column.key}`).join(", ")} FROM ${staged}`,
      );
      const measured: MeasuredColumn[] = [];
      for (const [i, { key, family }] of some.entries())
        measured.push({
          ...placeNumbers(values[i]!),
          ends:
            family === "date"
              ? await db.row<DateEnds & Record<string, Cell>>(`SELECT ${dateEnds(key)} FROM ${staged}`)
              : undefined,
        });
      return measured;
    },
    async withTexts(some, use) {
      const grouped = some.map(
        ({ key }) =>
          `SELECT ${key}::VARCHAR AS v, count(*) AS n FROM ${staged} WHERE ${key} IS NOT NULL GROUP BY 1`,
      );
      return withScratchTables(db, grouped, async (tables) => {
        const texts: CountedTexts[] = [];
        for (const [i, { key }] of some.entries())
          texts.push({
            table: tables[i]!,
            places: await placesOf(db, `${key}::VARCHAR`, staged, tables[i]!),
          });
        return use(texts);
      });
    },
    async cells(wanted) {
      const found = await db.rows<Record<string, Cell>>(
        `SELECT * FROM ${staged} WHERE list_contains([${wanted.join(", ")}]::BIGINT[], rowid) ORDER BY rowid`,
      );
      return found.map((row) => columns.map(({ key }) => row[key]!));
    },
    valuesOf({ key }) {
      return `(SELECT ${key} FROM ${staged})`;
    },
  };
}

/** @param table - of the different texts, `v`. */
async function placesOf(db: Database, text: string, staged: string, table: string): Promise<Int32Array> {
  const type = `type_of_${table}`;
  await db.run(`CREATE TYPE ${type} AS ENUM (SELECT v FROM ${table} ORDER BY v)`);
  try {
    return new Int32Array(
      await db.numbers(`SELECT coalesce(enum_code((${text})::${type}), -1) FROM ${staged}`),
    );
  } finally {
    await db.run(`DROP TYPE ${type}`);
  }
}
