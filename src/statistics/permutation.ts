import { randomIndex } from "../math/distributions.js";
import { seededRandom } from "../math/random.js";
import { bootstrap } from "./bootstrap.js";
import { pValueOf, requireCount, requireOptions, requireSample } from "./test-checks.js";
import type { TestOptions, TestResult } from "./test-result.js";

export interface PermutationOptions extends TestOptions {
  /** What the statistic is, for a reader. */
  name?: string;
  /** Ways to deal the values out again; 2,000 when left out. p is never below 1 / (permutations + 1). */
  permutations?: number;
  seed: number;
}

/**
 * Whether a statistic of two groups could come from dealing out the same values at random.
 *
 * Effect: the statistic itself, with its BCa interval by the bootstrap from the same seed.
 * @param statistic - of both groups, a difference say; it must leave them as they are.
 * @param a - at least 2 finite values; `b` likewise.
 * @throws RangeError for a smaller group, a value that is not finite or a statistic that is NaN.
 * @see Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39 (counting the found order itself); the method of
 * scipy.stats.permutation_test(permutation_type="independent") but for the random numbers.
 */
export function permutationTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  statistic: (a: Float64Array, b: Float64Array) => number,
  options: PermutationOptions,
): TestResult {
  const who = "permutationTest";
  const { name = "statistic", permutations = 2_000, seed } = options;
  const { alternative, level } = requireOptions(who, options);
  requireCount(who, "permutations", permutations, 1);
  const first = requireSample(who, a, 2);
  const second = requireSample(who, b, 2);
  const effect = bootstrap([first, second], (x, y) => statistic(x!, y!), { name, level, seed });
  const dealt = new Float64Array(first.length + second.length);
  dealt.set(first);
  dealt.set(second, first.length);
  const [inA, inB] = [dealt.subarray(0, first.length), dealt.subarray(first.length)];
  const random = seededRandom(seed);
  // Sums in another order may differ in the last digit from a value that is the same.
  const rounding = 1e-14 * Math.abs(effect.value);
  let [below, above] = [1, 1];
  for (let i = 0; i < permutations; i++) {
    for (let at = dealt.length - 1; at > 0; at--) {
      const other = randomIndex(random, at + 1);
      [dealt[at], dealt[other]] = [dealt[other]!, dealt[at]!];
    }
    const value = statistic(inA, inB);
    if (Number.isNaN(value)) throw new RangeError(`${who} needs a statistic that is a number, got NaN`);
    if (value <= effect.value + rounding) below++;
    if (value >= effect.value - rounding) above++;
  }
  const tails = { below: below / (permutations + 1), above: above / (permutations + 1) };
  return {
    test: "permutation test",
    statistic: effect.value,
    pValue: pValueOf(tails, alternative),
    alternative,
    effect: { name, value: effect.value, interval: effect.interval },
  };
}
