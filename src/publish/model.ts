import type { Cleaning } from "../cleaning/options.js";
import type { MixtureModel } from "../clustering/gaussian-mixture.js";
import type { ColumnName } from "../data/columns.js";
import type { Matrix } from "../math/matrix.js";
import type { Preparation } from "../preparation/preparation.js";
import type { ModelSpace } from "./model-space.js";

/** All that it takes to say in which segment a customer is, new or known, without fitting anything. */
export interface Model {
  /** Version of this program that made it. */
  productVersion: string;
  schema: ModelSchema;
  /** In the order of the matrix's columns. */
  features: readonly ModelFeature[];
  /** The fitted steps of these features, in their order. */
  preparation: Preparation;
  space: ModelSpace;
  clustering: ModelClustering;
  training: ModelTraining;
  /** What was random when it was fitted, by name. */
  seeds: Readonly<Record<string, number>>;
  metrics: readonly ModelMetric[];
}

/** What the invoice lines have to be like, and what is done with them. */
export interface ModelSchema {
  /** Columns that a file of invoice lines needs. */
  columns: readonly ColumnName[];
  cleaning: Cleaning;
  /** The day from whose start customers are looked at when none is named. */
  referenceDate: "day after the last line";
}

export interface ModelFeature {
  name: string;
  /** `definitionHash` at the time, so that another formula under the same name is noticed. */
  definition: string;
}

/** How a point of the space gets its segment. */
export type ModelClustering = KMeansClustering | MixtureClustering;

/** A point belongs to the nearest centre. */
export interface KMeansClustering {
  kind: "kmeans";
  /** k x d, in the coordinates of the space; the most valuable segment first. */
  centers: Matrix;
  /** Names of the segments, in the order of the centres. */
  segments: readonly string[];
}

/** A point belongs to the component that it most likely comes from. */
export interface MixtureClustering extends MixtureModel {
  kind: "gmm";
  /** Names of the segments, in the order of the components: the most valuable first. */
  segments: readonly string[];
}

/** What the model was fitted to. */
export interface ModelTraining {
  /** See `fingerprintTraining`. */
  fingerprint: string;
  customers: number;
  /** Share of these customers in each segment, in the order of the segments: what later shares are compared with. */
  shares: readonly number[];
  /** `YYYY-MM-DD` */
  referenceDate: string;
  /** SHA-256 of the file of invoice lines; null when it is not known. */
  sourceSha256: string | null;
}

/** A measure, and the space it was measured in: in another it is another. */
export interface ModelMetric {
  name: string;
  value: number;
  space: string;
}
