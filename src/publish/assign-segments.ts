import type { Matrix } from "../math/matrix.js";
import type { Model } from "./model.js";
import { placeInSpace } from "./model-space.js";
import { nearestCenter, squaredDistance } from "./nearest-center.js";

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
  const labels = nearestCenter(points, centers);
  const distances = new Float64Array(X.rows);
  const nextDistances = new Float64Array(X.rows).fill(Number.NaN);
  labels.forEach((label, i) => {
    distances[i] = Math.sqrt(squaredDistance(points, i, centers, label));
    if (centers.rows < 2) return;
    let least = Infinity;
    for (let c = 0; c < centers.rows; c++)
      if (c !== label) least = Math.min(least, squaredDistance(points, i, centers, c));
    nextDistances[i] = Math.sqrt(least);
  });
  return { labels, segments: Array.from(labels, (label) => segments[label]!), distances, nextDistances };
}
