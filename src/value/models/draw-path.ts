import { randomExponential } from "../../math/distributions.js";
import type { Random } from "../../math/random.js";
import type { DrawnHistory } from "./purchase-model.js";

/** Purchases at a steady rate until the time is over or one of them is the last. */
export function drawPath(random: Random, rate: number, time: number, isLast: () => boolean): DrawnHistory {
  let [repeats, last, logGaps] = [0, 0, 0];
  while (rate > 0) {
    const gap = randomExponential(random, 1 / rate);
    if (last + gap >= time) break;
    repeats++;
    last += gap;
    logGaps += Math.log(gap);
    if (isLast()) break;
  }
  return { repeats, last, logGaps };
}
