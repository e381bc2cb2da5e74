import { parseDate } from "./choose-date-format.js";
import type { SpelledColumnName, TextColumnName } from "./columns.js";
import type { DateFormatName } from "./date-formats.js";
import {
  type DecimalMark,
  hasMoreThanFourDecimals,
  isNumber,
  isWholeNumber,
  plainNumber,
} from "./number-formats.js";
import { clockText, customerId, trimmed } from "./text-sql.js";

/** How a file writes dates and numbers. */
export interface Spelling {
  dateFormat: DateFormatName | null;
  datePatterns: readonly string[];
  decimalMark: DecimalMark;
}

/** Units and price of a line stay below this, so their product fits DECIMAL(18,4). */
export const LARGEST_NUMBER = 10_000_000;

/**
 * What the texts of a column mean: a query of `code`, `value` (as in `invoice_lines`; NULL where a text is no value)
 * and `problem`, why a row with this text is no invoice line, or NULL.
 * @param texts - table of `code` and `text` as written.
 */
export function typedTexts(column: TextColumnName, texts: string): string {
  return meanings(texts, TEXTS[column]);
}

/** `typedTexts` of a column that says dates or numbers. */
export function spelledTexts(column: SpelledColumnName, texts: string, spelling: Spelling): string {
  return meanings(texts, SPELLED[column](spelling));
}

function meanings(texts: string, { text, value, problems }: Reading): string {
  const branches = problems.map(([condition, problem]) => `WHEN ${condition} THEN '${problem}'`);
  const problem = branches.length === 0 ? "NULL::VARCHAR" : `CASE ${branches.join(" ")} END`;
  return `SELECT code, value, ${problem} AS problem
    FROM (SELECT code, text, ${value} AS value FROM (SELECT code, ${text} AS text FROM ${texts}))`;
}

/** How the texts of a column are read. */
interface Reading {
  /** The text that counts, from the one written. */
  text: string;
  /** SQL over that `text`. */
  value: string;
  /** SQL over `text` and `value`, with what it is called; the first that applies is the reason. */
  problems: [condition: string, problem: string][];
}

const asText = (...problems: Reading["problems"]): Reading => ({
  text: trimmed("text"),
  value: "text",
  problems,
});

const TEXTS: Record<TextColumnName, Reading> = {
  invoice_no: asText(["value IS NULL", "no invoice number"]),
  stock_code: asText(["value IS NULL", "no stock code"]),
  description: asText(),
  customer_id: { ...asText(), text: customerId("text") },
  country: asText(),
};

const SPELLED: Record<SpelledColumnName, (spelling: Spelling) => Reading> = {
  quantity: ({ decimalMark: mark }) => ({
    text: trimmed("text"),
    value: `CASE WHEN ${isWholeNumber("text", mark)}
      THEN ${inRange(`try_cast(${plainNumber("text", mark)} AS INTEGER)`)} END`,
    problems: [
      ["text IS NULL", "no quantity"],
      [`value IS NULL AND NOT ${isWholeNumber("text", mark)}`, "quantity is not a whole number"],
      ["value IS NULL", `quantity is not below ${LARGEST_NUMBER}`],
    ],
  }),
  invoiced_at: ({ dateFormat, datePatterns }) => ({
    text: clockText("text"),
    value: parseDate("text", datePatterns),
    problems: [
      ["text IS NULL", "no invoice date"],
      [
        "value IS NULL",
        `invoice date is ${dateFormat === null ? "in no known format" : `not a ${dateFormat} date`}`,
      ],
    ],
  }),
  unit_price: ({ decimalMark: mark }) => ({
    text: trimmed("text"),
    value: `CASE WHEN ${isNumber("text", mark)} AND NOT ${hasMoreThanFourDecimals("text", mark)}
      THEN ${inRange(`try_cast(${plainNumber("text", mark)} AS DECIMAL(18, 4))`)} END`,
    problems: [
      ["text IS NULL", "no unit price"],
      [`value IS NULL AND NOT ${isNumber("text", mark)}`, "unit price is not a number"],
      [
        `value IS NULL AND ${hasMoreThanFourDecimals("text", mark)}`,
        "unit price has more than four decimals",
      ],
      ["value IS NULL", `unit price is not below ${LARGEST_NUMBER}`],
    ],
  }),
};

function inRange(value: string): string {
  return `CASE WHEN abs(${value}) < ${LARGEST_NUMBER} THEN ${value} END`;
}
