import { randomIndex } from "../math/distributions.js";
import { chiSquareTails } from "../math/incomplete-gamma.js";
import { seededRandom } from "../math/random.js";
import { percentileInterval } from "./bootstrap-interval.js";
import { averageRanks, rankCodes } from "./ranks.js";
import { requireCount, requireLevel, requireSample } from "./test-checks.js";
import type { TestResult } from "./test-result.js";
import { tieLoss } from "./two-samples.js";

export interface KruskalWallisOptions {
  /** Of the interval; 0.95 when left out. */
  level?: number;
  /** 2,000 when left out. */
  resamples?: number;
  /** Of the interval's resamples. */
  seed: number;
}

export interface KruskalWallisResult extends TestResult {
  df: number;
}

/**
 * Whether values of some groups tend to be larger than those of others, by ranks alone.
 *
 * Effect: epsilon squared, the share of the ranks' variance that groups explain, with percentiles of resamples within
 * groups. When all values are equal the statistic is 0 and p is 1.
 * @param groups - 2 or more of at least 1 finite value each.
 * @throws RangeError for fewer groups, an empty one or a value that is not finite.
 * @see Kruskal & Wallis 1952, J. Am. Stat. Assoc. 47:583-621; equals scipy.stats.kruskal.
 */
export function kruskalWallisTest(
  groups: readonly ArrayLike<number>[],
  options: KruskalWallisOptions,
): KruskalWallisResult {
  const who = "kruskalWallisTest";
  const { resamples = 2_000, seed } = options;
  const level = requireLevel(who, options.level);
  requireCount(who, "groups", groups.length, 2);
  requireCount(who, "resamples", resamples, 1);
  const samples = groups.map((group) => requireSample(who, group, 1));
  const { codes, size } = rankCodes(samples.flatMap((sample) => [...sample]));
  let from = 0;
  const codesOf = samples.map((sample) => {
    from += sample.length;
    return codes.subarray(from - sample.length, from);
  });
  const statistic = kruskalStatistic(codesOf, size);
  const random = seededRandom(seed);
  const redrawn = codesOf.map((group) => new Int32Array(group.length));
  const replicates = Float64Array.from({ length: resamples }, () => {
    redrawn.forEach((group, g) => {
      const drawn = codesOf[g]!;
      for (let i = 0; i < group.length; i++) group[i] = drawn[randomIndex(random, drawn.length)]!;
    });
    return kruskalStatistic(redrawn, size) / (codes.length - 1);
  });
  return {
    test: "Kruskal-Wallis test",
    statistic,
    pValue: chiSquareTails(statistic, groups.length - 1).above,
    alternative: "two-sided",
    effect: {
      name: "epsilon squared",
      value: codes.length > 1 ? statistic / (codes.length - 1) : Number.NaN,
      interval: percentileInterval(replicates, level),
    },
    df: groups.length - 1,
  };
}

function kruskalStatistic(groups: readonly Int32Array[], size: number): number {
  const counts = new Float64Array(size);
  let n = 0;
  for (const group of groups) {
    n += group.length;
    for (let i = 0; i < group.length; i++) counts[group[i]!]!++;
  }
  const correction = 1 - tieLoss(counts) / (n * (n * n - 1));
  if (!(correction > 0)) return 0;
  const ranks = averageRanks(counts);
  let sum = 0;
  for (const group of groups) {
    let distance = 0;
    for (let i = 0; i < group.length; i++) distance += ranks[group[i]!]! - (n + 1) / 2;
    sum += distance ** 2 / group.length;
  }
  return ((12 / (n * (n + 1))) * sum) / correction;
}
