import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { isPlausible, readMoment } from "./choose-date-format.js";
import { ANY_DATE, type ColumnReading, chooseTypes } from "./column-types.js";
import { type Database, sqlText } from "./database.js";
import { DATE_FORMATS, type DateFormatName } from "./date-formats.js";
import { type DelimitedText, withRecords } from "./delimited-text.js";
import { replaceTable, sqlFile, sqlName, withScratchTable } from "./tables.js";

const LF = 10;
const CR = 13;
/** Lines at either end of a text by which the types of its columns are guessed. */
const SAMPLED_LINES = 500;
/** The longest record that is read, as in `stageText`. */
const LONGEST_RECORD = 1_000_000;

/**
 * Reads a text in which each line is a record and each column keeps to the plainest spelling of its type: the database
 * does so by itself, on all cores. Anything else makes it give up, and the text is then read with an account of each row.
 * What it reads is what that reading gives.
 * @returns how the columns were read, or undefined when it gave up; the table is then as it was.
 */
export async function loadSoundText(
  db: Database,
  { text, encoding, header }: DelimitedText,
  names: readonly string[],
  table: string,
): Promise<{ rows: number; readings: ColumnReading[] } | undefined> {
  // In a single column a blank line could be a value.
  if (names.length < 2) return undefined;
  const body = text.subarray(header.next);
  // Written by another thread while the types are guessed.
  const read = await withFile(body, async (path, written) => {
    const guesses = await guessTypes(db, { text: sampleOf(body), encoding, header: { ...header, next: 0 } });
    await written;
    if (guesses === undefined) return undefined;
    const columns = names.map((_, i) => `'f${i}': 'VARCHAR'`).join(", ");
    const records = `read_csv(${sqlFile(path)}, auto_detect = false, header = false, strict_mode = true,
      delim = ${sqlText(header.delimiter)}, quote = '"', escape = '"', max_line_size = ${LONGEST_RECORD}, columns = {${columns}})`;
    const values = guesses.map((guess, i) => `${plainValue(`f${i}`, guess)} AS ${sqlName(names[i]!)}`);
    const rows = await readTable(db, `SELECT ${values.join(", ")} FROM ${records}`, table, () =>
      countLines(body),
    );
    return rows === undefined ? undefined : { guesses, rows };
  });
  if (read === undefined) return undefined;
  const { guesses, rows } = read;
  const readings = await Promise.all(guesses.map((guess, i) => settleAmbiguity(db, table, names[i]!, guess)));
  return { rows, readings };
}

/** How many lines a text has; undefined when one ends with CR alone. */
function countLines(text: Buffer): number | undefined {
  for (let at = text.indexOf(CR); at >= 0; at = text.indexOf(CR, at + 1))
    if (text[at + 1] !== LF) return undefined;
  let lines = 0;
  for (let at = text.indexOf(LF); at >= 0; at = text.indexOf(LF, at + 1)) lines++;
  return text.at(-1) === LF ? lines : lines + 1;
}

/** The first and the last lines of a text. */
function sampleOf(text: Buffer): Buffer {
  let head = 0;
  for (let lines = 0; lines < SAMPLED_LINES && head >= 0; lines++) head = text.indexOf(LF, head) + 1 || -1;
  if (head < 0) return text;
  let tail = text.length;
  for (let lines = 0; lines <= SAMPLED_LINES && tail > head; lines++) tail = text.lastIndexOf(LF, tail - 1);
  return Buffer.concat([text.subarray(0, head), text.subarray(Math.max(head, tail + 1))]);
}

/** The types that the sample has; undefined when one of its rows is broken or says in words that it has no value. */
async function guessTypes(db: Database, sample: DelimitedText): Promise<ColumnReading[] | undefined> {
  return withRecords(sample, (records) =>
    withScratchTable(db, `SELECT * FROM ${records}`, async (rows) => {
      const { broken } = await db.row<{ broken: number }>(`SELECT count(problem) AS broken FROM ${rows}`);
      if (broken > 0) return undefined;
      const guesses = await chooseTypes(db, rows, sample.header.names.length);
      return guesses.some(({ absent, decimalMark }) => absent > 0 || decimalMark === "comma")
        ? undefined
        : guesses;
    }),
  );
}

/**
 * @param count - the lines of the text; they are counted while the database reads them.
 * @returns undefined when a record or value is not as expected.
 */
async function readTable(
  db: Database,
  query: string,
  table: string,
  count: () => number | undefined,
): Promise<number | undefined> {
  const fresh = `${table}__sound`;
  try {
    const replaced = replaceTable(db, fresh, query);
    replaced.catch(() => {});
    await setImmediate();
    const lines = count();
    await replaced;
    const { rows } = await db.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${sqlName(fresh)}`);
    // Fewer rows than lines: blank lines, or a quote that spans lines.
    if (rows !== lines) return undefined;
    await db.run(`DROP TABLE IF EXISTS ${sqlName(table)}`);
    await db.run(`ALTER TABLE ${sqlName(fresh)} RENAME TO ${sqlName(table)}`);
    return rows;
  } catch {
    return undefined;
  } finally {
    await db.run(`DROP TABLE IF EXISTS ${sqlName(fresh)}`);
  }
}

/** SQL of a value in the plainest spelling of its type; any other one is an error. */
function plainValue(text: string, { type, isEmpty, datePatterns }: ColumnReading): string {
  if (isEmpty) return orError(text, "NULL::VARCHAR", "false");
  switch (type) {
    case "BIGINT": {
      const value = `try_cast(${text} AS BIGINT)`;
      return orError(text, value, `${value}::VARCHAR = ${text} AND strlen(${text}) < 16`);
    }
    case "DOUBLE": {
      const value = `try_cast(${text} AS DOUBLE)`;
      const starts = ["'1' AND '9~'", "'0.' AND '0.~'", "'-1' AND '-9~'", "'-0.' AND '-0.~'", "'0' AND '0'"];
      const isPlain = starts.map((range) => `${text} BETWEEN ${range}`).join(" OR ");
      return orError(
        text,
        value,
        `(${isPlain}) AND strlen(${text}) < 16 AND NOT contains(${text}, '_') AND ${value} IS NOT NULL`,
      );
    }
    case "BOOLEAN":
      return orError(text, `try_cast(${text} AS BOOLEAN)`, `lower(${text}) IN ('true', 'false')`);
    case "DATE":
    case "TIMESTAMP": {
      const moment = readMoment(text, datePatterns, ANY_DATE);
      return orError(text, type === "DATE" ? `(${moment})::DATE` : moment, isPlausible(moment, ANY_DATE));
    }
    default:
      return `nullif(${text}, '')`;
  }
}

function orError(text: string, value: string, isPlain: string): string {
  return `CASE WHEN ${isPlain} THEN ${value} WHEN ${text} <> '' THEN error('not plain') END`;
}

/** Whether day and month could be swapped in all rows; those of a sample alone do not tell. */
async function settleAmbiguity(
  db: Database,
  table: string,
  name: string,
  guess: ColumnReading,
): Promise<ColumnReading> {
  if (!guess.isAmbiguous || !hasTwin(guess.dateFormat)) return guess;
  const { ambiguous } = await db.row<{ ambiguous: boolean }>(
    `SELECT max(day(${sqlName(name)})) <= 12 AND bool_or(day(${sqlName(name)}) <> month(${sqlName(name)})) AS ambiguous
     FROM ${sqlName(table)}`,
  );
  return { ...guess, isAmbiguous: ambiguous };
}

function hasTwin(format: DateFormatName | null): boolean {
  return DATE_FORMATS.find(({ name }) => name === format)?.swapped !== undefined;
}

/** Runs `use` while a file is written, and removes the file when both are done. */
async function withFile<T>(
  content: Buffer,
  use: (path: string, written: Promise<void>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "insiders-"));
  const path = join(folder, "rows.csv");
  const written = writeWhole(path, content);
  const settled = written.catch(() => {});
  try {
    return await use(path, written);
  } finally {
    await settled;
    await rm(folder, { recursive: true });
  }
}

/** In one piece, where `writeFile` would come back to this thread after every half megabyte. */
async function writeWhole(path: string, content: Buffer): Promise<void> {
  const file = await open(path, "w");
  try {
    for (let from = 0; from < content.length; )
      from += (await file.write(content, from, content.length - from)).bytesWritten;
  } finally {
    await file.close();
  }
}
