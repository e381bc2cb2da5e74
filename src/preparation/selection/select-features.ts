import { formatNumber } from "../../format.js";
import { column, type Matrix, matrixOfColumns } from "../../math/matrix.js";
import { leaveOneOutLaplacianScores } from "./laplacian-score.js";
import { redundancyGroups } from "./redundancy.js";
import { scaledVariance } from "./scaled-variance.js";

/** From where on a feature is selected. */
export interface SelectionThresholds {
  /** Least variance between 0 and 1; 0.005 by default. */
  variance: number;
  /** |Spearman| from which two features are one; 0.8 by default. */
  redundancy: number;
  /** Largest leave-one-out Laplacian score, about 1 being noise; 0.6 by default. */
  structure: number;
}

/** The usual ones. */
export const defaultSelectionThresholds: SelectionThresholds = {
  variance: 0.005,
  redundancy: 0.8,
  structure: 0.6,
};

export type SelectionVerdict = "selected" | "hardly varies" | "redundant" | "stands alone";

/** A feature with its verdict and what decided. */
export interface SelectedFeature {
  name: string;
  verdict: SelectionVerdict;
  reason: string;
  /** Population variance between 0 and 1. */
  variance: number;
  /** The feature that speaks for it; null for one that was not dropped as redundant. */
  representative: string | null;
  /** Leave-one-out Laplacian score; null for what an earlier rule dropped, and where one feature is left alone. */
  structure: number | null;
}

/**
 * Which features a model should see, by three rules in this order, each for what the ones before left: it varies; no
 * feature named before it says the same; and customers who are alike in everything else are alike in it.
 * @param X - n x d, finite, in one unit.
 * @param names - what the columns are, the preferred ones first.
 * @param options.nNeighbors - of the third rule; 15 when left out.
 * @throws RangeError for a variance or a structure that is not above zero, names not as many as columns, or as the
 * measures do.
 */
export function selectFeatures(
  X: Matrix,
  names: readonly string[],
  options: Partial<SelectionThresholds> & { nNeighbors?: number } = {},
): SelectedFeature[] {
  const { nNeighbors = 15, variance, redundancy, structure } = { ...defaultSelectionThresholds, ...options };
  if (!(variance > 0 && structure > 0))
    throw new RangeError(`selectFeatures needs thresholds above 0, got ${variance} and ${structure}`);
  if (names.length !== X.columns)
    throw new RangeError(`selectFeatures needs a name for each of ${X.columns} columns, got ${names.length}`);
  const variances = scaledVariance(X);
  const varying = names.filter((_, j) => variances[j]! >= variance);
  const groups = redundancyGroups(columnsOf(X, names, varying), varying, {
    threshold: redundancy,
    preference: varying.map((_, j) => -j),
  });
  const apart = groups.map(({ representative }) => representative);
  const scores =
    apart.length < 2 ? [] : leaveOneOutLaplacianScores(columnsOf(X, names, apart), { nNeighbors });
  return names.map((name, j) => {
    const found = { name, variance: variances[j]!, representative: null, structure: null };
    if (!varying.includes(name))
      return { ...found, verdict: "hardly varies", reason: `variance ${formatNumber(found.variance, 4)}` };
    const group = groups.find(({ members }) => members.includes(name))!;
    const { representative } = group;
    if (representative !== name) {
      const reason = `rank correlation of at least ${formatNumber(group.weakest, 2)} in its group`;
      return { ...found, verdict: "redundant", reason, representative };
    }
    const score = scores[apart.indexOf(name)];
    if (score === undefined) return { ...found, verdict: "selected", reason: "the only one left" };
    const verdict = score > structure ? "stands alone" : "selected";
    return { ...found, verdict, reason: `score ${formatNumber(score, 2)}`, structure: score };
  });
}

function columnsOf(X: Matrix, names: readonly string[], wanted: readonly string[]): Matrix {
  if (wanted.length === 0) return { rows: X.rows, columns: 0, data: new Float64Array(0) };
  return matrixOfColumns(wanted.map((name) => column(X, names.indexOf(name))));
}
