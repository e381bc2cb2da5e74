import type { Tails } from "../math/root.js";

/**
 * Exact chances that U of two samples without ties is at most `u`, and at least `u`, when all orders are as likely.
 * @param u - a whole number from 0 to n m.
 * @see Mann & Whitney 1947, Ann. Math. Stat. 18:50-60: orders by U are the coefficients of a Gaussian binomial.
 */
export function rankSumTails(u: number, n: number, m: number): Tails {
  const most = n * m;
  const mirrored = Math.min(u, most - u);
  const counts = gaussianBinomial(n, m, mirrored);
  const total = binomial(n + m, n);
  const upTo = counts.reduce((sum, count) => sum + count, 0n);
  const far = divide(upTo, total);
  // The other side counts this U as well: what is left of all but those further out.
  const near = divide(total - upTo + counts[mirrored]!, total);
  return u <= most - u ? { below: far, above: near } : { below: near, above: far };
}

/**
 * Exact chances that the signed ranks of n differences without ties sum to at most `w`, and to at least `w`.
 * @param w - a whole number from 0 to n (n + 1) / 2.
 * @see Wilcoxon 1945, Biom. Bull. 1:80-83.
 */
export function signedRankTails(w: number, n: number): Tails {
  const most = (n * (n + 1)) / 2;
  const counts = new Array<bigint>(most + 1).fill(0n);
  counts[0] = 1n;
  for (let rank = 1; rank <= n; rank++)
    for (let sum = most; sum >= rank; sum--) counts[sum]! += counts[sum - rank]!;
  const total = 1n << BigInt(n);
  const upTo = counts.slice(0, w + 1).reduce((sum, count) => sum + count, 0n);
  return { below: divide(upTo, total), above: divide(total - upTo + counts[w]!, total) };
}

/** Coefficients up to `last` of the product of (1 - q^(m + i)) / (1 - q^i) for i from 1 to n. */
function gaussianBinomial(n: number, m: number, last: number): bigint[] {
  const [few, many] = n < m ? [n, m] : [m, n];
  const counts = new Array<bigint>(last + 1).fill(0n);
  counts[0] = 1n;
  for (let i = 1; i <= few; i++) {
    for (let at = last; at >= many + i; at--) counts[at]! -= counts[at - many - i]!;
    for (let at = i; at <= last; at++) counts[at]! += counts[at - i]!;
  }
  return counts;
}

function binomial(all: number, some: number): bigint {
  let value = 1n;
  for (let i = 1; i <= Math.min(some, all - some); i++) value = (value * BigInt(all - i + 1)) / BigInt(i);
  return value;
}

/** A quotient of whole numbers of any size to the last digits of a double. */
function divide(part: bigint, whole: bigint): number {
  const shift = Math.max(0, whole.toString(2).length - 1_000);
  return Number(part >> BigInt(shift)) / Number(whole >> BigInt(shift));
}
