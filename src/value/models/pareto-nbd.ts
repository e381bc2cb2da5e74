import { randomExponential, randomGamma, randomPoisson } from "../../math/distributions.js";
import { hypergeometricOne } from "../../math/hypergeometric.js";
import { logGamma } from "../../math/log-gamma.js";
import { byCount } from "./by-count.js";
import { drawPath } from "./draw-path.js";
import type { PurchaseLaw, PurchaseModel } from "./purchase-model.js";

/**
 * Pareto/NBD: each customer buys at a steady rate of his own (gamma: r, alpha) until he stops for good, after a
 * lifetime of his own expectation (gamma: s, beta). He may stop at any time, also before a second purchase.
 * @see Schmittlein, Morrison & Colombo 1987, Management Science 33:1-24; Fader & Hardie 2005, "A note on deriving the
 * Pareto/NBD model and related expressions"; equals lifetimes.ParetoNBDFitter.
 */
export const paretoNbd: PurchaseModel = {
  name: "Pareto/NBD",
  parameterNames: ["r", "alpha", "s", "beta"],
  start: (meanRepeats, meanAge) => [0.7, (0.7 * meanAge) / meanRepeats, 0.6, meanAge / 2],
  law: (parameters) => paretoNbdLaw(parameters[0]!, parameters[1]!, parameters[2]!, parameters[3]!),
};

function paretoNbdLaw(r: number, alpha: number, s: number, beta: number): PurchaseLaw {
  const constant = r * Math.log(alpha) + s * Math.log(beta);
  const logRising = byCount((x) => logGamma(r + x) - logGamma(r));
  const logShare = byCount((x) => Math.log(s / (r + s + x)));

  /**
   * Logarithm of F(y) = 2F1(...) / (... + y)^(r + s + x), whose difference between last purchase and now is the chance
   * of having stopped since. Euler's transformation leaves a 2F1 with a parameter of 1.
   */
  const logTail = (x: number, y: number): number => {
    const [buying, living] = [alpha + y, beta + y];
    const c = r + s + x + 1;
    return alpha >= beta
      ? Math.log(hypergeometricOne(r + x, c, (alpha - beta) / buying)) -
          (r + x) * Math.log(buying) -
          s * Math.log(living)
      : Math.log(hypergeometricOne(s + 1, c, (beta - alpha) / living)) -
          (s + 1) * Math.log(living) -
          (r + x - 1) * Math.log(buying);
  };

  /** Logarithm of the chance of having stopped over that of being alive, both with the purchases seen. */
  const logOddsStopped = (x: number, last: number, age: number): number => {
    if (last === age) return -Infinity;
    const from = logTail(x, last);
    const gone = from + Math.log(-Math.expm1(Math.min(0, logTail(x, age) - from)));
    return logShare(x) + gone + (r + x) * Math.log(alpha + age) + s * Math.log(beta + age);
  };

  const aliveProbability = (x: number, last: number, age: number): number =>
    1 / (1 + Math.exp(logOddsStopped(x, last, age)));

  return {
    logLikelihood(x, last, age) {
      const odds = logOddsStopped(x, last, age);
      const either = odds > 30 ? odds : Math.log1p(Math.exp(odds));
      return logRising(x) + constant - (r + x) * Math.log(alpha + age) - s * Math.log(beta + age) + either;
    },
    aliveProbability,
    expectedPurchases(time, x, last, age) {
      const growth = Math.log1p(time / (beta + age));
      const lived = s === 1 ? growth : -Math.expm1((1 - s) * growth) / (s - 1);
      return ((r + x) / (alpha + age)) * (beta + age) * lived * aliveProbability(x, last, age);
    },
    drawPurchases(random, time, x, last, age) {
      if (random() >= aliveProbability(x, last, age)) return 0;
      // Alive, the purchases say nothing of the lifetime: rate and lifetime are independent.
      const rate = randomGamma(random, r + x, 1 / (alpha + age));
      const dropout = randomGamma(random, s, 1 / (beta + age));
      const lived = dropout > 0 ? randomExponential(random, 1 / dropout) : time;
      return randomPoisson(random, rate * Math.min(time, lived));
    },
    drawHistory(random, age) {
      const rate = randomGamma(random, r, 1 / alpha);
      const dropout = randomGamma(random, s, 1 / beta);
      const lived = dropout > 0 ? randomExponential(random, 1 / dropout) : age;
      return drawPath(random, rate, Math.min(age, lived), () => false);
    },
  };
}
