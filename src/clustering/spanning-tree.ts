import type { Matrix } from "../math/matrix.js";
import { emptyMerges, type FoundMerges } from "./linkage/merges.js";

/**
 * The shortest edges that connect all rows, from row 0 on, each the shortest that leads to a new row (Prim). Distances
 * are computed when they are asked for: memory grows with the rows. Of rows equally near the first is taken.
 * @param squaredReach - what the square of a distance from or to each row is at least; 0 for plain distances.
 * @see Prim 1957, Bell Syst. Tech. J. 36:1389-1401; Gower & Ross 1969, J. R. Stat. Soc. C 18:54-64.
 */
export function spanningTree({ rows, columns, data }: Matrix, squaredReach?: Float64Array): FoundMerges {
  const edges = emptyMerges(rows);
  // Rows not yet reached, side by side in memory: the last one moves into the place that is freed.
  const points = data.slice();
  const names = Int32Array.from({ length: rows }, (_, i) => i);
  const reach = squaredReach?.slice() ?? new Float64Array(rows);
  const distances = new Float64Array(rows).fill(Infinity);
  const sources = new Int32Array(rows);
  let at = 0;
  for (let left = rows - 1; left > 0; left--) {
    const point = points.slice(at * columns, (at + 1) * columns);
    const [name, least] = [names[at]!, reach[at]!];
    points.copyWithin(at * columns, left * columns, (left + 1) * columns);
    names[at] = names[left]!;
    reach[at] = reach[left]!;
    distances[at] = distances[left]!;
    sources[at] = sources[left]!;
    let nearest = -1;
    let shortest = Infinity;
    for (let slot = 0, cell = 0; slot < left; slot++) {
      let distance = distances[slot]!;
      let sum = Math.max(least, reach[slot]!);
      const end = cell + columns;
      if (sum < distance) {
        const floor = sum;
        sum = 0;
        for (let j = 0; cell < end && sum < distance; j++, cell++) {
          const gap = point[j]! - points[cell]!;
          sum += gap * gap;
        }
        if (sum < distance) {
          distance = Math.max(sum, floor);
          distances[slot] = distance;
          sources[slot] = name;
        }
      }
      cell = end;
      if (distance < shortest || (distance === shortest && nearest >= 0 && names[slot]! < names[nearest]!)) {
        shortest = distance;
        nearest = slot;
      }
    }
    const edge = rows - 1 - left;
    edges.first[edge] = sources[nearest]!;
    edges.second[edge] = names[nearest]!;
    edges.heights[edge] = Math.sqrt(shortest);
    at = nearest;
  }
  return edges;
}
