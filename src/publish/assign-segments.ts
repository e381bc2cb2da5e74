import { mixtureResponsibilities } from "../clustering/gaussian-mixture.js";
import { squaredDistanceAt } from "../clustering/kmeans/distance.js";
import { assignToCenters } from "../clustering/kmeans.js";
import type { Matrix } from "../math/matrix.js";
import type { KMeansClustering, MixtureClustering, Model } from "./model.js";
import { placeInSpace } from "./model-space.js";

/** Which segment each customer is in, and how clearly. */
export interface SegmentAssignment extends Clearness {
  /** Names of the segments. */
  segments: string[];
}

interface Clearness {
  /** Positions in the model's segments. */
  labels: Int32Array;
  /** To the own centre, in the coordinates of the model's space; NaN of a mixture, which has no centres. */
  distances: Float64Array;
  /** To the nearest of the other centres; NaN when there is none. */
  nextDistances: Float64Array;
  /** Of the own segment in a mixture; NaN of K-Means, which knows none. */
  probabilities: Float64Array;
}

/**
 * The segment of each customer: prepared values are placed in the model's space as it was fitted, and belong to the
 * nearest centre or the likeliest component. Each is treated on its own, so that it does not matter who else is there.
 * @param X - n x d, prepared by the model's preparation, its features in their order.
 * @throws RangeError for another number of columns, or a value that is not finite.
 */
export function assignSegments(model: Model, X: Matrix): SegmentAssignment {
  if (X.columns !== model.features.length)
    throw new RangeError(
      `assignSegments needs the ${model.features.length} features of the model, got ${X.columns} columns`,
    );
  const { clustering } = model;
  const points = placeInSpace(model.space, X);
  const found =
    clustering.kind === "kmeans" ? toNearest(clustering, points) : toLikeliest(clustering, points);
  return { ...found, segments: Array.from(found.labels, (label) => clustering.segments[label]!) };
}

function toNearest({ centers }: KMeansClustering, points: Matrix): Clearness {
  const labels = assignToCenters(points, centers);
  const d = centers.columns;
  const distances = new Float64Array(points.rows);
  const nextDistances = unknown(points.rows);
  labels.forEach((label, i) => {
    let next = Infinity;
    for (let c = 0; c < centers.rows; c++) {
      const distance = Math.sqrt(squaredDistanceAt(points.data, i * d, centers.data, c * d, d));
      if (c === label) distances[i] = distance;
      else next = Math.min(next, distance);
    }
    if (centers.rows > 1) nextDistances[i] = next;
  });
  return { labels, distances, nextDistances, probabilities: unknown(points.rows) };
}

/** Of components that are equally likely the first counts. */
function toLikeliest(mixture: MixtureClustering, points: Matrix): Clearness {
  const { columns: k, data } = mixtureResponsibilities(mixture, points);
  const labels = new Int32Array(points.rows);
  const probabilities = new Float64Array(points.rows);
  for (let i = 0; i < points.rows; i++) {
    const shares = data.subarray(i * k, (i + 1) * k);
    probabilities[i] = shares.reduce((most, share) => Math.max(most, share), 0);
    labels[i] = shares.indexOf(probabilities[i]!);
  }
  return { labels, probabilities, distances: unknown(points.rows), nextDistances: unknown(points.rows) };
}

function unknown(count: number): Float64Array {
  return new Float64Array(count).fill(Number.NaN);
}
