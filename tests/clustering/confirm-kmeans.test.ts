import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { confirmKMeans } from "#src/clustering/confirm-kmeans.js";
import { kmeans } from "#src/clustering/kmeans.js";
import { matrixOf } from "#src/math/matrix.js";
import { overlapping } from "./kmeans-support.js";

describe("confirmKMeans", () => {
  it("finds the same groups, centres and inertia from the centres of a settled model", async () => {
    const X = overlapping(400, 4, 9);
    const model = kmeans(X, { nClusters: 5, tol: 0, seed: 1 });
    const { agreement, largestCenterGap, inertiaGap } = await confirmKMeans(X, model);
    assert.equal(agreement, 1);
    assert.ok(largestCenterGap < 1e-9, `${largestCenterGap}`);
    assert.ok(inertiaGap < 1e-9, `${inertiaGap}`);
  });

  it("tells a model that is none: labels, centres and inertia differ", async () => {
    const X = overlapping(400, 4, 9);
    const model = kmeans(X, { nClusters: 5, nInit: 1, maxIter: 1, tol: 0, seed: 1 });
    model.labels.reverse();
    const found = await confirmKMeans(X, model);
    assert.ok(found.agreement < 0.9, `${found.agreement}`);
    assert.ok(found.largestCenterGap > 0.01);
    assert.ok(found.inertiaGap > 1e-4);
    assert.ok(found.nIterations > 1);
  });

  it("has no gap where all rows are centres", async () => {
    const X = matrixOf([[1], [2]]);
    const { agreement, inertiaGap } = await confirmKMeans(X, kmeans(X, { nClusters: 2, seed: 1 }));
    assert.deepEqual([agreement, inertiaGap], [1, 0]);
  });

  it("refuses rows that were not fitted", async () => {
    const model = kmeans(matrixOf([[1], [2]]), { nClusters: 2, seed: 1 });
    await assert.rejects(confirmKMeans(matrixOf([[1]]), model), /got 1 x 1 for 2 labels/);
    await assert.rejects(confirmKMeans(matrixOf([[1], [Number.NaN]]), model), /got NaN in row 1/);
  });
});
