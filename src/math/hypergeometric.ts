/**
 * Gauss's hypergeometric function 2F1(1, b; c; z) for 0 <= z < 1, 0 < b and b < c + 1 - 1e-12.
 *
 * By Gauss's continued fraction, whose terms are all of one sign here: nothing cancels, and a few dozen of them do even
 * close to z = 1, where the power series needs thousands.
 * @throws RangeError outside of these bounds.
 * @see Abramowitz & Stegun 15.2 and Wall 1948, Analytic Theory of Continued Fractions, chapter 18; equals
 * scipy.special.hyp2f1(1, b, c, z).
 */
export function hypergeometricOne(b: number, c: number, z: number): number {
  if (!(z >= 0 && z < 1 && b > 0 && c > 0 && c - b > -1))
    throw new RangeError(
      `hypergeometricOne needs 0 <= z < 1, b > 0, c > 0 and c > b - 1, got b = ${b}, c = ${c}, z = ${z}`,
    );
  if (z === 0) return 1;
  const d = c - 1;
  // Steed's algorithm: sums of terms of the fraction 1 / (1 - e1 z / (1 - e2 z / (1 - ...))).
  let ratio = 1;
  let term = 1;
  let sum = 1;
  for (let i = 1; i < 100_000; i++) {
    const m = i >> 1;
    const coefficient =
      i % 2 === 1
        ? ((b + m) * (d + m)) / ((d + 2 * m) * (d + 2 * m + 1))
        : (m * (d - b + m)) / ((d + 2 * m - 1) * (d + 2 * m));
    ratio = 1 / (1 - coefficient * z * ratio);
    term *= ratio - 1;
    sum += term;
    if (Math.abs(term) < 1e-16 * Math.abs(sum)) return sum;
  }
  throw new RangeError(`hypergeometricOne finds no end for b = ${b}, c = ${c}, z = ${z}: too close to 1`);
}
