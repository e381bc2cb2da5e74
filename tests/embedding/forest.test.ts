import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LeafIndex } from "#src/embedding/forest/leaf-index.js";
import { Forest, type ForestState, fitForest } from "#src/embedding/forest.js";
import { ForestSpace, type ForestSpaceState, fitForestSpace } from "#src/embedding/forest-space.js";
import { trustworthiness } from "#src/embedding/quality/neighbourhoods.js";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { nearestByDistance } from "#src/math/neighbours.js";
import { largestGap, readFixture } from "./support.js";

interface Expected {
  rows: number[][];
  targets: number[];
  train: number;
  trees: { minSamplesLeaf: number; features: number[]; thresholds: number[]; predictions: number[] }[];
  r2: number[];
  outOfBagR2: number[];
}

const expected = readFixture<Expected>("forest.json");
const X = matrixOf(expected.rows.slice(0, expected.train));
const y = expected.targets.slice(0, expected.train);
const later = matrixOf(expected.rows.slice(expected.train));
const laterTargets = expected.targets.slice(expected.train);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function r2(predicted: Float64Array, targets: readonly number[]): number {
  const centre = mean(targets);
  const sum = (of: (i: number) => number): number => targets.reduce((total, _, i) => total + of(i) ** 2, 0);
  return 1 - sum((i) => targets[i]! - predicted[i]!) / sum((i) => targets[i]! - centre);
}

describe("a single tree of all rows and columns", () => {
  for (const tree of expected.trees)
    it(`has the nodes of scikit-learn, in its order, with leaves of ${tree.minSamplesLeaf}`, async () => {
      const { minSamplesLeaf } = tree;
      const options = { nTrees: 1, maxFeatures: 1, bootstrap: false, minSamplesLeaf, seed: 1 };
      const forest = await fitForest(X, y, options);
      const { features, numbers } = forest.state.trees[0]!;
      assert.deepEqual(features, tree.features);
      assert.deepEqual(
        features.map((feature, node) => (feature < 0 ? 0 : numbers[node]!)),
        tree.thresholds,
      );
      assert.ok(largestGap(forest.predict(later), tree.predictions) < 1e-9);
      assert.equal(forest.state.outOfBagR2, null);
    });

  it("splits between ties never within them", async () => {
    const tied = matrixOf([[1], [1], [2], [2], [2], [3]]);
    const options = { nTrees: 1, maxFeatures: 1, bootstrap: false, minSamplesLeaf: 1, seed: 1 };
    const { state } = await fitForest(tied, [0, 1, 5, 6, 7, 5], options);
    // By hand: between 1 and 2 the error falls most; then 2 and 3 are told apart (6 and 5).
    assert.deepEqual(state.trees, [
      { features: [0, -1, 0, -1, -1], numbers: [1.5, 0.5, 2.5, 6, 5], rights: [2, 0, 4, 0, 0] },
    ]);
  });
});

describe("fitForest", () => {
  it("predicts unseen rows as well as scikit-learn, and says so without them", async () => {
    const fits = [1, 2, 3].map((seed) => fitForest(X, y, { nTrees: 200, minSamplesLeaf: 3, seed }));
    const forests = await Promise.all(fits);
    const [ours, theirs] = [
      mean(forests.map((forest) => r2(forest.predict(later), laterTargets))),
      mean(expected.r2),
    ];
    assert.ok(Math.abs(ours - theirs) < 0.015, `${ours} against ${theirs}`);
    const [bag, theirBag] = [
      mean(forests.map((forest) => forest.state.outOfBagR2!)),
      mean(expected.outOfBagR2),
    ];
    assert.ok(Math.abs(bag - theirBag) < 0.015, `${bag} against ${theirBag}`);
  });

  it("grows the same trees for any number of workers, other ones for another seed", async () => {
    const grow = (workers: number, seed: number): Promise<Forest> =>
      fitForest(X, y, { nTrees: 20, workers, seed });
    const [one, two, three, other] = await Promise.all([grow(1, 5), grow(2, 5), grow(3, 5), grow(1, 6)]);
    assert.deepEqual(two.state, one.state);
    assert.deepEqual(three.state, one.state);
    assert.notDeepEqual(other.state.trees[0], one.state.trees[0]);
    assert.notDeepEqual(one.state.trees[1], one.state.trees[0]);
  });

  it("is the same after a round through JSON", async () => {
    const forest = await fitForest(X, y, { nTrees: 5, seed: 1 });
    const again = new Forest(JSON.parse(JSON.stringify(forest.state)) as ForestState);
    assert.deepEqual(again.predict(later), forest.predict(later));
    assert.deepEqual(again.apply(later), forest.apply(later));
  });

  it("tells each tree and ends when the signal is aborted", async () => {
    const told: [number, number][] = [];
    await fitForest(X, y, { nTrees: 9, seed: 1, onProgress: (done, total) => told.push([done, total]) });
    assert.deepEqual(
      told,
      Array.from({ length: 9 }, (_, i) => [i + 1, 9]),
    );
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(new Error("enough"));
    await assert.rejects(
      fitForest(X, y, { nTrees: 1e5, seed: 1, onProgress, signal: controller.signal }),
      /enough/,
    );
  });

  it("makes one leaf of equal targets and of constant columns", async () => {
    const options = { nTrees: 2, minSamplesLeaf: 1, seed: 1 };
    const equal = await fitForest(
      X,
      y.map(() => 7),
      options,
    );
    assert.deepEqual(equal.state.trees[0], { features: [-1], numbers: [7], rights: [0] });
    const constant = await fitForest(
      matrixOf([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
      [1, 2, 6],
      { ...options, bootstrap: false },
    );
    assert.deepEqual(constant.state.trees[0], { features: [-1], numbers: [3], rights: [0] });
  });

  it("refuses what it cannot learn from", async () => {
    await assert.rejects(fitForest(X, y.slice(1), { seed: 1 }), /needs 260 targets, got 259/);
    await assert.rejects(
      fitForest(matrixOf([[1]]), [1], { seed: 1 }),
      /at least 2 rows and 1 column, got 1 x 1/,
    );
    await assert.rejects(
      fitForest(X, y, { seed: 1, maxFeatures: 2 }),
      /a share of features from 0 to 1, got 2/,
    );
    await assert.rejects(
      fitForest(X, [...y.slice(1), Number.NaN], { seed: 1 }),
      /targets\) needs finite values/,
    );
    const forest = await fitForest(X, y, { nTrees: 1, seed: 1 });
    assert.throws(() => forest.predict(matrixOf([[1, 2]])), /rows of 6 columns, got 2/);
  });
});

describe("LeafIndex", () => {
  // Four customers in three trees, worked out by hand: 0 and 1 share two leaves, 0 and 2 one, 3 shares none.
  const leaves = Int32Array.from(
    [
      [1, 4, 2],
      [1, 4, 5],
      [3, 6, 2],
      [8, 9, 7],
    ].flat(),
  );
  const index = new LeafIndex(leaves, 3);

  it("counts the share of trees with different leaves", () => {
    const distances = new Float64Array(4);
    index.distancesFrom(0, distances);
    assert.deepEqual([...distances], [0, 1 / 3, 2 / 3, 1]);
    index.distancesFrom(3, distances);
    assert.deepEqual([...distances], [1, 1, 1, 0]);
  });

  it("finds the nearest, ties by index, those without a common leaf last", () => {
    const { indices, distances } = index.nearestNeighbours(3);
    assert.deepEqual([...indices], [1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2]);
    assert.deepEqual([...distances], [1 / 3, 2 / 3, 1, 1 / 3, 1, 1, 2 / 3, 1, 1, 1, 1, 1]);
    const placed = index.nearestTo(Int32Array.of(3, 4, 1_000), 2);
    assert.deepEqual([...placed.indices], [0, 1]);
    assert.deepEqual([...placed.distances], [2 / 3, 2 / 3]);
  });

  it("agrees with comparing all pairs", async () => {
    const forest = await fitForest(X, y, { nTrees: 15, seed: 2 });
    const all = forest.apply(X);
    const distance = (i: number, j: number): number => {
      let differ = 0;
      for (let t = 0; t < 15; t++) if (all[i * 15 + t] !== all[j * 15 + t]) differ++;
      return differ / 15;
    };
    assert.deepEqual(new LeafIndex(all, 15).nearestNeighbours(20), nearestByDistance(X.rows, 20, distance));
  });
});

describe("fitForestSpace", () => {
  const nNeighbors = 12;
  const fit = async (): Promise<ForestSpace> =>
    fitForestSpace(await fitForest(X, y, { nTrees: 60, seed: 3 }), X, { nNeighbors, nEpochs: 200, seed: 3 });
  const spread = ({ data }: Matrix): number => Math.max(...data) - Math.min(...data);

  it("keeps customers together whom the trees cannot tell apart", async () => {
    const space = await fit();
    const faithful = trustworthiness(space.distances, space.embedding);
    assert.ok(faithful > 0.9, `${faithful}`);
    // What the forest predicts, and not distance in the features, lies in order on the map.
    assert.ok(faithful > trustworthiness(X, space.embedding));
  });

  it("places customers again near where they are, each on its own, also after a round through JSON", async () => {
    const space = await fit();
    const { embedding } = space;
    const placed = space.transform(X);
    const gaps = Array.from({ length: X.rows }, (_, i) =>
      Math.hypot(
        placed.data[2 * i]! - embedding.data[2 * i]!,
        placed.data[2 * i + 1]! - embedding.data[2 * i + 1]!,
      ),
    ).sort((a, b) => a - b);
    assert.ok(gaps[130]! < 0.05 * spread(embedding), `${gaps[130]} of ${spread(embedding)}`);
    const again = new ForestSpace(JSON.parse(JSON.stringify(space.state)) as ForestSpaceState);
    const part = { rows: 2, columns: X.columns, data: X.data.slice(6, 18) };
    assert.deepEqual(again.transform(part).data, placed.data.slice(2, 6));
    assert.deepEqual(space.embedding, embedding);
  });

  it("refuses fewer customers than neighbours", async () => {
    const forest = await fitForest(X, y, { nTrees: 2, seed: 1 });
    const few = { rows: 3, columns: 6, data: X.data.slice(0, 18) };
    await assert.rejects(fitForestSpace(forest, few, { seed: 1 }), /2 to n neighbours, got 15 \(n = 3\)/);
  });
});
