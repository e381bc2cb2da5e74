/** Values replaced by their place among the different values. */
export interface DenseRanks {
  /** For each value, the position of it in `distinct`. */
  codes: Int32Array;
  /** The different values, ascending. */
  distinct: Float64Array;
  /** How often each of them occurs. */
  counts: Float64Array;
}

/**
 * The place of each value among the different values, from 0; -0 equals 0.
 * @param values - without NaN.
 */
export function denseRanks(values: ArrayLike<number>): DenseRanks {
  const sorted = Float64Array.from(values, (value) => value + 0).sort();
  const counts = new Float64Array(sorted.length);
  let size = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[size - 1]) sorted[size++] = sorted[i]!;
    counts[size - 1]!++;
  }
  const distinct = sorted.subarray(0, size);
  const codes = Int32Array.from(values, (value) => positionOf(distinct, value));
  return { codes, distinct, counts: counts.subarray(0, size) };
}

/**
 * Ranks from 1; equal values share the mean of the ranks they take up.
 * @see equals scipy.stats.rankdata and pandas rank by default.
 */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  const { codes, counts } = denseRanks(values);
  const ranks = new Float64Array(counts.length);
  let before = 0;
  for (let i = 0; i < counts.length; i++) {
    ranks[i] = before + (counts[i]! + 1) / 2;
    before += counts[i]!;
  }
  return Float64Array.from(codes, (code) => ranks[code]!);
}

function positionOf(distinct: Float64Array, value: number): number {
  let low = 0;
  let high = distinct.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (distinct[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
