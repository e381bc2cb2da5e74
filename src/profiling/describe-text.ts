import type { Database } from "../data/database.js";
import { DATE_FORMATS } from "../data/date-formats.js";
import {
  type BooleanVariable,
  type ProfileLimits,
  storedCell,
  type TextVariable,
  type VariableBase,
} from "./profile.js";
import type { ProfiledColumn } from "./profiled-table.js";

const NAMED_VALUES = 10;
const NAMED_WORDS = 20;
const YES = ["true", "t", "yes", "y"];
const NO = ["false", "f", "no", "n"];
const PLACEHOLDERS = [
  "?",
  "??",
  "???",
  "-",
  "--",
  "n/a",
  "na",
  "nan",
  "nil",
  "none",
  "null",
  "undefined",
  "unknown",
];

interface Counted {
  present: number;
  distinct: number;
  singles: number;
  bytes: number;
  min_length: number | null;
  max_length: number | null;
  mean_length: number | null;
  entropy: number | null;
  blank: number;
  padded: number;
  placeholders: number;
  numeric: number;
  datelike: number;
  folded: number;
  yes: number;
  no: number;
}

/** A column of texts or truths. */
export interface DescribedText {
  variable: TextVariable | BooleanVariable;
  isTruncated: boolean;
  /** Which of its different texts, in ascending order, say yes, when all say yes or no. */
  truths: boolean[] | undefined;
}

/**
 * Variety, lengths, words and oddities of columns of texts; one of nothing but yes and no becomes boolean. The same is
 * asked of all columns at once: few statements, between which the database would wait for this thread.
 * @param tables - of their texts `v`, each in `n` rows.
 */
export async function describeTextColumns(
  db: Database,
  tables: readonly string[],
  columns: readonly ProfiledColumn[],
  rows: number,
  limits: ProfileLimits,
): Promise<DescribedText[]> {
  const counted = (await askEach<Counted>(db, tables, countTexts)).map(([row]) => row!);
  const medianLengths = (await askEach<LengthCount>(db, tables, countLengths, "length")).map(medianOfLengths);
  const common = await askEach<Frequency>(db, tables, findFrequent, "n DESC, v");
  const isTruth = columns.map(({ family }, i) => family === "boolean" || isYesNo(counted[i]!));
  const worded = await askEach<WordCount>(
    db,
    tables.map((table, i) => (isTruth[i] ? undefined : table)),
    (table) => countWords(table, limits),
    "count DESC, word",
  );
  const truths = await askEach<{ yes: boolean }>(
    db,
    tables.map((table, i) => (isTruth[i] ? table : undefined)),
    (table) => `SELECT v, lower(trim(v)) IN (${quoted(YES)}) AS yes FROM ${table}`,
    "v",
  );
  return columns.map((column, i) => {
    const measures = { counted: counted[i]!, medianLength: medianLengths[i]!, common: common[i]! };
    return isTruth[i]
      ? {
          variable: truthOf(column, rows, measures, limits),
          isTruncated: false,
          truths: truths[i]!.map(({ yes }) => yes),
        }
      : {
          variable: textOf(column, rows, { ...measures, words: worded[i]! }, limits),
          isTruncated: counted[i]!.distinct > limits.texts,
          truths: undefined,
        };
  });
}

/** The rows of a query for each table, asked for in one statement; none where there is no table. */
async function askEach<T extends object>(
  db: Database,
  tables: readonly (string | undefined)[],
  query: (table: string) => string,
  order?: string,
): Promise<T[][]> {
  const queries = tables.flatMap((table, i) =>
    table === undefined ? [] : [`SELECT ${i} AS place, * FROM (${query(table)})`],
  );
  const found: T[][] = tables.map(() => []);
  if (queries.length === 0) return found;
  const ordered = order === undefined ? "place" : `place, ${order}`;
  const rows = await db.rows<T & { place: number }>(
    `FROM (${queries.join(" UNION ALL ")}) ORDER BY ${ordered}`,
  );
  for (const row of rows) found[row.place]!.push(row);
  return found;
}

interface Measures {
  counted: Counted;
  medianLength: number | null;
  common: readonly Frequency[];
}

function baseOf(
  column: ProfiledColumn,
  rows: number,
  { counted: { present, distinct, singles, bytes }, common }: Measures,
  { textLength }: ProfileLimits,
): Omit<VariableBase, "kind"> {
  return {
    name: column.name,
    type: column.type,
    count: present,
    missing: rows - present,
    missingShare: rows === 0 ? 0 : (rows - present) / rows,
    distinct,
    distinctShare: present === 0 ? 0 : distinct / present,
    singles,
    bytes: column.family === "boolean" ? rows : 16 * rows + bytes,
    common: common.map(({ v, n }) => ({ value: storedCell(v, textLength), count: n, share: n / present })),
  };
}

function imbalanceOf({ distinct, entropy }: Counted): number | null {
  return distinct < 2 ? null : 1 - (entropy ?? 0) / Math.log2(distinct);
}

function truthOf(
  column: ProfiledColumn,
  rows: number,
  measures: Measures,
  limits: ProfileLimits,
): BooleanVariable {
  const { yes: trues, no: falses } = measures.counted;
  const imbalance = imbalanceOf(measures.counted);
  return { ...baseOf(column, rows, measures, limits), kind: "boolean", trues, falses, imbalance };
}

function textOf(
  column: ProfiledColumn,
  rows: number,
  measures: Measures & { words: readonly WordCount[] },
  limits: ProfileLimits,
): TextVariable {
  const { counted, medianLength, words } = measures;
  const isCategory =
    counted.present > 0 && counted.distinct <= limits.categories && counted.distinct * 2 <= counted.present;
  return {
    ...baseOf(column, rows, measures, limits),
    kind: column.family === "other" ? "other" : isCategory ? "category" : "text",
    minLength: counted.min_length,
    meanLength: counted.mean_length,
    medianLength,
    maxLength: counted.max_length,
    words: words.map(({ word, count, share }) => ({
      value: storedCell(word, limits.textLength),
      count,
      share,
    })),
    distinctWords: words[0]?.different ?? 0,
    imbalance: imbalanceOf(counted),
    blank: counted.blank,
    padded: counted.padded,
    placeholders: counted.placeholders,
    numeric: counted.numeric,
    datelike: counted.datelike,
    variants: counted.distinct - counted.folded,
  };
}

interface LengthCount {
  length: number;
  rows: number;
}

function countLengths(counts: string): string {
  return `SELECT length(v) AS length, sum(n) AS rows FROM ${counts} GROUP BY 1`;
}

/** The median length over all rows, from lengths in ascending order. */
function medianOfLengths(lengths: readonly LengthCount[]): number | null {
  const half = lengths.reduce((sum, { rows }) => sum + rows, 0) / 2;
  let before = 0;
  for (const [i, { length, rows }] of lengths.entries()) {
    before += rows;
    if (before === half) return (length + lengths[i + 1]!.length) / 2;
    if (before > half) return length;
  }
  return null;
}

/** A text and how often it occurs. */
interface Frequency {
  v: string;
  n: number;
}

function findFrequent(counts: string): string {
  return `SELECT v, n FROM ${counts} ORDER BY n DESC, v LIMIT ${NAMED_VALUES}`;
}

function isYesNo({ present, yes, no, folded }: Counted): boolean {
  return yes + no === present && folded === 2 && yes > 0 && no > 0;
}

function countTexts(counts: string): string {
  return `SELECT coalesce(sum(n), 0) AS present, count(*) AS distinct, coalesce(count_if(n = 1), 0) AS singles,
       coalesce(sum(n * CASE WHEN strlen(v) > 12 THEN strlen(v) ELSE 0 END), 0) AS bytes,
       min(length(v)) AS min_length, max(length(v)) AS max_length, sum(n * length(v)) / sum(n) AS mean_length,
       log2(sum(n)) - sum(n * log2(n) ORDER BY n) / sum(n) AS entropy,
       coalesce(sum(n) FILTER (trimmed = ''), 0) AS blank,
       coalesce(sum(n) FILTER (trimmed <> v AND trimmed <> ''), 0) AS padded,
       coalesce(sum(n) FILTER (lower(trimmed) IN (${quoted(PLACEHOLDERS)})), 0) AS placeholders,
       coalesce(sum(n) FILTER (isfinite(TRY_CAST(trimmed AS DOUBLE))), 0) AS numeric,
       coalesce(sum(n) FILTER (${isDatelike("trimmed")}), 0) AS datelike,
       count(DISTINCT lower(trimmed)) AS folded,
       coalesce(sum(n) FILTER (lower(trimmed) IN (${quoted(YES)})), 0) AS yes,
       coalesce(sum(n) FILTER (lower(trimmed) IN (${quoted(NO)})), 0) AS no
     FROM (SELECT v, n::DOUBLE AS n, ${stripped("v", "\\s")} AS trimmed FROM ${counts})`;
}

/** Whether a text is written like a date in any of the formats we know; only what looks like one is tried, which is dear. */
function isDatelike(text: string): string {
  const patterns = DATE_FORMATS.flatMap((format) => format.patterns).filter(
    (pattern) => pattern !== "%Y%m%d",
  );
  const outline =
    "^(\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}|\\d{1,2}[- ][A-Za-z]{3,9}[- ]\\d{2,4}|[A-Za-z]{3,9} \\d{1,2}, \\d{4})";
  return `CASE WHEN regexp_matches(${text}, '${outline}')
    THEN TRY_CAST(${text} AS TIMESTAMP) IS NOT NULL OR try_strptime(${text}, [${quoted(patterns)}]) IS NOT NULL END`;
}

interface WordCount {
  word: string;
  count: number;
  /** Of all words of the column. */
  share: number;
  /** Different words of the column. */
  different: number;
}

function countWords(counts: string, limits: ProfileLimits): string {
  return `SELECT word, sum(n) AS count, sum(n) / sum(sum(n)) OVER () AS share, count(*) OVER () AS different
     FROM (SELECT ${stripped("written", "[[:punct:]]")} AS word, sum(n) AS n
       FROM (SELECT unnest(string_split_regex(lower(v), '\\s+')) AS written, n::DOUBLE AS n
         FROM (SELECT v, n FROM ${counts} ORDER BY n DESC, v LIMIT ${limits.texts}))
       GROUP BY written)
     WHERE word <> '' GROUP BY word ORDER BY count DESC, word LIMIT ${NAMED_WORDS}`;
}

/** A text without characters of a class at its ends; most have none, and to look is quicker than to replace. */
function stripped(text: string, kind: string): string {
  return `CASE WHEN regexp_matches(${text}, '^${kind}|${kind}$')
    THEN regexp_replace(${text}, '^${kind}+|${kind}+$', '', 'g') ELSE ${text} END`;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(", ");
}
