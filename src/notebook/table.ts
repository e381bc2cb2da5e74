import { escapeHtml, type FormatOptions, formatNumber, formatValue, type ValueFormat } from "../format.js";
import type { Cell } from "../types.js";
import { type DataFrameLike, dataFrameGrid, type Grid, isDataFrame, toCell } from "./data-frame.js";
import { type Bundle, display } from "./display.js";
import { escapeMarkdown } from "./markdown.js";
import { styled } from "./output-style.js";

/** How one column is shown. */
export interface ColumnOptions extends FormatOptions {
  /** Heading; the column's name when left out. */
  label?: string;
  /** Shown behind the heading: "GBP", "days". */
  unit?: string;
  /** By the values when left out: numbers get thousands separators and one number of decimals. */
  format?: ValueFormat;
  /** Numbers stand right and text left when left out. */
  align?: "left" | "right";
}

/** How a table is shown. */
export interface TableOptions {
  /** What the rows are; every table says so. */
  caption: string;
  /** The columns to show, in this order, by name; a text is a heading. All of them when left out. */
  columns?: Record<string, ColumnOptions | string>;
  /** At most so many rows; 20 when left out. */
  limit?: number;
  /** A line below the table. */
  note?: string;
}

/** Rows as objects, or a danfojs DataFrame or Series. */
export type TableSource = readonly object[] | DataFrameLike;

/** A column ready to be written. */
interface WrittenColumn {
  label: string;
  unit: string;
  isRight: boolean;
  /** Class of its cells: numbers stand right, long texts may wrap. */
  kind: "insiders-number" | "insiders-long" | "";
  cells: string[];
}

const DEFAULT_LIMIT = 20;
/** Texts longer than this wrap, but not into slivers. */
const LONG_TEXT = 24;

/** Shows a table. @throws Error when `columns` names one that is not there. */
export function showTable(source: TableSource, options: TableOptions): void {
  display(tableBundle(source, options));
}

/** The output of a table: HTML, markdown and plain text. */
export function tableBundle(source: TableSource, options: TableOptions): Bundle {
  const { caption, limit = DEFAULT_LIMIT } = options;
  const grid = isDataFrame(source) ? dataFrameGrid(source) : rowsGrid(source);
  const shown = { columns: grid.columns, rows: grid.rows.slice(0, limit) };
  const columns = chooseColumns(shown, options.columns).map(([position, name, how]) =>
    writeColumn(
      name,
      shown.rows.map((row) => row[position] ?? null),
      how,
    ),
  );
  const notes = [
    shown.rows.length < grid.rows.length
      ? `${shown.rows.length === 0 ? "None" : `First ${formatNumber(shown.rows.length)}`} of ${formatNumber(grid.rows.length)} rows.`
      : grid.rows.length === 0
        ? "No rows."
        : "",
    options.note ?? "",
  ];
  const note = notes.filter((line) => line !== "").join(" ");
  return {
    data: {
      "text/html": styled(writeHtml(columns, shown.rows.length, caption, note)),
      "text/markdown": writeMarkdown(columns, shown.rows.length, caption, note),
      "text/plain": writePlain(columns, shown.rows.length, caption, note),
    },
  };
}

/** Row objects as a grid; a column is there as soon as one row has it. */
function rowsGrid(rows: readonly object[]): Grid {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    columns,
    rows: rows.map((row) => columns.map((name) => toCell((row as Record<string, unknown>)[name]))),
  };
}

function chooseColumns(grid: Grid, wanted: TableOptions["columns"]): [number, string, ColumnOptions][] {
  if (wanted === undefined) return grid.columns.map((name, position) => [position, name, {}]);
  return Object.entries(wanted).map(([name, how]) => {
    const position = grid.columns.indexOf(name);
    if (position < 0 && grid.columns.length > 0)
      throw new Error(`a table has no column "${name}", it has ${grid.columns.join(", ")}`);
    return [position, name, typeof how === "string" ? { label: how } : how];
  });
}

function writeColumn(name: string, values: Cell[], how: ColumnOptions): WrittenColumn {
  const isNumeric = values.some((value) => typeof value === "number") && !values.some(isText);
  const format = how.format ?? (isNumeric ? "number" : "text");
  const decimals = how.decimals ?? commonDecimals(values, format);
  const cells = values.map((value) => formatValue(value, format, { ...how, decimals }));
  const isRight = (how.align ?? (isNumeric ? "right" : "left")) === "right";
  const isLong = cells.some((text) => text.length > LONG_TEXT);
  return {
    label: how.label ?? name,
    unit: how.unit ?? "",
    isRight,
    kind: isRight ? "insiders-number" : isLong ? "insiders-long" : "",
    cells,
  };
}

function isText(value: Cell): boolean {
  return typeof value === "string";
}

/** Decimals that serve a whole column: none for integers and large amounts, more for small numbers. */
function commonDecimals(values: Cell[], format: ValueFormat): number | undefined {
  if (format !== "number" && format !== "money") return undefined;
  const numbers = values.filter((value) => typeof value === "number").filter(Number.isFinite);
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (format === "money") return largest >= 1000 ? 0 : 2;
  if (numbers.every(Number.isInteger) || largest >= 1000) return 0;
  return largest >= 10 ? 1 : largest >= 1 ? 2 : 4;
}

function writeHtml(columns: WrittenColumn[], rowCount: number, caption: string, note: string): string {
  const kind = (column: WrittenColumn): string => (column.kind === "" ? "" : ` class="${column.kind}"`);
  const unit = ({ unit }: WrittenColumn): string =>
    unit === "" ? "" : `<span class="insiders-unit">${escapeHtml(unit)}</span>`;
  const heads = columns.map((c) => `<th scope="col"${kind(c)}>${escapeHtml(c.label)}${unit(c)}</th>`);
  const body = Array.from({ length: rowCount }, (_, row) => {
    const cells = columns.map((column, position) => {
      const text = escapeHtml(column.cells[row]!);
      return position === 0 && !column.isRight
        ? `<th scope="row"${kind(column)}>${text}</th>`
        : `<td${kind(column)}>${text}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  // The region takes the focus, so that the keyboard can scroll a table wider than the page.
  return `<div class="insiders-table" role="region" aria-label="${escapeHtml(caption)}" tabindex="0">
<table>
<caption>${escapeHtml(caption)}</caption>
<thead><tr>${heads.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table>
</div>${note === "" ? "" : `\n<p class="insiders-note">${escapeHtml(note)}</p>`}`;
}

function headings(columns: WrittenColumn[]): string[] {
  return columns.map(({ label, unit }) => (unit === "" ? label : `${label} (${unit})`));
}

function writeMarkdown(columns: WrittenColumn[], rowCount: number, caption: string, note: string): string {
  const cell = (text: string): string => escapeMarkdown(text.replace(/\s+/g, " ")) || " ";
  const line = (cells: string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  const rule = `|${columns.map(({ isRight }) => (isRight ? " ---: " : " --- ")).join("|")}|`;
  const body = Array.from({ length: rowCount }, (_, row) => line(columns.map(({ cells }) => cells[row]!)));
  const lines = [`**${cell(caption)}**`, "", line(headings(columns)), rule, ...body];
  return (note === "" ? lines : [...lines, "", cell(note)]).join("\n");
}

function writePlain(columns: WrittenColumn[], rowCount: number, caption: string, note: string): string {
  const heads = headings(columns);
  const widths = columns.map(({ cells }, at) =>
    Math.max(heads[at]!.length, ...cells.map((text) => text.length)),
  );
  const line = (cells: string[]): string =>
    cells
      .map((text, at) => (columns[at]!.isRight ? text.padStart(widths[at]!) : text.padEnd(widths[at]!)))
      .join("  ")
      .trimEnd();
  const body = Array.from({ length: rowCount }, (_, row) => line(columns.map(({ cells }) => cells[row]!)));
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [caption, line(heads), rule, ...body, ...(note === "" ? [] : [note])].join("\n");
}
