import { requireWhole } from "../../math/checks.js";
import { requireFinite } from "../../math/finite.js";
import type { Matrix } from "../../math/matrix.js";
import { nearestIn, orderingFrom, type Space, sampleRows } from "./space.js";

export interface NeighbourhoodOptions {
  /** Size of a neighbourhood; 15 by default. */
  k?: number;
  /** Rows whose neighbourhoods are looked at; with more, so many are drawn. Neighbours come from all rows. 5,000 by default. */
  maxRows?: number;
  /** Of that draw; 0 by default. */
  seed?: number;
}

/**
 * How far neighbours on the map are neighbours in the data: 1 when no map neighbour comes from outside of the k nearest,
 * less the farther down the data's ranking they come from. About 0.5 for a map at random.
 * @param space - the data: n x d, or n things with their distances.
 * @param map - n x m.
 * @returns one value in [0, 1]. Memory grows with n, time with its square up to `maxRows`.
 * @throws RangeError unless 1 <= k < n / 2, rows agree and values are finite.
 * @see Venna & Kaski 2001, ICANN, LNCS 2130:485-491; equals sklearn.manifold.trustworthiness, but for ties.
 */
export function trustworthiness(space: Space, map: Matrix, options: NeighbourhoodOptions = {}): number {
  return 1 - intrusion("trustworthiness", space, map, options);
}

/**
 * How far neighbours in the data stay neighbours on the map: trustworthiness with the two exchanged.
 * @throws RangeError as `trustworthiness`.
 * @see Venna & Kaski 2001, ICANN, LNCS 2130:485-491.
 */
export function continuity(space: Space, map: Matrix, options: NeighbourhoodOptions = {}): number {
  return 1 - intrusion("continuity", map, space, options);
}

/**
 * Share of a map point's k nearest that have its label, on average over points.
 * @param labels - one for each row, compared by ===.
 * @throws RangeError unless 1 <= k <= n - 1, there is a label for each row and values are finite.
 * @see Paulovich et al. 2008, IEEE TVCG 14:564-575 (neighborhood hit).
 */
export function neighbourhoodHit(
  map: Matrix,
  labels: ArrayLike<number | string>,
  options: NeighbourhoodOptions = {},
): number {
  const { k = 15, maxRows = 5_000, seed = 0 } = options;
  if (labels.length !== map.rows)
    throw new RangeError(`neighbourhoodHit needs ${map.rows} labels, got ${labels.length}`);
  requireWhole("neighbourhoodHit", "k", k, 1, map.rows - 1);
  requireFinite("neighbourhoodHit", map);
  const queries = sampleRows(map.rows, maxRows, seed);
  const { indices } = nearestIn(map, k, queries);
  let hits = 0;
  queries.forEach((i, at) => {
    for (let c = at * k; c < (at + 1) * k; c++) if (labels[indices[c]!] === labels[i]) hits++;
  });
  return hits / (queries.length * k);
}

/** Mean of how far down the ranking of `judge` the neighbours in `judged` stand, over the most it can be. */
function intrusion(
  who: string,
  judge: Space,
  judged: Space,
  { k = 15, maxRows = 5_000, seed = 0 }: NeighbourhoodOptions,
): number {
  const n = judge.rows;
  if (judged.rows !== n)
    throw new RangeError(`${who} needs as many rows on both sides, got ${n} and ${judged.rows}`);
  if (!Number.isInteger(k) || k < 1 || k >= n / 2)
    throw new RangeError(`${who} needs 1 <= k < n / 2, got k = ${k} (n = ${n})`);
  for (const side of [judge, judged]) if ("data" in side) requireFinite(who, side);
  requireWhole(who, "rows to look at", maxRows, 1, Number.MAX_SAFE_INTEGER);
  const queries = sampleRows(n, maxRows, seed);
  const { indices } = nearestIn(judged, k, queries);
  const values = new Float64Array(n);
  let excess = 0;
  queries.forEach((i, at) => {
    orderingFrom(judge, i, values);
    // The thing itself comes before all others.
    values[i] = -Infinity;
    for (let c = at * k; c < (at + 1) * k; c++) excess += Math.max(0, rankOf(values, indices[c]!) - k);
  });
  return (2 * excess) / (queries.length * k * (2 * n - 3 * k - 1));
}

/** How many come before `j` by value, ties broken by index; the first has place 0, which is the thing itself. */
function rankOf(values: Float64Array, j: number): number {
  const own = values[j]!;
  let rank = 0;
  for (let other = 0; other < j; other++) if (values[other]! <= own) rank++;
  for (let other = j + 1; other < values.length; other++) if (values[other]! < own) rank++;
  return rank;
}
