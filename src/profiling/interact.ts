import { completePairs } from "../statistics/correlation.js";
import { quantile } from "../statistics/quantile.js";
import type { NamedValues } from "./correlate.js";
import type { Interaction } from "./profile.js";

const MAX_POINTS = 1000;
const GRID = 32;

/** Each pair of number columns against each other: points up to 1,000 complete rows, a grid of counts beyond. */
export function interact(columns: readonly NamedValues<Float64Array>[]): Interaction[] {
  return columns.flatMap((y, i) => columns.slice(0, i).map((x) => interaction(x, y)));
}

function interaction(x: NamedValues<Float64Array>, y: NamedValues<Float64Array>): Interaction {
  const pairs = completePairs(x.values, y.values);
  const names = { x: x.name, y: y.name };
  if (pairs.x.length <= MAX_POINTS) {
    const points = Array.from(pairs.x, (value, i): [number, number] => [value, pairs.y[i]!]);
    const [xRange, yRange] = [rangeOf(pairs.x, 0), rangeOf(pairs.y, 0)];
    return { ...names, xRange, yRange, points, cells: null, size: 0, shown: points.length, outside: 0 };
  }
  const [xRange, yRange] = [rangeOf(pairs.x, 0.01), rangeOf(pairs.y, 0.01)];
  const counts = new Float64Array(GRID * GRID);
  let shown = 0;
  for (let i = 0; i < pairs.x.length; i++) {
    const column = cellOf(pairs.x[i]!, xRange);
    const row = cellOf(pairs.y[i]!, yRange);
    if (column < 0 || row < 0) continue;
    counts[row * GRID + column]!++;
    shown++;
  }
  const cells: [number, number, number][] = [];
  for (let at = 0; at < counts.length; at++)
    if (counts[at]! > 0) cells.push([at % GRID, Math.floor(at / GRID), counts[at]!]);
  const outside = pairs.x.length - shown;
  return { ...names, xRange, yRange, points: null, cells, size: GRID, shown, outside };
}

/** The range without a share of the values at each end, or with all when nothing would be left of it. */
function rangeOf(values: Float64Array, share: number): [number, number] {
  if (values.length === 0) return [0, 0];
  const sorted = values.slice().sort();
  const range: [number, number] = [quantile(sorted, share), quantile(sorted, 1 - share)];
  return range[1] > range[0] ? range : [sorted[0]!, sorted.at(-1)!];
}

function cellOf(value: number, [from, to]: [number, number]): number {
  if (value < from || value > to) return -1;
  return to > from ? Math.min(GRID - 1, Math.floor(((value - from) / (to - from)) * GRID)) : 0;
}
