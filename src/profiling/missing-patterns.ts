import type { Database } from "../data/database.js";
import { type MissingPatterns, orNull, type Variable } from "./profile.js";
import type { StagedColumn } from "./staging.js";

const SLICES = 50;
const NAMED_COMBINATIONS = 10;
/** Columns whose gaps are compared with each other. */
const COMPARED_COLUMNS = 40;

/** Where the gaps of a staged table lie: along its rows, together, and in which combinations. */
export async function findMissingPatterns(
  db: Database,
  staged: string,
  columns: readonly StagedColumn[],
  variables: readonly Variable[],
  rows: number,
): Promise<MissingPatterns> {
  const withGaps = columns.filter((_, i) => variables[i]!.missing > 0);
  const patterns = await countPatterns(db, staged, withGaps);
  const compared = withGaps
    .map((column, position) => ({ column, position }))
    .filter(({ column }) => variables[columns.indexOf(column)]!.missing < rows)
    .slice(0, COMPARED_COLUMNS);
  return {
    slices: await countSlices(db, staged, columns, withGaps, rows),
    correlation: {
      columns: compared.map(({ column }) => column.name),
      values: compared.map((a) =>
        compared.map((b) => (a === b ? 1 : orNull(gapCorrelation(patterns, a.position, b.position)))),
      ),
    },
    combinations: patterns.slice(0, NAMED_COMBINATIONS).map(({ gaps, rows: count }) => ({
      missing: withGaps.filter((_, i) => gaps[i] === "1").map(({ name }) => name),
      rows: count,
    })),
  };
}

interface Pattern {
  /** A character for each column with gaps: 1 where it is missing. */
  gaps: string;
  rows: number;
}

async function countPatterns(
  db: Database,
  staged: string,
  columns: readonly StagedColumn[],
): Promise<Pattern[]> {
  const gaps = columns.map(({ key }) => `CASE WHEN ${key} IS NULL THEN '1' ELSE '0' END`);
  return db.rows<Pattern>(
    `SELECT ${gaps.join(" || ") || "''"} AS gaps, count(*) AS rows FROM ${staged} GROUP BY 1 ORDER BY rows DESC, gaps`,
  );
}

/** Pearson correlation of two columns being missing. @see equals pandas isnull().corr(). */
function gapCorrelation(patterns: readonly Pattern[], a: number, b: number): number {
  let [all, inA, inB, inBoth] = [0, 0, 0, 0];
  for (const { gaps, rows } of patterns) {
    all += rows;
    if (gaps[a] === "1") inA += rows;
    if (gaps[b] === "1") inB += rows;
    if (gaps[a] === "1" && gaps[b] === "1") inBoth += rows;
  }
  // Shares instead of counts, whose products could exceed what a double holds exactly.
  const [shareA, shareB] = [inA / all, inB / all];
  return (inBoth / all - shareA * shareB) / Math.sqrt(shareA * (1 - shareA) * shareB * (1 - shareB));
}

async function countSlices(
  db: Database,
  staged: string,
  columns: readonly StagedColumn[],
  withGaps: readonly StagedColumn[],
  rows: number,
): Promise<MissingPatterns["slices"]> {
  if (rows === 0) return [];
  const slices = Math.min(SLICES, rows);
  const counts = withGaps.map(({ key }) => `count(${key}) / count(*) AS ${key}`);
  const found = await db.rows<Record<string, number>>(
    `SELECT min(rowid) + 1 AS from_row, max(rowid) + 1 AS to_row${counts.map((count) => `, ${count}`).join("")}
     FROM ${staged} GROUP BY (rowid * ${slices}) // ${rows} ORDER BY 1`,
  );
  return found.map((slice) => ({
    fromRow: slice["from_row"]!,
    toRow: slice["to_row"]!,
    present: columns.map(({ key }) => slice[key] ?? 1),
  }));
}
