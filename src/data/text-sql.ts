/** A column of texts in a table. */
export interface TextColumn {
  table: string;
  column: string;
  /** The column that tells for how many rows a text stands; each stands for one when left out. */
  rows?: string;
}

/** White space a spreadsheet or a web page may leave around a value, the no-break space included. */
const SPACES = ["' '", "chr(9)", "chr(10)", "chr(13)", "chr(160)"];

/**
 * A text without surrounding white space; NULL where nothing is left.
 * Most values have none: a look at both ends is several times faster than `trim`.
 */
export function trimmed(column: string): string {
  const ends = SPACES.map((space) => `NOT suffix(${column}, ${space})`).join(" AND ");
  return `CASE WHEN ${column} > '!' AND ${ends} AND NOT prefix(${column}, chr(160)) THEN ${column}
    ELSE nullif(trim(${column}, ${SPACES.join(" || ")}), '') END`;
}

/** A customer id as the shop wrote it: `17850.0` (a spreadsheet's doing) is `17850`; "nan" and "null" are none. */
export function customerId(column: string): string {
  const text = trimmed(column);
  const whole = `CASE WHEN ${column} LIKE '%.0%' THEN regexp_replace(${text}, '^(\\d+)\\.0+$', '\\1') ELSE ${text} END`;
  const isWord = `${column} > '9' AND ${isAmong(text, ["nan", "null", "none", "n/a", "na"])}`;
  return `CASE WHEN ${isWord} THEN NULL ELSE ${whole} END`;
}

/** A date text without an offset behind its time: what counts is the clock of the shop, as it was written. */
export function clockText(column: string): string {
  const offset = "(:[0-9]{2}(?:[.][0-9]+)?) ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})$";
  return `regexp_replace(${trimmed(column)}, '${offset}', '\\1')`;
}

/**
 * Whether a text is one of some lower-case words, whatever its own case; false for NULL. Five or more behind `IN` become
 * a join, after which the rows of a large table are no longer in their order.
 */
export function isAmong(text: string, words: readonly string[]): string {
  const longest = Math.max(...words.map((word) => word.length));
  const list = words.map((word) => `'${word}'`).join(", ");
  return `CASE WHEN length(${text}) <= ${longest} THEN list_contains([${list}], lower(${text})) ELSE false END`;
}
