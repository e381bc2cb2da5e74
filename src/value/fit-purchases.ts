import { compensatedSum } from "../statistics/sum.js";
import {
  type LikelihoodOptions,
  type MaximumLikelihood,
  maximizeLikelihood,
  NotConverged,
} from "./maximum-likelihood.js";
import { nbd } from "./models/nbd.js";
import { paretoNbd } from "./models/pareto-nbd.js";
import type { PurchaseModel } from "./models/purchase-model.js";

/** The columns of purchase histories that tell how often customers buy, times in one unit. */
export interface PurchaseTimes {
  /** x: purchases after the first. */
  repeats: ArrayLike<number>;
  /** t_x: from the first purchase to the last. */
  lastWeeks: ArrayLike<number>;
  /** T: from the first purchase to the reference date. */
  ageWeeks: ArrayLike<number>;
}

/** A model of purchases with the parameters that fit best. */
export interface FittedPurchases extends MaximumLikelihood {
  model: PurchaseModel;
  customers: number;
}

/**
 * Fits a model of purchases by maximum likelihood.
 * @throws RangeError for impossible histories, when nobody came back, or when the search does not converge.
 */
export function fitPurchases(
  model: PurchaseModel,
  times: PurchaseTimes,
  options: LikelihoodOptions = {},
): FittedPurchases {
  const who = `fitPurchases (${model.name})`;
  requireHistories(who, times);
  const { repeats, lastWeeks, ageWeeks } = times;
  const customers = repeats.length;
  const total = compensatedSum(repeats);
  if (!(total > 0)) throw new RangeError(`${who} needs customers who came back, got none among ${customers}`);
  const different = countDifferent(times);
  const meanAge = compensatedSum(ageWeeks) / customers;
  const logLikelihood = (parameters: Float64Array): number => {
    const law = model.law(parameters);
    let sum = 0;
    for (const [at, count] of different)
      sum += count * law.logLikelihood(repeats[at]!, lastWeeks[at]!, ageWeeks[at]!);
    return sum;
  };
  const start = model.start(total / customers, meanAge);
  const found = maximizeLikelihood(who, model.parameterNames, start, customers, logLikelihood, options);
  return { model, customers, ...found };
}

/** A fitted model, and those that the data could not tell. */
export interface ChosenPurchases {
  fitted: FittedPurchases;
  /** Why each model before it was passed over. */
  passedOver: { model: string; reason: string }[];
}

/**
 * Fits the first of these models whose parameters the data determine: Pareto/NBD, else NBD.
 *
 * Where nothing shows that customers stop (a year of data that ends in a strong season, say), the dropout of the
 * Pareto/NBD runs off to nothing and its likelihood is that of the NBD.
 * @throws RangeError as `fitPurchases` does for histories; NotConverged when none of the models fits.
 */
export function choosePurchases(
  times: PurchaseTimes,
  options: LikelihoodOptions = {},
  models: readonly PurchaseModel[] = [paretoNbd, nbd],
): ChosenPurchases {
  const passedOver: ChosenPurchases["passedOver"] = [];
  for (const model of models) {
    try {
      return { fitted: fitPurchases(model, times, options), passedOver };
    } catch (error) {
      if (!(error instanceof NotConverged)) throw error;
      passedOver.push({ model: model.name, reason: error.message });
    }
  }
  throw new NotConverged(
    `choosePurchases: no model fits. ${passedOver.map(({ reason }) => reason).join("; ")}`,
  );
}

/** Refuses histories that cannot be. @throws RangeError that names the first. */
export function requireHistories(who: string, { repeats, lastWeeks, ageWeeks }: PurchaseTimes): void {
  const n = repeats.length;
  if (n === 0 || lastWeeks.length !== n || ageWeeks.length !== n)
    throw new RangeError(
      `${who} needs columns of one length above 0, got ${n}, ${lastWeeks.length} and ${ageWeeks.length}`,
    );
  for (let i = 0; i < n; i++) {
    const [x, last, age] = [repeats[i]!, lastWeeks[i]!, ageWeeks[i]!];
    const fits = Number.isInteger(x) && x >= 0 && age > 0 && age < Infinity && last >= 0 && last <= age;
    if (!fits || (x === 0) !== (last === 0))
      throw new RangeError(
        `${who} needs whole repeats >= 0, 0 <= last <= age and a last of 0 only without repeats, got ${x}, ${last} and ${age} (row ${i})`,
      );
  }
}

/** A row of each different history, and how many share it. */
function countDifferent({ repeats, lastWeeks, ageWeeks }: PurchaseTimes): [row: number, count: number][] {
  const found = new Map<string, [number, number]>();
  for (let i = 0; i < repeats.length; i++) {
    const key = `${repeats[i]} ${lastWeeks[i]} ${ageWeeks[i]}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, [i, 1]);
    else known[1]++;
  }
  return [...found.values()];
}
