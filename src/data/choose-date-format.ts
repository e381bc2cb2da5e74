import { type Database, sqlText } from "./database.js";
import {
  DATE_FORMATS,
  type DateFormatName,
  outlineOfPattern,
  outlineOfText,
  PLAUSIBLE_YEARS,
} from "./date-formats.js";
import { withScratchTable } from "./tables.js";
import { clockText, type TextColumn } from "./text-sql.js";

/** So many texts are looked at first. */
const FIRST_TEXTS = 1000;

/** The format in which a file writes its dates. */
export interface DateChoice {
  /** `null` when none of the known formats reads a single date. */
  format: DateFormatName | null;
  /** The patterns of the format that occur in the file. */
  patterns: string[];
  /** Rows it reads. */
  rows: number;
  /** Day and month could be swapped: the other order reads as many rows and gives other dates. */
  isAmbiguous: boolean;
}

/** How dates are read. */
export interface DateReading {
  /** Years a date may lie in; one outside is a misreading. Those of sales when left out. */
  years?: { first: number; last: number };
  /** Keeps parts of a second. */
  keepsFractions?: boolean;
}

/**
 * Which date format reads most rows of a column of texts.
 * @param forced - takes this format instead, for a file whose own rows cannot settle the order.
 */
export async function chooseDateFormat(
  db: Database,
  { table: from, column, rows: weight }: TextColumn,
  forced?: DateFormatName,
  reading: DateReading = {},
): Promise<DateChoice> {
  const texts = `SELECT ${clockText("written")} AS text, rows
    FROM (SELECT ${column} AS written, ${weight === undefined ? "count(*)" : `sum(${weight})`} AS rows
      FROM ${from} GROUP BY ALL)`;
  return withScratchTable(db, texts, async (table) => {
    const readings = await countReadings(db, table, reading);
    let best: Reading | undefined;
    for (const reading of readings) if (reading.rows > (best?.rows ?? 0)) best = reading;
    if (forced !== undefined) best = readings.find(({ format }) => format === forced);
    if (best === undefined || best.rows === 0)
      return { format: forced ?? null, patterns: [], rows: 0, isAmbiguous: false };
    const { format, patterns, rows } = best;
    const swappedName = DATE_FORMATS.find(({ name }) => name === format)?.swapped;
    const swapped = readings.find((other) => other.format === swappedName && other.rows === rows);
    const isAmbiguous =
      forced === undefined &&
      swapped !== undefined &&
      (await readDifferently(db, table, [patterns, swapped.patterns], reading));
    return { format, patterns, rows, isAmbiguous };
  });
}

/** The timestamp in a text, NULL where no pattern reads it or the year is implausible. */
export function parseDate(text: string, patterns: readonly string[], reading: DateReading = {}): string {
  if (patterns.length === 0) return "NULL::TIMESTAMP";
  const moment = readMoment(text, patterns, reading);
  return `CASE WHEN ${isPlausible(moment, reading)} THEN ${moment} END`;
}

/** The timestamp in a text whatever its year, NULL where no pattern reads it. */
export function readMoment(
  text: string,
  patterns: readonly string[],
  { keepsFractions = false }: DateReading = {},
): string {
  const readings = patterns.map((pattern) => `try_strptime(${text}, ${sqlText(pattern)})`);
  const first = readings.length === 1 ? readings[0]! : `coalesce(${readings.join(", ")})`;
  const isCut = !keepsFractions && patterns.some((pattern) => pattern.includes("%f"));
  return isCut ? `date_trunc('second', ${first})` : first;
}

/** Whether a timestamp's year is one that a date may lie in. */
export function isPlausible(moment: string, { years = PLAUSIBLE_YEARS }: DateReading = {}): string {
  return `${moment} >= TIMESTAMP '${years.first}-01-01' AND ${moment} < TIMESTAMP '${years.last + 1}-01-01'`;
}

interface Reading {
  format: DateFormatName;
  patterns: string[];
  rows: number;
}

/** Rows each format reads. Only patterns whose outline occurs are tried: a failing strptime is slow. */
async function countReadings(db: Database, table: string, reading: DateReading): Promise<Reading[]> {
  // A format that reads every row reads the first ones. Where one does, none that reads fewer matters, and nobody needs
  // to look for the outlines of all texts.
  const { readings, all } = await countRows(db, table, `(FROM ${table} LIMIT ${FIRST_TEXTS})`, reading);
  if (readings.some(({ rows }) => rows === all)) return readings;
  return (await countRows(db, table, table, reading)).readings;
}

/** @param some - rows of the table among which outlines are looked for. */
async function countRows(
  db: Database,
  table: string,
  some: string,
  reading: DateReading,
): Promise<{ readings: Reading[]; all: number }> {
  const found = await db.rows<{ outline: string | null }>(
    // Texts that differ in a digit have one outline: few are left to look at.
    `SELECT DISTINCT ${outlineOfText("text")} AS outline
     FROM (SELECT DISTINCT translate(text, '123456789', '000000000') AS text FROM ${some})`,
  );
  const outlines = new Set(found.map(({ outline }) => outline));
  const candidates = DATE_FORMATS.flatMap(({ name, patterns }) =>
    patterns.filter((p) => outlines.has(outlineOfPattern(p))).map((pattern) => ({ format: name, pattern })),
  );
  const counts = candidates.map(
    ({ pattern }, i) =>
      `coalesce(sum(rows) FILTER (${parseDate("text", [pattern], reading)} IS NOT NULL), 0) AS c${i}`,
  );
  const row = await db.row<Record<string, number>>(
    `SELECT ${["coalesce(sum(rows), 0) AS all", ...counts].join(", ")} FROM ${table}`,
  );
  const readings = DATE_FORMATS.map(({ name }) => {
    const own = candidates.map((c, i) => ({ ...c, rows: row[`c${i}`] ?? 0 }));
    const used = own.filter(({ format, rows }) => format === name && rows > 0);
    return {
      format: name,
      patterns: used.map(({ pattern }) => pattern),
      rows: used.reduce((sum, { rows }) => sum + rows, 0),
    };
  });
  return { readings, all: row["all"]! };
}

async function readDifferently(
  db: Database,
  table: string,
  [a, b]: [string[], string[]],
  reading: DateReading,
): Promise<boolean> {
  const { differ } = await db.row<{ differ: boolean | null }>(
    `SELECT bool_or(${parseDate("text", a, reading)} IS DISTINCT FROM ${parseDate("text", b, reading)}) AS differ FROM ${table}`,
  );
  return differ === true;
}
