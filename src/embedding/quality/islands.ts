import { requireWhole } from "../../math/checks.js";
import { requireFinite } from "../../math/finite.js";
import type { Matrix } from "../../math/matrix.js";
import { nearestNeighbours } from "../../math/neighbours.js";

/** Parts of a map that no neighbourhood connects. */
export interface Islands {
  /** For each point the number of its island; 0 is the largest, of equal ones that with the first point. */
  labels: Int32Array;
  /** Points of each. */
  sizes: number[];
}

/**
 * The islands of a map: points are connected when one is among the k nearest of the other, and an island is what can
 * be reached along such ties. What an eye takes for a separate group and this does not is only a thinner place.
 * @param map - n x m, finite.
 * @throws RangeError unless 1 <= k <= n - 1 and values are finite.
 */
export function islands(map: Matrix, { k = 15 }: { k?: number } = {}): Islands {
  requireWhole("islands", "k", k, 1, map.rows - 1);
  requireFinite("islands", map);
  const { indices } = nearestNeighbours(map, k);
  const parents = Int32Array.from({ length: map.rows }, (_, i) => i);
  const rootOf = (start: number): number => {
    let i = start;
    while (parents[i] !== i) {
      parents[i] = parents[parents[i]!]!;
      i = parents[i]!;
    }
    return i;
  };
  for (let at = 0; at < indices.length; at++) {
    const [a, b] = [rootOf(Math.floor(at / k)), rootOf(indices[at]!)];
    // The root is the first point of an island.
    if (a < b) parents[b] = a;
    else parents[a] = b;
  }
  const members = new Map<number, number>();
  for (let i = 0; i < map.rows; i++) members.set(rootOf(i), (members.get(rootOf(i)) ?? 0) + 1);
  const ordered = [...members].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  const numbers = new Map(ordered.map(([root], number) => [root, number]));
  return {
    labels: Int32Array.from({ length: map.rows }, (_, i) => numbers.get(rootOf(i))!),
    sizes: ordered.map(([, size]) => size),
  };
}
