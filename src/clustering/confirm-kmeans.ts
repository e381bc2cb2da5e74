import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { adjustedRandIndex } from "../statistics/adjusted-rand.js";
import { squaredDistanceAt } from "./kmeans/distance.js";
import type { KMeansResult } from "./kmeans.js";

/** What another implementation makes of the same rows from the same centres. */
export interface KMeansConfirmation {
  /** Adjusted Rand index of both groupings; 1 when they are the same. */
  agreement: number;
  /** The largest absolute difference of a coordinate of a centre. */
  largestCenterGap: number;
  inertia: number;
  /** Absolute difference of the inertias as a share of the given one; 0 when both are 0. */
  inertiaGap: number;
  nIterations: number;
}

/**
 * Whether the library ml-kmeans, started from a model's centres, stays at this model.
 * It compares rows and centres one by one, without bounds, so that a shared error is unlikely.
 * @param X - the rows that were fitted.
 * @throws RangeError when rows and model do not belong together or a value is not finite.
 */
export async function confirmKMeans(
  X: Matrix,
  model: Pick<KMeansResult, "labels" | "centers" | "inertia">,
): Promise<KMeansConfirmation> {
  const { labels, centers, inertia: given } = model;
  if (X.rows < 1 || X.rows !== labels.length || X.columns !== centers.columns)
    throw new RangeError(
      `confirmKMeans needs the rows that were fitted, got ${X.rows} x ${X.columns} for ${labels.length} labels and centres of ${centers.columns} columns`,
    );
  requireFinite("confirmKMeans", X);
  requireFinite("confirmKMeans (centres)", centers);
  // Loaded when it is first needed: a kernel whose notebook confirms nothing need not wait for it.
  const library = await import("ml-kmeans");
  const result = library.kmeans(rowsOf(X), centers.rows, {
    initialization: rowsOf(centers),
    maxIterations: 300,
    tolerance: 0,
  });
  const found = Float64Array.from(result.centroids.flat());
  let inertia = 0;
  result.clusters.forEach((label, i) => {
    inertia += squaredDistanceAt(X.data, i * X.columns, found, label * X.columns, X.columns);
  });
  return {
    agreement: adjustedRandIndex(labels, result.clusters),
    largestCenterGap: found.reduce((gap, value, at) => Math.max(gap, Math.abs(value - centers.data[at]!)), 0),
    inertia,
    inertiaGap: inertia === given ? 0 : Math.abs(inertia - given) / given,
    nIterations: result.iterations,
  };
}

function rowsOf({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)));
}
