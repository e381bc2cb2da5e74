import { quantile } from "../statistics/quantile.js";
import { presentValues } from "./transforms/present.js";

/** What stands for missing values: the median of those present, or a number that was named. */
export interface ImputerState {
  readonly strategy: "median" | "constant";
  readonly value: number;
  /** How many were missing when it was fitted. */
  readonly missing: number;
}

/** A column without gaps, and where they were. */
export interface ImputedColumn {
  values: Float64Array;
  /** 1 where the value was missing. */
  isImputed: Uint8Array;
  imputed: number;
}

/**
 * Decides what stands for missing values.
 * @param strategy - "median", or a number in the unit of the column.
 * @throws RangeError for the median of no value, or a number that is not finite.
 * @see equals sklearn.impute.SimpleImputer("median" or "constant").
 */
export function fitImputer(values: ArrayLike<number>, strategy: "median" | number): ImputerState {
  let missing = 0;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) missing++;
  if (strategy === "median") {
    const sorted = presentValues("fitImputer", values).sort();
    return { strategy, value: quantile(sorted, 0.5), missing };
  }
  if (!Number.isFinite(strategy))
    throw new RangeError(`fitImputer needs "median" or a finite number, got ${strategy}`);
  return { strategy: "constant", value: strategy + 0, missing };
}

/** The column with its gaps filled; the values given are left as they are. */
export function impute({ value }: ImputerState, values: ArrayLike<number>): ImputedColumn {
  const filled = Float64Array.from(values);
  const isImputed = new Uint8Array(values.length);
  let imputed = 0;
  for (let i = 0; i < filled.length; i++) {
    if (!Number.isNaN(filled[i])) continue;
    filled[i] = value;
    isImputed[i] = 1;
    imputed++;
  }
  return { values: filled, isImputed, imputed };
}
