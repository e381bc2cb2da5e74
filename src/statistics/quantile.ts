/**
 * The value below which a share of a sorted sample lies, interpolated linearly between two neighbours.
 * Between a finite and an infinite neighbour the answer is the infinity; between both infinities it is NaN.
 * @param sorted - ascending, without NaN.
 * @param share - from 0 (minimum) to 1 (maximum).
 * @returns NaN for an empty sample.
 * @throws RangeError when the share lies outside [0, 1].
 * @see Hyndman & Fan 1996, Am. Stat. 50:361-365, type 7; equals numpy.quantile and pandas quantile by default.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`quantile needs a share in [0, 1], got ${share}`);
  if (sorted.length === 0) return Number.NaN;
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.ceil(position)]!;
  if (low === high) return low;
  const weight = position - below;
  return low * (1 - weight) + high * weight;
}
