import { formatNumber, formatPercent } from "../format.js";
import type { ComparisonKind, TestedHypothesis } from "./hypothesis.js";

/** An amount of the effect in the unit of its comparison: "7.14 times", "58.1%", "+3.9 points", "-0.64". */
export function effectNumber(kind: ComparisonKind, value: number | null): string {
  if (value === null) return "–";
  if (kind === "share of the total") return formatPercent(value);
  if (kind === "ratio of medians" || kind === "ratio of means") return `${formatNumber(value, 2)} times`;
  const sign = value > 0 ? "+" : "";
  if (kind === "Cliff's delta") return `${sign}${formatNumber(value, 2)}`;
  return `${sign}${formatNumber(100 * value, 1)} points`;
}

/** The effect with its interval: "7.14 times (6.55 to 7.79)". */
export function effectText({ effect }: Pick<TestedHypothesis, "effect">): string {
  const { name, value, low, high } = effect;
  if (value === null) return "not known";
  const bare = (end: number | null): string =>
    end === null ? "no end" : effectNumber(name, end).replace(/ (times|points)$/, "");
  return `${effectNumber(name, value)} (${bare(low)} to ${bare(high)})`;
}

/** A p-value as papers write it: never 0. */
export function pText(p: number | null): string {
  if (p === null) return "–";
  return p < 0.001 ? "< 0.001" : formatNumber(p, 3);
}

/** Where a verdict comes from, in a line: who, which test, its statistic, the p-values. */
export function evidenceText(row: TestedHypothesis): string {
  const { groups, n, test, statistic, pValue, pHolm, effect } = row;
  const who = groups.map((group, i) => `${formatNumber(n[i]!)} ${group}`).join(" and ");
  if (statistic === null) return `${who}: ${test}.`;
  const p = (value: number | null): string =>
    value !== null && value < 0.001 ? pText(value) : `= ${pText(value)}`;
  return `${effect.name} ${effectText(row)}, ${who}; ${test}: ${formatNumber(statistic)}, p ${p(pValue)}, adjusted p ${p(pHolm)}.`;
}
