import { nbd } from "./nbd.js";
import type { PurchaseLaw, PurchaseModel } from "./purchase-model.js";

/**
 * Mixed NBD: customers of two kinds, usual and busy, each buying at rates of its own kind (gamma), and nobody stops. `odds`
 * are those of being busy. Which kind a customer is follows from the purchases.
 *
 * One gamma distribution for consumers and wholesalers alike takes the rates of the busiest for luck.
 */
export const mixedNbd: PurchaseModel = {
  name: "mixed NBD",
  parameterNames: ["r", "alpha", "rBusy", "alphaBusy", "odds"],
  start: (meanRepeats, meanAge) => [
    ...nbd.start(meanRepeats / 2, meanAge),
    1,
    (0.3 * meanAge) / meanRepeats,
    0.1,
  ],
  law(parameters) {
    const all = Array.from(parameters);
    return mixedLaw(nbd.law(all.slice(0, 2)), nbd.law(all.slice(2, 4)), all[4]!);
  },
};

function mixedLaw(usual: PurchaseLaw, busy: PurchaseLaw, odds: number): PurchaseLaw {
  const logOdds = Math.log(odds);
  const logUsual = -Math.log1p(odds);
  const busyChance = (x: number, last: number, age: number): number =>
    1 / (1 + Math.exp(usual.logLikelihood(x, last, age) - busy.logLikelihood(x, last, age) - logOdds));
  return {
    logLikelihood(x, last, age) {
      const first = usual.logLikelihood(x, last, age);
      const second = busy.logLikelihood(x, last, age) + logOdds;
      return logUsual + Math.max(first, second) + Math.log1p(Math.exp(-Math.abs(first - second)));
    },
    aliveProbability(x, last, age) {
      const chance = busyChance(x, last, age);
      return (1 - chance) * usual.aliveProbability(x, last, age) + chance;
    },
    expectedPurchases(time, x, last, age) {
      const chance = busyChance(x, last, age);
      return (
        (1 - chance) * usual.expectedPurchases(time, x, last, age) +
        chance * busy.expectedPurchases(time, x, last, age)
      );
    },
    drawPurchases(random, time, x, last, age) {
      const law = random() < busyChance(x, last, age) ? busy : usual;
      return law.drawPurchases(random, time, x, last, age);
    },
    drawHistory: (random, age) => (random() < odds / (1 + odds) ? busy : usual).drawHistory(random, age),
  };
}
