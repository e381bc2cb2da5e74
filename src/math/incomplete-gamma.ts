import { stirlingError } from "./log-gamma.js";
import { invertTails, type Tails, tailsAt } from "./root.js";

/**
 * Chances that a gamma number of a shape and scale 1 lies at most at `x`, and above it; each to about 1e-14 relative.
 * @throws RangeError unless the shape is positive and finite, and x is not below 0.
 * @see Abramowitz & Stegun 6.5.29 (series) and 6.5.31 (continued fraction); equals scipy.special.gammainc, gammaincc.
 */
export function gammaTails(shape: number, x: number): Tails {
  if (!(shape > 0 && shape < Infinity))
    throw new RangeError(`gammaTails needs a positive finite shape, got ${shape}`);
  if (!(x >= 0)) throw new RangeError(`gammaTails needs a number of at least 0, got ${x}`);
  if (x === 0) return { below: 0, above: 1 };
  if (x === Infinity) return { below: 1, above: 0 };
  if (x < shape + 1) {
    const below = Math.min(1, gammaPower(shape, x) * series(shape, x));
    return { below, above: 1 - below };
  }
  const above = Math.min(1, gammaPower(shape, x) * shape * fraction(shape, x));
  return { below: 1 - above, above };
}

/** Chances that a chi-square number lies at most at `x`, and above it. @see equals scipy.stats.chi2 (cdf, sf). */
export function chiSquareTails(x: number, df: number): Tails {
  requireDegrees("chiSquareTails", df);
  return gammaTails(df / 2, Math.max(0, x) / 2);
}

/**
 * The number below which a chi-square number lies with chance `p`.
 * @throws RangeError when `p` lies outside [0, 1] or the degrees of freedom are not positive.
 * @see equals scipy.stats.chi2.ppf.
 */
export function chiSquareQuantile(p: number, df: number): number {
  requireChance("chiSquareQuantile", p);
  requireDegrees("chiSquareQuantile", df);
  if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
  return invertTails((x) => chiSquareTails(x, df), df, tailsAt(p));
}

export function requireChance(who: string, p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${who} needs a chance in [0, 1], got ${p}`);
}

export function requireDegrees(who: string, df: number): void {
  if (!(df > 0 && df < Infinity))
    throw new RangeError(`${who} needs positive finite degrees of freedom, got ${df}`);
}

/** x^a exp(-x) / Gamma(a + 1), by the distance of x to a. */
function gammaPower(a: number, x: number): number {
  const away = (x - a) / a;
  const exponent = Math.abs(away) < 0.5 ? a * (Math.log1p(away) - away) : a * Math.log(x / a) - (x - a);
  return Math.exp(exponent - stirlingError(a)) / Math.sqrt(2 * Math.PI * a);
}

/** Sum of x^n / ((a + 1) ... (a + n)). */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** The continued fraction of Gamma(a, x) exp(x) x^-a, by Lentz's method. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 100_000; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / (numerator * d + b || Number.MIN_VALUE);
    c = b + numerator / c || Number.MIN_VALUE;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return value;
}
