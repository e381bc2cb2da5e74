import { MASS, STRIDE, X, XX, XY, Y, YY } from "./quadtree.js";

/**
 * What pushes the points near a centre, as a polynomial of the offset from it: the sum over the cells far away of
 * q = 1 / (1 + distance^2) and its derivatives there. A point is pushed by minus half its slope, since the force of a
 * pair, q^2 (x - x'), is minus half the slope of q.
 * Ten numbers: the value, x, y, xx, xy, yy, xxx, xxy, xyy, yyy.
 */
export const TERMS = 10;

/**
 * Adds cells, each by its number of points, its centre of mass and its second moments.
 * @param cells - the nodes, `count` of them.
 * @param to - where the ten numbers start in `expansions`.
 * @see Greengard & Rokhlin 1987, J. Comput. Phys. 73:325-348 (expansions that are handed down a tree).
 */
export function addCells(
  nodes: Float64Array,
  cells: Int32Array,
  count: number,
  centreX: number,
  centreY: number,
  expansions: Float64Array,
  to: number,
): void {
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumXY = 0;
  let sumYY = 0;
  let sumXXX = 0;
  let sumXXY = 0;
  let sumXYY = 0;
  let sumYYY = 0;
  for (let c = 0; c < count; c++) {
    const at = cells[c]! * STRIDE;
    const mass = nodes[at + MASS]!;
    const dx = centreX - nodes[at + X]!;
    const dy = centreY - nodes[at + Y]!;
    const q = 1 / (1 + dx * dx + dy * dy);
    // Derivatives of 1 / (1 + u) by u, times 2, 4 and 8 for those of u by an offset.
    const first = -2 * q * q;
    const second = -4 * first * q;
    const third = -6 * second * q;
    const xx = second * dx * dx + first;
    const xy = second * dx * dy;
    const yy = second * dy * dy + first;
    const xxx = (third * dx * dx + 3 * second) * dx;
    const xxy = (third * dx * dx + second) * dy;
    const xyy = (third * dy * dy + second) * dx;
    const yyy = (third * dy * dy + 3 * second) * dy;
    const momentXX = 0.5 * nodes[at + XX]!;
    const momentXY = nodes[at + XY]!;
    const momentYY = 0.5 * nodes[at + YY]!;
    sum += mass * q + momentXX * xx + momentXY * xy + momentYY * yy;
    sumX += mass * first * dx + momentXX * xxx + momentXY * xxy + momentYY * xyy;
    sumY += mass * first * dy + momentXX * xxy + momentXY * xyy + momentYY * yyy;
    sumXX += mass * xx;
    sumXY += mass * xy;
    sumYY += mass * yy;
    sumXXX += mass * xxx;
    sumXXY += mass * xxy;
    sumXYY += mass * xyy;
    sumYYY += mass * yyy;
  }
  expansions[to]! += sum;
  expansions[to + 1]! += sumX;
  expansions[to + 2]! += sumY;
  expansions[to + 3]! += sumXX;
  expansions[to + 4]! += sumXY;
  expansions[to + 5]! += sumYY;
  expansions[to + 6]! += sumXXX;
  expansions[to + 7]! += sumXXY;
  expansions[to + 8]! += sumXYY;
  expansions[to + 9]! += sumYYY;
}

/** The same polynomial about a centre that lies `x`, `y` from the one before: from place `from` to place `to`. */
export function shift(values: Float64Array, from: number, to: number, x: number, y: number): void {
  const sumXX = values[from + 3]!;
  const sumXY = values[from + 4]!;
  const sumYY = values[from + 5]!;
  const sumXXX = values[from + 6]!;
  const sumXXY = values[from + 7]!;
  const sumXYY = values[from + 8]!;
  const sumYYY = values[from + 9]!;
  const moreXX = sumXXX * x + sumXXY * y;
  const moreXY = sumXXY * x + sumXYY * y;
  const moreYY = sumXYY * x + sumYYY * y;
  const linearX = (sumXX + moreXX / 2) * x + (sumXY + moreXY / 2) * y;
  const linearY = (sumXY + moreXY / 2) * x + (sumYY + moreYY / 2) * y;
  const third = moreXX * x * x + 2 * moreXY * x * y + moreYY * y * y;
  const second = sumXX * x * x + 2 * sumXY * x * y + sumYY * y * y;
  values[to] = values[from]! + values[from + 1]! * x + values[from + 2]! * y + second / 2 + third / 6;
  values[to + 1] = values[from + 1]! + linearX;
  values[to + 2] = values[from + 2]! + linearY;
  values[to + 3] = sumXX + moreXX;
  values[to + 4] = sumXY + moreXY;
  values[to + 5] = sumYY + moreYY;
  values[to + 6] = sumXXX;
  values[to + 7] = sumXXY;
  values[to + 8] = sumXYY;
  values[to + 9] = sumYYY;
}
