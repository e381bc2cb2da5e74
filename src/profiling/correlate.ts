import { cramersV, phiK } from "../statistics/association.js";
import { crossTabulate } from "../statistics/contingency.js";
import { pearson, spearmanOfRanks } from "../statistics/correlation.js";
import { kendallOfRanks } from "../statistics/kendall.js";
import { type RankCodes, rankCodes } from "../statistics/ranks.js";
import { type CorrelationMatrix, type CorrelationMeasure, orNull, type ProfileLimits } from "./profile.js";

/** A column with its values in row order. */
export interface NamedValues<T> {
  name: string;
  values: T;
}

/** A column of numbers, ranked once instead of once a pair. */
export interface NumberColumn extends NamedValues<Float64Array> {
  ranks: RankCodes;
}

/** What a correlation is computed from. */
export interface CorrelationInput {
  rows: number;
  /** Columns of numbers, NaN for missing. */
  numbers: readonly NumberColumn[];
  /** Columns of categories by number, -1 for missing. */
  categories: readonly NamedValues<Int32Array>[];
  /** Numbers and dates in bins and categories, in table order, -1 for missing. */
  binned: readonly NamedValues<Int32Array>[];
}

/**
 * The correlations a table allows: Pearson, Spearman and Kendall of its numbers, Cramer's V of its categories, Phi-K of
 * all; a measure with fewer than two columns is left out.
 */
export function correlate(input: CorrelationInput, limits: ProfileLimits): CorrelationMatrix[] {
  const { rows } = input;
  const numbers = input.numbers.slice(0, limits.correlatedColumns);
  const categories = input.categories.slice(0, limits.correlatedColumns);
  const binned = input.binned.slice(0, limits.correlatedColumns);
  const step = kendallStep(rows, numbers.length, limits);
  const ranks = numbers.map(({ name, ranks: values }) => ({ name, values }));
  const spaced =
    step === 1
      ? ranks
      : numbers.map(({ name, values }) => ({ name, values: rankCodes(everyNth(values, step)) }));
  return [
    matrix("pearson", numbers, rows, pearson),
    matrix("spearman", ranks, rows, spearmanOfRanks),
    matrix("kendall", spaced, Math.ceil(rows / step), kendallOfRanks),
    matrix("cramersV", categories, rows, (a, b) => cramersV(crossTabulate(a, b))),
    matrix("phiK", binned, rows, (a, b) => phiK(crossTabulate(a, b))),
  ].filter(({ columns }) => columns.length > 1);
}

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

function everyNth(values: Float64Array, step: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(values.length / step) }, (_, i) => values[i * step]!);
}
