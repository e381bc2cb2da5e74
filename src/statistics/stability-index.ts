/** A share of nothing has no logarithm: an empty group counts as this much. */
const LEAST_SHARE = 1e-4;

/**
 * How far the shares of groups are from those expected: the sum of (found - expected) ln(found / expected), from 0.
 * @param expected - shares that sum to 1.
 * @param found - those of the same groups.
 * @throws RangeError for other groups, none, or a share that is not in [0, 1].
 * @see Siddiqi 2006, Credit Risk Scorecards, Wiley: below 0.1 no change, above 0.25 a significant one; the symmetric
 * divergence of Kullback & Leibler 1951, Ann. Math. Stat. 22:79-86.
 */
export function stabilityIndex(expected: readonly number[], found: readonly number[]): number {
  if (expected.length !== found.length || expected.length === 0)
    throw new RangeError(
      `stabilityIndex needs shares of the same groups, got ${expected.length} and ${found.length}`,
    );
  const outside = [...expected, ...found].find((share) => !(share >= 0 && share <= 1));
  if (outside !== undefined) throw new RangeError(`stabilityIndex needs shares from 0 to 1, got ${outside}`);
  return expected.reduce((sum, share, i) => {
    const [a, b] = [Math.max(share, LEAST_SHARE), Math.max(found[i]!, LEAST_SHARE)];
    return sum + (b - a) * Math.log(b / a);
  }, 0);
}
