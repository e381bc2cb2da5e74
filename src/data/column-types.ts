import { chooseDateFormat, type DateReading, parseDate } from "./choose-date-format.js";
import type { Database } from "./database.js";
import type { DateFormatName } from "./date-formats.js";
import { type DecimalMark, isNumber, plainNumber } from "./number-formats.js";
import { clockText, isAmong, trimmed } from "./text-sql.js";

export type ColumnType = "BIGINT" | "DOUBLE" | "BOOLEAN" | "DATE" | "TIMESTAMP" | "VARCHAR";

/** What the texts of a column are read as. */
export interface ColumnReading {
  type: ColumnType;
  /** SQL of the value. */
  value: string;
  /** Texts such as NA that were taken for no value; texts of a column of texts never are. */
  absent: number;
  decimalMark: DecimalMark | null;
  dateFormat: DateFormatName | null;
  datePatterns: readonly string[];
  /** Day and month could be swapped as well: no row tells. */
  isAmbiguous: boolean;
  /** Not one row has a value. */
  isEmpty: boolean;
}

const NO_READING = {
  absent: 0,
  decimalMark: null,
  dateFormat: null,
  datePatterns: [],
  isAmbiguous: false,
  isEmpty: false,
};

/** What stands for no value among numbers, dates and truths, in lower case. */
const ABSENT = ["nan", "na", "n/a", "#n/a", "<na>", "null", "none", "nil"];
const TRUTHS = ["true", "false"];
/** Columns looked at in one query. */
const AT_ONCE = 50;
const SAMPLE_ROWS = 1000;
const MARKS: readonly DecimalMark[] = ["point", "comma"];
/** How dates of any table are read. */
export const ANY_DATE: DateReading = { years: { first: 1000, last: 2999 }, keepsFractions: true };

/**
 * The type that each column of texts has: number, truth, date or moment when all of its values can be read as such,
 * text otherwise. Digits behind a leading zero, or too many for a double, are identifiers: text.
 * @param source - its columns are `f0`, `f1`, ...
 */
export async function chooseTypes(db: Database, source: string, columns: number): Promise<ColumnReading[]> {
  const sample = `(FROM ${source} LIMIT ${SAMPLE_ROWS})`;
  const all = Array.from({ length: columns }, (_, at) => at);
  // Most columns of texts are told by their first values; only what they leave open is asked of all.
  const first = await countFits(db, sample, all, MARKS);
  const { isSmall } = await db.row<{ isSmall: boolean }>(
    `SELECT count(*) <= ${SAMPLE_ROWS} AS "isSmall" FROM (FROM ${source} LIMIT ${SAMPLE_ROWS + 1})`,
  );
  const open = all.filter((at) => isTruth(first[at]!) || MARKS.some((mark) => isNumeric(first[at]!, mark)));
  const fits = new Map<number, Fit>();
  const found = isSmall ? open.map((at) => first[at]!) : await countFits(db, source, open, MARKS, first);
  open.forEach((at, i) => {
    fits.set(at, found[i]!);
  });
  const fileMark = commonMark([...fits.values()]);
  const readings: ColumnReading[] = [];
  for (const at of all) {
    const fit = fits.get(at);
    readings.push(
      (fit && readingOf(at, fit, fileMark)) ??
        (await dateOrText(db, source, isSmall ? undefined : sample, at, first[at]!)),
    );
  }
  return readings;
}

/** How many texts of a column can be read in which way. */
interface Fit {
  present: number;
  absent: number;
  truths: number;
  /** Numbers with this decimal mark. */
  point: number;
  comma: number;
  /** Numbers without decimals or exponent. */
  whole: number;
  identifiers: number;
  /** Texts that start as dates do; few others have a second look. */
  datelike: number;
}

async function countFits(
  db: Database,
  source: string,
  columns: readonly number[],
  marks: readonly DecimalMark[],
  earlier?: readonly Fit[],
): Promise<Fit[]> {
  const fits: Fit[] = [];
  for (let from = 0; from < columns.length; from += AT_ONCE) {
    const some = columns.slice(from, from + AT_ONCE);
    const counted = (at: number, mark: DecimalMark): string =>
      marks.includes(mark) && (earlier === undefined || isNumeric(earlier[at]!, mark))
        ? `count_if(${numberValue(`t${at}`, mark)} IS NOT NULL)`
        : "0";
    const counts = some.flatMap((at) => [
      `count(t${at}) AS present${at}`,
      `count_if(${isAmong(`t${at}`, ABSENT)}) AS absent${at}`,
      `count_if(${isAmong(`t${at}`, TRUTHS)}) AS truths${at}`,
      ...MARKS.map((mark) => `${counted(at, mark)} AS ${mark}${at}`),
      `count_if(${isWhole(`t${at}`)}) AS whole${at}`,
      `count_if(${isIdentifier(`t${at}`)}) AS identifiers${at}`,
      `count_if(regexp_matches(t${at}, '^(\\d{1,8}[-/. ]|[A-Za-z]{3,9} \\d)')) AS datelike${at}`,
    ]);
    const texts = some.map((at) => `${trimmed(`f${at}`)} AS t${at}`);
    const row = await db.row<Record<string, number>>(
      `SELECT ${counts.join(", ")} FROM (SELECT ${texts.join(", ")} FROM ${source})`,
    );
    for (const at of some) {
      const of = (name: keyof Fit): number => row[`${name}${at}`] ?? 0;
      fits.push({
        present: of("present"),
        absent: of("absent"),
        truths: of("truths"),
        point: of("point"),
        comma: of("comma"),
        whole: of("whole"),
        identifiers: of("identifiers"),
        datelike: of("datelike"),
      });
    }
  }
  return fits;
}

function isNumeric({ present, absent, identifiers, ...fit }: Fit, mark: DecimalMark): boolean {
  return fit[mark] + absent >= present && identifiers === 0;
}

function isTruth({ present, absent, truths }: Fit): boolean {
  return truths + absent === present;
}

/** The comma when columns can be read with it only, and none with the point only. */
function commonMark(fits: readonly Fit[]): DecimalMark {
  const only = (mark: DecimalMark, other: DecimalMark): boolean =>
    fits.some((fit) => fit.present > fit.absent && isNumeric(fit, mark) && !isNumeric(fit, other));
  return only("comma", "point") && !only("point", "comma") ? "comma" : "point";
}

function readingOf(at: number, fit: Fit, fileMark: DecimalMark): ColumnReading | undefined {
  const { present, absent, whole } = fit;
  const text = trimmed(`f${at}`);
  if (present === absent) return undefined;
  const base = { ...NO_READING, absent };
  if (isTruth(fit)) return { ...base, type: "BOOLEAN", value: `try_cast(${text} AS BOOLEAN)` };
  const fitting = MARKS.filter((mark) => isNumeric(fit, mark));
  const decimalMark = fitting.includes(fileMark) ? fileMark : fitting[0];
  if (decimalMark === undefined) return undefined;
  if (whole === present - absent) return { ...base, type: "BIGINT", value: `try_cast(${text} AS BIGINT)` };
  const value = `CASE WHEN NOT ${isAmong(text, ABSENT)} THEN ${numberValue(text, decimalMark)} END`;
  return { ...base, type: "DOUBLE", value, decimalMark };
}

async function dateOrText(
  db: Database,
  source: string,
  sample: string | undefined,
  at: number,
  first: Fit,
): Promise<ColumnReading> {
  const text: ColumnReading = { ...NO_READING, type: "VARCHAR", value: `nullif(f${at}, '')` };
  if (first.present > 0 && first.datelike + first.absent < first.present) return text;
  const column = `CASE WHEN NOT ${isAmong(trimmed(`f${at}`), ABSENT)} THEN f${at} END`;
  const read = (table: string): ReturnType<typeof chooseDateFormat> =>
    chooseDateFormat(db, { table, column }, undefined, ANY_DATE);
  if (
    sample !== undefined &&
    first.present > first.absent &&
    (await read(sample)).rows < first.present - first.absent
  )
    return text;
  const { patterns, rows, format, isAmbiguous } = await read(source);
  if (rows === 0) return { ...text, isEmpty: first.present === 0 && (await isEmpty(db, source, at)) };
  const { present, absent } = await db.row<{ present: number; absent: number }>(
    `SELECT count(t) AS present, count_if(${isAmong("t", ABSENT)}) AS absent FROM (SELECT ${trimmed(`f${at}`)} AS t FROM ${source})`,
  );
  if (rows < present - absent) return text;
  const hasTime = patterns.some((pattern) => /%[HI]/.test(pattern));
  const moment = parseDate(clockText(`f${at}`), patterns, ANY_DATE);
  return {
    ...text,
    type: hasTime ? "TIMESTAMP" : "DATE",
    value: hasTime ? moment : `(${moment})::DATE`,
    absent,
    dateFormat: format,
    datePatterns: patterns,
    isAmbiguous,
  };
}

/** SQL that is true where a text of a column that is no text was taken for no value. */
export function isAbsent(at: number): string {
  return isAmong(trimmed(`f${at}`), ABSENT);
}

async function isEmpty(db: Database, source: string, at: number): Promise<boolean> {
  const { empty } = await db.row<{ empty: boolean }>(
    `SELECT NOT EXISTS (FROM ${source} WHERE f${at} <> '') AS empty`,
  );
  return empty;
}

/** The number in a trimmed text, or NULL. The database's own cast is tried first: it is several times faster. */
function numberValue(text: string, mark: DecimalMark): string {
  const grouped = `CASE WHEN ${isNumber(text, mark)} THEN try_cast(${plainNumber(text, mark)} AS DOUBLE) END`;
  const plain =
    mark === "point"
      ? `coalesce(try_cast(${text} AS DOUBLE), ${grouped})`
      : `CASE WHEN contains(${text}, '.') THEN ${grouped} ELSE try_cast(replace(${text}, ',', '.') AS DOUBLE) END`;
  // The database takes 1_000 for a number, and nan for one that is not among the absent.
  return `CASE WHEN NOT contains(${text}, '_') AND NOT ${isAmong(text, ["nan", "-nan", "+nan"])} THEN ${plain} END`;
}

function isWhole(text: string): string {
  return `regexp_full_match(${text}, '[+-]?\\d+')`;
}

function isIdentifier(text: string): string {
  return `CASE WHEN ${text} >= '00' AND ${text} < '1' OR length(${text}) > 15 OR prefix(${text}, '-0') OR prefix(${text}, '+0')
    THEN regexp_matches(${text}, '^[+-]?0\\d') OR regexp_full_match(${text}, '[+-]?\\d{16,}') END`;
}
