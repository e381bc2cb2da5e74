import { type Random, seededRandom } from "../math/random.js";
import { wilsonInterval } from "./proportion.js";
import { requireCount } from "./test-checks.js";
import type { Estimate } from "./test-result.js";

export interface SimulationOptions {
  /** A smaller p-value counts as found; 0.05 when left out. */
  alpha?: number | undefined;
  /** 1,000 when left out. */
  simulations?: number | undefined;
  seed: number;
}

/**
 * How often a test finds something when its data are made up: its power where there is something to find, its rate
 * of false alarms where there is nothing. The interval is Wilson's, of the simulations alone.
 * @param pValueOf - makes up data and tests them; each run has random numbers of its own, so that runs with the same
 * seed meet the same customers whatever the effect added.
 * @throws RangeError when a p-value is NaN.
 */
export function simulatePower(pValueOf: (random: Random) => number, options: SimulationOptions): Estimate {
  const { alpha = 0.05, simulations = 1_000, seed } = options;
  if (!(alpha > 0 && alpha < 1))
    throw new RangeError(`simulatePower needs an alpha between 0 and 1, got ${alpha}`);
  requireCount("simulatePower", "simulations", simulations, 1);
  let found = 0;
  for (let run = 0; run < simulations; run++) {
    const pValue = pValueOf(seededRandom(seed + run));
    if (Number.isNaN(pValue))
      throw new RangeError(`simulatePower needs p-values, got NaN in simulation ${run}`);
    if (pValue < alpha) found++;
  }
  return { name: "power", value: found / simulations, interval: wilsonInterval(found, simulations) };
}
