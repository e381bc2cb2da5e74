import { formatNumber, formatPercent } from "../format.js";
import type { CorrelationMatrix, TableProfile, Variable } from "./profile.js";

/** From where on a measure is set aside. */
export interface FeatureThresholds {
  /** Largest share of customers for whom it may be empty. */
  empty: number;
  /** Share of those known that one value may have. */
  dominance: number;
  /** Absolute rank correlation with a measure named before it. */
  nearDuplicate: number;
}

/** The usual ones. */
export const defaultFeatureThresholds: FeatureThresholds = {
  empty: 0.25,
  dominance: 0.9,
  nearDuplicate: 0.95,
};

/** What a measure is good for. */
export type FeatureVerdict = "prepare" | "mostly empty" | "hardly varies" | "near duplicate";

/** A measure with its verdict. */
export interface JudgedFeature {
  name: string;
  verdict: FeatureVerdict;
  /** The number behind it, in a sentence. */
  reason: string;
  /** The measure it repeats, of a near duplicate. */
  duplicateOf: string | null;
}

/**
 * Which measures tell customers apart, and which are empty, nearly constant, or another one told again.
 *
 * Rules are tried in this order. A near duplicate repeats one that stands before it and is itself kept, so that of
 * measures that move together exactly one stays: the one named first.
 * @param profile - with a Spearman matrix of the measures, unless there is but one.
 * @param names - the measures, the preferred ones first.
 * @throws RangeError when one is no column of numbers of the profile, or has no rank correlations in it.
 */
export function judgeFeatures(
  profile: TableProfile,
  names: readonly string[],
  thresholds: Partial<FeatureThresholds> = {},
): JudgedFeature[] {
  const limits = { ...defaultFeatureThresholds, ...thresholds };
  const ranks = profile.correlations.find(({ measure }) => measure === "spearman");
  const kept: string[] = [];
  return names.map((name) => {
    const variable = numberVariable(profile, name);
    const judged =
      judgeAlone(variable, limits) ??
      judgeBeside(variable, kept, ranks, limits.nearDuplicate) ??
      keep(variable);
    if (judged.verdict === "prepare") kept.push(name);
    return judged;
  });
}

/** Two measures and how their ranks move together. */
export interface RankPair {
  first: string;
  second: string;
  correlation: number;
}

/** Pairs of columns by the size of their Spearman correlation, strongest first; those without one are left out. */
export function strongestPairs(profile: TableProfile, least = 0): RankPair[] {
  const { columns, values } = profile.correlations.find(({ measure }) => measure === "spearman") ?? {
    columns: [],
    values: [],
  };
  const pairs = columns.flatMap((second, j) =>
    columns.slice(0, j).flatMap((first, i): RankPair[] => {
      const correlation = values[i]![j] ?? null;
      return correlation === null ? [] : [{ first, second, correlation }];
    }),
  );
  return pairs
    .filter(({ correlation }) => Math.abs(correlation) >= least)
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
}

function judgeAlone(variable: Variable, limits: FeatureThresholds): JudgedFeature | null {
  const { name, missingShare, common, distinct } = variable;
  const judged = (verdict: FeatureVerdict, reason: string): JudgedFeature => ({
    name,
    verdict,
    reason,
    duplicateOf: null,
  });
  if (distinct === 0 || missingShare > limits.empty)
    return judged("mostly empty", `empty for ${formatPercent(missingShare)} of the customers`);
  const { value, share } = common[0]!;
  if (distinct === 1 || share >= limits.dominance)
    return judged("hardly varies", `${formatPercent(share)} have the value ${formatNumber(Number(value))}`);
  return null;
}

function judgeBeside(
  { name }: Variable,
  kept: readonly string[],
  ranks: CorrelationMatrix | undefined,
  nearDuplicate: number,
): JudgedFeature | null {
  const row = rankRow(ranks, name, kept.length > 0);
  for (const other of kept) {
    const correlation = row[ranks!.columns.indexOf(other)] ?? 0;
    if (Math.abs(correlation) >= nearDuplicate)
      return {
        name,
        verdict: "near duplicate",
        reason: `rank correlation ${formatNumber(correlation, 3)} with one that stays`,
        duplicateOf: other,
      };
  }
  return null;
}

function rankRow(
  ranks: CorrelationMatrix | undefined,
  name: string,
  isNeeded: boolean,
): readonly (number | null)[] {
  const row = ranks?.values[ranks.columns.indexOf(name)];
  if (row === undefined && isNeeded)
    throw new RangeError(
      `judgeFeatures needs the rank correlations of ${name}: raise the limit correlatedColumns of the profile`,
    );
  return row ?? [];
}

function keep({ name, distinct, common }: Variable): JudgedFeature {
  return {
    name,
    verdict: "prepare",
    reason: `${formatNumber(distinct)} different values, the most frequent ${formatPercent(common[0]!.share)}`,
    duplicateOf: null,
  };
}

function numberVariable(profile: TableProfile, name: string): Variable {
  const variable = profile.variables.find((each) => each.name === name);
  if (variable === undefined)
    throw new RangeError(
      `judgeFeatures needs a column ${name}, the profile has ${profile.variables.map((each) => each.name).join(", ")}`,
    );
  if (variable.kind !== "number")
    throw new RangeError(`judgeFeatures needs numbers, ${name} is of kind ${variable.kind}`);
  return variable;
}
