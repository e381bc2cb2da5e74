/** Where a curve turns. */
export interface Knee {
  /** Position in the curve. */
  index: number;
  x: number;
  y: number;
  /** How far the curve lies from its chord there, as a share of the range from its first to its last value. */
  depth: number;
}

/** A depth of rounding errors alone: the curve is straight. */
const STRAIGHT = 1e-12;

/**
 * Where a curve lies farthest from the straight line between its ends, in units that make both ranges 1: beyond it, more
 * clusters bring less than the average step does. The first such point of several.
 *
 * This is Kneedle's point for a curve that bends one way, without its smoothing and its sensitivity. Any curve that is
 * not straight has one, so that `depth` has to tell whether it says anything.
 * @param xs - ascending, usually numbers of clusters; `ys` a value for each, usually inertia or BIC.
 * @returns null when no point lies off the chord, or both ends are level.
 * @throws RangeError when lengths differ, xs do not ascend or a value is not finite.
 * @see Satopää et al. 2011, ICDCS Workshops, 166-171 (Kneedle).
 */
export function knee(xs: ArrayLike<number>, ys: ArrayLike<number>): Knee | null {
  check(xs, ys);
  const last = xs.length - 1;
  if (last < 2) return null;
  const [width, height] = [xs[last]! - xs[0]!, ys[last]! - ys[0]!];
  if (height === 0) return null;
  let found: Knee | null = null;
  for (let index = 1; index < last; index++) {
    const along = (xs[index]! - xs[0]!) / width;
    const depth = Math.abs((ys[index]! - ys[0]!) / height - along);
    if (depth > Math.max(STRAIGHT, (found?.depth ?? 0) + STRAIGHT))
      found = { index, x: xs[index]!, y: ys[index]!, depth };
  }
  return found;
}

function check(xs: ArrayLike<number>, ys: ArrayLike<number>): void {
  if (xs.length !== ys.length)
    throw new RangeError(`knee needs a y for each x, got ${xs.length} xs and ${ys.length} ys`);
  for (let i = 0; i < xs.length; i++) {
    if (!Number.isFinite(xs[i]) || !Number.isFinite(ys[i]))
      throw new RangeError(`knee needs finite values, got (${xs[i]}, ${ys[i]}) at ${i}`);
    if (i > 0 && !(xs[i]! > xs[i - 1]!))
      throw new RangeError(`knee needs xs that ascend, got ${xs[i]} after ${xs[i - 1]}`);
  }
}
