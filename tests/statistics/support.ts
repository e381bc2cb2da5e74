import assert from "node:assert/strict";
import type { Alternative, Estimate } from "#src/statistics/test-result.js";

/** A number of a fixture; infinities and NaN are texts. */
export type Value = number | string;
export type ByAlternative = Record<Alternative, Value>;

export const alternatives: readonly Alternative[] = ["two-sided", "less", "greater"];

export function toNumber(value: Value): number {
  return Number(String(value).replace("inf", "Infinity"));
}

/** @param tolerance - relative; below `tolerance` ^ 2 nothing is told apart. */
export function assertNear(found: number, wanted: Value, tolerance = 1e-9, what: unknown = ""): void {
  const value = toNumber(wanted);
  assert.ok(
    Object.is(found, value) ||
      Math.abs(found - value) <= Math.max(tolerance * Math.abs(value), tolerance ** 2),
    `${found} is not ${value} ${String(what)}`,
  );
}

/** Holds an estimate to a value and the ends of its interval. */
export function assertEstimate(
  { name, value, interval }: Estimate,
  wanted: { value: Value; low: Value; high: Value },
  tolerance = 1e-9,
): void {
  assertNear(value, wanted.value, tolerance, `(${name})`);
  assertNear(interval.low, wanted.low, tolerance, `(low end of ${name})`);
  assertNear(interval.high, wanted.high, tolerance, `(high end of ${name})`);
}
