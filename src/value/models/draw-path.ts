import { randomExponential } from "../../math/distributions.js";
import type { Random } from "../../math/random.js";

/** Purchases at a steady rate until the time is over or one of them is the last. */
export function drawPath(
  random: Random,
  rate: number,
  time: number,
  isLast: () => boolean,
): { repeats: number; last: number } {
  let [repeats, last] = [0, 0];
  if (!(rate > 0)) return { repeats, last };
  for (let at = randomExponential(random, 1 / rate); at < time; at += randomExponential(random, 1 / rate)) {
    repeats++;
    last = at;
    if (isLast()) break;
  }
  return { repeats, last };
}
