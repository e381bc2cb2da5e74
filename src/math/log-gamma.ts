/** Bernoulli numbers over 2k (2k - 1): the terms of Stirling's series. */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360_360,
  1 / 156,
  -3617 / 122_400,
  43_867 / 244_188,
];
/** From here on the series is exact to the last digits. */
const LARGE = 9;
const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/**
 * Logarithm of the gamma function of a positive number, to about 1e-14 absolute or relative, whichever is more.
 * @returns infinity at 0; NaN below.
 * @see Abramowitz & Stegun 6.1.40-41; equals scipy.special.gammaln.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  let product = 1;
  let at = x;
  for (; at < LARGE; at++) product *= at;
  return (at - 0.5) * Math.log(at) - at + HALF_LOG_TWO_PI + stirlingSeries(at) - Math.log(product);
}

/** Logarithm of the beta function of two positive numbers. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * What Stirling's formula leaves of `logGamma`: a small number, so that chances of large counts keep their digits.
 * @param x - positive and finite.
 * @see Abramowitz & Stegun 6.1.40; Loader 2000, Fast and Accurate Computation of Binomial Probabilities.
 */
export function stirlingError(x: number): number {
  let below = 0;
  let at = x;
  for (; at < LARGE; at++) below += (at + 0.5) * Math.log1p(1 / at) - 1;
  return below + stirlingSeries(at);
}

function stirlingSeries(x: number): number {
  const inverse = 1 / (x * x);
  let series = 0;
  for (let i = STIRLING.length - 1; i >= 0; i--) series = series * inverse + STIRLING[i]!;
  return series / x;
}
