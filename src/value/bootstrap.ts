import { randomIndex } from "../math/distributions.js";
import { seededRandom } from "../math/random.js";
import { choosePurchases, fitPurchases } from "./fit-purchases.js";
import { fitSpend } from "./fit-spend.js";
import { type Histories, spendHistories } from "./histories.js";
import { NotConverged } from "./maximum-likelihood.js";
import type { ValueModel, ValueOptions } from "./value-model.js";

/** Value models of resampled customers. */
export interface BootstrappedModels {
  models: ValueModel[];
  /** Resamples that did not tell all parameters. */
  failed: number;
}

/** Resamples that are drawn at most, as a multiple of those asked for. */
const MOST_DRAWN = 3;

/** How customers are resampled. */
export interface BootstrapOptions extends Pick<ValueOptions, "models"> {
  /** How many are to be fitted; those that fail are drawn anew, until three times as many were drawn in all. */
  resamples: number;
  seed: number;
  /** Ways to model spend, each for every resample; both when left out. */
  spendFrom?: readonly ValueModel["spendFrom"][];
}

/**
 * Fits value models to customers drawn with replacement: what they say apart is what the choice of customers and of the
 * model of spend leaves open. The model of purchases is chosen once, on all customers.
 */
export function bootstrapModels(
  histories: Histories,
  { resamples, seed, models: candidates, spendFrom = ["all", "repeats"] }: BootstrapOptions,
): BootstrappedModels {
  if (!Number.isInteger(resamples) || resamples < 1 || spendFrom.length === 0)
    throw new RangeError(
      `bootstrapModels needs a positive whole number of resamples and a way to model spend, got ${resamples} and ${spendFrom.length}`,
    );
  const { fitted } = choosePurchases(histories, {}, candidates);
  const spends = spendFrom.map((from) => ({ from, whole: fitSpend(spendHistories(histories, from)) }));
  const random = seededRandom(seed);
  const models: ValueModel[] = [];
  let failed = 0;
  for (let fittedOnes = 0; fittedOnes < resamples && fittedOnes + failed < MOST_DRAWN * resamples; ) {
    const rows = histories.customerIds.map(() => randomIndex(random, histories.customerIds.length));
    const resample = takeHistories(histories, rows);
    try {
      const purchases = fitPurchases(fitted.model, resample, { starts: 1, from: fitted.parameters });
      const ways = spends.map(({ from, whole }): ValueModel => {
        const spend = fitSpend(spendHistories(resample, from), { starts: 1, from: whole.parameters });
        return { fitted: purchases, passedOver: [], spend, spendFrom: from };
      });
      models.push(...ways);
      fittedOnes++;
    } catch (error) {
      if (!(error instanceof NotConverged)) throw error;
      failed++;
    }
  }
  if (models.length === 0)
    throw new NotConverged(`bootstrapModels fitted none of ${failed} resamples of the customers`);
  return { models, failed };
}

/** Histories of these rows, in their order. */
export function takeHistories(histories: Histories, rows: readonly number[]): Histories {
  const take = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  return {
    ...histories,
    customerIds: rows.map((row) => histories.customerIds[row]!),
    repeats: take(histories.repeats),
    lastWeeks: take(histories.lastWeeks),
    ageWeeks: take(histories.ageWeeks),
    logGaps: take(histories.logGaps),
    firstValue: take(histories.firstValue),
    repeatValue: take(histories.repeatValue),
    pastRevenue: take(histories.pastRevenue),
  };
}
