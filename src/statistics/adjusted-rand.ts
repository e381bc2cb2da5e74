import { crossTabulate, encodeCategories } from "./contingency.js";

/**
 * How far two groupings of the same rows agree, above what chance gives.
 * @param a - a group for each row; which number names a group does not matter. `b` likewise.
 * @returns 1 for the same grouping, about 0 for unrelated ones, below 0 for less agreement than by chance.
 * @throws RangeError when the lengths differ.
 * @see Hubert & Arabie 1985, J. Classif. 2:193-218; equals sklearn.metrics.adjusted_rand_score.
 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { rows, columns, counts, total } = crossTabulate(encodeCategories(a), encodeCategories(b));
  const inRows = new Float64Array(rows);
  const inColumns = new Float64Array(columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      inRows[i]! += counts[i * columns + j]!;
      inColumns[j]! += counts[i * columns + j]!;
    }
  const both = pairsWithin(counts);
  const byA = pairsWithin(inRows);
  const byB = pairsWithin(inColumns);
  const expected = total < 2 ? 0 : (byA * byB) / ((total * (total - 1)) / 2);
  const most = (byA + byB) / 2;
  // Both put everybody in one group, or everybody in a group of their own.
  return most === expected ? 1 : (both - expected) / (most - expected);
}

function pairsWithin(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}
