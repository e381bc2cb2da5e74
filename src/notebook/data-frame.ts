import type { Cell } from "../types.js";

/** What danfojs data frames and series have in common, as far as a table needs it. */
export interface DataFrameLike {
  columns: readonly string[];
  values: ArrayLike<unknown>;
  index: readonly (string | number)[];
  shape: readonly number[];
}

/** A table as a grid: names, and one array of cells a row. */
export interface Grid {
  columns: string[];
  rows: Cell[][];
}

/** True for a danfojs DataFrame or Series, told by its shape: the package itself is not loaded. */
export function isDataFrame(value: unknown): value is DataFrameLike {
  if (typeof value !== "object" || value === null) return false;
  const { columns, values, index, shape } = value as Partial<Record<keyof DataFrameLike, unknown>>;
  return Array.isArray(columns) && isArrayLike(values) && Array.isArray(index) && Array.isArray(shape);
}

/** A data frame as a grid. Its index becomes the first column unless it only counts from zero. */
export function dataFrameGrid(frame: DataFrameLike): Grid {
  const rows = Array.from(frame.values, (row) => (Array.isArray(row) ? row.map(toCell) : [toCell(row)]));
  const columns = frame.columns.map(String);
  if (frame.index.every((label, position) => label === position)) return { columns, rows };
  return {
    columns: ["", ...columns],
    rows: rows.map((row, position) => [toCell(frame.index[position]), ...row]),
  };
}

/** Any value of a data frame as a table cell: NaN and what is undefined are missing. */
export function toCell(value: unknown): Cell {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace("T", " ");
  if (typeof value === "number" || typeof value === "boolean") return value;
  return String(value);
}

function isArrayLike(value: unknown): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
