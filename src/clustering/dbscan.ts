import { requireAtLeast } from "../math/checks.js";
import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { PointTree } from "../math/point-tree.js";

export interface DbscanOptions {
  /** How far neighbours may be apart, in the units of `X`; a row at exactly this distance is one. */
  eps: number;
  /** Rows within `eps` that make a row a core row, itself included. */
  minSamples: number;
}

export interface DbscanResult {
  /** Clusters from 0 in the order of their first core rows; -1 for noise. */
  labels: Int32Array;
  /** 1 for each row with `minSamples` rows within `eps`, else 0. */
  coreSamples: Uint8Array;
  nClusters: number;
}

const UNSEEN = -2;
const NOISE = -1;

/**
 * Clusters as regions where rows lie close: core rows within `eps` of each other, and what else lies within `eps` of one.
 * A row at the border of several clusters belongs to the one whose first core row comes first.
 * @param X - n x d, rows are customers, scaled, finite; Euclidean distances, exact.
 * @throws RangeError when `eps` is not above 0, `minSamples` is no whole number from 1, or a value is not finite.
 * @see Ester, Kriegel, Sander & Xu 1996, KDD-96:226-231; equals sklearn.cluster.DBSCAN.
 */
export function dbscan(X: Matrix, { eps, minSamples }: DbscanOptions): DbscanResult {
  if (!(eps > 0 && eps < Infinity)) throw new RangeError(`dbscan needs eps above 0, got ${eps}`);
  requireAtLeast("dbscan", "minSamples", minSamples, 1);
  requireFinite("dbscan", X);
  const { rows, columns, data } = X;
  const tree = new PointTree(X);
  const labels = new Int32Array(rows).fill(UNSEEN);
  const coreSamples = new Uint8Array(rows);
  const found = new Int32Array(rows);
  const query = new Float64Array(columns);
  const neighboursOf = (row: number): number => {
    query.set(data.subarray(row * columns, (row + 1) * columns));
    const count = tree.within(query, eps * eps, found);
    coreSamples[row] = count >= minSamples ? 1 : 0;
    return count;
  };
  let nClusters = 0;
  // Every row enters once: when it is first found.
  const waiting = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (labels[row] !== UNSEEN) continue;
    labels[row] = NOISE;
    let waits = 0;
    const spread = (count: number): void => {
      for (let at = 0; at < count; at++) {
        const other = found[at]!;
        if (labels[other] === UNSEEN) waiting[waits++] = other;
        if (labels[other]! < 0) labels[other] = nClusters;
      }
    };
    const count = neighboursOf(row);
    if (coreSamples[row] === 0) continue;
    spread(count);
    while (waits > 0) {
      const next = waiting[--waits]!;
      const reached = neighboursOf(next);
      if (coreSamples[next] === 1) spread(reached);
    }
    nClusters++;
  }
  return { labels, coreSamples, nClusters };
}
