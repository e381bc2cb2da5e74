import type { Matrix } from "../math/matrix.js";

/** @throws RangeError that names the first value that is not finite. */
export function requireFiniteRows(who: string, { columns, data }: Matrix): void {
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `${who} needs finite values, got ${data[bad]} in row ${Math.floor(bad / columns)}, column ${bad % columns}`,
    );
}

/** @throws RangeError unless new rows have the columns that were fitted, all finite. */
export function requireNewRows(who: string, X: Matrix, columns: number): void {
  if (X.columns !== columns)
    throw new RangeError(`${who} needs rows of ${columns} columns, got ${X.columns}`);
  requireFiniteRows(who, X);
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
