import { rankCodes } from "./ranks.js";

/** How often each different value of two samples occurs in each, ascending. */
export interface CountedSamples {
  values: Float64Array;
  inA: Float64Array;
  inB: Float64Array;
}

/** Counts the values of two samples of finite numbers together: all that a comparison by ranks needs. */
export function countSamples(a: Float64Array, b: Float64Array): CountedSamples {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  const { codes, size, values } = rankCodes(both);
  const inA = new Float64Array(size);
  const inB = new Float64Array(size);
  for (let i = 0; i < codes.length; i++) (i < a.length ? inA : inB)[codes[i]!]!++;
  return { values, inA, inB };
}

/** Sum of t^3 - t over groups of t equal values: what ties take from the spread of ranks. */
export function tieLoss(counts: Float64Array): number {
  return counts.reduce((sum, t) => sum + t * (t * t - 1), 0);
}
