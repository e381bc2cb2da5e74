import { formatNumber } from "../format.js";
import type { ColumnReading, ColumnType } from "./column-types.js";
import type { Encoding } from "./decode.js";
import { InputError } from "./errors.js";
import type { Header } from "./header.js";
import type { SourceFile } from "./read-file.js";

/** Columns that a note names. */
const NAMED_COLUMNS = 10;

/** What was found in a file and how it was read. */
export interface TableSummary {
  /** Name of the file, without its folder. */
  file: string;
  bytes: number;
  kind: "text" | "parquet";
  /** `null` for Parquet. */
  encoding: Encoding | null;
  /** `null` for Parquet. */
  delimiter: string | null;
  /** Rows of the table. */
  rows: number;
  columns: { name: string; type: string }[];
  /** Data rows that are not in the table since their fields are not those of the header, most frequent problem first. */
  broken: { problem: string; rows: number; firstRow: number }[];
  /** What a reader of the table should know about how it was read, in sentences. */
  notes: string[];
}

/** How many data rows are broken. @throws InputError when all are. */
export function requireFitting(
  file: SourceFile,
  { names }: Header,
  { rows, broken }: Pick<TableSummary, "rows" | "broken">,
): number {
  const lost = broken.reduce((sum, { rows: count }) => sum + count, 0);
  if (lost === rows)
    throw new InputError(
      `none of the ${rows} data rows of ${file.name} fits its header of ${names.length} columns, ` +
        `most have ${broken[0]!.problem}: change the file to match`,
    );
  return lost;
}

/** What there is to say about a text that was read. @param names - of its columns, none empty, none twice. */
export function summarise(
  { name: file, bytes, kind }: SourceFile,
  { encoding, header }: { encoding: Encoding; header: Header },
  names: readonly string[],
  { rows, readings, broken }: Pick<TableSummary, "rows" | "broken"> & { readings: readonly ColumnReading[] },
): TableSummary {
  return {
    ...{ file, bytes, kind, encoding, delimiter: header.delimiter, rows },
    columns: readings.map(({ type }, i) => ({ name: names[i]!, type })),
    broken,
    notes: [
      ...broken.map((each) => brokenNote(each)),
      ...renamedNotes(header.names, names),
      ...readings.flatMap((reading, i) => readingNotes(names[i]!, reading)),
    ],
  };
}

function brokenNote({ problem, rows, firstRow }: TableSummary["broken"][number]): string {
  return rows === 1
    ? `1 row of the file is left out, row ${formatNumber(firstRow)}: ${problem}.`
    : `${formatNumber(rows)} rows of the file are left out, the first of them row ${formatNumber(firstRow)}: ${problem}.`;
}

function renamedNotes(written: readonly string[], names: readonly string[]): string[] {
  const renamed = names.flatMap((name, i) =>
    name === written[i] ? [] : [`column ${i + 1} (${written[i] || "no name"}) is ${name}`],
  );
  if (renamed.length === 0) return [];
  const more = renamed.length > NAMED_COLUMNS ? ", …" : "";
  return [
    `Names that are empty or not unique were changed: ${renamed.slice(0, NAMED_COLUMNS).join(", ")}${more}.`,
  ];
}

function readingNotes(name: string, { type, absent, isAmbiguous, dateFormat }: ColumnReading): string[] {
  const kind: Partial<Record<ColumnType, string>> = { DATE: "dates", TIMESTAMP: "dates", BOOLEAN: "truths" };
  const notes: string[] = [];
  if (absent > 0)
    notes.push(
      `${name}: ${absent === 1 ? "1 text" : `${formatNumber(absent)} texts`} such as NA or null among ${kind[type] ?? "numbers"} ` +
        `${absent === 1 ? "is" : "are"} taken as missing.`,
    );
  if (isAmbiguous) notes.push(`${name}: read as ${dateFormat}; day and month could be swapped as well.`);
  return notes;
}
