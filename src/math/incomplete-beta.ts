import { requireChance, requireDegrees } from "./incomplete-gamma.js";
import { stirlingError } from "./log-gamma.js";
import { invertTails, type Tails, tailsAt } from "./root.js";

/**
 * Chances that a beta number lies at most at `x`, and above it; each to about 1e-13 relative.
 * @param x - in [0, 1]. @param y - 1 - x, for who knows it to more digits.
 * @throws RangeError unless a and b are positive and finite and x is in [0, 1].
 * @see Abramowitz & Stegun 26.5.8 (continued fraction); equals scipy.special.betainc, betaincc.
 */
export function betaTails(a: number, b: number, x: number, y: number = 1 - x): Tails {
  for (const shape of [a, b])
    if (!(shape > 0 && shape < Infinity))
      throw new RangeError(`betaTails needs positive finite shapes, got ${a} and ${b}`);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`betaTails needs a number in [0, 1], got ${x}`);
  if (x === 0) return { below: 0, above: 1 };
  if (y === 0) return { below: 1, above: 0 };
  const power = betaPower(a, b, x, y);
  if (x < (a + 1) / (a + b + 2)) {
    const below = Math.min(1, (power * fraction(a, b, x)) / a);
    return { below, above: 1 - below };
  }
  const above = Math.min(1, (power * fraction(b, a, y)) / b);
  return { below: 1 - above, above };
}

/**
 * The number below which a beta number lies with chance `p`.
 * @throws RangeError when `p` lies outside [0, 1].
 * @see equals scipy.stats.beta.ppf.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  requireChance("betaQuantile", p);
  if (p === 0 || p === 1) return p;
  const odds = betaOdds(tailsAt(p), a, b);
  return odds === Infinity ? 1 : odds / (1 + odds);
}

/** Chances that Student's t lies at most at `t`, and above it. @see equals scipy.stats.t (cdf, sf). */
export function studentTails(t: number, df: number): Tails {
  requireDegrees("studentTails", df);
  if (Number.isNaN(t)) return { below: Number.NaN, above: Number.NaN };
  const far = oddsTails((t / df) * t, 0.5, df / 2).above / 2;
  return t < 0 ? { below: far, above: 1 - far } : { below: 1 - far, above: far };
}

/**
 * The number below which Student's t lies with chance `p`.
 * @throws RangeError when `p` lies outside [0, 1] or the degrees of freedom are not positive.
 * @see equals scipy.stats.t.ppf.
 */
export function studentQuantile(p: number, df: number): number {
  requireChance("studentQuantile", p);
  requireDegrees("studentQuantile", df);
  if (p > 0.5) return -studentQuantile(1 - p, df);
  if (p === 0.5 || p === 0) return p === 0 ? -Infinity : 0;
  return -Math.sqrt(betaOdds({ below: 1 - 2 * p, above: 2 * p }, 0.5, df / 2) * df);
}

/** Chances that an F number lies at most at `x`, and above it. @see equals scipy.stats.f (cdf, sf). */
export function fTails(x: number, df1: number, df2: number): Tails {
  for (const df of [df1, df2]) requireDegrees("fTails", df);
  return oddsTails((Math.max(0, x) * df1) / df2, df1 / 2, df2 / 2);
}

/** The number below which an F number lies with chance `p`. @see equals scipy.stats.f.ppf. */
export function fQuantile(p: number, df1: number, df2: number): number {
  requireChance("fQuantile", p);
  for (const df of [df1, df2]) requireDegrees("fQuantile", df);
  if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
  return (betaOdds(tailsAt(p), df1 / 2, df2 / 2) * df2) / df1;
}

/** The chances of x / (1 - x) for a beta number x: on that scale neither end loses digits. */
function oddsTails(odds: number, a: number, b: number): Tails {
  if (odds === Infinity) return { below: 1, above: 0 };
  return betaTails(a, b, odds / (1 + odds), 1 / (1 + odds));
}

function betaOdds(wanted: Tails, a: number, b: number): number {
  return invertTails((odds) => oddsTails(odds, a, b), a / b, wanted);
}

/** x^a y^b / B(a, b), by the distance of x to a / (a + b). */
function betaPower(a: number, b: number, x: number, y: number): number {
  const sum = a + b;
  const away = x * b - y * a;
  const exponent = a * logOfShare(away / a, (x * sum) / a) + b * logOfShare(-away / b, (y * sum) / b);
  const left = stirlingError(sum) - stirlingError(a) - stirlingError(b);
  return Math.exp(exponent + left) * Math.sqrt(a / sum) * Math.sqrt(b / (2 * Math.PI));
}

/** log(ratio), where `away` is ratio - 1 and has more digits when it is small. */
function logOfShare(away: number, ratio: number): number {
  return Math.abs(away) < 0.5 ? Math.log1p(away) : Math.log(ratio);
}

/** The continued fraction of a B(a, b) I_x(a, b) / (x^a (1 - x)^b), by Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || Number.MIN_VALUE);
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    const even = ((m * (b - m)) / ((a + 2 * m - 1) * (a + 2 * m))) * x;
    d = 1 / (1 + even * d || Number.MIN_VALUE);
    c = 1 + even / c || Number.MIN_VALUE;
    value *= c * d;
    const odd = ((-(a + m) * (a + b + m)) / ((a + 2 * m) * (a + 2 * m + 1))) * x;
    d = 1 / (1 + odd * d || Number.MIN_VALUE);
    c = 1 + odd / c || Number.MIN_VALUE;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}
