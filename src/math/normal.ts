import { gaussLegendre } from "./quadrature.js";

const HALF_PI = Math.PI / 2;
/** Beyond this the standard normal density is below the smallest double. */
const FAR = 38.6;
const nodes: readonly [number, number][] = gaussLegendre(16);

/**
 * Chance that a standard normal number is at most `x`, to about 1e-15 relative, also far out in the left tail.
 * @see Abramowitz & Stegun 26.2.10 (series) and 26.2.14 (continued fraction); equals scipy.stats.norm.cdf.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  return x > 0 ? 1 - leftTail(-x) : leftTail(x);
}

/** Chance that a standard normal number lies in (from, to], without losing digits in the tails. */
export function normalBetween(from: number, to: number): number {
  return from > 0 ? leftTail(-from) - leftTail(-to) : normalCdf(to) - normalCdf(from);
}

/**
 * The number below which a standard normal number lies with chance `p`, to about 1e-14 relative; at 0 and 1 infinite.
 *
 * Newton's method on the logarithm of the chance, which is concave: started left of the answer it never leaves that
 * side, however small `p`.
 * @throws RangeError when `p` lies outside [0, 1].
 * @see equals scipy.stats.norm.ppf.
 */
export function normalQuantile(p: number): number {
  if (Number.isNaN(p)) return p;
  if (!(p >= 0 && p <= 1)) throw new RangeError(`normalQuantile needs a chance in [0, 1], got ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0.5) return 0;
  if (p === 0) return -Infinity;
  // The left tail is at most half of exp(-x^2 / 2).
  let x = -Math.sqrt(-2 * Math.log(2 * p));
  for (let step = 0; step < 50; step++) {
    const chance = leftTail(x);
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    const change = (Math.log(p / chance) * chance) / density;
    x += change;
    if (!(Math.abs(change) > 1e-15 * Math.abs(x))) break;
  }
  return x;
}

function leftTail(x: number): number {
  if (x < -FAR) return 0;
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > -3) {
    let term = x;
    let sum = x;
    for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
      term *= (x * x) / i;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  let fraction = 0;
  for (let i = 120; i > 0; i--) fraction = i / (-x + fraction);
  return density / (-x + fraction);
}

/**
 * What correlation adds to the chance of each cell of a grid: the bivariate standard normal chance of the cell at
 * `rho`, minus the product of its two sides' chances. Differences are taken of the added part alone, so small cells
 * keep their digits.
 * @param xEdges - ascending; `yEdges` likewise.
 * @param rho - correlation in [0, 1]; 1 is the line x = y.
 * @returns (xEdges.length - 1) x (yEdges.length - 1) values, row by row.
 * @see Plackett 1954, Biometrika 41:351-360 (the derivative by rho is the density), with rho = sin(angle).
 */
export function addedByCorrelation(
  xEdges: readonly number[],
  yEdges: readonly number[],
  rho: number,
): Float64Array {
  const corners = rho >= 1 ? cornersAtOne(xEdges, yEdges) : cornersBelowOne(xEdges, yEdges, rho);
  const width = yEdges.length;
  const cells = new Float64Array((xEdges.length - 1) * (width - 1));
  for (let i = 0; i + 1 < xEdges.length; i++)
    for (let j = 0; j + 1 < width; j++)
      cells[i * (width - 1) + j] =
        corners[(i + 1) * width + j + 1]! -
        corners[i * width + j + 1]! -
        corners[(i + 1) * width + j]! +
        corners[i * width + j]!;
  return cells;
}

function cornersAtOne(xEdges: readonly number[], yEdges: readonly number[]): Float64Array {
  const byX = xEdges.map(normalCdf);
  const byY = yEdges.map(normalCdf);
  return Float64Array.from(byX.flatMap((x) => byY.map((y) => Math.min(x, y) - x * y)));
}

function cornersBelowOne(xEdges: readonly number[], yEdges: readonly number[], rho: number): Float64Array {
  const corners = new Float64Array(xEdges.length * yEdges.length);
  const end = Math.asin(rho);
  // Close to rho = 1 the density changes on the scale of the distance to it: each panel halves that distance.
  for (let from = 0, reach = HALF_PI / 2; from < end; reach /= 2) {
    const to = Math.min(end, from + reach);
    for (const [node, weight] of nodes) {
      const angle = from + ((to - from) * (node + 1)) / 2;
      const cosine = Math.cos(angle);
      addDensity(corners, xEdges, yEdges, cosine, Math.sin(angle), ((to - from) * weight) / (4 * Math.PI));
    }
    from = to;
    if (reach < 1e-9) break;
  }
  return corners;
}

function addDensity(
  corners: Float64Array,
  xEdges: readonly number[],
  yEdges: readonly number[],
  cosine: number,
  sine: number,
  weight: number,
): void {
  const apart = 1 / (2 * cosine * cosine);
  const together = 1 / (1 + sine);
  let at = 0;
  for (const x of xEdges)
    for (const y of yEdges) {
      const gap = x - y;
      corners[at++]! += weight * Math.exp(-(gap * gap * apart + x * y * together));
    }
}
