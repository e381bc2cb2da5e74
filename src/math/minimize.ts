/** Where a function is lowest. */
export interface Minimum {
  x: number;
  value: number;
  evaluations: number;
}

/** The share of an interval at which a golden section cuts it. */
const GOLDEN = (3 - Math.sqrt(5)) / 2;
const MOST_STEPS = 300;

/**
 * Where a function of one variable is lowest between two bounds; of several valleys, one of them.
 *
 * Parabolas through the three best points, golden sections where these do not close in. About half the digits of a
 * double can be had, since a function is flat at its lowest point.
 * @param f - a function without NaN within the bounds; where it is infinite all around, no valley is found.
 * @param tolerance - wanted accuracy of `x`, to which 1.5e-8 of its size is added.
 * @throws RangeError unless low < high, both finite, and the tolerance is positive.
 * @see Brent 1973, Algorithms for Minimization without Derivatives, chapter 5; the method of
 * scipy.optimize.fminbound.
 */
export function minimizeBetween(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance = 1e-10,
): Minimum {
  if (!(low < high && Number.isFinite(high - low)))
    throw new RangeError(`minimizeBetween needs finite bounds low < high, got ${low} and ${high}`);
  if (!(tolerance > 0)) throw new RangeError(`minimizeBetween needs a positive tolerance, got ${tolerance}`);
  let [a, b] = [low, high];
  // The best point, the second best and the one before that.
  let x = a + GOLDEN * (b - a);
  let [second, third] = [x, x];
  let fx = f(x);
  let [fSecond, fThird] = [fx, fx];
  let [step, stepBefore] = [0, 0];
  let evaluations = 1;
  while (evaluations < MOST_STEPS) {
    const middle = (a + b) / 2;
    const near = 1.5e-8 * Math.abs(x) + tolerance;
    if (Math.abs(x - middle) + (b - a) / 2 <= 2 * near) break;
    const parabola =
      Math.abs(stepBefore) > near ? parabolaStep(x, fx, second, fSecond, third, fThird) : Number.NaN;
    const isTaken = Math.abs(parabola) < Math.abs(stepBefore) / 2 && x + parabola > a && x + parabola < b;
    if (isTaken) {
      [stepBefore, step] = [step, parabola];
      const at = x + step;
      if (at - a < 2 * near || b - at < 2 * near) step = x < middle ? near : -near;
    } else {
      stepBefore = x < middle ? b - x : a - x;
      step = GOLDEN * stepBefore;
    }
    const at = x + (Math.abs(step) >= near ? step : Math.sign(step || 1) * near);
    const value = f(at);
    evaluations++;
    if (value <= fx) {
      if (at < x) b = x;
      else a = x;
      [third, fThird, second, fSecond] = [second, fSecond, x, fx];
      [x, fx] = [at, value];
      continue;
    }
    if (at < x) a = at;
    else b = at;
    if (value <= fSecond || second === x) {
      [third, fThird, second, fSecond] = [second, fSecond, at, value];
    } else if (value <= fThird || third === x || third === second) {
      [third, fThird] = [at, value];
    }
  }
  return { x, value: fx, evaluations };
}

/** From `x` to the lowest point of the parabola through three points; NaN or infinite when there is none. */
function parabolaStep(
  x: number,
  fx: number,
  second: number,
  fSecond: number,
  third: number,
  fThird: number,
): number {
  const r = (x - second) * (fx - fThird);
  const q = (x - third) * (fx - fSecond);
  return ((x - second) * r - (x - third) * q) / (2 * (q - r));
}
