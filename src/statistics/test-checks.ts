import { normalQuantile } from "../math/normal.js";
import type { Tails } from "../math/root.js";
import type { Alternative, Interval, TestOptions } from "./test-result.js";

const ALTERNATIVES: readonly string[] = ["two-sided", "less", "greater"];

/** The values of a sample, checked. @throws RangeError for fewer than `least` values or one that is not finite. */
export function requireSample(who: string, values: ArrayLike<number>, least: number): Float64Array {
  if (values.length < least)
    throw new RangeError(
      `${who} needs at least ${least} ${least === 1 ? "value" : "values"}, got ${values.length}`,
    );
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new RangeError(`${who} needs finite values, got ${values[i]} at ${i}`);
  return Float64Array.from(values);
}

/** @throws RangeError unless the columns are of one length. */
export function requireSameLength(who: string, a: ArrayLike<unknown>, b: ArrayLike<unknown>): void {
  if (a.length !== b.length)
    throw new RangeError(`${who} needs columns of one length, got ${a.length} and ${b.length}`);
}

/** A level, 0.95 when it is left out. @throws RangeError outside (0, 1). */
export function requireLevel(who: string, level = 0.95): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`${who} needs a level between 0 and 1, got ${level}`);
  return level;
}

/** The options of a test with what was left out. @throws RangeError when one is unknown. */
export function requireOptions(
  who: string,
  { alternative = "two-sided", level }: TestOptions,
): { alternative: Alternative; level: number } {
  if (!ALTERNATIVES.includes(alternative))
    throw new RangeError(`${who} needs an alternative of ${ALTERNATIVES.join(", ")}, got ${alternative}`);
  return { alternative, level: requireLevel(who, level) };
}

/** @throws RangeError unless `count` is whole and at least `least`. */
export function requireCount(who: string, what: string, count: number, least: number): void {
  if (!Number.isSafeInteger(count) || count < least)
    throw new RangeError(`${who} needs a whole number of ${what} of at least ${least}, got ${count}`);
}

/** @throws RangeError unless both are whole and 0 <= successes <= trials, with a trial at least. */
export function requireShare(who: string, successes: number, trials: number): void {
  requireCount(who, "trials", trials, 1);
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > trials)
    throw new RangeError(`${who} needs 0 to ${trials} successes, got ${successes}`);
}

/** The p-value of a statistic from the chances of smaller and of larger ones, itself counted among both. */
export function pValueOf({ below, above }: Tails, alternative: Alternative): number {
  if (alternative === "less") return below;
  return alternative === "greater" ? above : Math.min(1, 2 * Math.min(below, above));
}

/** Half of the level's complement lies beyond it, on either side of a normal. */
export function normalReach(level: number): number {
  return -normalQuantile((1 - level) / 2);
}

/** An interval of a correlation or another measure in [-1, 1], by Fisher's z with the standard error of the measure. */
export function fisherInterval(value: number, errorOfZ: number, level: number): Interval {
  if (Math.abs(value) >= 1) return { low: value, high: value, level };
  const [z, reach] = [Math.atanh(value), normalReach(level) * errorOfZ];
  return { low: Math.tanh(z - reach), high: Math.tanh(z + reach), level };
}
