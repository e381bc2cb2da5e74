import type { Cell, Row } from "../types.js";

/**
 * Rows as CSV (RFC 4180, but lines end with LF), a line at a time, the header first. Numbers are the shortest text that
 * reads back to the bit; a missing value is an empty field. Text that a spreadsheet would take for a formula has an
 * apostrophe before it.
 * @param columns - names, in the order of the fields.
 * @see OWASP, CSV Injection.
 */
export function* csvLines(columns: readonly string[], rows: Iterable<Row>): Generator<string> {
  yield `${columns.map(field).join(",")}\n`;
  for (const row of rows) yield `${columns.map((name) => field(row[name] ?? null)).join(",")}\n`;
}

function field(value: Cell): string {
  if (value === null) return "";
  if (typeof value !== "string") return Object.is(value, -0) ? "-0" : String(value);
  const text = isFormula(value) ? `'${value}` : value;
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets look past blanks; full-width signs count for some of them. */
function isFormula(text: string): boolean {
  return /^[\t\r\n]|^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text);
}
