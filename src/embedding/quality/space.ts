import { drawRows } from "../../math/draw-rows.js";
import type { Matrix } from "../../math/matrix.js";
import { NearestList, type Neighbours } from "../../math/nearest-list.js";
import { nearestNeighbours } from "../../math/neighbours.js";
import { seededRandom } from "../../math/random.js";

/** Things with distances that no coordinates give. */
export interface DistanceSpace {
  rows: number;
  /** Writes the distances of thing `i` to all, itself included. */
  distancesFrom(i: number, distances: Float64Array): void;
}

/** Rows with Euclidean distances, or things with distances of their own. */
export type Space = Matrix | DistanceSpace;

/** The squared distance where there are coordinates, which orders things the same way, or the distance. */
export function orderingFrom(space: Space, i: number, values: Float64Array): void {
  if ("distancesFrom" in space) {
    space.distancesFrom(i, values);
    return;
  }
  const { rows, columns, data } = space;
  const from = i * columns;
  for (let row = 0, cell = 0; row < rows; row++) {
    let sum = 0;
    for (let j = from; j < from + columns; j++, cell++) {
      const gap = data[j]! - data[cell]!;
      sum += gap * gap;
    }
    values[row] = sum;
  }
}

/** The `k` nearest others of some things; exact, ties broken by index. */
export function nearestIn(space: Space, k: number, queries: Int32Array): Neighbours {
  const distances = new Float64Array(queries.length * k);
  const indices = new Int32Array(queries.length * k);
  if ("distancesFrom" in space) {
    const list = new NearestList(k);
    const values = new Float64Array(space.rows);
    queries.forEach((i, at) => {
      space.distancesFrom(i, values);
      for (let j = 0; j < space.rows; j++) if (j !== i && values[j]! <= list.worst) list.offer(values[j]!, j);
      list.drain(indices, distances, at * k, (value) => value);
    });
  } else {
    const all = nearestNeighbours(space, k);
    queries.forEach((i, at) => {
      indices.set(all.indices.subarray(i * k, (i + 1) * k), at * k);
      distances.set(all.distances.subarray(i * k, (i + 1) * k), at * k);
    });
  }
  return { rows: queries.length, k, indices, distances };
}

/** All positions up to `most`; beyond, so many different ones drawn at random, ascending. */
export function sampleRows(n: number, most: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: n }, (_, i) => i);
  return n <= most ? all : drawRows(n, most, seededRandom(seed));
}
