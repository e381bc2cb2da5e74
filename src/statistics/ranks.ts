/** Values replaced by their place among the different values of their column. */
export interface RankCodes {
  /** For each row the place of its value, from 0; -1 for a value that is not finite. */
  codes: Int32Array;
  /** How many different values there are. */
  size: number;
}

/** Codes of rows that all count, with how often each code occurs. */
export interface CountedCodes {
  codes: Int32Array;
  counts: Float64Array;
}

/** The place of each value among the different finite values, from 0; -0 equals 0. One sort, then a search a value. */
export function rankCodes(values: ArrayLike<number>): RankCodes {
  const distinct = new Float64Array(values.length);
  let filled = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) distinct[filled++] = values[i]! + 0;
  distinct.subarray(0, filled).sort();
  let size = 0;
  for (let i = 0; i < filled; i++)
    if (i === 0 || distinct[i] !== distinct[size - 1]) distinct[size++] = distinct[i]!;
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++)
    codes[i] = Number.isFinite(values[i]) ? positionOf(distinct, size, values[i]!) : -1;
  return { codes, size };
}

/**
 * The rows in which both columns have a code. The order of codes is that of the values, so nothing is sorted again.
 * @throws RangeError when the columns differ in length.
 */
export function commonRows(x: RankCodes, y: RankCodes): { x: CountedCodes; y: CountedCodes } {
  const length = x.codes.length;
  if (length !== y.codes.length)
    throw new RangeError(`a correlation needs columns of one length, got ${length} and ${y.codes.length}`);
  const [inX, inY] = [new Int32Array(length), new Int32Array(length)];
  const [countsX, countsY] = [new Float64Array(x.size), new Float64Array(y.size)];
  let rows = 0;
  for (let i = 0; i < length; i++) {
    const [a, b] = [x.codes[i]!, y.codes[i]!];
    if (a < 0 || b < 0) continue;
    countsX[a]!++;
    countsY[b]!++;
    inX[rows] = a;
    inY[rows++] = b;
  }
  return {
    x: { codes: inX.subarray(0, rows), counts: countsX },
    y: { codes: inY.subarray(0, rows), counts: countsY },
  };
}

/**
 * Ranks from 1; equal values share the mean of the ranks they take up.
 * @see equals scipy.stats.rankdata and pandas rank by default.
 */
export function averageRanks({ codes, counts }: CountedCodes): Float64Array {
  const rankOf = new Float64Array(counts.length);
  let before = 0;
  for (let i = 0; i < counts.length; i++) {
    rankOf[i] = before + (counts[i]! + 1) / 2;
    before += counts[i]!;
  }
  const ranks = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) ranks[i] = rankOf[codes[i]!]!;
  return ranks;
}

function positionOf(distinct: Float64Array, size: number, value: number): number {
  let low = 0;
  let high = size - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (distinct[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
