import { type CommonRows, type CountedCodes, commonRows, type RankCodes, rankCodes } from "./ranks.js";

/**
 * How many more pairs of rows are in the same order in both columns than in opposite order, as a share corrected for
 * ties (tau-b), in O(n log n).
 * @returns one value in [-1, 1]; NaN for fewer than 2 pairs or a column without variation.
 * @throws RangeError when the columns differ in length.
 * @see Knight 1966, J. Am. Stat. Assoc. 61:436-439; equals scipy.stats.kendalltau and pandas corr(method="kendall").
 */
export function kendall(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return kendallOfRanks(rankCodes(x), rankCodes(y));
}

/** `kendall` of columns whose values have been ranked already. */
export function kendallOfRanks(first: RankCodes, second: RankCodes): number {
  return kendallOfRows(commonRows(first, second));
}

/** `kendall` of the rows that two columns have in common. */
export function kendallOfRows(rows: CommonRows): number {
  // Counting is the quicker the fewer different values the second column has; tau is the same either way.
  const [x, y] = rows.x.counts.length < rows.y.counts.length ? [rows.y, rows.x] : [rows.x, rows.y];
  const n = x.codes.length;
  const all = choosePairs(n);
  const tiedX = sumOf(x.counts, choosePairs);
  const tiedY = sumOf(y.counts, choosePairs);
  if (n < 2 || tiedX === all || tiedY === all) return Number.NaN;
  const { tiedBoth, discordant } = countPairs(sortByFirst(x, y), x.counts, y.counts.length);
  const excess = all - tiedX - tiedY + tiedBoth - 2 * discordant;
  return Math.max(-1, Math.min(1, excess / Math.sqrt(all - tiedX) / Math.sqrt(all - tiedY)));
}

function choosePairs(count: number): number {
  return (count * (count - 1)) / 2;
}

function sumOf(counts: Float64Array, of: (count: number) => number): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += of(counts[i]!);
  return sum;
}

/** The codes of y by rising x, a counting sort. */
function sortByFirst(x: CountedCodes, y: CountedCodes): Int32Array {
  const starts = new Int32Array(x.counts.length);
  for (let i = 1; i < starts.length; i++) starts[i] = starts[i - 1]! + x.counts[i - 1]!;
  const sorted = new Int32Array(y.codes.length);
  place(x.codes, y.codes, starts, sorted);
  return sorted;
}

function place(x: Int32Array, y: Int32Array, starts: Int32Array, sorted: Int32Array): void {
  for (let row = 0; row < x.length; row++) sorted[starts[x[row]!]!++] = y[row]!;
}

/**
 * Pairs of rows that are equal in both columns, and those whose order differs. Group after group of equal x, the rows of
 * earlier groups with a larger y are counted with a tree of partial sums (Fenwick 1994, Softw. Pract. Exper. 24:327-336).
 * @param y - codes by rising x, below `size`.
 */
function countPairs(
  y: Int32Array,
  groups: Float64Array,
  size: number,
): { tiedBoth: number; discordant: number } {
  const sums = new Int32Array(size + 1);
  const inGroup = new Int32Array(size);
  let [tiedBoth, discordant, start] = [0, 0, 0];
  for (let group = 0; group < groups.length; group++) {
    const end = start + groups[group]!;
    for (let i = start; i < end; i++) {
      let notLarger = 0;
      for (let at = y[i]! + 1; at > 0; at &= at - 1) notLarger += sums[at]!;
      discordant += start - notLarger;
      tiedBoth += inGroup[y[i]!]!++;
    }
    for (let i = start; i < end; i++) {
      inGroup[y[i]!] = 0;
      for (let at = y[i]! + 1; at <= size; at += at & -at) sums[at]!++;
    }
    start = end;
  }
  return { tiedBoth, discordant };
}
