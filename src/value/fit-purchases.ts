import { formatNumber } from "../format.js";
import { logGamma } from "../math/log-gamma.js";
import { compensatedSum } from "../statistics/sum.js";
import {
  type LikelihoodOptions,
  type MaximumLikelihood,
  maximizeLikelihood,
  NotConverged,
} from "./maximum-likelihood.js";
import { mbgNbd } from "./models/bg-nbd.js";
import { cnbd, mbgCnbd } from "./models/mbg-cnbd.js";
import { mixedNbd } from "./models/mixed-nbd.js";
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
  /** Sum of the logarithms of the times between purchases; models of regular times need it. */
  logGaps?: ArrayLike<number>;
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
  const gaps = gapTerm(who, model.regularity ?? 1, times, total);
  const different = countDifferent(times);
  const meanAge = compensatedSum(ageWeeks) / customers;
  const logLikelihood = (parameters: Float64Array): number => {
    const law = model.law(parameters);
    let sum = gaps;
    for (const [at, count] of different)
      sum += count * law.logLikelihood(repeats[at]!, lastWeeks[at]!, ageWeeks[at]!);
    return sum;
  };
  const start = model.start(total / customers, meanAge);
  const found = maximizeLikelihood(who, model.parameterNames, start, customers, logLikelihood, options);
  return { model, customers, ...found };
}

/** The model of purchases that fits best, and why not the others. */
export interface ChosenPurchases {
  fitted: FittedPurchases;
  /** In the order in which they were tried. */
  passedOver: { model: string; reason: string }[];
}

/** The models that are tried. All but CNBD-2, mixed NBD and NBD, in which nobody stops, let one-off buyers stop. */
export const purchaseModels: readonly PurchaseModel[] = [mbgCnbd, cnbd, paretoNbd, mbgNbd, mixedNbd, nbd];

/**
 * Fits models of purchases and takes the one with the lowest BIC among those whose parameters the data determine.
 *
 * Where nothing shows that customers stop, the dropout of a model runs off to nothing, which leaves those in which nobody
 * stops. Models of regular times are tried where the times between purchases are known.
 * @throws RangeError as `fitPurchases` does for histories; NotConverged when none of the models fits.
 */
export function choosePurchases(
  times: PurchaseTimes,
  options: LikelihoodOptions = {},
  models: readonly PurchaseModel[] = purchaseModels,
): ChosenPurchases {
  const fits: FittedPurchases[] = [];
  const reasons = new Map<PurchaseModel, string>();
  for (const model of models) {
    if ((model.regularity ?? 1) !== 1 && times.logGaps === undefined) {
      reasons.set(model, "the times between purchases are not known");
      continue;
    }
    try {
      fits.push(fitPurchases(model, times, options));
    } catch (error) {
      if (!(error instanceof NotConverged)) throw error;
      reasons.set(model, error.reason);
    }
  }
  const best = fits.toSorted((a, b) => a.bic - b.bic)[0];
  if (best === undefined)
    throw new NotConverged(`choosePurchases: no model fits. ${[...reasons.values()].join("; ")}`);
  for (const { model, bic } of fits)
    if (model !== best.model)
      reasons.set(model, `BIC ${formatNumber(bic, 0)}, ${best.model.name} has ${formatNumber(best.bic, 0)}`);
  const passedOver = models.flatMap((model) => {
    const reason = reasons.get(model);
    return reason === undefined ? [] : [{ model: model.name, reason }];
  });
  return { fitted: best, passedOver };
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

/** The part of an Erlang likelihood that no parameter changes, but that sets models of other regularity apart. */
function gapTerm(who: string, regularity: number, { logGaps }: PurchaseTimes, repeats: number): number {
  if (regularity === 1) return 0;
  if (logGaps === undefined) throw new RangeError(`${who} needs the times between purchases (logGaps)`);
  return (regularity - 1) * compensatedSum(logGaps) - repeats * logGamma(regularity);
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
