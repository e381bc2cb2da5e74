import { type CountedCodes, commonRows, type RankCodes, rankCodes } from "./ranks.js";

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
  const { x, y } = commonRows(first, second);
  const n = x.codes.length;
  const sorted = sortByBoth(x, y);
  const all = choosePairs(n);
  const tiedX = sumOf(x.counts, choosePairs);
  const tiedY = sumOf(y.counts, choosePairs);
  const tiedBoth = countTied(sorted.x, sorted.y);
  if (n < 2 || tiedX === all || tiedY === all) return Number.NaN;
  const discordant = countInversions(sorted.y);
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

/** Rows by x, then by y: two counting sorts, the last one stable. */
function sortByBoth(x: CountedCodes, y: CountedCodes): { x: Int32Array; y: Int32Array } {
  const byY = new Int32Array(y.codes.length);
  const starts = startsOf(y.counts);
  for (let row = 0; row < byY.length; row++) byY[starts[y.codes[row]!]!++] = row;
  const order = new Int32Array(byY.length);
  const startsOfX = startsOf(x.counts);
  for (let i = 0; i < byY.length; i++) order[startsOfX[x.codes[byY[i]!]!]!++] = byY[i]!;
  return { x: order.map((row) => x.codes[row]!), y: order.map((row) => y.codes[row]!) };
}

function startsOf(counts: Float64Array): Int32Array {
  const starts = new Int32Array(counts.length);
  for (let i = 1; i < counts.length; i++) starts[i] = starts[i - 1]! + counts[i - 1]!;
  return starts;
}

function countTied(x: Int32Array, y: Int32Array): number {
  let tied = 0;
  let run = 0;
  for (let i = 1; i < x.length; i++) {
    run = x[i] === x[i - 1] && y[i] === y[i - 1] ? run + 1 : 0;
    tied += run;
  }
  return tied;
}

/** Pairs of positions whose later value is smaller, by merging runs of growing length. */
function countInversions(values: Int32Array): number {
  let from = Int32Array.from(values);
  let to = new Int32Array(values.length);
  let inversions = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        if (right >= end || (left < middle && from[left]! <= from[right]!)) to[at] = from[left++]!;
        else {
          inversions += middle - left;
          to[at] = from[right++]!;
        }
      }
    }
    [from, to] = [to, from];
  }
  return inversions;
}
