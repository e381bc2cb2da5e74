import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tsneByTsneJs } from "#src/embedding/cross-check/tsne-js.js";
import { umapByUmapJs } from "#src/embedding/cross-check/umap-js.js";
import { neighbourhoodHit, trustworthiness } from "#src/embedding/quality/neighbourhoods.js";
import { tsne } from "#src/embedding/tsne.js";
import { matrixOf } from "#src/math/matrix.js";
import { clouds } from "./support.js";

const X = clouds(20, 4, 6);
const labels = Array.from({ length: 60 }, (_, i) => Math.floor(i / 20));

describe("tsneByTsneJs", () => {
  const options = { perplexity: 8, nIter: 200, seed: 1 };

  it("finds the clouds that our t-SNE finds, as faithfully", async () => {
    const theirs = await tsneByTsneJs(X, options);
    const { embedding: ours } = await tsne(X, { perplexity: 8 });
    for (const map of [ours, theirs]) assert.ok(neighbourhoodHit(map, labels, { k: 10 }) > 0.95);
    const [own, other] = [trustworthiness(X, ours, { k: 10 }), trustworthiness(X, theirs, { k: 10 })];
    assert.ok(own > other - 0.02, `${own} against ${other}`);
  });

  it("starts where the seed says", async () => {
    const few = { ...options, nIter: 20 };
    assert.deepEqual(await tsneByTsneJs(X, few), await tsneByTsneJs(X, few));
    assert.notDeepEqual(await tsneByTsneJs(X, { ...few, seed: 2 }), await tsneByTsneJs(X, few));
  });

  it("refuses more rows than it can do", async () => {
    await assert.rejects(tsneByTsneJs(clouds(400, 2, 1), options), /rows from 4 to 1000, got 1200/);
    await assert.rejects(
      tsneByTsneJs(matrixOf([[1], [2], [3], [Number.NaN]]), { seed: 1, perplexity: 2 }),
      /got NaN/,
    );
  });
});

describe("umapByUmapJs", () => {
  it("finds the clouds, the same for the same seed", async () => {
    const options = { nNeighbors: 8, nEpochs: 150, seed: 1 };
    const map = await umapByUmapJs(X, options);
    assert.ok(neighbourhoodHit(map, labels, { k: 10 }) > 0.95);
    assert.deepEqual(await umapByUmapJs(X, options), map);
    await assert.rejects(umapByUmapJs(X, { ...options, nNeighbors: 60 }), /neighbours from 2 to 59, got 60/);
  });
});
