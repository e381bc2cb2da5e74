import type { Database } from "./database.js";
import { type TextColumn, trimmed } from "./text-sql.js";

/** Which sign stands before the decimals: `2.55` or `2,55`. The other one may group thousands. */
export type DecimalMark = "point" | "comma";

const SIGNS: Record<DecimalMark, { decimal: string; group: string }> = {
  point: { decimal: ".", group: "," },
  comma: { decimal: ",", group: "." },
};

/** The decimal mark that reads most rows of a column of texts; the point where both read as many. */
export async function chooseDecimalMark(
  db: Database,
  { table, column, rows = "1" }: TextColumn,
): Promise<DecimalMark> {
  const { commas } = await db.row<{ commas: number }>(
    `SELECT count_if(contains(${column}, ',')) AS commas FROM ${table}`,
  );
  if (commas === 0) return "point";
  const text = trimmed(column);
  const readBy = (mark: DecimalMark): string =>
    `coalesce(sum(${rows}) FILTER (${isNumber(text, mark)}), 0) AS ${mark}`;
  const { point, comma } = await db.row<{ point: number; comma: number }>(
    `SELECT ${readBy("point")}, ${readBy("comma")} FROM ${table}`,
  );
  return comma > point ? "comma" : "point";
}

/** Whether a text is a number: a sign, digits that may be grouped in threes, decimals. */
export function isNumber(text: string, mark: DecimalMark): string {
  const { whole, decimal } = expressions(mark);
  return `regexp_full_match(${text}, '[+-]?(${whole}(${decimal}\\d*)?|${decimal}\\d+)')`;
}

/** Whether a text is a whole number; `6.0` is one. */
export function isWholeNumber(text: string, mark: DecimalMark): string {
  const { whole, decimal } = expressions(mark);
  return `regexp_full_match(${text}, '[+-]?${whole}(${decimal}0*)?')`;
}

/** Whether a number's text has a digit other than zero after the fourth decimal. */
export function hasMoreThanFourDecimals(text: string, mark: DecimalMark): string {
  return `regexp_matches(${text}, '${expressions(mark).decimal}\\d{4,}[1-9]')`;
}

/** A number's text without groups and with a point, ready for a cast. */
export function plainNumber(text: string, mark: DecimalMark): string {
  const { decimal, group } = SIGNS[mark];
  const ungrouped = `replace(${text}, '${group}', '')`;
  return decimal === "." ? ungrouped : `replace(${ungrouped}, '${decimal}', '.')`;
}

function expressions(mark: DecimalMark): { whole: string; decimal: string } {
  const { decimal, group } = SIGNS[mark];
  return { whole: `(\\d+|\\d{1,3}([${group}]\\d{3})+)`, decimal: `[${decimal}]` };
}
