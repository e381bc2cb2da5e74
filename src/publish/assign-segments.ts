import { squaredDistanceAt } from "../clustering/kmeans/distance.js";
import { assignToCenters } from "../clustering/kmeans.js";
import type { Matrix } from "../math/matrix.js";
import type { Model } from "./model.js";
import { placeInSpace } from "./model-space.js";

/** Which segment each customer is in, and how clearly. */
export interface SegmentAssignment {
  /** Positions in the model's segments. */
  labels: Int32Array;
  /** Names of the segments. */
  segments: string[];
  /** To the own centre, in the coordinates of the model's space. */
  distances: Float64Array;
  /** To the nearest of the other centres; NaN when there is only one. */
  nextDistances: Float64Array;
}

/**
 * The segment of each customer: prepared values are placed in the model's space as it was fitted, and belong to the
 * nearest centre. Each is treated on its own, so that it does not matter who else is there.
 * @param X - n x d, prepared by the model's preparation, its features in their order.
 * @throws RangeError for another number of columns, or a value that is not finite.
 */
export function assignSegments(model: Model, X: Matrix): SegmentAssignment {
  if (X.columns !== model.features.length)
    throw new RangeError(
      `assignSegments needs the ${model.features.length} features of the model, got ${X.columns} columns`,
    );
  const { centers, segments } = model.clustering;
  const points = placeInSpace(model.space, X);
  const labels = assignToCenters(points, centers);
  const d = centers.columns;
  const distances = new Float64Array(X.rows);
  const nextDistances = new Float64Array(X.rows).fill(Number.NaN);
  labels.forEach((label, i) => {
    let next = Infinity;
    for (let c = 0; c < centers.rows; c++) {
      const distance = Math.sqrt(squaredDistanceAt(points.data, i * d, centers.data, c * d, d));
      if (c === label) distances[i] = distance;
      else next = Math.min(next, distance);
    }
    if (centers.rows > 1) nextDistances[i] = next;
  });
  return { labels, segments: Array.from(labels, (label) => segments[label]!), distances, nextDistances };
}
