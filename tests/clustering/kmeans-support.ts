import { readFileSync } from "node:fs";
import { randomNormal } from "#src/math/distributions.js";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { seededRandom } from "#src/math/random.js";

const folder = new URL("../../../tests/clustering/fixtures/", import.meta.url);

/** What a script beside it wrote. */
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8")) as T;
}

/** Overlapping clouds around four centres. */
export function overlapping(rows: number, columns: number, seed: number): Matrix {
  const random = seededRandom(seed);
  return matrixOf(
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => randomNormal(random) + 2 * ((i + j) % 4)),
    ),
  );
}

/** The largest difference, as a share of values above 1. */
export function relativeGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let gap = 0;
  for (let i = 0; i < a.length; i++)
    gap = Math.max(gap, Math.abs(a[i]! - b[i]!) / Math.max(1, Math.abs(b[i]!)));
  return gap;
}
