import { requireFinite } from "../../math/finite.js";
import { column, type Matrix } from "../../math/matrix.js";
import { averageRanks, rankCodes } from "../../statistics/ranks.js";

/** Correlations that differ by less are equal. */
const ROUNDING = 1e-12;

/** Features that say the same in another unit, and the one that may speak for all. */
export interface RedundancyGroup {
  representative: string;
  /** In the order of the matrix, the representative included. */
  members: readonly string[];
  /** The smallest |Spearman| of two members; 1 for a group of one. */
  weakest: number;
}

export interface RedundancyOptions {
  /** Two features of a group correlate at least this much in size; 0.9 when left out. */
  threshold?: number;
  /** How much each feature is preferred as representative; without it, the one most correlated with the rest. */
  preference?: ArrayLike<number>;
}

/**
 * Groups in which any two features have |Spearman| of at least the threshold: complete linkage, so that no chain of
 * resemblances joins features that do not resemble each other. Groups merge from the most alike on; of equal ones the
 * first. Kept is the preferred member, else the one with the largest sum of |Spearman| over its group; of equal ones
 * the first.
 * @param X - n x d, finite.
 * @param names - what the columns are.
 * @returns groups in the order of their first members, those of one included.
 * @throws RangeError for a threshold outside (0, 1], names or preferences not as many as columns, or a value
 * that is not finite.
 * @see equals scipy.cluster.hierarchy.linkage(1 - |rho|, "complete") cut at 1 - threshold, where no two merges tie.
 */
export function redundancyGroups(
  X: Matrix,
  names: readonly string[],
  options: RedundancyOptions = {},
): RedundancyGroup[] {
  const { threshold = 0.9, preference } = options;
  if (!(threshold > 0 && threshold <= 1))
    throw new RangeError(`redundancyGroups needs a threshold in (0, 1], got ${threshold}`);
  for (const given of [names, preference ?? names])
    if (given.length !== X.columns)
      throw new RangeError(`redundancyGroups needs one entry a column, got ${given.length} for ${X.columns}`);
  const likeness = absoluteSpearman(X);
  return completeLinkage(likeness, X.columns, threshold).map((members) => ({
    representative: names[representativeOf(members, likeness, X.columns, preference)]!,
    members: members.map((j) => names[j]!),
    weakest: weakestOf(members, members, likeness, X.columns),
  }));
}

/**
 * d x d sizes of the rank correlations, row by row; 0 with a constant column, 1 on the diagonal.
 * @param X - n x d, finite, so that a column has the same ranks beside every other.
 * @throws RangeError when a value is not finite.
 * @see equals the absolute value of `spearman` for each pair.
 */
export function absoluteSpearman(X: Matrix): Float64Array {
  requireFinite("absoluteSpearman", X);
  const d = X.columns;
  const directions = Array.from({ length: d }, (_, j) => rankDirection(column(X, j)));
  const likeness = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    likeness[i * d + i] = 1;
    for (let j = 0; j < i; j++) {
      const rho = Math.abs(product(directions[i]!, directions[j]!));
      likeness[i * d + j] = rho > 1 - ROUNDING ? 1 : rho;
      likeness[j * d + i] = likeness[i * d + j]!;
    }
  }
  return likeness;
}

/** Distances of the ranks from their mean, as a vector of length 1; zeros for a constant. */
function rankDirection(values: Float64Array): Float64Array {
  const { codes, counts } = rankCodes(values);
  const rankOf = averageRanks(counts);
  const ranks = Float64Array.from(codes, (code) => rankOf[code]!);
  const mean = (ranks.length + 1) / 2;
  for (let i = 0; i < ranks.length; i++) ranks[i]! -= mean;
  const length = Math.sqrt(product(ranks, ranks));
  return length > 0 ? ranks.map((rank) => rank / length) : ranks;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function completeLinkage(likeness: Float64Array, d: number, threshold: number): number[][] {
  const groups = Array.from({ length: d }, (_, j) => [j]);
  for (;;) {
    let [best, first, second] = [-1, 0, 0];
    for (let a = 0; a < groups.length; a++)
      for (let b = a + 1; b < groups.length; b++) {
        const weakest = weakestOf(groups[a]!, groups[b]!, likeness, d);
        if (weakest > best + ROUNDING) [best, first, second] = [weakest, a, b];
      }
    if (best < threshold) return groups;
    groups[first] = [...groups[first]!, ...groups[second]!].sort((a, b) => a - b);
    groups.splice(second, 1);
  }
}

function weakestOf(a: readonly number[], b: readonly number[], likeness: Float64Array, d: number): number {
  let weakest = 1;
  for (const i of a) for (const j of b) weakest = Math.min(weakest, likeness[i * d + j]!);
  return weakest;
}

function representativeOf(
  members: readonly number[],
  likeness: Float64Array,
  d: number,
  preference: ArrayLike<number> | undefined,
): number {
  const worth = (j: number): number =>
    preference === undefined ? members.reduce((sum, i) => sum + likeness[i * d + j]!, 0) : preference[j]!;
  return members.reduce((kept, j) => (worth(j) > worth(kept) + ROUNDING ? j : kept));
}
