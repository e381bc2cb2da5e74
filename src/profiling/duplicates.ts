import type { Database } from "../data/database.js";
import { withScratchTable } from "../data/tables.js";
import type { Cell } from "../types.js";
import { type Duplicates, storedCell } from "./profile.js";
import type { StagedColumn } from "./staging.js";

const NAMED_ROWS = 10;

/** Rows of a staged table that equal an earlier one, missing values equal to each other; equals pandas duplicated(). */
export async function findDuplicates(
  db: Database,
  staged: string,
  columns: readonly StagedColumn[],
  rows: number,
  textLength: number,
): Promise<Duplicates> {
  const keys = columns.map(({ key }) => key).join(", ");
  // Grouping by one number is several times faster than by all columns; what shares it is then looked at in full.
  const repeated = `SELECT ${keys}, count(*) AS n FROM ${staged}
    WHERE hash(${keys}) IN (SELECT hash(${keys}) AS h FROM ${staged} GROUP BY h HAVING count(*) > 1)
    GROUP BY ${keys} HAVING count(*) > 1`;
  return withScratchTable(db, repeated, async (table) => {
    const { extra, groups } = await db.row<{ extra: number; groups: number }>(
      `SELECT coalesce(sum(n - 1), 0) AS extra, count(*) AS groups FROM ${table}`,
    );
    const common = await db.rows<Record<string, Cell>>(
      `SELECT * FROM ${table} ORDER BY n DESC, ${keys} LIMIT ${NAMED_ROWS}`,
    );
    return {
      rows: extra,
      share: rows === 0 ? 0 : extra / rows,
      groups,
      common: common.map((row) => ({
        values: columns.map(({ key }) => storedCell(row[key], textLength)),
        count: row["n"] as number,
      })),
    };
  });
}
