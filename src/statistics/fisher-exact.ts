import type { Tails } from "../math/root.js";
import { findRoot } from "../math/root.js";
import { requireCount, requireOptions } from "./test-checks.js";
import type { Alternative, Interval, TestOptions, TestResult } from "./test-result.js";

/** Chances of tables that differ by no more than rounding count as equal. */
const ROUNDING = 1e-7;

/** Counts of two groups (rows) with and without something (columns). */
export type FourfoldTable = readonly [readonly [number, number], readonly [number, number]];

export interface FisherResult extends TestResult {
  /** a d / (b c) of the table itself. */
  sampleOddsRatio: number;
}

/** The upper left counts that the margins allow, from `first` on, with their chances when nothing is related. */
interface Outcomes {
  first: number;
  chances: Float64Array;
}

/**
 * Whether two groups differ in how often something happens, counting all tables with the same margins.
 *
 * Effect: the odds ratio that makes the table most likely, with the exact interval. The statistic is the upper left
 * count. A table with an empty row or column tells nothing: p is 1, the ratio NaN.
 * @throws RangeError for what is no count, or a table without counts.
 * @see Fisher 1935, J. R. Stat. Soc. 98:39-82; p equals scipy.stats.fisher_exact, the effect
 * scipy.stats.contingency.odds_ratio(kind="conditional") and R's fisher.test.
 */
export function fisherExactTest(table: FourfoldTable, options: TestOptions = {}): FisherResult {
  const { alternative, level } = requireOptions("fisherExactTest", options);
  const outcomes = outcomesOf("fisherExactTest", table);
  const [[a, b], [c, d]] = table;
  const at = a - outcomes.first;
  return {
    test: "Fisher's exact test",
    statistic: a,
    pValue: pValueAt(outcomes, at, alternative),
    alternative,
    effect: { name: "odds ratio", ...oddsRatio(outcomes, at, level) },
    sampleOddsRatio: (a * d) / (b * c),
  };
}

/**
 * The p-value of `fisherExactTest` alone, without the search for its odds ratio and interval: for many tables.
 * @throws RangeError as `fisherExactTest` does.
 */
export function fisherPValue(table: FourfoldTable, alternative: Alternative): number {
  const outcomes = outcomesOf("fisherPValue", table);
  return pValueAt(outcomes, table[0][0] - outcomes.first, alternative);
}

function outcomesOf(who: string, [[a, b], [c, d]]: FourfoldTable): Outcomes {
  for (const count of [a, b, c, d]) requireCount(who, "cases in each cell", count, 0);
  requireCount(who, "cases", a + b + c + d, 1);
  return hypergeometric(a, b, c, d);
}

function pValueAt({ chances }: Outcomes, at: number, alternative: Alternative): number {
  if (alternative !== "two-sided")
    return Math.min(1, tailsOf(chances, at, 0)[alternative === "less" ? "below" : "above"]);
  const chance = chances[at]!;
  return Math.min(
    1,
    chances.reduce((sum, p) => sum + (p <= chance * (1 + ROUNDING) ? p : 0), 0),
  );
}

/** From the most likely count outwards by ratios of neighbours, so that no factorial is needed. */
function hypergeometric(a: number, b: number, c: number, d: number): Outcomes {
  const first = Math.max(0, a - d);
  const last = Math.min(a + b, a + c);
  const chances = new Float64Array(last - first + 1);
  const ratio = (x: number): number => ((a + b - x) * (a + c - x)) / ((x + 1) * (d - a + x + 1));
  const mode = Math.max(first, Math.min(last, Math.floor(((a + b + 1) * (a + c + 1)) / (a + b + c + d + 2))));
  chances[mode - first] = 1;
  for (let x = mode; x < last; x++) chances[x + 1 - first] = chances[x - first]! * ratio(x);
  for (let x = mode; x > first; x--) chances[x - 1 - first] = chances[x - first]! / ratio(x - 1);
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  return { first, chances: chances.map((chance) => chance / total) };
}

/** Chances of at most and of at least this count, when the odds ratio is exp(logOdds). */
function tailsOf(chances: Float64Array, at: number, logOdds: number): Tails {
  const tilted = tilt(chances, at, logOdds);
  let [below, above, all] = [0, 0, 0];
  for (let i = 0; i < tilted.length; i++) {
    all += tilted[i]!;
    if (i <= at) below += tilted[i]!;
    if (i >= at) above += tilted[i]!;
  }
  return { below: below / all, above: above / all };
}

function meanAt(chances: Float64Array, logOdds: number): number {
  const tilted = tilt(chances, 0, logOdds);
  let [sum, all] = [0, 0];
  for (let i = 0; i < tilted.length; i++) {
    sum += i * tilted[i]!;
    all += tilted[i]!;
  }
  return sum / all;
}

/** Chances times the odds ratio to the power of the count, up to a factor, the largest being 1. */
function tilt(chances: Float64Array, at: number, logOdds: number): Float64Array {
  const logs = chances.map((chance, i) => Math.log(chance) + (i - at) * logOdds);
  const largest = logs.reduce((max, log) => Math.max(max, log), -Infinity);
  return logs.map((log) => Math.exp(log - largest));
}

function oddsRatio({ chances }: Outcomes, at: number, level: number): { value: number; interval: Interval } {
  const last = chances.length - 1;
  if (last === 0) return { value: Number.NaN, interval: { low: 0, high: Infinity, level } };
  const beyond = (1 - level) / 2;
  const value = at === 0 ? 0 : at === last ? Infinity : solve((log) => meanAt(chances, log) - at);
  return {
    value,
    interval: {
      low: at === 0 ? 0 : solve((log) => tailsOf(chances, at, log).above - beyond),
      high: at === last ? Infinity : solve((log) => beyond - tailsOf(chances, at, log).below),
      level,
    },
  };
}

/** The odds ratio at whose logarithm a rising function is zero. */
function solve(f: (logOdds: number) => number): number {
  let reach = 1;
  while (f(-reach) > 0 || f(reach) < 0) reach *= 2;
  return Math.exp(findRoot(f, -reach, reach, 1e-13));
}
