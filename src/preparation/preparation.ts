import { column, type Matrix, matrixOfColumns } from "../math/matrix.js";
import { type CustomerColumns, columnOf, requireMeasure } from "./customer-columns.js";
import { fitImputer, type ImputerState, impute } from "./impute.js";
import { type FeaturePlan, SCALES, SHAPES } from "./plan.js";
import type { FittedTransform } from "./transforms/fitted-transform.js";

/** One feature's fitted steps. */
export interface FittedFeature {
  name: string;
  /** null when no gap is filled. */
  impute: ImputerState | null;
  /** The change of shape, then that of unit, as far as there are any. */
  steps: readonly FittedTransform[];
  reason: string;
}

/** Customers as points. */
export interface Prepared {
  /** Whose row of X it is. */
  ids: readonly string[];
  /** What the columns of X are. */
  names: readonly string[];
  /** n x d, without NaN. */
  X: Matrix;
  /** For each feature, how many of its values were filled in. */
  imputed: readonly number[];
}

/** Fitted steps for each feature: customers to points, and points back to what they say in the features' units. */
export class Preparation {
  readonly features: readonly FittedFeature[];

  constructor(features: readonly FittedFeature[]) {
    this.features = features;
  }

  /**
   * The same steps for any customers, those fitted or later ones.
   * @throws RangeError when a column is missing, has gaps that nothing fills, or values outside of its transform.
   */
  transform(table: CustomerColumns): Prepared {
    const done = this.features.map((feature) => transformFeature(feature, columnOf(table, feature.name)));
    return {
      ids: table.ids,
      names: this.features.map(({ name }) => name),
      X: done.length > 0 ? matrixOfColumns(done.map(({ values }) => values)) : emptyMatrix(table.ids.length),
      imputed: done.map(({ imputed }) => imputed),
    };
  }

  /**
   * Points in the units of the features, such as the centres of clusters. What was filled in stays filled.
   * @param X - n x d, in the order of `features`.
   * @throws RangeError when the number of columns is another.
   */
  inverseTransform(X: Matrix): Record<string, Float64Array> {
    if (X.columns !== this.features.length)
      throw new RangeError(`this preparation has ${this.features.length} features, got ${X.columns} columns`);
    return Object.fromEntries(
      this.features.map(({ name, steps }, j) => [
        name,
        steps.reduceRight((values, step) => step.inverseTransform(values), column(X, j)),
      ]),
    );
  }
}

/**
 * Fits each feature's steps one after the other, each to what the one before made of the column.
 * @throws RangeError when the plan names a key or another column that is no measure, names one twice, or a column
 * cannot be fitted: all missing, infinite, gaps that nothing fills, values outside of its transform.
 */
export function fitPreparation(
  table: CustomerColumns,
  plan: readonly FeaturePlan[],
): { preparation: Preparation; prepared: Prepared } {
  const names = new Set<string>();
  for (const { name } of plan) {
    requireMeasure(name);
    if (names.has(name)) throw new RangeError(`a plan names each feature once, got ${name} twice`);
    names.add(name);
  }
  const preparation = new Preparation(
    plan.map((feature) => {
      const values = columnOf(table, feature.name);
      return named(feature.name, () => fitFeature(feature, values));
    }),
  );
  return { preparation, prepared: preparation.transform(table) };
}

function fitFeature(plan: FeaturePlan, values: Float64Array): FittedFeature {
  const imputer = plan.impute === null ? null : fitImputer(values, plan.impute);
  let current = fill(imputer, values).values;
  const steps: FittedTransform[] = [];
  for (const fit of [SHAPES[plan.transform], SCALES[plan.scale]]) {
    if (fit === undefined) throw new RangeError(`unknown steps: ${plan.transform}, ${plan.scale}`);
    if (fit === null) continue;
    const step = fit(current);
    steps.push(step);
    current = step.transform(current);
  }
  return { name: plan.name, impute: imputer, steps, reason: plan.reason ?? "" };
}

function transformFeature(
  feature: FittedFeature,
  values: Float64Array,
): { values: Float64Array; imputed: number } {
  return named(feature.name, () => {
    const filled = fill(feature.impute, values);
    const end = feature.steps.reduce((current, step) => step.transform(current), filled.values);
    return { values: end, imputed: filled.imputed };
  });
}

function fill(imputer: ImputerState | null, values: Float64Array): { values: Float64Array; imputed: number } {
  const filled = imputer === null ? { values, imputed: 0 } : impute(imputer, values);
  const gap = filled.values.findIndex((value) => !Number.isFinite(value));
  if (gap < 0) return filled;
  if (!Number.isNaN(filled.values[gap]!))
    throw new RangeError(`a preparation needs finite values, got ${filled.values[gap]} (row ${gap})`);
  const missing = filled.values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  throw new RangeError(`${missing} of ${values.length} values are missing, and the plan fills none`);
}

/** Runs a step for a feature; its errors begin with the name. */
function named<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RangeError(`${name}: ${cause.message}`, { cause });
  }
}

function emptyMatrix(rows: number): Matrix {
  return { rows, columns: 0, data: new Float64Array(0) };
}
