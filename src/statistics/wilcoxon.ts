import { normalCdf } from "../math/normal.js";
import type { Tails } from "../math/root.js";
import { signedRankTails } from "./rank-sum-chances.js";
import { averageRanks, rankCodes } from "./ranks.js";
import { fisherInterval, pValueOf, requireOptions, requireSameLength, requireSample } from "./test-checks.js";
import type { Estimate, TestOptions, TestResult } from "./test-result.js";
import { tieLoss } from "./two-samples.js";

/** Up to so many differences all signs are counted, when no two are equally large. */
const EXACT = 50;

export interface WilcoxonResult extends TestResult {
  /** Pairs that differ: the others are left out. */
  n: number;
  isExact: boolean;
}

/**
 * Whether pairs differ in one direction, by the ranks of their differences.
 *
 * Pairs without a difference are left out. Exact for up to 50 differences of different size; else a normal without
 * continuity correction. Effect: the matched-pairs rank-biserial correlation, the ranks that rise minus those that
 * fall. The statistic is the sum of ranks of positive differences `a - b`. Without any difference p is 1.
 * @throws RangeError for columns that differ in length, no pairs or a value that is not finite.
 * @see Wilcoxon 1945, Biom. Bull. 1:80-83; Kerby 2014, Compr. Psychol. 3:1; equals scipy.stats.wilcoxon of the pairs
 * that differ, whose statistic for two sides is the smaller of both sums.
 */
export function wilcoxonTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: TestOptions = {},
): WilcoxonResult {
  const { alternative, level } = requireOptions("wilcoxonTest", options);
  requireSameLength("wilcoxonTest", a, b);
  const first = requireSample("wilcoxonTest", a, 1);
  const second = requireSample("wilcoxonTest", b, 1);
  const differences = first.map((value, i) => value - second[i]!).filter((difference) => difference !== 0);
  const { codes, counts } = rankCodes(differences.map(Math.abs));
  const ranks = averageRanks(counts);
  const n = differences.length;
  const statistic = differences.reduce((sum, value, i) => sum + (value > 0 ? ranks[codes[i]!]! : 0), 0);
  const isExact = n <= EXACT && counts.length === n;
  const tails = isExact ? signedRankTails(statistic, n) : normalTails(statistic, n, tieLoss(counts));
  return {
    test: "Wilcoxon signed-rank test",
    statistic,
    pValue: pValueOf(tails, alternative),
    alternative,
    effect: rankBiserial(differences, codes, counts, statistic, level),
    n,
    isExact,
  };
}

function normalTails(statistic: number, n: number, loss: number): Tails {
  const spread = Math.sqrt((n * (n + 1) * (2 * n + 1) - loss / 2) / 24);
  const z = (statistic - (n * (n + 1)) / 4) / spread;
  return { below: normalCdf(z), above: normalCdf(-z) };
}

/** The interval is Fisher's, with the spread of each difference's own part: how many outweigh its sign. */
function rankBiserial(
  differences: Float64Array,
  codes: Int32Array,
  counts: Float64Array,
  rising: number,
  level: number,
): Estimate {
  const name = "matched-pairs rank-biserial correlation";
  const n = differences.length;
  if (n < 2)
    return { name, value: n === 0 ? 0 : Math.sign(differences[0]!), interval: { low: -1, high: 1, level } };
  const value = rising / ((n * (n + 1)) / 4) - 1;
  const excess = new Float64Array(counts.length);
  for (let i = 0; i < n; i++) excess[codes[i]!]! += Math.sign(differences[i]!);
  // The mean sign of the sums of each size of difference with all others: the larger of the two decides.
  const larger = new Float64Array(counts.length);
  const smaller = new Float64Array(counts.length);
  for (let i = counts.length - 2; i >= 0; i--) larger[i] = larger[i + 1]! + excess[i + 1]!;
  for (let i = 1; i < counts.length; i++) smaller[i] = smaller[i - 1]! + counts[i - 1]!;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const code = codes[i]!;
    const sign = Math.sign(differences[i]!);
    // Of those equally large, the ones of the same sign add up and the others cancel.
    const equal = (excess[code]! * sign + counts[code]!) / 2;
    const part = (sign * (smaller[code]! + equal) + larger[code]!) / n;
    squares += (part - value) ** 2;
  }
  const error = 2 * Math.sqrt(squares / (n - 1) / n);
  return { name, value, interval: fisherInterval(value, error / (1 - value * value), level) };
}
