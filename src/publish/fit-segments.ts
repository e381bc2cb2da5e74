import { gaussianMixture, type MixtureModel } from "../clustering/gaussian-mixture.js";
import { type KMeansResult, kmeans } from "../clustering/kmeans.js";
import { permuteComponents } from "../clustering/mixture/permute.js";
import { type Matrix, takeRows } from "../math/matrix.js";
import { type RankedCluster, rankClusters } from "../segments/value-order.js";

/** Models that place customers who come later: those that a model file holds. */
export type PlacingModel = "kmeans" | "gmm";

/** Which model is fitted, and how: as the sweep fitted it. */
export interface SegmentsOptions {
  model: PlacingModel;
  /** Number of segments. */
  setting: number;
  /** Starts of K-Means. */
  nInit: number;
  seed: number;
}

/** A model fitted to customers, with its clusters in order of value. */
export interface FittedSegments {
  /** Cluster of each customer as in the sweep, in the model's own numbers. */
  swept: Int32Array;
  /** The same once nothing moves any more. */
  labels: Int32Array;
  /** Clusters by what their customers are worth, the most valuable first. */
  ranked: RankedCluster[];
  /** What a model file holds, in order of value. */
  clustering: { centers: Matrix } | { mixture: MixtureModel };
  /** K-Means at its end, to be confirmed by another implementation; null of a mixture. */
  kmeans: KMeansResult | null;
}

/**
 * Fits the model that a sweep chose: first as the sweep did; K-Means then goes on from its centres until no customer
 * changes segment, so that placing a customer is what the fit did.
 * @param X - customers in the model's space.
 * @param values - of each customer, such as gross revenue: they order the segments.
 * @throws RangeError as the models do, and for a component of a mixture that is nobody's likeliest.
 */
export function fitSegments(
  X: Matrix,
  values: ArrayLike<number>,
  { model, setting, nInit, seed }: SegmentsOptions,
): FittedSegments {
  if (model === "kmeans") {
    const first = kmeans(X, { nClusters: setting, nInit, seed });
    const last = kmeans(X, { nClusters: setting, init: first.centers, tol: 0, seed });
    const ranked = rankClusters(last.labels, values);
    const centers = takeRows(
      last.centers,
      ranked.map(({ label }) => label),
    );
    return { swept: first.labels, labels: last.labels, ranked, clustering: { centers }, kmeans: last };
  }
  const mixture = gaussianMixture(X, { nComponents: setting, seed });
  const ranked = rankClusters(mixture.labels, values);
  if (ranked.length < setting)
    throw new RangeError(
      `fitSegments needs customers in each of ${setting} components, ${setting - ranked.length} have none`,
    );
  const ordered = permuteComponents(
    mixture,
    ranked.map(({ label }) => label),
  );
  return {
    swept: mixture.labels,
    labels: mixture.labels,
    ranked,
    clustering: { mixture: ordered },
    kmeans: null,
  };
}
