import { type Cleaning, type CleaningOptions, completeOptions } from "../cleaning/options.js";
import type { MixtureModel } from "../clustering/gaussian-mixture.js";
import { COLUMNS, type ColumnName } from "../data/columns.js";
import { definitionHash } from "../features/definition-hash.js";
import { featureDictionary } from "../features/dictionary.js";
import { type Matrix, matrixOf } from "../math/matrix.js";
import { Preparation } from "../preparation/preparation.js";
import type { Points } from "../preparation/prepared-table.js";
import { assignSegments } from "./assign-segments.js";
import { segmentShares } from "./drift.js";
import { fingerprintTraining } from "./fingerprint.js";
import type { Model, ModelClustering, ModelMetric } from "./model.js";
import { requireModel } from "./model-content.js";
import type { ModelSpace } from "./model-space.js";
import { productVersion } from "./product-version.js";

/** What `createModel` is given; the rest follows from it. */
export interface ModelParts {
  /** Customers as they were fitted: ids and prepared values of the model's features. */
  points: Points;
  /** Steps of at least these features. */
  preparation: Preparation;
  space: ModelSpace;
  /** Of K-Means, in the coordinates of the space, the most valuable segment first. */
  centers?: Matrix | readonly (readonly number[])[] | undefined;
  /** Instead of centres: a mixture fitted in the space, its components in this order (see `permuteComponents`). */
  mixture?: MixtureModel | undefined;
  /** Names of the segments, in the same order. */
  segments: readonly string[];
  cleaning?: CleaningOptions;
  /** `YYYY-MM-DD` */
  referenceDate: string;
  sourceSha256?: string | null;
  seeds?: Readonly<Record<string, number>>;
  metrics?: readonly ModelMetric[];
}

/**
 * A model of fitted parts, with what is needed to apply it later and to notice that it no longer fits.
 * @throws RangeError when the parts do not fit together, or a feature is none of the dictionary.
 */
export function createModel(parts: ModelParts): Model {
  const { points, preparation, space } = parts;
  const steps = points.names.map((name) => {
    const found = preparation.features.find((feature) => feature.name === name);
    if (found === undefined)
      throw new RangeError(`a model needs the steps of each feature, ${name} has none`);
    return found;
  });
  const cleaning = completeOptions(parts.cleaning ?? {});
  const model: Model = {
    productVersion: productVersion(),
    schema: {
      columns: neededColumns(points.names, cleaning),
      cleaning,
      referenceDate: "day after the last line",
    },
    features: points.names.map((name) => ({ name, definition: definitionHash(name) })),
    preparation: new Preparation(steps),
    space,
    clustering: clusteringOf(parts),
    training: {
      fingerprint: fingerprintTraining(points),
      customers: points.ids.length,
      // Known once the model can be applied.
      shares: parts.segments.map((_, i) => (i === 0 ? 1 : 0)),
      referenceDate: parts.referenceDate,
      sourceSha256: parts.sourceSha256 ?? null,
    },
    seeds: parts.seeds ?? {},
    metrics: parts.metrics ?? [],
  };
  requireModel(model);
  const shares = segmentShares(assignSegments(model, points.X).labels, parts.segments.length);
  return { ...model, training: { ...model.training, shares } };
}

function clusteringOf({ centers, mixture, segments }: ModelParts): ModelClustering {
  if (centers !== undefined && mixture === undefined)
    return { kind: "kmeans", centers: "data" in centers ? centers : matrixOf(centers), segments };
  if (centers !== undefined || mixture === undefined)
    throw new RangeError(`a model needs centers or a mixture, got ${mixture ? "both" : "neither"}`);
  const { covarianceType, weights, means, covariances } = mixture;
  return { kind: "gmm", covarianceType, weights, means, covariances, segments };
}

/** Columns without which the features would be others: those every file needs, and the country where it counts. */
function neededColumns(features: readonly string[], { droppedCountries }: Cleaning): ColumnName[] {
  const readsCountry = features.some(
    (name) => featureDictionary.find((feature) => feature.name === name)?.table === "countries",
  );
  return COLUMNS.filter(
    ({ name, isNeeded }) => isNeeded || (name === "country" && (readsCountry || droppedCountries.length > 0)),
  ).map(({ name }) => name);
}
