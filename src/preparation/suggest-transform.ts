import { formatNumber, formatPercent } from "../format.js";
import type { NumberDescription } from "../statistics/descriptive.js";
import type { Shape } from "./plan.js";

/** A change of shape and the sentence that says why. */
export interface Suggestion {
  transform: Shape;
  reason: string;
}

/** What is known of a feature: its description, of the values present, and the unit of the dictionary. */
export interface ShapeEvidence {
  description: NumberDescription;
  unit: string;
}

/** From this share of zeros on, they are a spike that decides the shape. */
const SPIKE = 0.5;
/** Up to this distance from 0 a skewness is left. @see Bulmer 1979, Principles of Statistics: highly skewed beyond. */
const SKEWED = 1;
/** Above this excess kurtosis tails are heavy. @see Kline 2005, Structural Equation Modeling: problematic above. */
const HEAVY = 10;

interface ShapeRule {
  /** When it applies, in words. */
  when: string;
  transform: Shape;
  applies(evidence: ShapeEvidence): boolean;
  reason(evidence: ShapeEvidence): string;
}

const isSpike = ({ description: { zeros, count } }: ShapeEvidence): boolean => zeros >= SPIKE * count;
const zeroShare = ({ description: { zeros, count } }: ShapeEvidence): string => formatPercent(zeros / count);
const skewness = ({ description }: ShapeEvidence): string => `skewness ${formatNumber(description.skewness)}`;
const kurtosis = ({ description }: ShapeEvidence): string =>
  `excess kurtosis ${formatNumber(description.kurtosis)}`;

/** The rules in the order in which they are tried; the first that applies decides, and the last always does. */
export const shapeRules: readonly ShapeRule[] = [
  {
    when: "at most two different values",
    transform: "none",
    applies: ({ description }) => description.distinct <= 2,
    reason: ({ description }) =>
      description.distinct === 2
        ? "Two values are as far apart after any transform as before."
        : "One value has no shape.",
  },
  {
    when: `a share, at least ${formatPercent(SPIKE)} zeros, |skewness| above ${SKEWED}`,
    transform: "quantile-uniform",
    applies: (evidence) =>
      evidence.unit === "share" &&
      isSpike(evidence) &&
      evidence.description.min >= 0 &&
      Math.abs(evidence.description.skewness) > SKEWED,
    reason: (evidence) =>
      `${zeroShare(evidence)} zeros and ${skewness(evidence)}: ranks keep the zeros at 0 and spread the others evenly; a logarithm does nothing to shares.`,
  },
  {
    when: `at least ${formatPercent(SPIKE)} zeros, none negative, |skewness| above ${SKEWED}`,
    transform: "log1p",
    applies: (evidence) =>
      isSpike(evidence) && evidence.description.min >= 0 && Math.abs(evidence.description.skewness) > SKEWED,
    reason: (evidence) =>
      `${zeroShare(evidence)} zeros and ${skewness(evidence)}: a fitted power would follow the zeros; log1p leaves them at 0 and draws in the tail.`,
  },
  {
    when: `|skewness| up to ${SKEWED} and excess kurtosis up to ${HEAVY}`,
    transform: "none",
    applies: ({ description }) =>
      !(Math.abs(description.skewness) > SKEWED) && !(description.kurtosis > HEAVY),
    reason: (evidence) =>
      `${capitalized(skewness(evidence))}, ${kurtosis(evidence)}: near enough to symmetric.`,
  },
  {
    when: `|skewness| up to ${SKEWED} or negative values, and excess kurtosis above ${HEAVY}`,
    transform: "quantile-normal",
    applies: ({ description: { skewness, kurtosis, negatives } }) =>
      kurtosis > HEAVY && (negatives > 0 || !(Math.abs(skewness) > SKEWED)),
    reason: (evidence) =>
      `${capitalized(kurtosis(evidence))} with values on both sides: no single power draws in both tails; ranks do.`,
  },
  {
    when: "all values positive",
    transform: "box-cox",
    applies: ({ description }) => description.min > 0,
    reason: (evidence) =>
      `${capitalized(skewness(evidence))} and all values positive: the most likely power, of which the logarithm is one.`,
  },
  {
    when: "zeros or negative values",
    transform: "yeo-johnson",
    applies: () => true,
    reason: (evidence) =>
      `${capitalized(skewness(evidence))} with ${evidence.description.negatives > 0 ? "negative values" : `${zeroShare(evidence)} zeros`}: the most likely power that takes them.`,
  },
];

/**
 * The change of shape that a feature's skewness, tails, zeros and sign ask for, and why: the first rule of
 * `shapeRules` that applies.
 * @throws RangeError for a feature without values, or with infinite ones.
 */
export function suggestTransform(description: NumberDescription, unit = ""): Suggestion {
  if (description.count === 0 || !Number.isFinite(description.range))
    throw new RangeError(
      `suggestTransform needs finite values, got ${description.count} from ${description.min} to ${description.max}`,
    );
  const evidence = { description, unit };
  const rule = shapeRules.find(({ applies }) => applies(evidence))!;
  return { transform: rule.transform, reason: rule.reason(evidence) };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
