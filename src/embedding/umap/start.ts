import { randomNormal } from "../../math/distributions.js";
import { seededRandom } from "../../math/random.js";
import type { SparseMatrix } from "../../math/sparse.js";
import { spectralPositions } from "./spectral.js";

/** Width of the square that a layout starts in. */
const WIDTH = 10;

/**
 * Where a layout starts: the spectral positions of each connected part of the graph, parts side by side in a square
 * grid with the largest first, all of it fitted into a square of 10 x 10. A little noise keeps points apart.
 */
export function startPositions(graph: SparseMatrix, seed: number): Float64Array {
  const parts = connectedParts(graph);
  const side = Math.ceil(Math.sqrt(parts.length));
  const result = new Float64Array(2 * graph.rows);
  parts.forEach((rows, at) => {
    const positions = fitInto(spectralPositions(parts.length === 1 ? graph : partOf(graph, rows), seed + at));
    // Parts keep a distance; a smaller one takes less of its cell.
    const scale = 0.8 * Math.sqrt(rows.length / parts[0]!.length);
    rows.forEach((i, place) => {
      result[2 * i] = (at % side) + scale * positions[2 * place]!;
      result[2 * i + 1] = Math.floor(at / side) + scale * positions[2 * place + 1]!;
    });
  });
  const random = seededRandom(seed);
  return fitInto(fitInto(result).map((value) => WIDTH * value + 1e-4 * randomNormal(random))).map(
    (value) => WIDTH * value,
  );
}

/** Rows that are connected, ascending; the largest part first, equal ones by their first row. */
export function connectedParts({ rows, starts, columns }: SparseMatrix): Int32Array[] {
  const partOfRow = new Int32Array(rows).fill(-1);
  const parts: Int32Array[] = [];
  const waiting = new Int32Array(rows);
  for (let first = 0; first < rows; first++) {
    if (partOfRow[first]! >= 0) continue;
    let taken = 0;
    let size = 1;
    waiting[0] = first;
    partOfRow[first] = parts.length;
    while (taken < size) {
      const i = waiting[taken++]!;
      for (let at = starts[i]!; at < starts[i + 1]!; at++) {
        const j = columns[at]!;
        if (partOfRow[j]! >= 0) continue;
        partOfRow[j] = parts.length;
        waiting[size++] = j;
      }
    }
    parts.push(waiting.slice(0, size).sort());
  }
  return parts.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** The graph of some rows that have no edge to others. */
function partOf({ rows, starts, columns, values }: SparseMatrix, kept: Int32Array): SparseMatrix {
  const places = new Int32Array(rows).fill(-1);
  kept.forEach((i, place) => {
    places[i] = place;
  });
  const part = {
    rows: kept.length,
    starts: new Int32Array(kept.length + 1),
    columns: [] as number[],
    values: [] as number[],
  };
  kept.forEach((i, place) => {
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      part.columns.push(places[columns[at]!]!);
      part.values.push(values[at]!);
    }
    part.starts[place + 1] = part.columns.length;
  });
  return { ...part, columns: Int32Array.from(part.columns), values: Float64Array.from(part.values) };
}

/** Each axis moved and stretched to [0, 1]; one without extent becomes 0.5. */
function fitInto(points: Float64Array): Float64Array {
  const result = new Float64Array(points.length);
  for (const axis of [0, 1]) {
    let low = Infinity;
    let high = -Infinity;
    for (let at = axis; at < points.length; at += 2) {
      low = Math.min(low, points[at]!);
      high = Math.max(high, points[at]!);
    }
    for (let at = axis; at < points.length; at += 2)
      result[at] = high > low ? (points[at]! - low) / (high - low) : 0.5;
  }
  return result;
}
