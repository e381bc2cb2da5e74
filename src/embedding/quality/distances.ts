import { requireWhole } from "../../math/checks.js";
import { randomIndex } from "../../math/distributions.js";
import { requireFinite } from "../../math/finite.js";
import type { Matrix } from "../../math/matrix.js";
import { seededRandom } from "../../math/random.js";
import { pearson, spearman } from "../../statistics/correlation.js";

export interface DistancePairOptions {
  /** Pairs drawn when there are more than so many; 200,000 by default. */
  maxPairs?: number;
  /** Of that draw; 0 by default. */
  seed?: number;
}

/** How distances in the data and on the map go together. */
export interface DistancePairCorrelation {
  /** On a straight line. NaN when one side's distances are all the same. */
  pearson: number;
  /** In order. */
  spearman: number;
  /** Pairs compared. */
  pairs: number;
}

/**
 * Correlation of the distance of two rows in the data with that on the map, over pairs of rows. This is the measure
 * usual for maps, not the dependence measure of Székely et al. that bears the name distance correlation too.
 * @param X - n x d. @param map - n x m.
 * @throws RangeError for fewer than 3 rows, rows that do not agree or a value that is not finite.
 */
export function distancePairCorrelation(
  X: Matrix,
  map: Matrix,
  { maxPairs = 200_000, seed = 0 }: DistancePairOptions = {},
): DistancePairCorrelation {
  const n = X.rows;
  if (n < 3 || map.rows !== n)
    throw new RangeError(
      `distancePairCorrelation needs 3 or more rows on both sides, got ${n} and ${map.rows}`,
    );
  requireWhole("distancePairCorrelation", "pairs", maxPairs, 2, 1e8);
  requireFinite("distancePairCorrelation", X);
  requireFinite("distancePairCorrelation", map);
  const pairs = Math.min(maxPairs, (n * (n - 1)) / 2);
  const inData = new Float64Array(pairs);
  const onMap = new Float64Array(pairs);
  let size = 0;
  for (const [i, j] of pairs < (n * (n - 1)) / 2 ? drawPairs(n, pairs, seed) : allPairs(n)) {
    inData[size] = distance(X, i, j);
    onMap[size++] = distance(map, i, j);
  }
  return { pearson: pearson(inData, onMap), spearman: spearman(inData, onMap), pairs };
}

function* allPairs(n: number): Generator<[number, number]> {
  for (let i = 1; i < n; i++) for (let j = 0; j < i; j++) yield [i, j];
}

/** Two different rows at a time; a pair may come again. */
function* drawPairs(n: number, count: number, seed: number): Generator<[number, number]> {
  const random = seededRandom(seed);
  for (let pair = 0; pair < count; pair++) {
    const i = randomIndex(random, n);
    const j = randomIndex(random, n - 1);
    yield [i, j < i ? j : j + 1];
  }
}

function distance({ columns, data }: Matrix, i: number, j: number): number {
  let sum = 0;
  for (let c = 0; c < columns; c++) sum += (data[i * columns + c]! - data[j * columns + c]!) ** 2;
  return Math.sqrt(sum);
}
