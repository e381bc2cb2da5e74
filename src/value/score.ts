import { type Histories, spendHistories } from "./histories.js";
import { gammaGammaLaw } from "./models/gamma-gamma.js";
import { orderValue, predictValue, type ValueModel } from "./value-model.js";

/** Customers ordered by what they are expected to bring. */
export interface ValueScores {
  /** Expected revenue, raised where a one-off buyer would be expected to bring more; in the order of the histories. */
  scores: Float64Array;
  /** Rows whose score was raised. */
  raised: number;
}

/** Recency is a difference of two times: its rounding must not put a one-off buyer ahead. */
const ABOVE_ROUNDING = 1 + 1e-12;

/**
 * The value score: expected revenue over a time to come, by which customers are ordered.
 *
 * Models of purchases may expect less of who came often and then stayed away than of who came once and stayed away as
 * long (the BG/NBD lets no one-off buyer ever stop). Here nobody scores below the one-off buyer he would be had he
 * come on his last day only, and spent what he spends on average: earlier purchases never count against a customer.
 */
export function valueScores(model: ValueModel, histories: Histories, weeks: number): ValueScores {
  const { expectedRevenue } = predictValue(model, histories, weeks);
  const law = model.fitted.model.law(model.fitted.parameters);
  const spendLaw = gammaGammaLaw(model.spend.parameters);
  const all = spendHistories(histories, "all");
  const { repeats, lastWeeks, ageWeeks } = histories;
  let raised = 0;
  const scores = expectedRevenue.map((expected, i) => {
    if (repeats[i] === 0) return expected;
    const value =
      model.spendFrom === "all" ? orderValue(spendLaw, 1, all.meanValue[i]!) : spendLaw.populationMean;
    const expectedOnce = law.expectedPurchases(weeks, 0, 0, ageWeeks[i]! - lastWeeks[i]!);
    const once = expectedOnce * value * ABOVE_ROUNDING;
    if (once <= expected) return expected;
    raised++;
    return once;
  });
  return { scores, raised };
}
