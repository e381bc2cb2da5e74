import { setImmediate } from "node:timers/promises";
import { cramersV, phiK } from "../statistics/association.js";
import { type ContingencyTable, crossTabulate } from "../statistics/contingency.js";
import { type CorrelationMatrix, type CorrelationMeasure, orNull, type ProfileLimits } from "./profile.js";

/** A column with its values in row order. */
export interface NamedValues<T> {
  name: string;
  values: T;
}

/** For each row the number of its category or bin, below `size`; -1 for missing. */
export interface Categories {
  codes: Int32Array;
  size: number;
}

/** A column by number of category or bin. */
export interface CodedColumn extends NamedValues<Categories> {
  isCategory: boolean;
}

/** Phi-K of two columns by number of category or bin. */
export type PhiK = (a: Categories, b: Categories) => number;

/** A Phi-K that remembers pairs, so that some can be computed before all columns are there. */
export function rememberedPhiK(): PhiK {
  const known = new Map<Categories, Map<Categories, number>>();
  return (a, b) => {
    const ofA = known.get(a) ?? new Map<Categories, number>();
    known.set(a, ofA);
    const value = ofA.get(b) ?? phiK(tabulate(a, b));
    ofA.set(b, value);
    return value;
  };
}

/** Has the Phi-K of each pair of columns computed. @param columns - in table order. */
export async function computeAhead(columns: readonly Categories[], of: PhiK): Promise<void> {
  for (let i = 0; i < columns.length; i++)
    for (let j = 0; j < i; j++) {
      of(columns[i]!, columns[j]!);
      await setImmediate();
    }
}

/**
 * Cramer's V of a table's categories and Phi-K of all its columns, each if there are at least two.
 * @param columns - in table order.
 */
export function correlateCodes(
  columns: readonly CodedColumn[],
  rows: number,
  limits: ProfileLimits,
  phiKOf: PhiK,
): CorrelationMatrix[] {
  const categories = columns.filter(({ isCategory }) => isCategory).slice(0, limits.correlatedColumns);
  const all = columns.slice(0, limits.correlatedColumns);
  return [
    matrix("cramersV", categories, rows, (a, b) => cramersV(tabulate(a, b))),
    matrix("phiK", all, rows, phiKOf),
  ].filter(isOfSeveral);
}

function tabulate(a: Categories, b: Categories): ContingencyTable {
  return crossTabulate(a.codes, b.codes, [a.size, b.size]);
}

/** One column alone has nothing to go together with. */
export function isOfSeveral({ columns }: CorrelationMatrix): boolean {
  return columns.length > 1;
}

/** Every how many rows Kendall looks at one; 1 for all. */
export function kendallStep(rows: number, columns: number, limits: ProfileLimits): number {
  const pairs = (columns * (columns - 1)) / 2;
  return Math.max(1, Math.ceil((rows * pairs) / limits.kendallRowPairs));
}

/** A symmetric matrix, 1 for a column with itself. */
export function matrix<T>(
  measure: CorrelationMeasure,
  columns: readonly NamedValues<T>[],
  rows: number,
  of: (a: T, b: T) => number,
): CorrelationMatrix {
  const values: (number | null)[][] = columns.map(() => columns.map(() => 1));
  for (let i = 0; i < columns.length; i++)
    for (let j = 0; j < i; j++) {
      const value = orNull(of(columns[i]!.values, columns[j]!.values));
      values[i]![j] = value;
      values[j]![i] = value;
    }
  return { measure, columns: columns.map(({ name }) => name), values, rows };
}
