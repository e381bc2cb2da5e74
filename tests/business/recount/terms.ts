import type { Hypothesis } from "#src/business/hypothesis.js";
import type { PurchaseModel } from "#src/value/models/purchase-model.js";

/** What the parameters of the notebooks say, and how much is drawn at random. */
export interface Terms {
  /** The reference date. */
  day: string;
  features: readonly string[];
  models: readonly PurchaseModel[];
  draws: number;
  resamples: number;
  /** The hypotheses that are tested. */
  family: readonly Hypothesis[];
  /** Every so many of the mornings on which the rule is replayed, the last one always. */
  step: number;
}

/** Suppositions of notebook 10, and of the programme. */
export const PARAMETERS = {
  programme: "Insiders",
  seed: 42,
  level: 0.9,
  days: 90,
  band: 0.4,
  growth: 0.1,
} as const;
export const ECONOMICS = {
  margin: 0.3,
  costPerMember: 5,
  benefitRate: 0.03,
  fixedCost: 0,
  uplift: 0.1,
} as const;

/** How amounts are written. */
export const money = (value: number): string => `${Math.round(value)}`;
