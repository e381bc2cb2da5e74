import { logGamma } from "../math/log-gamma.js";
import { noncentralStudentTails } from "../math/noncentral.js";
import { findRoot } from "../math/root.js";
import type { MeanSummary } from "./mean-summary.js";
import type { Estimate, Interval } from "./test-result.js";

/** A difference of means in standard deviations. */
export interface StandardizedDifference {
  /** In pooled standard deviations of the samples. */
  cohensD: Estimate;
  /** The same without the bias of small samples. */
  hedgesG: Estimate;
}

/**
 * A difference of means in pooled standard deviations, with the interval of a noncentral t. That interval supposes
 * normal groups that spread alike: with long tails trust the bootstrap instead. NaN for two constant groups.
 * @see Hedges 1981, J. Educ. Stat. 6:107-128; Cumming & Finch 2001, Educ. Psychol. Meas. 61:532-574.
 */
export function standardizedDifferenceOf(
  a: MeanSummary,
  b: MeanSummary,
  level: number,
): StandardizedDifference {
  const df = a.n + b.n - 2;
  const pooled = Math.hypot(a.sd * Math.sqrt((a.n - 1) / df), b.sd * Math.sqrt((b.n - 1) / df));
  const d = (a.mean - b.mean) / pooled;
  const perShift = Math.sqrt(1 / a.n + 1 / b.n);
  const { low, high } = shiftInterval(d / perShift, df, level);
  const correction = hedgesCorrection(df);
  const estimate = (name: string, factor: number): Estimate => ({
    name,
    value: d * factor,
    interval: { low: low * perShift * factor, high: high * perShift * factor, level },
  });
  return { cohensD: estimate("Cohen's d", 1), hedgesG: estimate("Hedges' g", correction) };
}

/** What Cohen's d is multiplied with to have no bias. */
export function hedgesCorrection(df: number): number {
  if (df <= 1) return Number.NaN;
  return Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2);
}

/** The shifts of a noncentral t that leave `t` just within the level. */
function shiftInterval(t: number, df: number, level: number): Interval {
  if (!Number.isFinite(t)) return { low: t, high: t, level };
  const beyond = (1 - level) / 2;
  const shiftAt = (end: "below" | "above", sign: 1 | -1): number => {
    const f = (shift: number): number => noncentralStudentTails(t, df, shift)[end] - beyond;
    let reach = 3 + Math.abs(t) / Math.sqrt(df);
    while (f(t + sign * reach) > 0) reach *= 2;
    // The chance is continuous and falls on the way out.
    return findRoot(f, t, t + sign * reach, 1e-13);
  };
  return { low: shiftAt("above", -1), high: shiftAt("below", 1), level };
}
