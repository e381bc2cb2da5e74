import { adjustPValues } from "../statistics/adjust-p-values.js";
import { mannWhitneyTest } from "../statistics/mann-whitney.js";
import { type Comparison, type ComparisonOptions, comparisons, NEUTRAL } from "./compare-groups.js";
import { hypotheses } from "./hypotheses.js";
import type {
  CustomerMeasures,
  Hypothesis,
  HypothesisInputs,
  TestedHypothesis,
  Verdict,
} from "./hypothesis.js";

/** How a family is tested. */
export interface TestingOptions {
  /** Of the resamples behind intervals. */
  seed: number;
  /** Of the intervals; an adjusted p below 1 - level decides. 0.95 when left out. */
  level?: number;
  /** The measures by which the members were told from the others. */
  builtFrom?: readonly string[];
  /** What is tested; `hypotheses` when left out. */
  family?: readonly Hypothesis[];
}

/**
 * What the data say to each hypothesis, the most worthwhile first.
 *
 * p-values are two-sided, against the bound of the claim, and adjusted over the family by Holm. A claim holds, or does
 * not, where the adjusted p tells; its opposite holds where the interval also leaves out that groups are alike. A
 * hypothesis without data (a group of fewer than 2 with the measure, or no spread) is undecided and in no family.
 * Priority is the size of Cliff's delta times (4 - effort); 0 where nothing follows.
 * @throws RangeError unless each column of a group has a value for each of its customers.
 */
export function testHypotheses(
  inputs: HypothesisInputs,
  { seed, level = 0.95, builtFrom = [], family = hypotheses }: TestingOptions,
): TestedHypothesis[] {
  for (const [group, measures] of [
    ["members", inputs.members],
    ["others", inputs.others],
  ] as const)
    requireColumns(group, measures);
  const found = family.map((hypothesis) => testOne(hypothesis, inputs, { level, seed }));
  const adjusted = adjustAll(found.map(({ comparison }) => comparison?.pValue ?? null));
  return family
    .map((hypothesis, i) => {
      const { comparison, ...rest } = found[i]!;
      const pHolm = adjusted[i]!;
      const verdict = judge(hypothesis, comparison, pHolm, 1 - level);
      return {
        ...describe(hypothesis),
        ...rest,
        ...tell(hypothesis, comparison),
        pHolm,
        verdict,
        priority: isDecided(verdict) ? (rest.strength ?? 0) * (4 - hypothesis.effort) : 0,
        action: actionOf(hypothesis, verdict),
        isBuiltIn: hypothesis.columns.some((name) => builtFrom.includes(name)),
      };
    })
    .sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
}

interface Found {
  groups: [string, string];
  n: [number, number];
  strength: number | null;
  comparison: Comparison | null;
}

function testOne(hypothesis: Hypothesis, inputs: HypothesisInputs, options: ComparisonOptions): Found {
  const { groups, samples } = samplesOf(hypothesis, inputs);
  const [a, b] = samples;
  const n: [number, number] = [a.length, b.length];
  const isConstant = [...a, ...b].every((value) => value === (a[0] ?? b[0]));
  if (a.length < 2 || b.length < 2 || isConstant) return { groups, n, strength: null, comparison: null };
  const comparison = comparisons[hypothesis.comparison](a, b, hypothesis.bound, options);
  return {
    groups,
    n,
    strength: Math.abs(mannWhitneyTest(a, b).effect.value),
    comparison: Number.isNaN(comparison.pValue) ? null : comparison,
  };
}

function samplesOf(
  { measure, within }: Hypothesis,
  { members, others }: HypothesisInputs,
): { groups: [string, string]; samples: [Float64Array, Float64Array] } {
  const present = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value));
  if (within === undefined)
    return {
      groups: ["members", "others"],
      samples: [present(members[measure]), present(others[measure])],
    };
  const living = (isAbroad: number): Float64Array =>
    present(members[measure].filter((_, i) => members.isAbroad[i] === isAbroad));
  return { groups: ["members abroad", "members at home"], samples: [living(1), living(0)] };
}

/** Holm over those that were tested. */
function adjustAll(pValues: readonly (number | null)[]): (number | null)[] {
  const tested = pValues.filter((p) => p !== null);
  const adjusted = adjustPValues(tested, "holm");
  let at = 0;
  return pValues.map((p) => (p === null ? null : adjusted[at++]!));
}

function judge(
  { side, bound, comparison: kind }: Hypothesis,
  comparison: Comparison | null,
  pHolm: number | null,
  alpha: number,
): Verdict {
  if (comparison === null || pHolm === null || pHolm >= alpha) return "undecided";
  const sign = side === "above" ? 1 : -1;
  const { value, interval } = comparison;
  if (sign * (value - bound) > 0) return "holds";
  const neutral = NEUTRAL[kind] ?? bound;
  const nearest = side === "above" ? interval.high : interval.low;
  return sign * (nearest - neutral) < 0 ? "the opposite holds" : "does not hold";
}

/** Whether something follows from it. */
function isDecided(verdict: Verdict): boolean {
  return verdict === "holds" || verdict === "the opposite holds";
}

function actionOf({ action, otherwise }: Hypothesis, verdict: Verdict): string {
  if (verdict === "holds") return action;
  if (verdict === "the opposite holds") return otherwise;
  return verdict === "does not hold"
    ? "Nothing: what was supposed is not so."
    : "Nothing yet: these customers do not tell.";
}

function describe({
  published,
  ...hypothesis
}: Hypothesis): Pick<TestedHypothesis, "id" | "area" | "published" | "claim" | "bound" | "side" | "effort"> {
  const { id, area, claim, bound, side, effort } = hypothesis;
  return { id, area, published: published ?? null, claim, bound, side, effort };
}

function tell(
  { comparison: name }: Hypothesis,
  comparison: Comparison | null,
): Pick<TestedHypothesis, "test" | "statistic" | "values" | "effect" | "pValue"> {
  if (comparison === null)
    return {
      test: "too few customers, or none that differ",
      statistic: null,
      values: [null, null],
      effect: { name, value: null, low: null, high: null },
      pValue: null,
    };
  const { test, statistic, values, value, interval, pValue } = comparison;
  return {
    test,
    statistic: finite(statistic),
    values: [finite(values[0]), finite(values[1])],
    effect: { name, value: finite(value), low: finite(interval.low), high: finite(interval.high) },
    pValue,
  };
}

/** JSON knows no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function requireColumns(group: string, measures: CustomerMeasures): void {
  const size = measures.revenue.length;
  for (const [name, { length }] of Object.entries(measures))
    if (length !== size)
      throw new RangeError(`testHypotheses needs ${name} of each of ${size} ${group}, got ${length}`);
}
