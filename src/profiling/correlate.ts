import { setImmediate } from "node:timers/promises";
import { cramersV, phiK } from "../statistics/association.js";
import { crossTabulate } from "../statistics/contingency.js";
import { pearsonOfCodes, spearmanOfRows } from "../statistics/correlation.js";
import { kendallOfRows } from "../statistics/kendall.js";
import { type CommonRows, commonRows, everyNthRow, type RankCodes } from "../statistics/ranks.js";
import { type CorrelationMatrix, type CorrelationMeasure, orNull, type ProfileLimits } from "./profile.js";

/** A column with its values in row order. */
export interface NamedValues<T> {
  name: string;
  values: T;
}

/**
 * Pearson, Spearman and Kendall of a table's columns of numbers, if it has at least two.
 * @param columns - ranked.
 */
export async function correlateNumbers(
  columns: readonly NamedValues<RankCodes>[],
  rows: number,
  limits: ProfileLimits,
): Promise<CorrelationMatrix[]> {
  const numbers = columns.slice(0, limits.correlatedColumns);
  const step = kendallStep(rows, numbers.length, limits);
  const ordered = await pairwise(
    numbers,
    step === 1 ? ["pearson", "spearman", "kendall"] : ["pearson", "spearman"],
    rows,
  );
  if (step > 1) {
    const spaced = numbers.map(({ name, values }) => ({ name, values: everyNthRow(values, step) }));
    ordered.push(...(await pairwise(spaced, ["kendall"], Math.ceil(rows / step))));
  }
  return ordered.filter(isOfSeveral);
}

/** A column by number of category or bin, -1 for missing. */
export interface CodedColumn extends NamedValues<Int32Array> {
  isCategory: boolean;
}

/** Phi-K of two columns by number of category or bin. */
export type PhiK = (a: Int32Array, b: Int32Array) => number;

/** A Phi-K that remembers pairs, so that some can be computed before all columns are there. */
export function rememberedPhiK(): PhiK {
  const known = new Map<Int32Array, Map<Int32Array, number>>();
  return (a, b) => {
    const ofA = known.get(a) ?? new Map<Int32Array, number>();
    known.set(a, ofA);
    const value = ofA.get(b) ?? phiK(crossTabulate(a, b));
    ofA.set(b, value);
    return value;
  };
}

/** Has the Phi-K of each pair of columns computed. @param columns - in table order. */
export async function computeAhead(columns: readonly Int32Array[], of: PhiK): Promise<void> {
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
    matrix("cramersV", categories, rows, (a, b) => cramersV(crossTabulate(a, b))),
    matrix("phiK", all, rows, phiKOf),
  ].filter(isOfSeveral);
}

function isOfSeveral({ columns }: CorrelationMatrix): boolean {
  return columns.length > 1;
}

/** Matrices of measures that look at the same rows of each pair, which are found once. */
async function pairwise(
  columns: readonly NamedValues<RankCodes>[],
  measures: readonly OrderedMeasure[],
  rows: number,
): Promise<CorrelationMatrix[]> {
  const found = new Map<string, number[]>();
  const keyOf = (a: RankCodes, b: RankCodes): string => `${indexOf.get(a)} ${indexOf.get(b)}`;
  const indexOf = new Map(columns.map(({ values }, i) => [values, i]));
  for (let i = 0; i < columns.length; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [columns[i]!.values, columns[j]!.values];
      const common = commonRows(a, b);
      // The database, at work on what was asked of it before, gets its next statement.
      await setImmediate();
      found.set(
        keyOf(a, b),
        measures.map((name) => ORDERED[name](common, a, b)),
      );
    }
  return measures.map((name, at) => matrix(name, columns, rows, (a, b) => found.get(keyOf(a, b))![at]!));
}

type OrderedMeasure = "pearson" | "spearman" | "kendall";

const ORDERED: Record<OrderedMeasure, (rows: CommonRows, a: RankCodes, b: RankCodes) => number> = {
  pearson: (rows, a, b) => pearsonOfCodes(rows, a.values, b.values),
  spearman: spearmanOfRows,
  kendall: kendallOfRows,
};

/** Every how many rows Kendall looks at one; 1 for all. */
export function kendallStep(rows: number, columns: number, limits: ProfileLimits): number {
  const pairs = (columns * (columns - 1)) / 2;
  return Math.max(1, Math.ceil((rows * pairs) / limits.kendallRowPairs));
}

function matrix<T>(
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
