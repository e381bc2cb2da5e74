import { recode } from "../statistics/ranks.js";
import type { NamedValues } from "./correlate.js";
import { type MissingPatterns, orNull, type Variable } from "./profile.js";

const SLICES = 50;
const NAMED_COMBINATIONS = 10;
/** Columns whose gaps are compared with each other. */
const COMPARED_COLUMNS = 40;

/**
 * Where the gaps of a table lie: along its rows, together, and in which combinations.
 * @param columns - for each row -1 where the column has no value.
 */
export function findMissingPatterns(
  columns: readonly NamedValues<Int32Array>[],
  variables: readonly Variable[],
  rows: number,
): MissingPatterns {
  const withGaps = columns.filter((_, i) => variables[i]!.missing > 0);
  const patterns = countPatterns(withGaps, rows);
  const compared = withGaps
    .map((column, position) => ({ column, position }))
    .filter(({ column }) => variables[columns.indexOf(column)]!.missing < rows)
    .slice(0, COMPARED_COLUMNS);
  return {
    slices: countSlices(columns, variables, rows),
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

/** Most frequent first. */
function countPatterns(columns: readonly NamedValues<Int32Array>[], rows: number): Pattern[] {
  let patterns: Pattern[] = rows === 0 ? [] : [{ gaps: "", rows }];
  /** The pattern of each row, column after column. */
  let patternOf: Int32Array = new Int32Array(rows);
  for (const { values } of columns) {
    const counts = new Float64Array(2 * patterns.length);
    divide(patternOf, values, counts);
    const met = Array.from(counts, (_, divided) => divided).filter((divided) => counts[divided]! > 0);
    patterns = met.map((divided) => ({
      gaps: `${patterns[divided >> 1]!.gaps}${divided & 1}`,
      rows: counts[divided]!,
    }));
    const placeOf = new Int32Array(counts.length);
    for (const [place, divided] of met.entries()) placeOf[divided] = place;
    patternOf = recode(patternOf, placeOf);
  }
  return patterns.sort((a, b) => b.rows - a.rows || (a.gaps < b.gaps ? -1 : 1));
}

/** Makes two patterns of each, the second for rows that miss the values of one more column, and counts their rows. */
function divide(patternOf: Int32Array, values: Int32Array, counts: Float64Array): void {
  for (let row = 0; row < patternOf.length; row++) {
    const divided = 2 * patternOf[row]! + (values[row] === -1 ? 1 : 0);
    patternOf[row] = divided;
    counts[divided]!++;
  }
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

function countSlices(
  columns: readonly NamedValues<Int32Array>[],
  variables: readonly Variable[],
  rows: number,
): MissingPatterns["slices"] {
  const slices = Math.min(SLICES, rows);
  return Array.from({ length: slices }, (_, slice) => {
    const from = Math.ceil((slice * rows) / slices);
    const to = Math.ceil(((slice + 1) * rows) / slices);
    const present = columns.map(({ values }, i) =>
      variables[i]!.missing === 0 ? 1 : countPresent(values, from, to) / (to - from),
    );
    return { fromRow: from + 1, toRow: to, present };
  });
}

function countPresent(values: Int32Array, from: number, to: number): number {
  let present = 0;
  for (let row = from; row < to; row++) if (values[row] !== -1) present++;
  return present;
}
