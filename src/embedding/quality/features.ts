import { requireWhole } from "../../math/checks.js";
import { requireFinite } from "../../math/finite.js";
import type { Matrix } from "../../math/matrix.js";
import { nearestIn, type Space } from "./space.js";

/**
 * How little neighbours on a map agree on each feature: the mean squared difference to a point's k nearest over twice
 * the variance. About 1 for a feature the map knows nothing of, 0 for one that neighbours have in common.
 * @param map - n x m, or n things with their distances.
 * @param X - n x d.
 * @returns d values of at least 0; NaN for a constant feature.
 * @throws RangeError unless 1 <= k <= n - 1, rows agree and values are finite.
 */
export function neighbourDisagreement(map: Space, X: Matrix, { k = 15 }: { k?: number } = {}): Float64Array {
  if (map.rows !== X.rows)
    throw new RangeError(
      `neighbourDisagreement needs as many rows on both sides, got ${map.rows} and ${X.rows}`,
    );
  requireWhole("neighbourDisagreement", "k", k, 1, X.rows - 1);
  for (const side of [map, X]) if ("data" in side) requireFinite("neighbourDisagreement", side);
  const { indices } = nearestIn(
    map,
    k,
    Int32Array.from({ length: X.rows }, (_, i) => i),
  );
  return Float64Array.from({ length: X.columns }, (_, j) => disagreement(X, j, indices, k));
}

function disagreement({ rows, columns, data }: Matrix, j: number, indices: Int32Array, k: number): number {
  let sum = 0;
  let isConstant = true;
  for (let i = 0; i < rows; i++) {
    sum += data[i * columns + j]!;
    if (data[i * columns + j] !== data[j]) isConstant = false;
  }
  if (isConstant) return Number.NaN;
  const mean = sum / rows;
  let squares = 0;
  let steps = 0;
  for (let i = 0; i < rows; i++) {
    const own = data[i * columns + j]!;
    squares += (own - mean) ** 2;
    for (let at = i * k; at < (i + 1) * k; at++) steps += (own - data[indices[at]! * columns + j]!) ** 2;
  }
  return steps / k / (2 * squares);
}
