import { randomBeta, randomGamma, randomPoisson } from "../../math/distributions.js";
import { logBeta, logGamma } from "../../math/log-gamma.js";
import type { Random } from "../../math/random.js";
import { byCount } from "./by-count.js";
import { drawPath } from "./draw-path.js";
import type { PurchaseLaw, PurchaseModel } from "./purchase-model.js";

/**
 * BG/NBD: each customer buys at a steady rate of his own (gamma: r, alpha) and after each repeat purchase stops for good
 * with a chance of his own (beta: a, b). Who never came back cannot have stopped: he is alive for certain, however
 * long ago it was.
 * @see Fader, Hardie & Lee 2005, Marketing Science 24:275-284; equals lifetimes.BetaGeoFitter.
 */
export const bgNbd: PurchaseModel = family("BG/NBD", 0);

/**
 * MBG/NBD: as BG/NBD, but customers may stop after the first purchase as well.
 * @see Batislam, Denizel & Filiztekin 2007, Int. J. Research in Marketing 24:201-209; equals
 * lifetimes.ModifiedBetaGeoFitter.
 */
export const mbgNbd: PurchaseModel = family("MBG/NBD", 1);

/** @param first - 1 when the first purchase may be the last. */
function family(name: string, first: 0 | 1): PurchaseModel {
  return {
    name,
    parameterNames: ["r", "alpha", "a", "b"],
    start: (meanRepeats, meanAge) => [0.7, (0.7 * meanAge) / meanRepeats, 0.8, 2.5],
    law: (parameters) =>
      betaGeometricLaw(parameters[0]!, parameters[1]!, parameters[2]!, parameters[3]!, first),
  };
}

function betaGeometricLaw(r: number, alpha: number, a: number, b: number, first: 0 | 1): PurchaseLaw {
  const logStart = r * Math.log(alpha);
  const logRising = byCount((x) => logGamma(r + x) - logGamma(r));
  /** Chance of having survived all occasions to stop, in logs. */
  const logSurvived = byCount((x) => logBeta(a, b + x + first) - logBeta(a, b));
  /** How much likelier it is to have stopped at the last occasion than to have survived it too. */
  const logStopped = byCount((x) => Math.log(a) - Math.log(b + x + first - 1));
  const mayHaveStopped = (x: number): boolean => x + first > 0;

  const logOddsStopped = (x: number, last: number, age: number): number =>
    mayHaveStopped(x) ? logStopped(x) + (r + x) * Math.log((alpha + age) / (alpha + last)) : -Infinity;
  const aliveProbability = (x: number, last: number, age: number): number =>
    1 / (1 + Math.exp(logOddsStopped(x, last, age)));

  return {
    logLikelihood(x, last, age) {
      const odds = logOddsStopped(x, last, age);
      const either = odds > 30 ? odds : Math.log1p(Math.exp(odds));
      return logRising(x) + logStart + logSurvived(x) - (r + x) * Math.log(alpha + age) + either;
    },
    aliveProbability,
    expectedPurchases: (time, x, last, age) =>
      expectedIfAlive(time / (alpha + age + time), r + x, a, b + x + first) * aliveProbability(x, last, age),
    drawPurchases(random, time, x, last, age) {
      if (random() >= aliveProbability(x, last, age)) return 0;
      const rate = randomGamma(random, r + x, 1 / (alpha + age));
      const dropout = randomBeta(random, a, b + x + first);
      return Math.min(randomPoisson(random, rate * time), purchasesLeft(random, dropout));
    },
    drawHistory(random, age) {
      const rate = randomGamma(random, r, 1 / alpha);
      const dropout = randomBeta(random, a, b);
      const stops = (): boolean => random() < dropout;
      if (first === 1 && stops()) return { repeats: 0, last: 0, logGaps: 0 };
      return drawPath(random, rate, age, stops);
    },
  };
}

/** Purchases up to the one after which a customer stops, that one included. */
function purchasesLeft(random: Random, dropout: number): number {
  if (dropout <= 0) return Infinity;
  return dropout >= 1 ? 1 : 1 + Math.floor(Math.log(1 - random()) / Math.log1p(-dropout));
}

/**
 * Expected purchases of who is alive: (a + b - 1) / (a - 1) [1 - (1 - z)^(a - 1) 2F1(a - 1, a + b - 1 - rate; a + b - 1; z)]
 * for a rate ~ gamma(shape), a dropout ~ beta(a, b) and z = t / (alpha + T + t), the published form after Euler's
 * transformation. The factors a - 1 and a + b - 1, which may be near zero or below, are divided out of the series.
 */
function expectedIfAlive(z: number, shape: number, a: number, b: number): number {
  const c = a + b - 1;
  const discount = a === 1 ? Math.log1p(-z) : Math.expm1((a - 1) * Math.log1p(-z)) / (a - 1);
  let term = (c - shape) * z;
  let sum = term;
  for (let n = 1; n < 1_000_000; n++) {
    term *= (((a - 1 + n) * (c - shape + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    if (Math.abs(term) * z <= 1e-16 * (1 - z) * Math.abs(sum)) break;
  }
  return -(c * discount + sum * (1 + (a - 1) * discount));
}
