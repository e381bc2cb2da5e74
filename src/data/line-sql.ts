import { parseDate } from "./choose-date-format.js";
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
 * The texts of a source turned into values: the columns of `invoice_lines` (NULL where a text is no value) and
 * `reason`, what keeps the row from being an invoice line, or NULL. Reasons are tried from left to right.
 */
export function typedLines(table: string, spelling: Spelling): string {
  const mark = spelling.decimalMark;
  const texts = `SELECT row, problem, ${trimmed("invoice_no")} AS invoice_no, ${trimmed("stock_code")} AS stock_code,
      ${trimmed("description")} AS description, ${trimmed("quantity")} AS quantity_text,
      ${clockText("invoiced_at")} AS date_text, ${trimmed("unit_price")} AS price_text,
      ${customerId("customer_id")} AS customer_id, ${trimmed("country")} AS country
    FROM ${table}`;
  const values = `SELECT *,
      CASE WHEN ${isWholeNumber("quantity_text", mark)}
        THEN ${inRange(`try_cast(${plainNumber("quantity_text", mark)} AS INTEGER)`)} END AS quantity,
      ${parseDate("date_text", spelling.datePatterns)} AS invoiced_at,
      CASE WHEN ${isNumber("price_text", mark)} AND NOT ${hasMoreThanFourDecimals("price_text", mark)}
        THEN ${inRange(`try_cast(${plainNumber("price_text", mark)} AS DECIMAL(18, 4))`)} END AS unit_price
    FROM (${texts})`;
  return `SELECT row, invoice_no, stock_code, description, quantity, invoiced_at, unit_price, customer_id, country,
      ${reason(spelling)} AS reason
    FROM (${values})`;
}

function reason({ dateFormat, decimalMark: mark }: Spelling): string {
  const asDate = dateFormat === null ? "in no known format" : `not a ${dateFormat} date`;
  const cases: [condition: string, reason: string][] = [
    ["invoice_no IS NULL", "no invoice number"],
    ["stock_code IS NULL", "no stock code"],
    ["quantity_text IS NULL", "no quantity"],
    [`quantity IS NULL AND NOT ${isWholeNumber("quantity_text", mark)}`, "quantity is not a whole number"],
    ["quantity IS NULL", `quantity is not below ${LARGEST_NUMBER}`],
    ["date_text IS NULL", "no invoice date"],
    ["invoiced_at IS NULL", `invoice date is ${asDate}`],
    ["price_text IS NULL", "no unit price"],
    [`unit_price IS NULL AND NOT ${isNumber("price_text", mark)}`, "unit price is not a number"],
    [
      `unit_price IS NULL AND ${hasMoreThanFourDecimals("price_text", mark)}`,
      "unit price has more than four decimals",
    ],
    ["unit_price IS NULL", `unit price is not below ${LARGEST_NUMBER}`],
  ];
  const branches = cases.map(([condition, text]) => `WHEN ${condition} THEN '${text}'`);
  return `CASE WHEN problem IS NOT NULL THEN problem ${branches.join(" ")} END`;
}

function inRange(value: string): string {
  return `CASE WHEN abs(${value}) < ${LARGEST_NUMBER} THEN ${value} END`;
}
