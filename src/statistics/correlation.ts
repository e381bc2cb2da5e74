import { averageRanks, type CommonRows, commonRows, type RankCodes, rankCodes } from "./ranks.js";
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
  const pairs = completePairs(x, y);
  const a = centre(pairs.x);
  const b = centre(pairs.y);
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
  return spearmanOfRows(commonRows(x, y));
}

/** `spearman` of the rows that two columns have in common. */
export function spearmanOfRows(rows: CommonRows): number {
  return pearsonOfCodes(rows, averageRanks(rows.x.counts), averageRanks(rows.y.counts));
}

/** `pearson` of rows whose values are told by codes: all but one sum goes over the different values. */
export function pearsonOfCodes(
  { x, y }: CommonRows,
  valuesOfX: Float64Array,
  valuesOfY: Float64Array,
): number {
  const a = centreCounted(valuesOfX, x.counts, x.codes.length);
  const b = centreCounted(valuesOfY, y.counts, y.codes.length);
  if (a === undefined || b === undefined) return Number.NaN;
  const ab = sumOfProducts(a.distances, x.codes, b.distances, y.codes);
  return Math.max(-1, Math.min(1, ab / (Math.sqrt(a.squares) * Math.sqrt(b.squares))));
}

function sumOfProducts(a: Float64Array, codesOfA: Int32Array, b: Float64Array, codesOfB: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < codesOfA.length; i++) sum += a[codesOfA[i]!]! * b[codesOfB[i]!]!;
  return sum;
}

/** Distances of counted values to their mean, as `centre` gives them, and the sum of their squares. */
function centreCounted(
  values: Float64Array,
  counts: Float64Array,
  rows: number,
): { distances: Float64Array; squares: number } | undefined {
  if (rows < 2) return undefined;
  const first = values[counts.findIndex((count) => count > 0)]! / 2;
  let unit = 0;
  for (let i = 0; i < values.length; i++)
    if (counts[i]! > 0) unit = Math.max(unit, Math.abs(values[i]! / 2 - first));
  if (unit === 0) return undefined;
  const distances = new Float64Array(values.length);
  const terms = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (counts[i] === 0) continue;
    distances[i] = (values[i]! / 2 - first) / unit;
    terms[i] = counts[i]! * distances[i]!;
  }
  const mean = compensatedSum(terms) / rows;
  for (let i = 0; i < values.length; i++) {
    distances[i] = counts[i] === 0 ? 0 : distances[i]! - mean;
    terms[i] = counts[i]! * distances[i]! * distances[i]!;
  }
  return { distances, squares: compensatedSum(terms) };
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
