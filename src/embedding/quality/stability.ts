import { requireBetween, requireWhole } from "../../math/checks.js";
import { drawRows } from "../../math/draw-rows.js";
import { requireFinite } from "../../math/finite.js";
import { type Matrix, takeRows } from "../../math/matrix.js";
import { nearestNeighbours } from "../../math/neighbours.js";
import { seededRandom } from "../../math/random.js";
import type { LongWork } from "../../parallel/long-work.js";

export interface StabilityOptions extends LongWork {
  /** Subsamples; 5 by default. */
  repeats?: number;
  /** Share of the rows in each; 0.8 by default. */
  share?: number;
  /** Size of a neighbourhood; 15 by default. */
  k?: number;
  seed: number;
}

/** How much of a map is there again when it is made of a part of the rows. */
export interface Stability {
  /** Mean over subsamples of the mean Jaccard index of a row's k nearest on both maps: 1 when they are the same. */
  overlap: number;
  /** Mean over subsamples of what no shift, turn, mirroring and scale explains: 0 when the maps agree. */
  disparity: number;
  /** The same of each subsample. */
  repeats: { overlap: number; disparity: number }[];
}

/**
 * How stable a map is under resampling: made again from subsamples without replacement, and compared with the map of
 * all rows where both have a point.
 * @param map - n x 2, of all rows.
 * @param embed - makes the map of some rows, n' x 2, in their order.
 * @throws RangeError for options without meaning or maps that are not on a plane.
 */
export async function stability(
  map: Matrix,
  embed: (rows: Int32Array, repeat: number) => Matrix | Promise<Matrix>,
  options: StabilityOptions,
): Promise<Stability> {
  const { repeats: count = 5, share = 0.8, k = 15, seed } = options;
  requireWhole("stability", "repeats", count, 1, 1e4);
  requireBetween("stability", "a share", share, 0, 1);
  const size = Math.round(map.rows * share);
  requireWhole("stability", "k", k, 1, size - 1);
  const random = seededRandom(seed);
  const repeats: Stability["repeats"] = [];
  for (let repeat = 0; repeat < count; repeat++) {
    options.signal?.throwIfAborted();
    const rows = drawRows(map.rows, size, random);
    const again = await embed(rows, repeat);
    const before = takeRows(map, rows);
    repeats.push({ overlap: neighbourOverlap(before, again, k), disparity: procrustes(before, again) });
    options.onProgress?.(repeat + 1, count);
  }
  const mean = (pick: (one: { overlap: number; disparity: number }) => number): number =>
    repeats.reduce((sum, one) => sum + pick(one), 0) / count;
  return { overlap: mean((one) => one.overlap), disparity: mean((one) => one.disparity), repeats };
}

/**
 * Mean over rows of the Jaccard index of their k nearest on two maps of the same rows.
 * @returns 1 when all are the same, 0 when none is.
 * @throws RangeError unless 1 <= k <= n - 1 and the rows agree.
 */
export function neighbourOverlap(one: Matrix, other: Matrix, k: number): number {
  if (one.rows !== other.rows)
    throw new RangeError(
      `neighbourOverlap needs as many rows on both sides, got ${one.rows} and ${other.rows}`,
    );
  const first = nearestNeighbours(one, k).indices;
  const second = nearestNeighbours(other, k).indices;
  let total = 0;
  for (let i = 0; i < one.rows; i++) {
    const known = new Set(first.subarray(i * k, (i + 1) * k));
    let both = 0;
    for (const j of second.subarray(i * k, (i + 1) * k)) if (known.has(j)) both++;
    total += both / (2 * k - both);
  }
  return total / one.rows;
}

/**
 * What is left of the difference of two maps of the same rows when one is shifted, turned, mirrored and scaled to fit
 * the other: 0 when they agree, at most 1.
 * @param one - n x 2, likewise `other`; not all points the same.
 * @throws RangeError when rows do not agree, a map is not on a plane or all its points are one.
 * @see Gower 1975, Psychometrika 40:33-51; equals the disparity of scipy.spatial.procrustes.
 */
export function procrustes(one: Matrix, other: Matrix): number {
  if (one.rows !== other.rows || one.columns !== 2 || other.columns !== 2)
    throw new RangeError(
      `procrustes needs two maps of n x 2, got ${one.rows} x ${one.columns} and ${other.rows} x ${other.columns}`,
    );
  const a = standardise(one);
  const b = standardise(other);
  let xx = 0;
  let xy = 0;
  let yx = 0;
  let yy = 0;
  for (let at = 0; at < a.length; at += 2) {
    xx += a[at]! * b[at]!;
    xy += a[at]! * b[at + 1]!;
    yx += a[at + 1]! * b[at]!;
    yy += a[at + 1]! * b[at + 1]!;
  }
  // The squared sum of the two singular values of a 2 x 2 matrix.
  const explained = xx * xx + xy * xy + yx * yx + yy * yy + 2 * Math.abs(xx * yy - xy * yx);
  return Math.max(0, 1 - explained);
}

/** Centred, with squares that add up to 1. */
function standardise(map: Matrix): Float64Array {
  requireFinite("procrustes", map);
  const result = map.data.slice();
  for (const axis of [0, 1]) {
    let sum = 0;
    for (let at = axis; at < result.length; at += 2) sum += result[at]!;
    for (let at = axis; at < result.length; at += 2) result[at]! -= sum / map.rows;
  }
  let squares = 0;
  for (const value of result) squares += value * value;
  if (!(squares > 0)) throw new RangeError("procrustes needs points that are not all the same");
  return result.map((value) => value / Math.sqrt(squares));
}
