import { chooseDateFormat } from "./choose-date-format.js";
import { COLUMNS, type ColumnName } from "./columns.js";
import type { Database } from "./database.js";
import type { DateFormatName } from "./date-formats.js";
import type { Encoding } from "./decode.js";
import { InputError } from "./errors.js";
import type { Spelling } from "./line-sql.js";
import { LineTables } from "./line-tables.js";
import { chooseDecimalMark, type DecimalMark } from "./number-formats.js";
import { readSourceFile, type SourceFile } from "./read-file.js";
import { type SourceRows, textsOf, withSourceRows } from "./source-rows.js";
import { readTexts, typeRows } from "./type-rows.js";

export interface LoadOptions {
  /** Reads dates in this format, for a file whose rows cannot settle the order of day and month. */
  dateFormat?: DateFormatName | undefined;
}

/** What was found in a source and how it was read. */
export interface LoadSummary {
  /** Name of the file, without its folder. */
  file: string;
  bytes: number;
  /** Of the file as it is stored. */
  sha256: string;
  kind: "text" | "parquet";
  /** `null` for Parquet. */
  encoding: Encoding | null;
  /** `null` for Parquet. */
  delimiter: string | null;
  decimalMark: DecimalMark;
  dateFormat: DateFormatName;
  /** Day and month could be swapped as well: no row tells. Settle it with the option `dateFormat`. */
  dateIsAmbiguous: boolean;
  /** Data rows of the source; `accepted` + `rejected`. */
  rows: number;
  accepted: number;
  rejected: number;
  /** Most frequent reason first. */
  rejectedByReason: { reason: string; rows: number }[];
  /** The header name each column was read from; `null` where the source has none. */
  columns: Record<ColumnName, string | null>;
  /** Header names that were not read. */
  ignoredColumns: string[];
  /** Of the accepted rows, `YYYY-MM-DD HH:MM:SS`. */
  firstDate: string;
  lastDate: string;
}

/**
 * Reads a shop's invoice lines into the tables `invoice_lines` and `rejected_rows`; every data row of the source is
 * in exactly one of them, under its 1-based position `row`.
 *
 * `invoice_lines` is a view of LineTables, in no order but that of `row`, asked for.
 * `rejected_rows` keeps the reason, the texts as written (of a broken record the whole `line`) and, where they can
 * be read, `units` and `line_total`.
 * @param source - a file by its path, or as readSourceFile read it: CSV, TSV, semicolon CSV (gzip or plain; UTF-8, ISO-8859-1 or Windows-1252) or Parquet.
 * @throws InputError when the file cannot be used or not one of its rows can be read.
 */
export async function loadInvoices(
  db: Database,
  source: string | SourceFile,
  options: LoadOptions = {},
): Promise<LoadSummary> {
  const file = typeof source === "string" ? await readSourceFile(source) : source;
  return withSourceRows(db, file, async (rows) => {
    const [, { dateIsAmbiguous, ...spelling }] = await Promise.all([
      readTexts(db, rows),
      chooseSpelling(db, rows, options),
    ]);
    await typeRows(db, rows, spelling);
    const { dateFormat, decimalMark } = spelling;
    const outcome = await countOutcome(db, file, rows.rows);
    if (outcome.accepted === 0 || dateFormat === null) throw await nothingRead(db, file, outcome);
    return {
      file: file.name,
      bytes: file.bytes,
      sha256: file.sha256,
      kind: file.kind,
      ...describeHeader(rows),
      decimalMark,
      dateFormat,
      dateIsAmbiguous,
      ...outcome,
    };
  });
}

async function chooseSpelling(
  db: Database,
  rows: SourceRows,
  { dateFormat }: LoadOptions,
): Promise<Spelling & { dateIsAmbiguous: boolean }> {
  const { format, isAmbiguous, patterns } = await chooseDateFormat(
    db,
    textsOf(rows, "invoiced_at"),
    dateFormat,
  );
  const decimalMark = await chooseDecimalMark(db, textsOf(rows, "unit_price"));
  return { dateFormat: format, dateIsAmbiguous: isAmbiguous, datePatterns: patterns, decimalMark };
}

type Outcome = Pick<
  LoadSummary,
  "rows" | "accepted" | "rejected" | "rejectedByReason" | "firstDate" | "lastDate"
>;

/** Counts the two tables. @throws Error when they do not hold every row of the source once: a defect of ours. */
async function countOutcome(db: Database, file: SourceFile, rows: number): Promise<Outcome> {
  const lines = LineTables.withKeys(db).from("invoice_lines");
  const accepted = await db.row<{ rows: number; firstDate: string; lastDate: string }>(
    `SELECT count(*) AS rows, min(invoiced_at) AS "firstDate", max(invoiced_at) AS "lastDate" FROM ${lines}`,
  );
  const rejectedByReason = await db.rows<{ reason: string; rows: number }>(
    `SELECT reason, count(*) AS rows FROM rejected_rows GROUP BY reason ORDER BY rows DESC, reason`,
  );
  const rejected = rejectedByReason.reduce((sum, { rows }) => sum + rows, 0);
  if (accepted.rows + rejected !== rows)
    throw new Error(
      `${file.name}: ${rows} data rows became ${accepted.rows} accepted and ${rejected} rejected`,
    );
  const { firstDate, lastDate } = accepted;
  return { rows, accepted: accepted.rows, rejected, rejectedByReason, firstDate, lastDate };
}

function describeHeader({
  header,
  positions,
  encoding,
  delimiter,
}: SourceRows): Pick<LoadSummary, "encoding" | "delimiter" | "columns" | "ignoredColumns"> {
  const columns = COLUMNS.map(({ name }) => [
    name,
    positions[name] === null ? null : header[positions[name]],
  ]);
  const used = new Set(Object.values(positions));
  return {
    encoding,
    delimiter,
    columns: Object.fromEntries(columns) as Record<ColumnName, string | null>,
    ignoredColumns: header.filter((_, position) => !used.has(position)),
  };
}

/** The first row is quoted: it shows at a glance what the file writes otherwise. */
async function nothingRead(
  db: Database,
  file: SourceFile,
  { rows, rejectedByReason }: Outcome,
): Promise<InputError> {
  const { text } = await db.row<{ text: string }>(
    `SELECT coalesce(line, concat_ws(', ', ${COLUMNS.map(({ name }) => name).join(", ")})) AS text
     FROM rejected_rows ORDER BY row LIMIT 1`,
  );
  return new InputError(
    `none of the ${rows} data rows of ${file.name} can be read, most because "${rejectedByReason[0]?.reason}"; ` +
      `the first is "${text.replace(/\s+/g, " ").slice(0, 200)}": change the file to match`,
  );
}
