/** Where a function was found to cross zero takes at most so many steps: halving alone needs about 1,100. */
const MOST_STEPS = 2_000;

/**
 * Where a continuous function crosses zero between two numbers at which its signs differ.
 *
 * Inverse quadratic interpolation where three points bend little, halving elsewhere.
 * @param tolerance - wanted relative accuracy of the answer; a few units in the last place when left out.
 * @throws RangeError when the signs at both ends are the same.
 * @see Chandrupatla 1997, Adv. Eng. Softw. 28:145-149.
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance = 4e-16): number {
  let [a, b] = [low, high];
  let [fa, fb] = [f(a), f(b)];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0) || Number.isNaN(fa + fb))
    throw new RangeError(`findRoot needs values of different signs, got ${fa} at ${a} and ${fb} at ${b}`);
  let [c, fc] = [a, fa];
  let share = 0.5;
  for (let step = 0; step < MOST_STEPS; step++) {
    const x = a + share * (b - a);
    const fx = f(x);
    if (fx === 0) return x;
    if (fx < 0 === fa < 0) [c, fc] = [a, fa];
    else [c, fc, b, fb] = [b, fb, a, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const near = (tolerance * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a);
    if (near > 0.5 || a === b) return best;
    share = Math.min(1 - near, Math.max(near, interpolatedShare(a, fa, b, fb, c, fc)));
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}

function interpolatedShare(a: number, fa: number, b: number, fb: number, c: number, fc: number): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5;
  const share =
    (fa / (fb - fa)) * (fc / (fb - fc)) + ((((c - a) / (b - a)) * fa) / (fc - fa)) * (fb / (fc - fb));
  return Number.isFinite(share) ? share : 0.5;
}

/** The chances that a variable lies at most at some number, and above it. */
export interface Tails {
  below: number;
  above: number;
}

/** Both chances around the number below which a variable lies with chance `p`. */
export function tailsAt(p: number): Tails {
  return { below: p, above: 1 - p };
}

/**
 * Where a positive variable has the wanted chances below and above it. The smaller of the two is followed on a
 * logarithmic scale, so that far tails keep their digits.
 * @param tails - at a positive number, the chances below and above it.
 * @param start - positive, of the size of the answer.
 * @param wanted - both above 0.
 */
export function invertTails(tails: (x: number) => Tails, start: number, wanted: Tails): number {
  // A chance that vanishes has an infinite logarithm, which halving deals with but a line cannot.
  const f = (x: number): number => {
    const found = tails(x);
    const ratio = wanted.below <= wanted.above ? found.below / wanted.below : wanted.above / found.above;
    return Math.max(-800, Math.min(800, Math.log(ratio)));
  };
  let [low, high] = [start, start];
  while (low > 0 && f(low) > 0) low /= 2;
  while (high < Infinity && f(high) < 0) high *= 2;
  if (low === 0 || high === Infinity) return low === 0 ? 0 : Infinity;
  return low === high ? low : findRoot(f, low, high);
}
