import { randomIndex } from "./distributions.js";
import type { Random } from "./random.js";

/** So many different positions, drawn at random, ascending. */
export function drawRows(n: number, count: number, random: Random): Int32Array {
  const all = Int32Array.from({ length: n }, (_, i) => i);
  for (let at = 0; at < count; at++) {
    const other = at + randomIndex(random, n - at);
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all.slice(0, count).sort();
}
