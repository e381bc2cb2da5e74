import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assignToMixture, gaussianMixture } from "#src/clustering/gaussian-mixture.js";
import { assignToCenters, kmeans } from "#src/clustering/kmeans.js";
import type { Matrix } from "#src/math/matrix.js";
import { seededRandom } from "#src/math/random.js";
import { type FittedSegments, fitSegments } from "#src/publish/fit-segments.js";

const random = seededRandom(3);
/** Three clouds of 40 customers that overlap a little. */
const X: Matrix = {
  rows: 120,
  columns: 2,
  data: Float64Array.from({ length: 240 }, (_, at) => Math.floor(at / 80) * 2 + random() + random()),
};
const values = Float64Array.from({ length: 120 }, (_, i) => (Math.floor(i / 40) === 1 ? 100 : 10) + (i % 7));
const means = (labels: Int32Array): number[] => {
  const sums = [0, 1, 2].map((label) => values.filter((_, i) => labels[i] === label));
  return sums.map((of) => of.reduce((sum, value) => sum + value, 0) / of.length);
};
/** Customers are placed where they were fitted, under the place of their cluster, and places go by value. */
function assertByValue(placed: Int32Array, fitted: Pick<FittedSegments, "labels" | "ranked">): void {
  const { labels, ranked } = fitted;
  assert.deepEqual(
    placed,
    labels.map((label) => ranked.findIndex((cluster) => cluster.label === label)),
  );
  const byPlace = means(placed);
  assert.deepEqual(
    byPlace,
    byPlace.toSorted((a, b) => b - a),
  );
}

const options = { setting: 3, nInit: 4, seed: 9 };

describe("fitSegments", () => {
  it("fits K-Means as the sweep does, goes on to its end, and orders centres by value", () => {
    const {
      swept,
      labels,
      ranked,
      clustering,
      kmeans: last,
    } = fitSegments(X, values, { model: "kmeans", ...options });
    assert.deepEqual(swept, kmeans(X, { nClusters: 3, nInit: 4, seed: 9 }).labels);
    assert.ok("centers" in clustering);
    const placed = assignToCenters(X, clustering.centers);
    assertByValue(placed, { labels, ranked });
    assert.deepEqual(assignToCenters(X, last!.centers), last!.labels);
  });

  it("fits a mixture as the sweep does, and orders its components by value", () => {
    const {
      swept,
      labels,
      ranked,
      clustering,
      kmeans: none,
    } = fitSegments(X, values, { model: "gmm", ...options });
    assert.deepEqual(swept, gaussianMixture(X, { nComponents: 3, seed: 9 }).labels);
    assert.equal(none, null);
    assert.ok("mixture" in clustering);
    const placed = assignToMixture(clustering.mixture, X);
    assertByValue(placed, { labels, ranked });
  });
});
