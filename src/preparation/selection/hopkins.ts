import { randomIndex } from "../../math/distributions.js";
import { requireFinite } from "../../math/finite.js";
import type { Matrix } from "../../math/matrix.js";
import { type Random, seededRandom } from "../../math/random.js";

/** How far from evenly spread the points are. */
export interface Hopkins {
  /** Near 0.5 for points spread evenly over their box, towards 1 for clusters, towards 0 for a lattice. */
  statistic: number;
  /** Rows that were sampled. */
  sampled: Int32Array;
  /** Points drawn evenly from the box that the rows span, as many. */
  uniform: Matrix;
}

export interface HopkinsOptions {
  /** Rows to sample; a tenth, at least 1, when left out. */
  samples?: number;
  /** Of the distances; d when left out. Lower ones keep many dimensions from ending at 1, and have no known spread. */
  power?: number;
  seed: number;
}

/**
 * Whether there is anything to cluster: distances from random places to the nearest row, against distances from
 * sampled rows to the nearest other row, both to the power of d.
 *
 * With that power evenly spread rows give Beta(m, m): 0.5 give or take 1 / (2 sqrt(2 m + 1)). A box whose corners are
 * empty for other reasons (columns that are skewed or correlated) gives high values without any cluster: compare with
 * `shuffleColumns` of the same matrix.
 * @param X - n x d, finite, in one unit.
 * @throws RangeError unless n >= 2, d >= 1, 1 <= samples <= n and all values are finite.
 * @see Hopkins & Skellam 1954, Ann. Bot. 18:213-227; Cross & Jain 1982, IFAC Proc. 15:315-320; Wright 2022, R J.
 * 14:282-292, on the power of d.
 */
export function hopkins(X: Matrix, options: HopkinsOptions): Hopkins {
  const { rows, columns } = X;
  const { samples = Math.max(1, Math.round(rows / 10)), power = columns, seed } = options;
  requirePoints(X);
  if (!Number.isInteger(samples) || samples < 1 || samples > rows)
    throw new RangeError(`hopkins needs 1 to n sampled rows, got ${samples} (n = ${rows})`);
  const random = seededRandom(seed);
  const sampled = sampleRows(rows, samples, random);
  const { min, max } = box(X);
  const data = new Float64Array(samples * columns);
  for (let i = 0; i < data.length; i++) {
    const j = i % columns;
    data[i] = min[j]! + random() * (max[j]! - min[j]!);
  }
  const uniform = { rows: samples, columns, data };
  return { statistic: hopkinsStatistic(X, sampled, uniform, power), sampled, uniform };
}

/**
 * The Hopkins statistic of rows and places that were drawn before.
 * @returns one value in [0, 1]; NaN when all distances are 0.
 * @throws RangeError unless there are as many places as rows, of the same dimension.
 */
export function hopkinsStatistic(
  X: Matrix,
  sampled: ArrayLike<number>,
  uniform: Matrix,
  power: number = X.columns,
): number {
  requirePoints(X);
  if (!(power > 0 && power < Infinity)) throw new RangeError(`hopkins needs a positive power, got ${power}`);
  if (uniform.rows !== sampled.length || uniform.columns !== X.columns)
    throw new RangeError(
      `hopkins needs a place for each of ${sampled.length} rows x ${X.columns}, got ${uniform.rows} x ${uniform.columns}`,
    );
  const fromPlaces = Float64Array.from({ length: uniform.rows }, (_, i) => logNearest(uniform, i, X, -1));
  const fromRows = Float64Array.from(sampled, (row) => logNearest(X, row, X, row));
  // Powers of d of distances far from 1 leave the range of a double: all are taken relative to the largest.
  const larger = (a: number, b: number): number => Math.max(a, b);
  const largest = fromRows.reduce(larger, fromPlaces.reduce(larger, -Infinity));
  if (largest === -Infinity) return Number.NaN;
  const sumOf = (logs: Float64Array): number =>
    logs.reduce((sum, log) => sum + Math.exp(power * (log - largest)), 0);
  const places = sumOf(fromPlaces);
  return places / (places + sumOf(fromRows));
}

/**
 * The same columns, each in an order of its own: what the columns are like by themselves, without what they have to do
 * with each other. A matrix whose Hopkins statistic is no higher than that of its shuffles has no joint structure.
 */
export function shuffleColumns(X: Matrix, options: { seed: number }): Matrix {
  const random = seededRandom(options.seed);
  const data = Float64Array.from(X.data);
  for (let j = 0; j < X.columns; j++)
    for (let i = X.rows - 1; i > 0; i--) {
      const [at, other] = [i * X.columns + j, randomIndex(random, i + 1) * X.columns + j];
      [data[at], data[other]] = [data[other]!, data[at]!];
    }
  return { ...X, data };
}

function requirePoints(X: Matrix): void {
  const { rows, columns } = X;
  if (rows < 2 || columns < 1)
    throw new RangeError(`hopkins needs 2 rows and a column, got ${rows} x ${columns}`);
  requireFinite("hopkins", X);
}

/** Different rows, each as likely: the first steps of a shuffle. */
function sampleRows(rows: number, samples: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  for (let i = 0; i < samples; i++) {
    const other = i + randomIndex(random, rows - i);
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order.slice(0, samples);
}

function box({ rows, columns, data }: Matrix): { min: Float64Array; max: Float64Array } {
  const min = new Float64Array(columns).fill(Infinity);
  const max = new Float64Array(columns).fill(-Infinity);
  for (let i = 0; i < rows * columns; i++) {
    const j = i % columns;
    if (data[i]! < min[j]!) min[j] = data[i]!;
    if (data[i]! > max[j]!) max[j] = data[i]!;
  }
  return { min, max };
}

/** Logarithm of the distance from a row of one matrix to the nearest row of another, one of which may be left out. */
function logNearest(from: Matrix, row: number, X: Matrix, except: number): number {
  const { columns } = X;
  let nearest = Infinity;
  for (let i = 0; i < X.rows; i++) {
    if (i === except) continue;
    let sum = 0;
    for (let j = 0; j < columns && sum < nearest; j++) {
      const gap = from.data[row * columns + j]! - X.data[i * columns + j]!;
      sum += gap * gap;
    }
    if (sum < nearest) nearest = sum;
  }
  return Math.log(nearest) / 2;
}
