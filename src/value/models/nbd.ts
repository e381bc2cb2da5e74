import { randomGamma, randomPoisson } from "../../math/distributions.js";
import { logGamma } from "../../math/log-gamma.js";
import { byCount } from "./by-count.js";
import { drawPath } from "./draw-path.js";
import type { PurchaseLaw, PurchaseModel } from "./purchase-model.js";

/**
 * NBD: each customer buys at a steady rate of his own (gamma: r, alpha) and never stops. It is what the Pareto/NBD comes
 * to where the data show no sign of customers who stopped.
 * @see Ehrenberg 1959, Applied Statistics 8:26-41; the Pareto/NBD for beta / s to infinity.
 */
export const nbd: PurchaseModel = {
  name: "NBD",
  parameterNames: ["r", "alpha"],
  start: (meanRepeats, meanAge) => [0.7, (0.7 * meanAge) / meanRepeats],
  law: (parameters) => nbdLaw(parameters[0]!, parameters[1]!),
};

function nbdLaw(r: number, alpha: number): PurchaseLaw {
  const logRising = byCount((x) => logGamma(r + x) - logGamma(r));
  return {
    logLikelihood: (x, _last, age) => logRising(x) + r * Math.log(alpha) - (r + x) * Math.log(alpha + age),
    aliveProbability: () => 1,
    expectedPurchases: (time, x, _last, age) => ((r + x) / (alpha + age)) * time,
    drawPurchases: (random, time, x, _last, age) =>
      randomPoisson(random, randomGamma(random, r + x, 1 / (alpha + age)) * time),
    drawHistory: (random, age) => drawPath(random, randomGamma(random, r, 1 / alpha), age, () => false),
  };
}
