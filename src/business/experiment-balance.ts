import { summarise } from "../statistics/mean-summary.js";
import { requireSameLength } from "../statistics/test-checks.js";
import type { Arm } from "./experiment-arms.js";

/** How alike the arms are in something that was known before. */
export interface BalanceRow {
  measure: string;
  programmeMean: number;
  controlMean: number;
  /** Difference of the means in standard deviations of the arms; from 0.1 on it deserves a look. */
  standardizedDifference: number;
}

/**
 * How alike the arms are before the programme starts. There is no p-value: that arms differ by chance is known.
 * @param measures - what was known of each customer, by name, in the order of the arms.
 * @throws RangeError for an arm of fewer than 2, a column of another length or a value that is not finite.
 * @see Austin 2009, Stat. Med. 28:3083-3107.
 */
export function balanceTable(
  arms: readonly Arm[],
  measures: Readonly<Record<string, ArrayLike<number>>>,
): BalanceRow[] {
  return Object.entries(measures).map(([measure, values]) => {
    requireSameLength("balanceTable", arms, values);
    const [a, b] = (["programme", "control"] as const).map((arm) =>
      summarise("balanceTable", valuesOf(arms, values, arm)),
    );
    const gap = a!.mean - b!.mean;
    const spread = Math.sqrt((a!.sd ** 2 + b!.sd ** 2) / 2);
    return {
      measure,
      programmeMean: a!.mean,
      controlMean: b!.mean,
      standardizedDifference: gap === 0 ? 0 : gap / spread,
    };
  });
}

/** The values of one arm. */
export function valuesOf(arms: readonly Arm[], values: ArrayLike<number>, arm: Arm): Float64Array {
  return Float64Array.from(values).filter((_, i) => arms[i] === arm);
}
