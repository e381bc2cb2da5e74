import { featureDictionary } from "../features/dictionary.js";
import { formatPercent } from "../format.js";
import { describeNumbers } from "../statistics/descriptive.js";
import { type CustomerColumns, columnOf, requireMeasure } from "./customer-columns.js";
import type { FeaturePlan, Scale } from "./plan.js";
import { suggestTransform } from "./suggest-transform.js";

export interface PlanOptions {
  /** Which columns to plan for, in this order; all when left out. */
  features?: readonly string[];
  /** What stands for missing values of a feature, in its unit, instead of its median. */
  impute?: Readonly<Record<string, number>>;
  /** A feature missing for more than this share is left out; 0.5 when left out. */
  mostMissing?: number;
  /** The common unit; "standard" when left out. */
  scale?: Scale;
}

/** What becomes of each feature, and which have no part in it. */
export interface ChosenPlan {
  plan: FeaturePlan[];
  leftOut: { name: string; reason: string }[];
}

/**
 * A plan by rule: shapes by `shapeRules`, the same unit for all, gaps filled with the median unless a number is named;
 * features that are constant or missing for most are left out. Every entry says why, and may be changed before it is
 * fitted.
 * @throws RangeError for a column that is no measure or does not exist, or a number for a feature not planned.
 */
export function choosePlan(table: CustomerColumns, options: PlanOptions = {}): ChosenPlan {
  const {
    features = Object.keys(table.columns),
    impute = {},
    mostMissing = 0.5,
    scale = "standard",
  } = options;
  if (!(mostMissing >= 0 && mostMissing <= 1))
    throw new RangeError(`choosePlan needs mostMissing in [0, 1], got ${mostMissing}`);
  const stray = Object.keys(impute).find((name) => !features.includes(name));
  if (stray !== undefined) throw new RangeError(`choosePlan fills gaps of planned features, got ${stray}`);
  const chosen: ChosenPlan = { plan: [], leftOut: [] };
  for (const name of features) {
    requireMeasure(name);
    const description = describeNumbers(columnOf(table, name));
    const missing = description.missing / table.ids.length;
    if (description.count === 0) chosen.leftOut.push({ name, reason: "Missing for everybody." });
    else if (missing > mostMissing)
      chosen.leftOut.push({ name, reason: `Missing for ${formatPercent(missing)} of the customers.` });
    else if (description.range === 0) chosen.leftOut.push({ name, reason: "The same for everybody." });
    else {
      const { transform, reason } = suggestTransform(description, unitOf(name));
      chosen.plan.push({ name, impute: impute[name] ?? "median", transform, scale, reason });
    }
  }
  return chosen;
}

function unitOf(name: string): string {
  return featureDictionary.find((feature) => feature.name === name)?.unit ?? "";
}
