import { bootstrap } from "../statistics/bootstrap.js";
import { meanOf, quantileOf } from "../statistics/bootstrap-comparisons.js";
import { mannWhitneyTest } from "../statistics/mann-whitney.js";
import { compensatedSum } from "../statistics/sum.js";
import type { Interval, TestResult } from "../statistics/test-result.js";
import { proportionsTest } from "../statistics/two-proportions.js";
import { welchTest } from "../statistics/welch.js";
import type { ComparisonKind } from "./hypothesis.js";

/** Of the intervals. */
export interface ComparisonOptions {
  level: number;
  seed: number;
}

/** Two groups of customers beside each other. */
export interface Comparison {
  test: string;
  statistic: number;
  /** Two-sided, of an effect that equals the bound. */
  pValue: number;
  /** The measure in either group. */
  values: [number, number];
  value: number;
  interval: Interval;
}

/** Compares a measure of two groups, each of at least 2 values, with what its effect is held against. */
export type Compare = (
  a: Float64Array,
  b: Float64Array,
  bound: number,
  options: ComparisonOptions,
) => Comparison;

/** Without a bound, two groups are alike: what an effect is compared with to tell the opposite of a claim. */
export const NEUTRAL: Readonly<Record<ComparisonKind, number | null>> = {
  "share of the total": null,
  "ratio of medians": 1,
  "ratio of means": 1,
  "difference of means": 0,
  "difference of shares": 0,
  "Cliff's delta": 0,
};

/** Fewer than elsewhere: each sorts its customers. */
const MEDIAN_RESAMPLES = 1_000;

/** How each kind of comparison is made. Customers are the cases throughout: lines of one customer are no news. */
export const comparisons: Readonly<Record<ComparisonKind, Compare>> = {
  "share of the total": (a, b, bound, options) => {
    // The share exceeds the bound where (1 - bound) of the one sum exceeds bound times the other.
    const left = a.map((value) => value * a.length * (1 - bound));
    const right = b.map((value) => value * b.length * bound);
    const share = (x: number, y: number): number => (x + y === 0 ? 0 : x / (x + y));
    const { value, interval } = bootstrap(
      [a, b],
      (x, y) => share(compensatedSum(x!), compensatedSum(y!)),
      options,
    );
    return {
      ...testOf(welchTest(left, right)),
      test: "Welch's t test of the sums, weighted by the bound",
      values: [meanOf(a), meanOf(b)],
      value,
      interval,
    };
  },
  "ratio of medians": (a, b, bound, options) => {
    const median = (values: Float64Array): number => quantileOf(values, 0.5);
    const { value, interval } = bootstrap([a, b], (x, y) => ratio(median(x!), median(y!)), {
      ...options,
      method: "percentile",
      resamples: MEDIAN_RESAMPLES,
    });
    const test = mannWhitneyTest(a, scaled(b, bound));
    return {
      ...testOf(test),
      test: scaledName(test, bound),
      values: [median(a), median(b)],
      value,
      interval,
    };
  },
  "ratio of means": (a, b, bound, options) => {
    const { value, interval } = bootstrap([a, b], (x, y) => ratio(meanOf(x!), meanOf(y!)), options);
    const test = welchTest(a, scaled(b, bound));
    return {
      ...testOf(test),
      test: scaledName(test, bound),
      values: [meanOf(a), meanOf(b)],
      value,
      interval,
    };
  },
  "difference of means": (a, b, bound, { level }) => {
    const test = welchTest(
      a.map((value) => value - bound),
      b,
      { level },
    );
    const { low, high } = test.difference.interval;
    return {
      ...testOf(test),
      values: [meanOf(a), meanOf(b)],
      value: test.difference.value + bound,
      interval: { low: low + bound, high: high + bound, level },
    };
  },
  "difference of shares": (a, b, _, { level }) => {
    const share = (values: Float64Array): { successes: number; trials: number } => ({
      successes: values.filter((value) => value > 0).length,
      trials: values.length,
    });
    const test = proportionsTest(share(a), share(b), { level });
    return { ...testOf(test), values: test.shares, value: test.effect.value, interval: test.effect.interval };
  },
  "Cliff's delta": (a, b, _, { level }) => {
    const test = mannWhitneyTest(a, b, { level });
    return {
      ...testOf(test),
      values: [quantileOf(a, 0.5), quantileOf(b, 0.5)],
      value: test.effect.value,
      interval: test.effect.interval,
    };
  },
};

function testOf({ test, statistic, pValue }: TestResult): Pick<Comparison, "test" | "statistic" | "pValue"> {
  return { test, statistic, pValue };
}

function scaled(values: Float64Array, factor: number): Float64Array {
  return factor === 1 ? values : values.map((value) => value * factor);
}

function scaledName({ test }: TestResult, bound: number): string {
  return bound === 1 ? test : `${test}, the others times ${bound}`;
}

function ratio(a: number, b: number): number {
  return b === 0 ? Infinity : a / b;
}
