import type { Database } from "../data/database.js";
import { DATE_FORMATS } from "../data/date-formats.js";
import { withScratchTable } from "../data/tables.js";
import {
  type BooleanVariable,
  type ProfileLimits,
  storedCell,
  type TextVariable,
  type ValueCount,
} from "./profile.js";
import type { StagedColumn } from "./staging.js";

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

/** A text or boolean column of the staged table, with the SQL of its truth when its texts say yes and no. */
export interface DescribedText {
  variable: TextVariable | BooleanVariable;
  isTruncated: boolean;
}

/** Variety, lengths, words and oddities of a column of texts; a column of nothing but yes and no becomes boolean. */
export async function describeTextColumn(
  db: Database,
  staged: string,
  column: StagedColumn,
  rows: number,
  limits: ProfileLimits,
): Promise<DescribedText> {
  const grouped = `SELECT ${column.key}::VARCHAR AS v, count(*) AS n FROM ${staged}
    WHERE ${column.key} IS NOT NULL GROUP BY 1`;
  return withScratchTable(db, grouped, async (counts) => {
    const counted = await countTexts(db, counts);
    const medianLength = await findMedianLength(db, counts);
    const present = counted.present;
    const common = await db.rows<ValueCount>(
      `SELECT v AS value, n AS count, n / $present AS share FROM ${counts} ORDER BY n DESC, v LIMIT ${NAMED_VALUES}`,
      { present },
    );
    const base = {
      name: column.name,
      type: column.type,
      count: present,
      missing: rows - present,
      missingShare: rows === 0 ? 0 : (rows - present) / rows,
      distinct: counted.distinct,
      distinctShare: present === 0 ? 0 : counted.distinct / present,
      singles: counted.singles,
      bytes: column.family === "boolean" ? rows : 16 * rows + counted.bytes,
      common: common.map((each) => ({ ...each, value: storedCell(each.value, limits.textLength) })),
    };
    const imbalance = counted.distinct < 2 ? null : 1 - (counted.entropy ?? 0) / Math.log2(counted.distinct);
    if (column.family === "boolean" || isYesNo(counted)) {
      const [trues, falses] = [counted.yes, counted.no];
      return { variable: { ...base, kind: "boolean", trues, falses, imbalance }, isTruncated: false };
    }
    const { words, distinctWords } = await countWords(db, counts, limits);
    const isCategory =
      present > 0 && counted.distinct <= limits.categories && counted.distinct * 2 <= present;
    const variable: TextVariable = {
      ...base,
      kind: column.family === "other" ? "other" : isCategory ? "category" : "text",
      minLength: counted.min_length,
      meanLength: counted.mean_length,
      medianLength,
      maxLength: counted.max_length,
      words,
      distinctWords,
      imbalance,
      blank: counted.blank,
      padded: counted.padded,
      placeholders: counted.placeholders,
      numeric: counted.numeric,
      datelike: counted.datelike,
      variants: counted.distinct - counted.folded,
    };
    return { variable, isTruncated: counted.distinct > limits.texts };
  });
}

/** The median length over all rows, from the texts and their counts. */
async function findMedianLength(db: Database, counts: string): Promise<number | null> {
  const lengths = await db.rows<{ length: number; rows: number }>(
    `SELECT length(v) AS length, sum(n) AS rows FROM ${counts} GROUP BY 1 ORDER BY 1`,
  );
  const half = lengths.reduce((sum, { rows }) => sum + rows, 0) / 2;
  let before = 0;
  for (const [i, { length, rows }] of lengths.entries()) {
    before += rows;
    if (before === half) return (length + lengths[i + 1]!.length) / 2;
    if (before > half) return length;
  }
  return null;
}

/** SQL that is true where a text says yes. */
export function saysYes(key: string): string {
  return `lower(trim(${key}::VARCHAR)) IN (${quoted(YES)})`;
}

function isYesNo({ present, yes, no, folded }: Counted): boolean {
  return yes + no === present && folded === 2 && yes > 0 && no > 0;
}

async function countTexts(db: Database, counts: string): Promise<Counted> {
  return db.row<Counted>(
    `SELECT coalesce(sum(n), 0) AS present, count(*) AS distinct, coalesce(count_if(n = 1), 0) AS singles,
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
     FROM (SELECT v, n::DOUBLE AS n, ${stripped("v", "\\s")} AS trimmed FROM ${counts})`,
  );
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

async function countWords(
  db: Database,
  counts: string,
  limits: ProfileLimits,
): Promise<{ words: ValueCount[]; distinctWords: number }> {
  const words = await db.rows<ValueCount & { different: number }>(
    `SELECT word AS value, sum(n) AS count, sum(n) / sum(sum(n)) OVER () AS share, count(*) OVER () AS different
     FROM (SELECT ${stripped("written", "[[:punct:]]")} AS word, sum(n) AS n
       FROM (SELECT unnest(string_split_regex(lower(v), '\\s+')) AS written, n::DOUBLE AS n
         FROM (SELECT v, n FROM ${counts} ORDER BY n DESC, v LIMIT ${limits.texts}))
       GROUP BY written)
     WHERE word <> '' GROUP BY word ORDER BY count DESC, word LIMIT ${NAMED_WORDS}`,
  );
  return {
    words: words.map(({ value, count, share }) => ({
      value: storedCell(value, limits.textLength),
      count,
      share,
    })),
    distinctWords: words[0]?.different ?? 0,
  };
}

/** A text without characters of a class at its ends; most have none, and to look is quicker than to replace. */
function stripped(text: string, kind: string): string {
  return `CASE WHEN regexp_matches(${text}, '^${kind}|${kind}$')
    THEN regexp_replace(${text}, '^${kind}+|${kind}+$', '', 'g') ELSE ${text} END`;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(", ");
}
