/** How near two points of the map are taken to be at a distance d: 1 / (1 + a d^(2 b)). */
export interface Curve {
  a: number;
  b: number;
}

const POINTS = 300;

/**
 * The curve nearest, by least squares over distances up to 3 x `spread`, to one that is 1 up to `minDist` and falls
 * off exponentially from there.
 * @see McInnes, Healy & Melville 2018, arXiv:1802.03426, definition 11; equals umap.umap_.find_ab_params.
 */
export function fitCurve(minDist: number, spread: number): Curve {
  const xs = Float64Array.from({ length: POINTS }, (_, i) => (3 * spread * i) / (POINTS - 1));
  const ys = xs.map((x) => (x < minDist ? 1 : Math.exp(-(x - minDist) / spread)));
  let curve: Curve = { a: 1, b: 1 };
  let error = squaredError(curve, xs, ys);
  let damping = 1e-3;
  // Levenberg-Marquardt: damped Gauss-Newton steps, less damped while they help.
  for (let step = 0; step < 200 && damping < 1e12; step++) {
    const next = dampedStep(curve, xs, ys, damping);
    const nextError = next.a > 0 && next.b > 0 ? squaredError(next, xs, ys) : Infinity;
    if (nextError < error) {
      const gain = error - nextError;
      [curve, error] = [next, nextError];
      damping /= 10;
      if (gain <= 1e-15 * error) break;
    } else damping *= 10;
  }
  return curve;
}

function squaredError({ a, b }: Curve, xs: Float64Array, ys: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < xs.length; i++) sum += (1 / (1 + a * xs[i]! ** (2 * b)) - ys[i]!) ** 2;
  return sum;
}

function dampedStep({ a, b }: Curve, xs: Float64Array, ys: Float64Array, damping: number): Curve {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i]!;
    if (x === 0) continue;
    const power = x ** (2 * b);
    const value = 1 / (1 + a * power);
    const byA = -power * value * value;
    const byB = a * byA * 2 * Math.log(x);
    const rest = ys[i]! - value;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ra += byA * rest;
    rb += byB * rest;
  }
  const [da, db] = [aa * (1 + damping), bb * (1 + damping)];
  const determinant = da * db - ab * ab;
  return { a: a + (db * ra - ab * rb) / determinant, b: b + (da * rb - ab * ra) / determinant };
}
