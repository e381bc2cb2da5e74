const HALF_LOG_2PI = Math.log(2 * Math.PI) / 2;
/** Bernoulli numbers over 2k (2k - 1): the coefficients of Stirling's series. */
const SERIES: readonly number[] = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
];

/**
 * Logarithm of the gamma function of a positive number, to about 1e-15 of its size or of 1.
 * @throws RangeError unless 0 < x < Infinity.
 * @see equals scipy.special.gammaln.
 */
export function logGamma(x: number): number {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`logGamma needs a positive finite number, got ${x}`);
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_2PI + stirlingError(x);
}

/**
 * What Stirling's formula leaves of `logGamma`: a small number, so that chances of large counts keep their digits.
 * @param x - positive and finite.
 * @see Abramowitz & Stegun 6.1.40; Loader 2000, Fast and Accurate Computation of Binomial Probabilities.
 */
export function stirlingError(x: number): number {
  let below = 0;
  let at = x;
  for (; at < 15; at++) below += (at + 0.5) * Math.log1p(1 / at) - 1;
  let sum = 0;
  for (let k = SERIES.length - 1; k >= 0; k--) sum = sum / (at * at) + SERIES[k]!;
  return below + sum / at;
}
