import { normalReach } from "./test-checks.js";
import type { Estimate, Interval } from "./test-result.js";
import type { CountedSamples } from "./two-samples.js";

/**
 * How much more often a value of the first sample exceeds one of the second than the other way round, among all pairs;
 * also known as rank-biserial correlation. The interval lets the samples spread differently.
 * @returns a value in [-1, 1] with Cliff's interval from the unbiased variance.
 * @see Cliff 1996, Multivar. Behav. Res. 31:331-350; Feng & Cliff 2004, J. Mod. Appl. Stat. Methods 3:322-332.
 */
export function cliffsDeltaOf(samples: CountedSamples, level: number): Estimate {
  const { inA, inB } = samples;
  const [n, m] = [sum(inA), sum(inB)];
  // Each value's own dominance: the share of the other sample below it minus the share above.
  const overB = dominance(inB, m);
  const overA = dominance(inA, n);
  const value = weightedSum(inA, overB, 1) / n;
  const tied = inA.reduce((all, count, i) => all + count * inB[i]!, 0);
  const spreadA = weightedSum(inA, overB, 2) - n * value * value;
  const spreadB = weightedSum(inB, overA, 2) - m * value * value;
  const spread = n * m - tied - n * m * value * value;
  const variance =
    n < 2 || m < 2
      ? Number.NaN
      : Math.max(
          (m * m * spreadA + n * n * spreadB - spread) / (n * m * (n - 1) * (m - 1)),
          (1 - value * value) / (n * m - 1),
        );
  return {
    name: "Cliff's delta",
    value,
    interval: deltaInterval(value, variance, Math.min(n, m), level),
  };
}

function dominance(counts: Float64Array, size: number): Float64Array {
  const shares = new Float64Array(counts.length);
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    shares[i] = (2 * below + counts[i]! - size) / size;
    below += counts[i]!;
  }
  return shares;
}

/** Asymmetric, so that it stays within [-1, 1]. A sample of one tells no variance, and the interval is all there is. */
function deltaInterval(delta: number, variance: number, smaller: number, level: number): Interval {
  const z2 = normalReach(level) ** 2;
  if (Number.isNaN(variance)) return { low: -1, high: 1, level };
  if (Math.abs(delta) === 1) {
    const inner = (smaller - z2) / (smaller + z2);
    return delta > 0 ? { low: inner, high: 1, level } : { low: -1, high: -inner, level };
  }
  const room = 1 - delta * delta;
  const reach = Math.sqrt(z2 * variance) * Math.sqrt(room * room + z2 * variance);
  const [centre, scale] = [delta - delta ** 3, room + z2 * variance];
  return {
    low: Math.max(-1, (centre - reach) / scale),
    high: Math.min(1, (centre + reach) / scale),
    level,
  };
}

function sum(counts: Float64Array): number {
  return counts.reduce((all, count) => all + count, 0);
}

function weightedSum(counts: Float64Array, values: Float64Array, power: 1 | 2): number {
  let all = 0;
  for (let i = 0; i < counts.length; i++) all += counts[i]! * values[i]! ** power;
  return all;
}
