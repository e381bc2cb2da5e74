import { type ChosenPurchases, choosePurchases, requireHistories } from "./fit-purchases.js";
import { type FittedSpend, fitSpend } from "./fit-spend.js";
import { type Histories, spendHistories } from "./histories.js";
import type { LikelihoodOptions } from "./maximum-likelihood.js";
import { gammaGammaLaw, type SpendLaw } from "./models/gamma-gamma.js";
import type { PurchaseModel } from "./models/purchase-model.js";

/** How often and for how much customers buy: the two fitted models. */
export interface ValueModel extends ChosenPurchases {
  spend: FittedSpend;
  /** Which order days the model of spend counts. */
  spendFrom: "repeats" | "all";
}

/** How a value model is fitted. */
export interface ValueOptions extends LikelihoodOptions {
  /** "all" when left out: the first order day tells something of spend, above all of those who have no other. */
  spendFrom?: "repeats" | "all";
  /** Of which the best is taken; `purchaseModels` when left out. */
  models?: readonly PurchaseModel[];
}

/** What is expected of each customer in the weeks to come, in the order of the histories. */
export interface CustomerValues {
  /** Chance that the customer still buys. */
  aliveProbability: Float64Array;
  /** Expected order days. */
  expectedPurchases: Float64Array;
  /** Expected value of an order day to come. */
  expectedOrderValue: Float64Array;
  /** Expected order days times their expected value. */
  expectedRevenue: Float64Array;
}

/** Fits purchases and spend. @throws RangeError as `choosePurchases` and `fitSpend` do. */
export function fitValue(
  histories: Histories,
  { spendFrom = "all", models, ...options }: ValueOptions = {},
): ValueModel {
  const chosen = choosePurchases(histories, options, models);
  return { ...chosen, spend: fitSpend(spendHistories(histories, spendFrom), options), spendFrom };
}

/**
 * Expected purchases and revenue of each customer over a time to come.
 * @param weeks - 13 is a quarter, 52 a year; above 0.
 */
export function predictValue(model: ValueModel, histories: Histories, weeks: number): CustomerValues {
  requireWeeks("predictValue", weeks);
  requireHistories("predictValue", histories);
  const { repeats, lastWeeks, ageWeeks } = histories;
  const law = model.fitted.model.law(model.fitted.parameters);
  const spendLaw = gammaGammaLaw(model.spend.parameters);
  const { orders, meanValue } = spendHistories(histories, model.spendFrom);
  const expectedPurchases = repeats.map((x, i) =>
    law.expectedPurchases(weeks, x, lastWeeks[i]!, ageWeeks[i]!),
  );
  const expectedOrderValue = orders.map((count, i) => orderValue(spendLaw, count, meanValue[i]!));
  return {
    aliveProbability: repeats.map((x, i) => law.aliveProbability(x, lastWeeks[i]!, ageWeeks[i]!)),
    expectedPurchases,
    expectedOrderValue,
    expectedRevenue: expectedPurchases.map((count, i) => count * expectedOrderValue[i]!),
  };
}

/** The expected value of an order; the population's mean where nothing is known of the customer. */
export function orderValue(law: SpendLaw, orders: number, meanValue: number): number {
  return orders > 0 && meanValue > 0 ? law.expectedValue(orders, meanValue) : law.populationMean;
}

/** @throws RangeError when it is no time to come. */
export function requireWeeks(who: string, weeks: number): void {
  if (!(weeks > 0 && weeks < Infinity))
    throw new RangeError(`${who} needs a positive finite number of weeks, got ${weeks}`);
}
