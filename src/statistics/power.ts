import { studentQuantile } from "../math/incomplete-beta.js";
import { noncentralStudentTails } from "../math/noncentral.js";
import { normalCdf, normalQuantile } from "../math/normal.js";
import { findRoot } from "../math/root.js";
import { requireOptions } from "./test-checks.js";
import type { Alternative } from "./test-result.js";
import { welchError } from "./welch.js";

/** How a test is run and how often it shall find what is there. */
export interface PowerOptions {
  /** Chance to find a difference that is none; 0.05 when left out. */
  alpha?: number | undefined;
  /** Chance to find the difference; 0.8 when left out. */
  power?: number | undefined;
  /** "two-sided" when left out. */
  alternative?: Alternative | undefined;
}

/** Values in the first and in the second group. */
export type Sizes = readonly [first: number, second: number];

/** Sizes that reach a power. */
export interface SampleSize {
  /** Whole numbers, rounded up. */
  sizes: [number, number];
  /** The first size before rounding. */
  exact: number;
}

/** Beyond this no number of customers is looked for. */
const MOST = 1e12;

/**
 * Chance that Welch's test finds a difference of means.
 * @param difference - first mean minus second. @param sds - of each group, in its unit.
 * @see Cohen 1988, Statistical Power Analysis, ch. 2; equals statsmodels TTestIndPower for equal groups that spread alike.
 */
export function welchPower(difference: number, sds: Sizes, sizes: Sizes, options: PowerOptions = {}): number {
  const { alpha, alternative } = requirePower("welchPower", options);
  requirePositive("welchPower", "standard deviations", sds);
  if (!(sizes[0] > 1 && sizes[1] > 1))
    throw new RangeError(`welchPower needs more than 1 value in each group, got ${sizes.join(" and ")}`);
  const [a, b] = [0, 1].map((i) => ({ n: sizes[i]!, mean: 0, sd: sds[i]! }));
  const { error, df } = welchError(a!, b!);
  const shift = difference / error;
  if (alternative === "greater")
    return noncentralStudentTails(studentQuantile(1 - alpha, df), df, shift).above;
  if (alternative === "less") return noncentralStudentTails(studentQuantile(alpha, df), df, shift).below;
  const reach = studentQuantile(1 - alpha / 2, df);
  return noncentralStudentTails(reach, df, shift).above + noncentralStudentTails(-reach, df, shift).below;
}

/**
 * How many values Welch's test needs to find a difference of means.
 * @param ratio - values in the second group for each in the first.
 * @throws RangeError when the alternative looks the other way or the difference is 0.
 * @see equals statsmodels TTestIndPower.solve_power(nobs1=None) for equal groups that spread alike.
 */
export function welchSampleSize(
  difference: number,
  sds: Sizes,
  options: PowerOptions & { ratio?: number } = {},
): SampleSize {
  const { ratio = 1 } = options;
  requirePositive("welchSampleSize", "ratio", [ratio]);
  const least = Math.max(1.01, 1.01 / ratio);
  return sizeFor(
    "welchSampleSize",
    (n) => welchPower(difference, sds, [n, n * ratio], options),
    least,
    ratio,
    options,
  );
}

/**
 * The smallest difference of means that Welch's test finds with the power: above 0, or below for "less".
 * @see equals statsmodels TTestIndPower.solve_power(effect_size=None) for equal groups that spread alike.
 */
export function welchDetectableDifference(sds: Sizes, sizes: Sizes, options: PowerOptions = {}): number {
  const sign = options.alternative === "less" ? -1 : 1;
  const { power } = requirePower("welchDetectableDifference", options);
  const f = (difference: number): number => welchPower(sign * difference, sds, sizes, options) - power;
  let high = Math.max(...sds);
  while (f(high) < 0) high *= 2;
  return sign * findRoot(f, 0, high, 1e-12);
}

/**
 * Chance that the z test of two shares finds their difference, on the scale of Cohen's h.
 * @see Cohen 1988, ch. 6; equals statsmodels NormalIndPower of proportion_effectsize.
 */
export function proportionsPower(shares: Sizes, sizes: Sizes, options: PowerOptions = {}): number {
  const { alpha, alternative } = requirePower("proportionsPower", options);
  requirePositive("proportionsPower", "sizes", sizes);
  for (const share of shares)
    if (!(share >= 0 && share <= 1))
      throw new RangeError(`proportionsPower needs shares in [0, 1], got ${share}`);
  const shift = (arcsine(shares[0]) - arcsine(shares[1])) / Math.sqrt(1 / sizes[0] + 1 / sizes[1]);
  const reach = -normalQuantile(alternative === "two-sided" ? alpha / 2 : alpha);
  const above = normalCdf(shift - reach);
  const below = normalCdf(-reach - shift);
  if (alternative === "two-sided") return above + below;
  return alternative === "greater" ? above : below;
}

/**
 * How many trials the z test of two shares needs to find their difference.
 * @param ratio - trials in the second group for each in the first.
 * @throws RangeError when the shares are equal or the alternative looks the other way.
 * @see equals statsmodels NormalIndPower.solve_power(nobs1=None).
 */
export function proportionsSampleSize(
  shares: Sizes,
  options: PowerOptions & { ratio?: number } = {},
): SampleSize {
  const { ratio = 1 } = options;
  requirePositive("proportionsSampleSize", "ratio", [ratio]);
  return sizeFor(
    "proportionsSampleSize",
    (n) => proportionsPower(shares, [n, n * ratio], options),
    1e-6,
    ratio,
    options,
  );
}

/**
 * The share of the first group nearest to that of the second which the z test still tells apart: above it, or below
 * for "less".
 * @throws RangeError when not even a share of 1 (0) would be found.
 * @see equals statsmodels NormalIndPower.solve_power(effect_size=None).
 */
export function proportionsDetectableShare(base: number, sizes: Sizes, options: PowerOptions = {}): number {
  const { power } = requirePower("proportionsDetectableShare", options);
  const end = options.alternative === "less" ? 0 : 1;
  const f = (share: number): number => proportionsPower([share, base], sizes, options) - power;
  if (f(end) < 0)
    throw new RangeError(
      `proportionsDetectableShare finds no share beyond ${base} with ${sizes.join(" and ")} trials at a power of ${power}`,
    );
  return findRoot(f, base, end, 1e-13);
}

function arcsine(share: number): number {
  return 2 * Math.asin(Math.sqrt(share));
}

function sizeFor(
  who: string,
  powerAt: (n: number) => number,
  least: number,
  ratio: number,
  options: PowerOptions,
): SampleSize {
  const { power } = requirePower(who, options);
  const f = (n: number): number => powerAt(n) - power;
  let high = 2 * least;
  while (f(high) < 0 && high < MOST) high *= 2;
  if (high >= MOST) throw new RangeError(`${who} finds no sizes up to ${MOST} with a power of ${power}`);
  const exact = f(least) >= 0 ? least : findRoot(f, least, high, 1e-12);
  return { sizes: [Math.ceil(exact), Math.ceil(exact * ratio)], exact };
}

function requirePower(
  who: string,
  { alpha = 0.05, power = 0.8, alternative }: PowerOptions,
): { alpha: number; power: number; alternative: Alternative } {
  if (!(alpha > 0 && alpha < 1 && power > alpha && power < 1))
    throw new RangeError(`${who} needs 0 < alpha < power < 1, got alpha ${alpha} and power ${power}`);
  return { alpha, power, alternative: requireOptions(who, { alternative }).alternative };
}

function requirePositive(who: string, what: string, values: readonly number[]): void {
  for (const value of values)
    if (!(value > 0 && value < Infinity))
      throw new RangeError(`${who} needs positive finite ${what}, got ${values.join(" and ")}`);
}
