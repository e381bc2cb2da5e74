import { randomGamma } from "../../math/distributions.js";
import { logGamma } from "../../math/log-gamma.js";
import type { Random } from "../../math/random.js";
import { byCount } from "./by-count.js";

/** What the Gamma-Gamma model says of a customer who placed so many orders of this mean value. */
export interface SpendLaw {
  /** @param orders - above 0; @param meanValue - above 0. */
  logLikelihood(orders: number, meanValue: number): number;
  /** Expected value of an order of the whole population; infinite when q <= 1. */
  populationMean: number;
  /** Expected value of an order to come, drawn towards the population's the fewer orders there were. */
  expectedValue(orders: number, meanValue: number): number;
  /** One of the possible totals of so many orders to come. */
  drawTotal(random: Random, count: number, orders: number, meanValue: number): number;
}

/** Names of the parameters, in their order. */
export const GAMMA_GAMMA_PARAMETERS: readonly string[] = ["p", "q", "v"];

/**
 * Gamma-Gamma: order values vary around a mean of each customer's own (gamma: p), and these means vary between customers
 * (inverse gamma: q, v), independent of how often they buy.
 * @see Fader & Hardie 2013, "The Gamma-Gamma model of monetary value"; equals lifetimes.GammaGammaFitter.
 */
export function gammaGammaLaw(parameters: ArrayLike<number>): SpendLaw {
  const [p, q, v] = [parameters[0]!, parameters[1]!, parameters[2]!];
  const constant = q * Math.log(v) - logGamma(q);
  const ofCount = byCount((x) => logGamma(p * x + q) - logGamma(p * x) + p * x * Math.log(x) + constant);
  return {
    logLikelihood: (x, mean) =>
      ofCount(x) + (p * x - 1) * Math.log(mean) - (p * x + q) * Math.log(x * mean + v),
    populationMean: q > 1 ? (p * v) / (q - 1) : Infinity,
    expectedValue(x, mean) {
      return (p * (v + x * mean)) / (p * x + q - 1);
    },
    drawTotal(random, count, x, mean) {
      if (count === 0) return 0;
      const rate = randomGamma(random, q + p * x, 1 / (v + x * mean));
      return randomGamma(random, p * count, 1 / rate);
    },
  };
}
