import { type BootstrapOptions, type BootstrapResult, bootstrap } from "./bootstrap.js";
import { quantile } from "./quantile.js";
import { compensatedSum } from "./sum.js";

/** What is compared, besides how it is drawn. */
export interface ComparisonOptions extends Omit<BootstrapOptions, "name" | "isPaired"> {
  /** "mean" when left out; a number is a quantile, 0.5 the median. */
  of?: "mean" | number;
}

/** Mean of a sample. */
export function meanOf(values: Float64Array): number {
  return compensatedSum(values) / values.length;
}

/** A quantile of a sample in any order. */
export function quantileOf(values: Float64Array, share: number): number {
  return quantile(values.slice().sort(), share);
}

/**
 * How much larger the mean or a quantile of one group is than that of another, by the bootstrap.
 * @throws RangeError for a group of fewer than 2, a value that is not finite or a quantile outside [0, 1].
 */
export function differenceByBootstrap(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { of = "mean", ...options }: ComparisonOptions,
): BootstrapResult {
  const measure = measureOf(of);
  const name = `difference of ${nameOf(of)}s`;
  return bootstrap([a, b], (x, y) => measure(x!) - measure(y!), { ...options, name });
}

/**
 * How many times the mean or a quantile of one group is that of another, by the bootstrap.
 * @throws RangeError likewise, and when 0 is divided by 0.
 */
export function ratioByBootstrap(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { of = "mean", ...options }: ComparisonOptions,
): BootstrapResult {
  const measure = measureOf(of);
  return bootstrap([a, b], (x, y) => measure(x!) / measure(y!), {
    ...options,
    name: `ratio of ${nameOf(of)}s`,
  });
}

/**
 * What share of a total one group brings, when customers of each group are drawn again: a share of money or units is
 * no count of successes, since a few customers bring much of it.
 * @param a - the group's amounts, one a customer; `b` those of all others.
 * @throws RangeError for a group of fewer than 2, a value that is not finite or a total of 0.
 */
export function shareOfTotal(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: Omit<BootstrapOptions, "name" | "isPaired">,
): BootstrapResult {
  const share = (x: Float64Array, y: Float64Array): number => {
    const part = compensatedSum(x);
    return part / (part + compensatedSum(y));
  };
  return bootstrap([a, b], (x, y) => share(x!, y!), { ...options, name: "share of the total" });
}

function measureOf(of: "mean" | number): (values: Float64Array) => number {
  return of === "mean" ? meanOf : (values) => quantileOf(values, of);
}

function nameOf(of: "mean" | number): string {
  if (of === "mean") return of;
  return of === 0.5 ? "median" : `${of} quantile`;
}
