/** Where a quantity lies; of such intervals the share `level` holds it. An end may be infinite. */
export interface Interval {
  low: number;
  high: number;
  /** Strictly between 0 and 1: 0.95, say. */
  level: number;
}

/** A quantity told from a sample, and how well it is known. */
export interface Estimate {
  /** What it is, as a reader would call it. */
  name: string;
  value: number;
  interval: Interval;
}

/**
 * What is held against "no difference": any difference, or that the first sample (share, correlation) is the smaller
 * or the larger one.
 */
export type Alternative = "two-sided" | "less" | "greater";

/** What every test has in common; each adds what it knows besides. */
export interface TestResult {
  /** Its name, as a reader would look it up. */
  test: string;
  statistic: number;
  /** Chance of a statistic at least as far in the direction of the alternative, were there nothing to find. */
  pValue: number;
  alternative: Alternative;
  /** How large what was tested is. Its interval has two sides whatever the alternative. */
  effect: Estimate;
}

/** What every test may be told. */
export interface TestOptions {
  /** "two-sided" when left out. */
  alternative?: Alternative | undefined;
  /** Of the intervals; 0.95 when left out. */
  level?: number | undefined;
}
