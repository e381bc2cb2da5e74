import assert from "node:assert/strict";
import type { FittedTransform } from "#src/preparation/transforms/fitted-transform.js";
import { readText } from "../structure/support.js";

/** A number of a fixture; null is NaN, and infinities are words. */
export type Value = number | string | null;

export function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  return value === null ? Number.NaN : Number(String(value).replace("inf", "Infinity"));
}

export function toNumbers(values: readonly Value[]): Float64Array {
  return Float64Array.from(values, toNumber);
}

export function readFixture<T>(name: string): T {
  return JSON.parse(readText(`tests/preparation/fixtures/${name}.json`)) as T;
}

/** Checks a number within a tolerance relative to its size, or to `floor` where it is smaller. */
export function assertNear(found: number, wanted: Value, tolerance = 1e-9, floor = 1): void {
  const value = toNumber(wanted);
  const isNear = Math.abs(found - value) <= tolerance * Math.max(floor, Math.abs(value));
  assert.ok(Object.is(found, value) || isNear, `${found} is not ${value}`);
}

export function assertAllNear(
  found: ArrayLike<number>,
  wanted: readonly Value[],
  tolerance = 1e-9,
  floor = 1,
): void {
  assert.equal(found.length, wanted.length);
  wanted.forEach((value, i) => {
    assertNear(found[i]!, value, tolerance, floor);
  });
}

/** What a transformer of scikit-learn does with a column. */
export interface Reference {
  transformed: Value[];
  later: Value[];
}

/** Checks a fitted transform against a reference. */
export function assertTransforms(
  fitted: FittedTransform,
  x: ArrayLike<number>,
  later: ArrayLike<number>,
  reference: Reference,
  tolerance = 1e-9,
): void {
  assertAllNear(fitted.transform(x), reference.transformed, tolerance);
  assertAllNear(fitted.transform(later), reference.later, tolerance);
}

/** A power transform, standardized. */
export interface Powered extends Reference {
  /** As scikit-learn finds it. */
  lambda: number;
}

/** A power transform, not standardized. */
export interface Likely extends Powered {
  /** In 50 digits. */
  exactLambda: number;
  /** Pairs of a power and the logarithm of its likelihood, in 50 digits. */
  likelihoods: [number, Value][];
}

export interface ColumnCase {
  name: string;
  x: Value[];
  /** Values between smallest and largest, and NaN. */
  later: Value[];
  /** The same, and some outside. */
  beyond: Value[];
  standard: Reference;
  robust: Reference;
  robustRange: Reference;
  minMax: Reference;
  quantile: (Reference & {
    output: "uniform" | "normal";
    nQuantiles: number;
    grid: Value[];
    inverse: Value[];
  })[];
  yeoJohnson: Powered;
  yeoJohnsonPlain: Likely;
  boxCox?: Powered;
  boxCoxPlain?: Likely;
  log1p?: Reference;
  /** The first rows, gaps filled with the median. */
  median: Value[];
}

export interface TransformFixture {
  columns: ColumnCase[];
  pipelines: { columns: Record<string, Value[]>; plan: unknown[]; rows: Value[][] };
}
