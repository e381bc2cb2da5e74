import { setImmediate } from "node:timers/promises";
import { pearsonOfCodes, spearmanOfRows } from "../statistics/correlation.js";
import { kendallOfRows } from "../statistics/kendall.js";
import { type CommonRows, commonRows, everyNthRow, type RankCodes } from "../statistics/ranks.js";
import { isOfSeveral, kendallStep, matrix, type NamedValues } from "./correlate.js";
import { interaction } from "./interact.js";
import type { CorrelationMatrix, Interaction, ProfileLimits } from "./profile.js";

type Measure = "pearson" | "spearman" | "kendall";

const MEASURES: Record<Measure, (rows: CommonRows, a: RankCodes, b: RankCodes) => number> = {
  pearson: (rows, a, b) => pearsonOfCodes(rows, a.values, b.values),
  spearman: spearmanOfRows,
  kendall: kendallOfRows,
};

/** How the columns of numbers of a table go together. */
export interface ComparedNumbers {
  /** Pearson, Spearman and Kendall, if there are at least two columns. */
  correlations: CorrelationMatrix[];
  interactions: Interaction[];
}

/** Compares columns of numbers pair by pair; the rows that two have in common are found once. @param columns - ranked. */
export async function compareNumbers(
  columns: readonly NamedValues<RankCodes>[],
  rows: number,
  limits: ProfileLimits,
): Promise<ComparedNumbers> {
  const { correlatedColumns, interactionColumns } = limits;
  const correlated = columns.slice(0, correlatedColumns);
  const step = kendallStep(rows, correlated.length, limits);
  const found = new Correlations(step === 1 ? ["pearson", "spearman", "kendall"] : ["pearson", "spearman"]);
  const interactions: Interaction[] = [];
  await eachPair(columns.slice(0, Math.max(correlatedColumns, interactionColumns)), (a, b, common, at) => {
    if (at < correlatedColumns) found.add(a.values, b.values, common);
    if (at < interactionColumns) interactions.push(interaction(b, a, { x: common.y, y: common.x }));
  });
  const correlations = found.matrices(correlated, rows);
  if (step > 1) {
    const spaced = correlated.map(({ name, values }) => ({ name, values: everyNthRow(values, step) }));
    const kendall = new Correlations(["kendall"]);
    await eachPair(spaced, (a, b, common) => kendall.add(a.values, b.values, common));
    correlations.push(...kendall.matrices(spaced, Math.ceil(rows / step)));
  }
  return { correlations: correlations.filter(isOfSeveral), interactions };
}

/** @param visit - gets a column, one before it, the rows that they have in common, and the place of the first. */
async function eachPair(
  columns: readonly NamedValues<RankCodes>[],
  visit: (a: NamedValues<RankCodes>, b: NamedValues<RankCodes>, common: CommonRows, at: number) => void,
): Promise<void> {
  for (const [at, a] of columns.entries())
    for (const b of columns.slice(0, at)) {
      visit(a, b, commonRows(a.values, b.values), at);
      // The database, at work on what was asked of it before, gets its next statement.
      await setImmediate();
    }
}

/** Correlations of pairs of columns, gathered. */
class Correlations {
  readonly #measures: readonly Measure[];
  readonly #found = new Map<RankCodes, Map<RankCodes, number[]>>();

  constructor(measures: readonly Measure[]) {
    this.#measures = measures;
  }

  add(a: RankCodes, b: RankCodes, common: CommonRows): void {
    const ofA = this.#found.get(a) ?? new Map<RankCodes, number[]>();
    ofA.set(
      b,
      this.#measures.map((name) => MEASURES[name](common, a, b)),
    );
    this.#found.set(a, ofA);
  }

  matrices(columns: readonly NamedValues<RankCodes>[], rows: number): CorrelationMatrix[] {
    return this.#measures.map((name, at) =>
      matrix(name, columns, rows, (a, b) => this.#found.get(a)!.get(b)![at]!),
    );
  }
}
