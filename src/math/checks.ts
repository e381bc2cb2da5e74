import { requireFinite } from "./finite.js";
import type { Matrix } from "./matrix.js";

/** @throws RangeError unless new rows have the columns that were fitted, all finite. */
export function requireNewRows(who: string, X: Matrix, columns: number): void {
  if (X.columns !== columns)
    throw new RangeError(`${who} needs rows of ${columns} columns, got ${X.columns}`);
  requireFinite(who, X);
}

/** @throws RangeError unless the number is in [low, high]. */
export function requireBetween(who: string, what: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high))
    throw new RangeError(`${who} needs ${what} from ${low} to ${high}, got ${value}`);
}

/** @throws RangeError unless the number is whole and in [low, high]. */
export function requireWhole(who: string, what: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high)
    throw new RangeError(`${who} needs whole ${what} from ${low} to ${high}, got ${value}`);
}

/** @throws RangeError unless the number is whole and at least `low`. */
export function requireAtLeast(who: string, what: string, value: number, low: number): void {
  if (!Number.isInteger(value) || value < low)
    throw new RangeError(`${who} needs whole ${what} from ${low}, got ${value}`);
}
