import type { Estimate } from "../value/growth.js";
import { middlePart } from "../value/simulate.js";

/** What a programme costs and what it is supposed to change, over the days that the revenue is for. */
export interface ProgrammeTerms {
  members: number;
  /** Gross margin: what is left of a unit of revenue before benefits; above 0, at most 1. */
  margin: number;
  /** Cost of benefits for each member whatever he buys: parcels, cards, service. */
  costPerMember: number;
  /** Benefits that grow with revenue, as a share of it: a discount, points. */
  benefitRate: number;
  /** Cost of running the programme at all. */
  fixedCost: number;
  /** By which share revenue of members is supposed to rise: an assumption until an experiment tells. */
  uplift: number;
}

/** What a programme brings, in the currency of the revenue. */
export interface ProgrammeEconomics {
  /** Revenue of the members without the programme. */
  revenue: Estimate;
  /** All benefits and the fixed cost, at the supposed uplift. */
  cost: Estimate;
  /** Margin less cost, over that without the programme. */
  gain: Estimate;
  /** Gain over cost; NaN for a programme that costs nothing. */
  returnOnCost: Estimate;
  /** The uplift at which the gain is zero; infinite when benefits take the whole margin. */
  breakEvenUplift: Estimate;
}

/**
 * Cost, gain, return and break-even uplift of a programme, each over possible revenues of its members.
 *
 * Benefits are given on all revenue of members, also on what they would have spent anyway. The intervals tell what the
 * revenue leaves open; the terms are taken as they are.
 * @param revenues - possible revenues of the members without the programme, such as `drawGroupTotals` gives.
 * @param level - chance that an interval holds; 0.9 when left out.
 * @throws RangeError for terms that cannot be, or when there is no revenue or one below zero.
 */
export function programmeEconomics(
  revenues: ArrayLike<number>,
  terms: ProgrammeTerms,
  level = 0.9,
): ProgrammeEconomics {
  const { members, margin, costPerMember, benefitRate, fixedCost, uplift } = terms;
  const fits =
    Number.isInteger(members) &&
    members > 0 &&
    margin > 0 &&
    margin <= 1 &&
    costPerMember >= 0 &&
    fixedCost >= 0 &&
    benefitRate >= 0 &&
    benefitRate <= 1 &&
    uplift >= -1 &&
    [costPerMember, fixedCost, uplift].every(Number.isFinite);
  if (!fits)
    throw new RangeError(
      `programmeEconomics needs members above 0, a margin in (0, 1], costs of at least 0, a benefit rate in [0, 1] and an uplift of at least -1, got ${JSON.stringify(terms)}`,
    );
  const draws = Float64Array.from(revenues);
  if (draws.length === 0 || !draws.every((revenue) => revenue >= 0 && revenue < Infinity))
    throw new RangeError(`programmeEconomics needs finite revenues of at least 0 (n = ${draws.length})`);
  const perHead = members * costPerMember + fixedCost;
  const cost = draws.map((revenue) => revenue * (1 + uplift) * benefitRate + perHead);
  const gain = draws.map((revenue, i) => revenue * uplift * margin - cost[i]!);
  const kept = margin - benefitRate;
  const estimate = (values: Float64Array): Estimate => ({
    expected: values.reduce((sum, value) => sum + value, 0) / values.length,
    ...middlePart(values, level),
  });
  return {
    revenue: estimate(draws),
    cost: estimate(cost),
    gain: estimate(gain),
    returnOnCost: estimate(gain.map((value, i) => value / cost[i]!)),
    breakEvenUplift: estimate(
      draws.map((revenue) =>
        kept > 0 ? (revenue * benefitRate + perHead) / (revenue * kept) : Number.POSITIVE_INFINITY,
      ),
    ),
  };
}
