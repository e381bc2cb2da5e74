import { momentsOf } from "./moments.js";
import { requireSample } from "./test-checks.js";

/** Size, mean and standard deviation (n - 1) of a sample: all that a comparison of means needs. */
export interface MeanSummary {
  n: number;
  mean: number;
  sd: number;
}

/** @throws RangeError for fewer than 2 values or one that is not finite. */
export function summarise(who: string, values: ArrayLike<number>): MeanSummary {
  return summaryOf(requireSample(who, values, 2));
}

/**
 * Size, mean and spread of a sample that was checked, in two passes. What these could blur or overflow, equal values and
 * those of very different size, is left to `momentsOf`.
 */
export function summaryOf(values: ArrayLike<number>): MeanSummary {
  const n = values.length;
  const first = values[0]!;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]! - first;
  const mean = first + sum / n;
  let [left, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const distance = values[i]! - mean;
    left += distance;
    squares += distance * distance;
  }
  const sd = Math.sqrt((squares - (left * left) / n) / (n - 1));
  if (sd > 1e-6 * Math.abs(mean) && squares < 1e300) return { n, mean: mean + left / n, sd };
  const moments = momentsOf(values);
  return { n, mean: moments.mean, sd: moments.sd };
}
