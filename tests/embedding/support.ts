import { readFileSync } from "node:fs";
import { randomNormal } from "#src/math/distributions.js";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { seededRandom } from "#src/math/random.js";

const folder = new URL("../../../tests/embedding/fixtures/", import.meta.url);

/** What a script beside it wrote. */
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8")) as T;
}

/** Clouds of equal size around centres on a circle, in `columns` dimensions. */
export function clouds(perCloud: number, columns: number, seed: number, count = 3): Matrix {
  const random = seededRandom(seed);
  const centres = Array.from({ length: count }, () =>
    Array.from({ length: columns }, () => 5 * randomNormal(random)),
  );
  return matrixOf(
    centres.flatMap((centre) =>
      Array.from({ length: perCloud }, () => centre.map((value) => value + randomNormal(random))),
    ),
  );
}

/** The largest absolute difference. */
export function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let gap = 0;
  for (let i = 0; i < a.length; i++) gap = Math.max(gap, Math.abs(a[i]! - b[i]!));
  return gap;
}
