import { averageRanks, commonRows, type RankCodes, rankCodes } from "./ranks.js";
import { compensatedSum } from "./sum.js";

/** The rows of two columns in which both have a finite value. */
export interface NumberPairs {
  x: Float64Array;
  y: Float64Array;
}

/**
 * The rows in which both columns have a finite value: NaN and infinities are left out pair by pair, as pandas does.
 * @throws RangeError when the columns differ in length.
 */
export function completePairs(x: ArrayLike<number>, y: ArrayLike<number>): NumberPairs {
  if (x.length !== y.length)
    throw new RangeError(`a correlation needs columns of one length, got ${x.length} and ${y.length}`);
  const pairs = { x: new Float64Array(x.length), y: new Float64Array(x.length) };
  let size = 0;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) continue;
    pairs.x[size] = x[i]!;
    pairs.y[size++] = y[i]!;
  }
  return { x: pairs.x.subarray(0, size), y: pairs.y.subarray(0, size) };
}

/**
 * How far two columns lie on a straight line.
 * @returns one value in [-1, 1]; NaN for fewer than 2 pairs or a column without variation.
 * @throws RangeError when the columns differ in length.
 * @see equals pandas corr(method="pearson"), with pairs that are not finite left out.
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return pearsonOfPairs(completePairs(x, y));
}

/** `pearson` of columns whose values are all finite. */
function pearsonOfPairs({ x, y }: NumberPairs): number {
  const a = centre(x);
  const b = centre(y);
  if (a === undefined || b === undefined) return Number.NaN;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return Math.max(-1, Math.min(1, ab / (Math.sqrt(aa) * Math.sqrt(bb))));
}

/**
 * How far one column rises whenever the other does: the Pearson correlation of the ranks, ties sharing their mean rank.
 * @returns one value in [-1, 1]; NaN for fewer than 2 pairs or a column without variation.
 * @throws RangeError when the columns differ in length.
 * @see Spearman 1904, Am. J. Psychol. 15:72-101; equals pandas corr(method="spearman"), which ranks pair by pair.
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return spearmanOfRanks(rankCodes(x), rankCodes(y));
}

/** `spearman` of columns whose values have been ranked already, which is most of the work. */
export function spearmanOfRanks(x: RankCodes, y: RankCodes): number {
  const rows = commonRows(x, y);
  return pearsonOfPairs({ x: averageRanks(rows.x), y: averageRanks(rows.y) });
}

/** Distances to the mean in units of the largest, so that no square overflows; none when all values are equal. */
function centre(values: Float64Array): Float64Array | undefined {
  if (values.length < 2) return undefined;
  // Halves, because the range of two doubles may overflow.
  const first = values[0]! / 2;
  let unit = 0;
  for (let i = 0; i < values.length; i++) unit = Math.max(unit, Math.abs(values[i]! / 2 - first));
  if (unit === 0) return undefined;
  const distances = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) distances[i] = (values[i]! / 2 - first) / unit;
  const mean = compensatedSum(distances) / distances.length;
  for (let i = 0; i < distances.length; i++) distances[i]! -= mean;
  return distances;
}
