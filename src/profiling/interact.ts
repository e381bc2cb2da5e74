import type { CommonRows, RankCodes } from "../statistics/ranks.js";
import type { NamedValues } from "./correlate.js";
import type { Interaction } from "./profile.js";

const MAX_POINTS = 1000;
const GRID = 32;
/** The share of the values at each end that a grid leaves out. */
const CUT = 0.01;

/**
 * Two columns of numbers against each other: points up to 1,000 complete rows, a grid of counts beyond.
 * @param common - the rows that they have in common.
 */
export function interaction(
  x: NamedValues<RankCodes>,
  y: NamedValues<RankCodes>,
  common: CommonRows,
): Interaction {
  const names = { x: x.name, y: y.name };
  const rows = common.x.codes.length;
  const cut = rows > MAX_POINTS ? CUT : 0;
  const xRange = rangeOf(x.values.values, common.x.counts, cut);
  const yRange = rangeOf(y.values.values, common.y.counts, cut);
  if (rows <= MAX_POINTS) {
    const points = Array.from(common.x.codes, (code, row): [number, number] => [
      x.values.values[code]!,
      y.values.values[common.y.codes[row]!]!,
    ]);
    return { ...names, xRange, yRange, points, cells: null, size: 0, shown: rows, outside: 0 };
  }
  const columnOf = Int32Array.from(x.values.values, (value) => cellOf(value, xRange));
  const rowOf = Int32Array.from(y.values.values, (value) => cellOf(value, yRange));
  const counts = new Float64Array(GRID * GRID);
  countCells(counts, columnOf, common.x.codes, rowOf, common.y.codes);
  const shown = counts.reduce((sum, count) => sum + count, 0);
  const cells: [number, number, number][] = [];
  for (let at = 0; at < counts.length; at++)
    if (counts[at]! > 0) cells.push([at % GRID, Math.floor(at / GRID), counts[at]!]);
  return { ...names, xRange, yRange, points: null, cells, size: GRID, shown, outside: rows - shown };
}

/** The loop over rows stands alone: what is compiled for it then serves all pairs of columns. */
function countCells(
  counts: Float64Array,
  columnOf: Int32Array,
  x: Int32Array,
  rowOf: Int32Array,
  y: Int32Array,
): void {
  for (let i = 0; i < x.length; i++) {
    const column = columnOf[x[i]!]!;
    const row = rowOf[y[i]!]!;
    if (column >= 0 && row >= 0) counts[row * GRID + column]!++;
  }
}

/** The range without a share of the values at each end, or with all when nothing would be left of it. */
function rangeOf(values: Float64Array, counts: Float64Array, share: number): [number, number] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return [0, 0];
  const at = (part: number): number => quantileOfCounts(values, counts, part * (total - 1));
  const range: [number, number] = [at(share), at(1 - share)];
  return range[1] > range[0] ? range : [at(0), at(1)];
}

/** The value at a place among counted values in ascending order, between two of them interpolated. */
function quantileOfCounts(values: Float64Array, counts: Float64Array, place: number): number {
  const below = Math.floor(place);
  let taken = 0;
  let rank = 0;
  for (; taken + counts[rank]! <= below; rank++) taken += counts[rank]!;
  const low = values[rank]!;
  if (place === below || taken + counts[rank]! > below + 1) return low;
  let next = rank + 1;
  while (counts[next] === 0) next++;
  const weight = place - below;
  return low * (1 - weight) + values[next]! * weight;
}

function cellOf(value: number, [from, to]: [number, number]): number {
  if (value < from || value > to) return -1;
  return to > from ? Math.min(GRID - 1, Math.floor(((value - from) / (to - from)) * GRID)) : 0;
}
