import type { Random } from "./random.js";

// Only log, exp and sqrt are called: unlike pow, sin and cos they give the same digits in every engine we run on.

/** A whole number from 0 to `count` - 1, each equally likely. @throws RangeError unless `count` is a positive integer. */
export function randomIndex(random: Random, count: number): number {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new RangeError(`randomIndex needs a positive whole count, got ${count}`);
  return Math.floor(random() * count);
}

/** One of the items, each equally likely. @throws RangeError when there are none. */
export function randomItem<T>(random: Random, items: readonly T[]): T {
  return items[randomIndex(random, items.length)]!;
}

/**
 * A sampler of positions whose chances are proportional to `weights`; a draw costs a binary search.
 * @throws RangeError when a weight is negative or not finite, or when all are zero.
 */
export function weightedIndex(weights: ArrayLike<number>): (random: Random) => number {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity))
      throw new RangeError(`weightedIndex needs finite weights of at least 0, got ${weight} at ${i}`);
    total += weight;
    cumulative[i] = total;
  }
  if (!(total > 0 && total < Infinity))
    throw new RangeError(`weightedIndex needs weights with a positive finite sum, got ${total}`);
  return (random) => firstAbove(cumulative, random() * total);
}

/** A standard normal number. @see Marsaglia & Bray 1964, SIAM Rev. 6:260-264 (polar method). */
export function randomNormal(random: Random): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const squares = x * x + y * y;
    if (squares > 0 && squares < 1) return x * Math.sqrt((-2 * Math.log(squares)) / squares);
  }
}

/** An exponential waiting time. @param mean - at least 0, in the unit of the answer. */
export function randomExponential(random: Random, mean: number): number {
  requireAtLeastZero("randomExponential", "mean", mean);
  return -mean * Math.log(1 - random());
}

/**
 * A gamma number with mean `shape` x `scale` and variance `shape` x `scale`^2.
 * @throws RangeError when shape or scale is not positive and finite.
 * @see Marsaglia & Tsang 2000, ACM TOMS 26:363-372; a shape below 1 uses their boost U^(1/shape).
 */
export function randomGamma(random: Random, shape: number, scale: number): number {
  requirePositive("randomGamma", "shape", shape);
  requirePositive("randomGamma", "scale", scale);
  if (shape < 1) {
    const boost = Math.exp(Math.log(1 - random()) / shape);
    return randomGamma(random, shape + 1, scale) * boost;
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = randomNormal(random);
    const root = 1 + c * normal;
    if (root <= 0) continue;
    const cube = root * root * root;
    const uniform = 1 - random();
    if (Math.log(uniform) < 0.5 * normal * normal + d * (1 - cube + Math.log(cube))) return d * cube * scale;
  }
}

/** A beta number in [0, 1] with mean a / (a + b): the first share of two gamma numbers. */
export function randomBeta(random: Random, a: number, b: number): number {
  const first = randomGamma(random, a, 1);
  const second = randomGamma(random, b, 1);
  return first === 0 ? 0 : first / (first + second);
}

/**
 * A Poisson count, exact for every mean; time grows with the mean.
 * @param mean - at least 0 and finite.
 * @see Knuth, TAOCP vol. 2, 3.4.1 (products of uniforms), on parts of at most 32 so that exp(-part) stays normal.
 */
export function randomPoisson(random: Random, mean: number): number {
  requireAtLeastZero("randomPoisson", "mean", mean);
  let count = 0;
  for (let rest = mean; rest > 0; rest -= 32) {
    const floor = Math.exp(-Math.min(rest, 32));
    for (let product = random(); product > floor; product *= random()) count++;
  }
  return count;
}

/** The first position whose cumulative weight exceeds `target`, which lies below the last. */
function firstAbove(cumulative: Float64Array, target: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

function requirePositive(who: string, name: string, value: number): void {
  if (!(value > 0 && value < Infinity))
    throw new RangeError(`${who} needs a positive finite ${name}, got ${value}`);
}

function requireAtLeastZero(who: string, name: string, value: number): void {
  if (!(value >= 0 && value < Infinity))
    throw new RangeError(`${who} needs a finite ${name} of at least 0, got ${value}`);
}
