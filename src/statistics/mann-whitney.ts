import { normalCdf } from "../math/normal.js";
import type { Tails } from "../math/root.js";
import { cliffsDeltaOf } from "./cliffs-delta.js";
import { rankSumTails } from "./rank-sum-chances.js";
import { averageRanks } from "./ranks.js";
import { pValueOf, requireOptions, requireSample } from "./test-checks.js";
import type { Estimate, TestOptions, TestResult } from "./test-result.js";
import { type CountedSamples, countSamples, tieLoss } from "./two-samples.js";

/** Up to so many values in the smaller sample all orders are counted, when no two values are equal. */
const EXACT = 8;

export interface MannWhitneyResult extends TestResult {
  /** Chance that a value of the first sample exceeds one of the second, ties counting half. */
  superiority: Estimate;
  isExact: boolean;
}

/**
 * Whether values of one group tend to be larger than those of another, by ranks alone.
 *
 * Exact when the smaller group has at most 8 values and there are no ties; else a normal with the spread that ties leave
 * and a continuity correction. Effect: Cliff's delta. The statistic is U of the first group.
 * @param a - at least 1 finite value; `b` likewise. When all values are equal nothing is told: p is 1.
 * @throws RangeError for an empty group or a value that is not finite.
 * @see Mann & Whitney 1947, Ann. Math. Stat. 18:50-60; equals scipy.stats.mannwhitneyu.
 */
export function mannWhitneyTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: TestOptions = {},
): MannWhitneyResult {
  const { alternative, level } = requireOptions("mannWhitneyTest", options);
  const first = requireSample("mannWhitneyTest", a, 1);
  const second = requireSample("mannWhitneyTest", b, 1);
  const samples = countSamples(first, second);
  const { u, isExact, tails } = rankTest(samples, first.length, second.length);
  const delta = cliffsDeltaOf(samples, level);
  const share = (value: number): number => (value + 1) / 2;
  return {
    test: "Mann-Whitney U test",
    statistic: u,
    pValue: pValueOf(tails, alternative),
    alternative,
    effect: delta,
    superiority: {
      name: "probability of superiority",
      value: share(delta.value),
      interval: { low: share(delta.interval.low), high: share(delta.interval.high), level },
    },
    isExact,
  };
}

/** p for two sides alone, of samples that were checked: for simulations. */
export function mannWhitneyPValue(a: Float64Array, b: Float64Array): number {
  return pValueOf(rankTest(countSamples(a, b), a.length, b.length).tails, "two-sided");
}

function rankTest(
  { inA, inB }: CountedSamples,
  n: number,
  m: number,
): { u: number; isExact: boolean; tails: Tails } {
  const counts = inA.map((count, i) => count + inB[i]!);
  const ranks = averageRanks(counts);
  const rankSum = inA.reduce((sum, count, i) => sum + count * ranks[i]!, 0);
  const u = rankSum - (n * (n + 1)) / 2;
  const isExact = Math.min(n, m) <= EXACT && counts.length === n + m;
  return { u, isExact, tails: isExact ? rankSumTails(u, n, m) : normalTails(u, n, m, tieLoss(counts)) };
}

function normalTails(u: number, n: number, m: number, loss: number): Tails {
  const all = n + m;
  const spread = Math.sqrt(((n * m) / 12) * (all + 1 - loss / (all * (all - 1))));
  if (!(spread > 0)) return { below: 1, above: 1 };
  const distance = u - (n * m) / 2;
  return { below: normalCdf((distance + 0.5) / spread), above: normalCdf((0.5 - distance) / spread) };
}
