import { remainingLines } from "../cleaning/mark-excluded.js";
import { type Database, sqlText } from "../data/database.js";
import { LineTables } from "../data/line-tables.js";
import { withScratchView } from "../data/tables.js";
import { isDay } from "./days.js";

/** The day from which the shop is looked at. */
export interface ReferenceOptions {
  /**
   * `YYYY-MM-DD`: nothing of this day or later is known. The day after the last invoice when left out. Days between
   * the last invoice and a later date count as days on which nobody ordered.
   */
  referenceDate?: string | undefined;
}

/** What was known at the start of a day. */
export interface LinesAt {
  /** Scratch view of the identified lines, one row each: see LINES_TABLE. */
  table: string;
  /** `YYYY-MM-DD` */
  referenceDate: string;
  /** The day after the last line known, `YYYY-MM-DD`: later ones cannot be told from days without sales. */
  endDate: string;
}

/** `LinesAt` where a key may stand for a text. */
export interface KeyedLinesAt extends LinesAt {
  /** Tell whether, and give the texts back. */
  tables: LineTables;
}

/** What the scratch view of `withLinesAt` holds. */
export const LINES_TABLE: string =
  "Lines with a customer id before the reference date. kind is 'sale', 'return' or 'cancelled' (the purchase of a sale that was taken back in full before that date); days_ago counts calendar days to the reference date, 1 for the day before.";

// Kinds are small whole numbers to the database: nothing is spelled out for half a million lines.
const [SALE, RETURN, CANCELLED] = ["sale", "return", "cancelled"].map(
  (kind) => `'${kind}'::ENUM('sale', 'return', 'cancelled')`,
) as [string, string, string];

/** Each sale that was taken back in full (`sold`), with its return (`back`). */
function cancelledSales(excluded: string): string {
  return `FROM ${excluded} AS sold JOIN ${excluded} AS back ON sold.matched_row = back.row
      WHERE sold.rule = 'cancelled' AND sold.quantity > 0`;
}

/**
 * Rebuilds what was known at the reference date from `purchases`, `returns` and `excluded_rows`, in a scratch view
 * that lives as long as `use` runs.
 *
 * A sale that was cancelled later was a sale at that date, so it is one here; its return is not known yet. Since
 * returns are matched in order of time with purchases before them, what comes later changes no earlier pair, and the
 * result is that of cleaning a source that ends at the reference date.
 * @throws RangeError for a date that is none, or when there is no line to take the default from.
 */
export async function withLinesAt<T>(
  db: Database,
  options: ReferenceOptions,
  use: (lines: LinesAt) => Promise<T>,
): Promise<T> {
  return withLinesOf(db, LineTables.withoutKeys(db), options, use);
}

/** `withLinesAt` where keys may stand for texts: `tables` tells, and has them back. */
export async function withKeyedLinesAt<T>(
  db: Database,
  options: ReferenceOptions,
  use: (lines: KeyedLinesAt) => Promise<T>,
): Promise<T> {
  const tables = await LineTables.of(db, "invoice_lines", "purchases", "returns", "excluded_rows");
  return withLinesOf(db, tables, options, use);
}

async function withLinesOf<T>(
  db: Database,
  tables: LineTables,
  options: ReferenceOptions,
  use: (lines: KeyedLinesAt) => Promise<T>,
): Promise<T> {
  const { referenceDate, endDate } = await resolveDates(db, tables, options);
  const day = `DATE ${sqlText(referenceDate)}`;
  const columns = [
    "customer_id",
    "invoice_no",
    "stock_code",
    "country",
    "invoiced_at",
    "quantity",
    "line_total",
  ];
  const sold = columns.map((column) => `sold.${column}`).join(", ");
  const excluded = tables.from("excluded_rows");
  const query = `SELECT *, datediff('day', invoiced_at, ${day}) AS days_ago FROM (
      SELECT ${columns.join(", ")}, if(quantity < 0, ${RETURN}, ${SALE}) AS kind FROM ${remaining(tables)}
      UNION ALL SELECT ${sold}, if(back.invoiced_at < ${day}, ${CANCELLED}, ${SALE}) ${cancelledSales(excluded)}
    ) WHERE customer_id IS NOT NULL AND invoiced_at < ${day}`;
  // A view: copying the lines takes longer than reading the few columns that a formula needs from where they are.
  return withScratchView(db, query, (table) => use({ table, referenceDate, endDate, tables }));
}

/** Purchases and returns. Those with keys are views that leave lines out: what they leave is read once. */
function remaining(tables: LineTables): string {
  if (tables.areKeyed)
    return `(${remainingLines(tables.from("invoice_lines"), tables.from("excluded_rows"))})`;
  return "(FROM purchases UNION ALL BY NAME FROM returns)";
}

/**
 * A query of the sales that stood at the start of a day, to whomever: `purchases` before it, and from `excluded_rows`
 * those that were cancelled on that day or later. It has the columns of `purchases`.
 * @param day - `YYYY-MM-DD`, a date.
 */
export function standingSales(day: string): string {
  const at = `DATE ${sqlText(day)}`;
  return `SELECT * FROM purchases WHERE invoiced_at < ${at}
    UNION ALL BY NAME SELECT sold.* EXCLUDE (rule, reason, matched_row)
    ${cancelledSales("excluded_rows")} AND sold.invoiced_at < ${at} AND back.invoiced_at >= ${at}`;
}

async function resolveDates(
  db: Database,
  tables: LineTables,
  { referenceDate }: ReferenceOptions,
): Promise<Omit<LinesAt, "table">> {
  if (referenceDate !== undefined && !isDay(referenceDate))
    throw new RangeError(`a reference date is a day such as 2011-12-10, got "${referenceDate}"`);
  // The end of the data is that of the lines known at the date, or later lines would show in the result.
  const known = referenceDate === undefined ? "" : `WHERE invoiced_at < DATE ${sqlText(referenceDate)}`;
  const all = tables.areKeyed ? ["invoice_lines"] : ["purchases", "returns", "excluded_rows"];
  const last = all.map((table) => `SELECT max(invoiced_at) AS last FROM ${tables.from(table)} ${known}`);
  const { after } = await db.row<{ after: string | null }>(
    `SELECT (max(last)::DATE + 1)::VARCHAR AS after FROM (${last.join(" UNION ALL ")})`,
  );
  const at = referenceDate ?? after;
  if (at === null) throw new RangeError("features need at least one invoice line, there is none");
  return { referenceDate: at, endDate: after ?? at };
}
