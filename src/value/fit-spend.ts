import { quantile } from "../statistics/quantile.js";
import { type LikelihoodOptions, type MaximumLikelihood, maximizeLikelihood } from "./maximum-likelihood.js";
import { GAMMA_GAMMA_PARAMETERS, gammaGammaLaw } from "./models/gamma-gamma.js";

/** The Gamma-Gamma model with the parameters that fit best. */
export interface FittedSpend extends MaximumLikelihood {
  /** Customers it was fitted to. */
  customers: number;
  /** Customers left out: no order that counts, or a mean value of zero. */
  leftOut: number;
  /** Expected value of an order in the population. */
  populationMean: number;
}

/**
 * Fits the Gamma-Gamma model of order values by maximum likelihood.
 * @param spend - orders and their mean value, a row a customer; rows without orders or value are left out.
 * @throws RangeError for values below zero or not finite, for fewer than 3 customers, when the search does not
 * converge, or when the population's mean would be infinite (q <= 1).
 */
export function fitSpend(
  { orders, meanValue }: { orders: ArrayLike<number>; meanValue: ArrayLike<number> },
  options: LikelihoodOptions = {},
): FittedSpend {
  const who = "fitSpend (Gamma-Gamma)";
  if (orders.length !== meanValue.length)
    throw new RangeError(`${who} needs columns of one length, got ${orders.length} and ${meanValue.length}`);
  const rows: number[] = [];
  for (let i = 0; i < orders.length; i++) {
    const [count, mean] = [orders[i]!, meanValue[i]!];
    if (!(Number.isInteger(count) && count >= 0 && (count === 0 || (mean >= 0 && mean < Infinity))))
      throw new RangeError(
        `${who} needs whole orders and finite mean values of at least 0, got ${count} and ${mean} (row ${i})`,
      );
    if (count > 0 && mean > 0) rows.push(i);
  }
  if (rows.length < 3)
    throw new RangeError(`${who} needs at least 3 customers with orders of value, got ${rows.length}`);
  const middle = quantile(
    rows.map((i) => meanValue[i]!).sort((a, b) => a - b),
    0.5,
  );
  const logLikelihood = (parameters: Float64Array): number => {
    const law = gammaGammaLaw(parameters);
    let sum = 0;
    for (const i of rows) sum += law.logLikelihood(orders[i]!, meanValue[i]!);
    return sum;
  };
  const start = [3, 3, middle];
  const found = maximizeLikelihood(who, GAMMA_GAMMA_PARAMETERS, start, rows.length, logLikelihood, options);
  const { populationMean } = gammaGammaLaw(found.parameters);
  if (!(populationMean < Infinity))
    throw new RangeError(
      `${who} finds order values without a finite mean: q = ${found.parameters[1]!.toPrecision(4)}, needs to be above 1`,
    );
  return { ...found, customers: rows.length, leftOut: orders.length - rows.length, populationMean };
}
