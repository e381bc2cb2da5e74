import { randomNormal } from "../math/distributions.js";
import type { Matrix } from "../math/matrix.js";
import { choleskyOf } from "../math/positive-definite.js";
import { type Random, seededRandom } from "../math/random.js";
import { percentileInterval } from "../statistics/bootstrap-interval.js";
import { requireHistories } from "./fit-purchases.js";
import { type Histories, spendHistories } from "./histories.js";
import type { MaximumLikelihood } from "./maximum-likelihood.js";
import { gammaGammaLaw } from "./models/gamma-gamma.js";
import { requireWeeks, type ValueModel } from "./value-model.js";

/** Futures that a value model deems possible: customers x draws. */
export interface Futures {
  /** Order days. */
  purchases: Matrix;
  /** Their value. */
  revenue: Matrix;
}

/** How futures are drawn. */
export interface FutureOptions {
  weeks: number;
  /** How many futures. */
  draws: number;
  seed: number;
  /** Rows of the histories to draw for; all when left out. */
  rows?: readonly number[];
  /** Takes the parameters for certain, where their doubt is dealt with in another way; false when left out. */
  certain?: boolean;
}

/**
 * Draws futures of customers. Each has parameters of its own, drawn around the estimates as sure as these are, and for
 * each customer a rate, a lifetime, purchases and their values of the kind that his history leaves possible.
 *
 * They differ by chance and by what the data leave open about the parameters. They share the assumption of the models
 * that rates are steady: no season, no growth, no campaign.
 */
export function drawFutures(model: ValueModel, histories: Histories, options: FutureOptions): Futures {
  const { weeks, draws, seed } = options;
  requireWeeks("drawFutures", weeks);
  requireHistories("drawFutures", histories);
  if (!Number.isInteger(draws) || draws < 1)
    throw new RangeError(`drawFutures needs a positive whole number of draws, got ${draws}`);
  const { repeats, lastWeeks, ageWeeks, customerIds } = histories;
  const rows = options.rows ?? customerIds.map((_, i) => i);
  const odd = rows.find((row) => !(Number.isInteger(row) && row >= 0 && row < customerIds.length));
  if (odd !== undefined)
    throw new RangeError(`drawFutures needs rows from 0 to ${customerIds.length - 1}, got ${odd}`);
  const { orders, meanValue } = spendHistories(histories, model.spendFrom);
  const random = seededRandom(seed);
  const purchases = new Float64Array(rows.length * draws);
  const revenue = new Float64Array(rows.length * draws);
  const drawBuying = parameterSampler(model.fitted, options.certain);
  const drawSpending = parameterSampler(model.spend, options.certain);
  for (let draw = 0; draw < draws; draw++) {
    const law = model.fitted.model.law(drawBuying(random));
    const spendLaw = gammaGammaLaw(drawSpending(random));
    rows.forEach((i, at) => {
      const count = law.drawPurchases(random, weeks, repeats[i]!, lastWeeks[i]!, ageWeeks[i]!);
      // Without an order of value, nothing is known but the population.
      const isKnown = orders[i]! > 0 && meanValue[i]! > 0;
      purchases[at * draws + draw] = count;
      revenue[at * draws + draw] = isKnown
        ? spendLaw.drawTotal(random, count, orders[i]!, meanValue[i]!)
        : spendLaw.drawTotal(random, count, 0, 0);
    });
  }
  const shape = { rows: rows.length, columns: draws };
  return { purchases: { ...shape, data: purchases }, revenue: { ...shape, data: revenue } };
}

/** A range that holds a future value with the chance named by its level. */
export interface Interval {
  low: number;
  high: number;
}

/** The middle part of each row. @param level - chance that a value lies within, such as 0.9. */
export function rowIntervals({ rows, columns, data }: Matrix, level: number): Interval[] {
  return Array.from({ length: rows }, (_, i) =>
    middlePart(data.subarray(i * columns, (i + 1) * columns), level),
  );
}

/** The sums of each draw over the rows. */
export function drawTotals({ rows, columns, data }: Matrix): Float64Array {
  const totals = new Float64Array(columns);
  for (let i = 0; i < rows; i++)
    for (let draw = 0; draw < columns; draw++) totals[draw]! += data[i * columns + draw]!;
  return totals;
}

/** The interval that leaves out as many values below as above. */
export function middlePart(values: ArrayLike<number>, level: number): Interval {
  if (!(level > 0 && level < 1))
    throw new RangeError(`an interval needs a level between 0 and 1, got ${level}`);
  const { low, high } = percentileInterval(values, level);
  return { low, high };
}

/** Draws parameters whose logarithms are normal around the estimates, with their covariance. */
function parameterSampler(
  { parameters, covariance }: MaximumLikelihood,
  isCertain = false,
): (random: Random) => number[] {
  if (isCertain) return () => parameters;
  const { data } = choleskyOf(covariance)!;
  const d = parameters.length;
  return (random) => {
    const normal = parameters.map(() => randomNormal(random));
    return parameters.map((value, i) => {
      let shift = 0;
      for (let j = 0; j <= i; j++) shift += data[i * d + j]! * normal[j]!;
      return value * Math.exp(shift);
    });
  };
}
