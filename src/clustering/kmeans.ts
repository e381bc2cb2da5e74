import { requireBetween, requireWhole } from "../math/checks.js";
import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { seededRandom } from "../math/random.js";
import { centerColumns, shiftColumns } from "./center-columns.js";
import { type Descent, descend } from "./kmeans/descend.js";
import { squaredDistanceAt } from "./kmeans/distance.js";
import { seedCenters } from "./kmeans/seed-centers.js";
import { inWorkspace } from "./kmeans/workspace.js";

export interface KMeansOptions {
  nClusters: number;
  /** Runs from different starting centres, of which the best counts; 10 by default, 1 with `init`. */
  nInit?: number;
  /** Turns of a run; 300 by default. */
  maxIter?: number;
  /** A run ends when its centres move less than this share of the mean variance; 1e-4 by default. */
  tol?: number;
  seed: number;
  /** Starting centres, k x d, for a single run. */
  init?: Matrix;
}

export interface KMeansResult {
  /** The centre of each row, from 0. */
  labels: Int32Array;
  /** k x d. */
  centers: Matrix;
  /** Sum of squared distances of rows to their centres. */
  inertia: number;
  nIterations: number;
}

/**
 * Groups rows around k centres so that the squared distances to them are small: the best of `nInit` runs.
 * With fewer different rows than centres some centres coincide, and the later of them stay without rows.
 * @param X - n x d, rows are customers, scaled, finite.
 * @throws RangeError for fewer rows than clusters, values that are not finite, options without meaning or more rows than
 * fit into 4 GiB with what is kept of each.
 * @see Lloyd 1982, IEEE Trans. Inf. Theory 28:129-137; equals sklearn.cluster.KMeans from the same centres.
 */
export function kmeans(X: Matrix, options: KMeansOptions): KMeansResult {
  const { nClusters: k, maxIter = 300, tol = 1e-4, seed, init } = options;
  const nInit = options.nInit ?? (init ? 1 : 10);
  if (X.rows < 1 || X.columns < 1)
    throw new RangeError(`kmeans needs at least 1 row and 1 column, got ${X.rows} x ${X.columns}`);
  requireWhole("kmeans", "clusters", k, 1, X.rows);
  requireWhole("kmeans", "runs", nInit, 1, 1e6);
  requireWhole("kmeans", "turns", maxIter, 1, 1e9);
  requireBetween("kmeans", "a tolerance", tol, 0, 1e6);
  requireFinite("kmeans", X);
  if (init) requireStart(X, k, nInit, init);
  const { centred, means } = centerColumns(X);
  const tolerance = tol * meanVariance(centred);
  const given = init && shiftColumns(init, means, -1).data;
  const random = seededRandom(seed);
  const { labels, centers, inertia, nIterations } = inWorkspace(centred, k, (work) => {
    let best: Descent | undefined;
    for (let run = 0; run < nInit; run++) {
      const descent = descend(work, given ?? seedCenters(work, random), maxIter, tolerance);
      if (best === undefined || descent.inertia < best.inertia) best = descent;
    }
    return best!;
  });
  const around = { rows: k, columns: X.columns, data: centers };
  return { labels, centers: shiftColumns(around, means, 1), inertia, nIterations };
}

/**
 * The nearest centre of each row; of those equally near the first.
 * @param X - rows with the columns of the centres, finite.
 * @throws RangeError for other columns, no centres or a value that is not finite.
 */
export function assignToCenters(X: Matrix, centers: Matrix): Int32Array {
  const d = centers.columns;
  if (centers.rows < 1) throw new RangeError("assignToCenters needs at least 1 centre, got 0");
  if (X.columns !== d) throw new RangeError(`assignToCenters needs rows of ${d} columns, got ${X.columns}`);
  requireFinite("assignToCenters", X);
  requireFinite("assignToCenters (centres)", centers);
  const labels = new Int32Array(X.rows);
  for (let i = 0; i < X.rows; i++) {
    let nearest = Infinity;
    for (let c = 0; c < centers.rows; c++) {
      const distance = squaredDistanceAt(X.data, i * d, centers.data, c * d, d);
      if (distance >= nearest) continue;
      nearest = distance;
      labels[i] = c;
    }
  }
  return labels;
}

function requireStart(X: Matrix, k: number, nInit: number, init: Matrix): void {
  if (init.rows !== k || init.columns !== X.columns)
    throw new RangeError(`kmeans needs init of ${k} x ${X.columns}, got ${init.rows} x ${init.columns}`);
  if (nInit !== 1) throw new RangeError(`kmeans needs nInit 1 with init, got ${nInit}`);
  requireFinite("kmeans (init)", init);
}

/** The mean of the columns' variances. */
function meanVariance({ data }: Matrix): number {
  let squares = 0;
  for (const value of data) squares += value * value;
  return squares / data.length;
}
