import type { Matrix } from "../math/matrix.js";
import { emptyMerges, type FoundMerges } from "./linkage/merges.js";
import { addQuad, padToQuads } from "./quads.js";

/**
 * The shortest edges that connect all rows, from row 0 on, each the shortest that leads to a new row (Prim). Distances
 * are computed when they are asked for: memory grows with the rows. Of rows equally near the first is taken.
 * @param squaredReach - what the square of a distance from or to each row is at least; 0 for plain distances.
 * @see Prim 1957, Bell Syst. Tech. J. 36:1389-1401; Gower & Ross 1969, J. R. Stat. Soc. C 18:54-64.
 */
export function spanningTree(X: Matrix, squaredReach?: Float64Array): FoundMerges {
  const edges = emptyMerges(X.rows);
  const rest = new UnreachedRows(X, squaredReach);
  for (let edge = 0, next = 0; edge < edges.heights.length; edge++) {
    next = rest.takeAndLookFrom(next);
    edges.first[edge] = rest.sources[next]!;
    edges.second[edge] = rest.names[next]!;
    edges.heights[edge] = Math.sqrt(rest.distances[next]!);
  }
  return edges;
}

/** Rows not yet in the tree, side by side in memory: the last one moves into the place that is freed. */
class UnreachedRows {
  readonly #columns: number;
  readonly #points: Float64Array;
  readonly #reach: Float64Array;
  #count: number;
  readonly names: Int32Array;
  /** Squared, to the nearest row of the tree, and which one that is. */
  readonly distances: Float64Array;
  readonly sources: Int32Array;

  constructor(X: Matrix, squaredReach?: Float64Array) {
    const { columns, data } = padToQuads(X);
    this.#columns = columns;
    this.#points = data;
    this.#reach = squaredReach?.slice() ?? new Float64Array(X.rows);
    this.#count = X.rows;
    this.names = Int32Array.from({ length: X.rows }, (_, i) => i);
    this.distances = new Float64Array(X.rows).fill(Infinity);
    this.sources = new Int32Array(X.rows);
  }

  /** Moves a row into the tree. @returns the place of the row now nearest to the tree. */
  takeAndLookFrom(taken: number): number {
    const { names, distances, sources } = this;
    const points = this.#points;
    const reach = this.#reach;
    const columns = this.#columns;
    const point = points.slice(taken * columns, (taken + 1) * columns);
    const [name, least] = [names[taken]!, reach[taken]!];
    this.#move(--this.#count, taken);
    const count = this.#count;
    const [a, b, c, d] = [point[0]!, point[1]!, point[2]!, point[3]!];
    let nearest = -1;
    let shortest = Infinity;
    for (let place = 0, cell = 0; place < count; place++, cell += columns) {
      let distance = distances[place]!;
      // Measured: to pass over rows whose reach is too long already takes longer than to compute on.
      const gapA = a - points[cell]!;
      const gapB = b - points[cell + 1]!;
      const gapC = c - points[cell + 2]!;
      const gapD = d - points[cell + 3]!;
      let sum = gapA * gapA + gapB * gapB + gapC * gapC + gapD * gapD;
      for (let j = 4; j < columns && sum < distance; j += 4) sum = addQuad(sum, point, j, points, cell + j);
      const floor = Math.max(least, reach[place]!);
      if (sum < distance && floor < distance) {
        distance = sum > floor ? sum : floor;
        distances[place] = distance;
        sources[place] = name;
      }
      if (distance < shortest || (distance === shortest && nearest >= 0 && names[place]! < names[nearest]!)) {
        shortest = distance;
        nearest = place;
      }
    }
    return nearest;
  }

  #move(from: number, to: number): void {
    const columns = this.#columns;
    this.#points.copyWithin(to * columns, from * columns, (from + 1) * columns);
    this.#reach[to] = this.#reach[from]!;
    this.names[to] = this.names[from]!;
    this.distances[to] = this.distances[from]!;
    this.sources[to] = this.sources[from]!;
  }
}
