import type { Cell } from "../types.js";
import type { PlacedNumbers } from "./placed-numbers.js";

/** What a type of the database is treated as, before values are looked at. */
export type Family = "number" | "boolean" | "text" | "date" | "other";

/** A column of a table that is profiled. */
export interface ProfiledColumn {
  name: string;
  /** Type in the database. */
  type: string;
  family: Family;
}

/**
 * A table as the profile reads it: numbers as doubles with NaN missing, moments as timestamps (days as days) with infinite
 * ones missing, anything without a kind of its own as text.
 */
export interface ProfiledTable<C extends ProfiledColumn = ProfiledColumn> {
  rows: number;
  columns: readonly C[];
  /** Columns of numbers and dates. */
  measure(columns: readonly C[]): Promise<MeasuredColumn[]>;
  /** Runs `use` with the texts of columns. */
  withTexts<T>(columns: readonly C[], use: (texts: CountedTexts[]) => Promise<T>): Promise<T>;
  /** The cells of some rows, numbered from 0 and in ascending order. */
  cells(rows: readonly number[]): Promise<Cell[][]>;
  /** SQL of a relation that has the values of a column. */
  valuesOf(column: C): string;
}

/** A column of numbers, or of dates in milliseconds since 1970. */
export interface MeasuredColumn extends PlacedNumbers {
  /** Of dates. */
  ends: DateEnds | undefined;
}

/** First and last moment of a column as `YYYY-MM-DD HH:MM:SS`. */
export interface DateEnds {
  min: string | null;
  max: string | null;
}

/** The texts of a column. */
export interface CountedTexts {
  /** Table of the different texts, `v`, and how many rows have each, `n`. */
  table: string;
  /** For each row the place of its text among the different ones in ascending order; -1 for none. */
  places: Int32Array;
}

/** SQL of the first and last moment of a column of moments. */
export function dateEnds(moment: string): string {
  return ["min", "max"].map((end) => `strftime(${end}(${moment}), '%Y-%m-%d %H:%M:%S') AS ${end}`).join(", ");
}
