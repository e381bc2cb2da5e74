import { randomBeta, randomGamma, randomPoisson } from "../../math/distributions.js";
import { logBeta, logGamma } from "../../math/log-gamma.js";
import type { Random } from "../../math/random.js";
import { byCount } from "./by-count.js";
import type { PurchaseLaw, PurchaseModel } from "./purchase-model.js";

/**
 * MBG/CNBD-2: as MBG/NBD (customers may stop after any purchase), but they come at more regular times: a purchase is
 * every second event of a steady stream (Erlang-2 gaps). A silence long for a customer's rhythm then tells that he
 * stopped.
 * @see Reutterer, Platzer & Schroeder 2021, Int. J. Research in Marketing 38:194-215; MBG/NBD for Erlang-1.
 */
export const mbgCnbd: PurchaseModel = mbgCnbdOf(2);

/** CNBD-2: regular times as well, and nobody stops. @see Chatfield & Goodhardt 1973, J. Marketing Research 10:310-316. */
export const cnbd: PurchaseModel = {
  name: "CNBD-2",
  parameterNames: ["r", "alpha"],
  regularity: 2,
  start: (meanRepeats, meanAge) => [0.7, (0.35 * meanAge) / meanRepeats],
  law: (parameters) => regularLaw(2, parameters[0]!, parameters[1]!, undefined),
};

/** @param k - events of the stream for a purchase. */
export function mbgCnbdOf(k: number): PurchaseModel {
  return {
    name: `MBG/CNBD-${k}`,
    parameterNames: ["r", "alpha", "a", "b"],
    regularity: k,
    start: (meanRepeats, meanAge) => [0.7, (0.7 * meanAge) / meanRepeats / k, 0.8, 2.5],
    law: (parameters) =>
      regularLaw(k, parameters[0]!, parameters[1]!, { a: parameters[2]!, b: parameters[3]! }),
  };
}

/** A chance to stop after each purchase, the first included, that is beta distributed among customers. */
interface Stopping {
  a: number;
  b: number;
}

function regularLaw(k: number, r: number, alpha: number, stopping: Stopping | undefined): PurchaseLaw {
  const logStart = r * Math.log(alpha);
  const logRising = byCount((x) => logGamma(r + k * x) - logGamma(r));
  const logSurvived = byCount((x) =>
    stopping ? logBeta(stopping.a, stopping.b + x + 1) - logBeta(stopping.a, stopping.b) : 0,
  );

  /** For 0, 1, ... k - 1 events since the last purchase, how much likelier they are than none. */
  const phases = (x: number, last: number, age: number): number[] => {
    const share = (age - last) / (alpha + age);
    const weights = [1];
    for (let j = 1; j < k; j++) weights.push((weights[j - 1]! * share * (r + k * x + j - 1)) / j);
    return weights;
  };
  const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);

  /** The sum of the phases; it is asked for often. */
  const phaseSum = (x: number, last: number, age: number): number => {
    if (k === 2) return 1 + ((age - last) / (alpha + age)) * (r + 2 * x);
    return sum(phases(x, last, age));
  };
  const logStopped = byCount((x) => (stopping ? Math.log(stopping.a / (stopping.b + x)) : -Infinity));
  /** @param logSilent - logarithm of the sum of the phases. */
  const logOddsStopped = (x: number, last: number, age: number, logSilent: number): number =>
    logStopped(x) + (r + k * x) * Math.log((alpha + age) / (alpha + last)) - logSilent;
  const aliveProbability = (x: number, last: number, age: number): number =>
    1 / (1 + Math.exp(logOddsStopped(x, last, age, Math.log(phaseSum(x, last, age)))));

  return {
    logLikelihood(x, last, age) {
      const logSilent = Math.log(phaseSum(x, last, age));
      const odds = logOddsStopped(x, last, age, logSilent);
      const either = odds > 30 ? odds : Math.log1p(Math.exp(odds));
      const silent = logSilent - (r + k * x) * Math.log(alpha + age);
      return logRising(x) + logStart + logSurvived(x) + silent + either;
    },
    aliveProbability,
    expectedPurchases(time, x, last, age) {
      const weights = phases(x, last, age);
      const all = sum(weights);
      let expected = 0;
      for (const [phase, weight] of weights.entries()) {
        const shape = r + k * x + phase;
        const left = stopping && { a: stopping.a, b: stopping.b + x + 1 };
        expected += (weight / all) * expectedCount(k, phase, shape, time / (alpha + age), left);
      }
      return expected * aliveProbability(x, last, age);
    },
    drawPurchases(random, time, x, last, age) {
      if (random() >= aliveProbability(x, last, age)) return 0;
      const phase = drawPhase(random, phases(x, last, age));
      const rate = randomGamma(random, r + k * x + phase, 1 / (alpha + age));
      const count = Math.floor((randomPoisson(random, rate * time) + phase) / k);
      if (stopping === undefined || count === 0) return count;
      const dropout = randomBeta(random, stopping.a, stopping.b + x + 1);
      for (let made = 1; made < count; made++) if (random() < dropout) return made;
      return count;
    },
    drawHistory(random, age) {
      const rate = randomGamma(random, r, 1 / alpha);
      const dropout = stopping ? randomBeta(random, stopping.a, stopping.b) : 0;
      let [repeats, last, logGaps] = [0, 0, 0];
      while (rate > 0 && random() >= dropout) {
        const gap = randomGamma(random, k, 1 / rate);
        if (last + gap >= age) break;
        repeats++;
        last += gap;
        logGaps += Math.log(gap);
      }
      return { repeats, last, logGaps };
    },
  };
}

/**
 * Expected purchases of who is alive: the sum over m of the chance that at least m come, times that of not having
 * stopped after those before. Events to come are negative binomial: Poisson with a gamma rate.
 * @param ratio - time to come over alpha + age.
 */
function expectedCount(
  k: number,
  phase: number,
  shape: number,
  ratio: number,
  stopping: Stopping | undefined,
): number {
  const success = ratio / (1 + ratio);
  let chance = Math.exp(-shape * Math.log1p(ratio));
  let atLeast = 1;
  let events = 0;
  let still = 1;
  let expected = 0;
  for (let m = 1; m < 1_000_000; m++) {
    for (; events < m * k - phase; events++) {
      atLeast -= chance;
      chance *= ((shape + events) / (events + 1)) * success;
    }
    if (!(atLeast > 1e-13)) break;
    expected += atLeast * still;
    if (stopping) still *= (stopping.b + m - 1) / (stopping.a + stopping.b + m - 1);
  }
  return expected;
}

function drawPhase(random: Random, weights: number[]): number {
  let left = random() * weights.reduce((all, weight) => all + weight, 0);
  for (const [phase, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return phase;
  }
  return weights.length - 1;
}
