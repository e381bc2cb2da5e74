import type { Matrix } from "../math/matrix.js";
import { nearestTo } from "../math/neighbours.js";
import { dbscan } from "./dbscan.js";
import { assignToMixture, gaussianMixture } from "./gaussian-mixture.js";
import { hdbscanBySize } from "./hdbscan.js";
import { kDistances } from "./k-distances.js";
import { assignToCenters, kmeans } from "./kmeans.js";
import { cutLinkage, linkage } from "./linkage.js";

/** The models that are compared. */
export const MODEL_NAMES = ["kmeans", "gmm", "ward", "dbscan", "hdbscan"] as const;

export type ModelName = (typeof MODEL_NAMES)[number];

/** How readers know them. */
export const MODEL_LABELS: Readonly<Record<ModelName, string>> = {
  kmeans: "K-Means",
  gmm: "Gaussian mixture",
  ward: "Ward",
  dbscan: "DBSCAN",
  hdbscan: "HDBSCAN",
};

/** What a model's one setting is. */
export const SETTING_OF: Readonly<Record<ModelName, "nClusters" | "epsFactor" | "minClusterShare">> = {
  kmeans: "nClusters",
  gmm: "nClusters",
  ward: "nClusters",
  dbscan: "epsFactor",
  hdbscan: "minClusterShare",
};

export interface ModelOptions {
  /** Starts of K-Means and of each mixture's K-Means start; 10 by default. */
  nInit?: number | undefined;
  /** Of DBSCAN and HDBSCAN, the customer included; 10 by default. */
  minSamples?: number | undefined;
  seed: number;
}

/** A model fitted with one setting. */
export interface FittedModel {
  setting: number;
  /** Cluster of each row, -1 for noise; the numbers have no meaning. */
  labels: Int32Array;
  /** Sum of squared distances to the centres, of K-Means. */
  inertia: number | null;
  /** Bayesian information criterion, of a mixture; lower is better. */
  bic: number | null;
  /**
   * Clusters of other rows: by the model itself where it has a rule for them, otherwise that of the nearest fitted row.
   */
  predict(X: Matrix): Int32Array;
}

/**
 * Fits a model with each setting: K for K-Means, mixtures and Ward; for DBSCAN eps as a multiple of the knee of the
 * k-distances, for HDBSCAN the smallest cluster as a share of the rows, so that a setting means the same in any space.
 *
 * Ward is linked once for all settings.
 * @throws RangeError as the models do.
 */
export function fitModel(
  X: Matrix,
  model: ModelName,
  settings: readonly number[],
  { nInit = 10, minSamples = 10, seed }: ModelOptions,
): FittedModel[] {
  const byNearest = (labels: Int32Array) => (rows: Matrix) =>
    nearestTo(X, rows, 1).indices.map((i) => labels[i]!);
  const plain = (setting: number, labels: Int32Array): FittedModel => ({
    setting,
    labels,
    inertia: null,
    bic: null,
    predict: byNearest(labels),
  });
  switch (model) {
    case "kmeans":
      return settings.map((nClusters) => {
        const { labels, inertia, centers } = kmeans(X, { nClusters, nInit, seed });
        return {
          setting: nClusters,
          labels,
          inertia,
          bic: null,
          predict: (rows) => assignToCenters(rows, centers),
        };
      });
    case "gmm":
      return settings.map((nComponents) => {
        const mixture = gaussianMixture(X, { nComponents, seed });
        const { labels, bic } = mixture;
        const predict = (rows: Matrix): Int32Array => assignToMixture(mixture, rows);
        return { setting: nComponents, labels, inertia: null, bic, predict };
      });
    case "ward": {
      const merges = linkage(X, "ward");
      return settings.map((nClusters) => plain(nClusters, cutLinkage(merges, nClusters)));
    }
    case "dbscan": {
      const { eps } = kDistances(X, minSamples - 1);
      return settings.map((factor) => plain(factor, dbscan(X, { eps: factor * eps, minSamples }).labels));
    }
    case "hdbscan": {
      const sizes = settings.map((share) => Math.max(2, Math.round(share * X.rows)));
      const found = hdbscanBySize(X, sizes, { minSamples });
      return settings.map((share, at) => plain(share, found[at]!.labels));
    }
  }
}
