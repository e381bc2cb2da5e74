import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { distancePairCorrelation } from "#src/embedding/quality/distances.js";
import { continuity, neighbourhoodHit, trustworthiness } from "#src/embedding/quality/neighbourhoods.js";
import { neighbourOverlap, procrustes, stability } from "#src/embedding/quality/stability.js";
import { type Matrix, matrixOf, takeRows } from "#src/math/matrix.js";
import { clouds, readFixture } from "./support.js";

interface Expected {
  rows: number[][];
  map: number[][];
  other: number[][];
  labels: number[];
  trustworthiness: Record<string, number>;
  continuity: Record<string, number>;
  hit: number;
  overlap: number;
  pearson: number;
  spearman: number;
  disparity: number;
}

const expected = readFixture<Expected>("quality.json");
const X = matrixOf(expected.rows);
const map = matrixOf(expected.map);
const other = matrixOf(expected.other);

const near = (actual: number, wanted: number, what = ""): void =>
  assert.ok(Math.abs(actual - wanted) < 1e-12, `${what} ${actual} against ${wanted}`);

describe("trustworthiness and continuity", () => {
  it("equal scikit-learn, with the spaces exchanged for the second", () => {
    for (const [k, wanted] of Object.entries(expected.trustworthiness))
      near(trustworthiness(X, map, { k: Number(k) }), wanted, k);
    for (const [k, wanted] of Object.entries(expected.continuity))
      near(continuity(X, map, { k: Number(k) }), wanted, k);
  });

  it("take any distances for the data", () => {
    const space = {
      rows: X.rows,
      distancesFrom: (i: number, distances: Float64Array) => {
        for (let j = 0; j < X.rows; j++)
          distances[j] = Math.hypot(...expected.rows[i]!.map((v, c) => v - expected.rows[j]![c]!));
      },
    };
    for (const measure of [trustworthiness, continuity])
      near(measure(space, map, { k: 6 }), measure(X, map, { k: 6 }));
  });

  it("are 1 for a map that is the data, duplicates and ties included", () => {
    const tied = matrixOf([0, 0, 1, 1, 2, 2, 2, 3, 4, 4].map((x) => [x, 0]));
    for (const measure of [trustworthiness, continuity]) assert.equal(measure(tied, tied, { k: 4 }), 1);
  });

  it("look at a part of many rows, with all of them as neighbours", () => {
    const [many, seen] = [clouds(100, 3, 1), clouds(100, 2, 2)];
    const whole = trustworthiness(many, seen);
    const parts = Array.from({ length: 8 }, (_, seed) => trustworthiness(many, seen, { maxRows: 100, seed }));
    const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length;
    assert.ok(Math.abs(mean - whole) < 0.01, `${mean} against ${whole}`);
    assert.equal(trustworthiness(many, seen, { maxRows: 100, seed: 3 }), parts[3]);
    assert.notEqual(parts[0], parts[1]);
  });

  it("refuse a k for which the measure has no meaning, rows that differ and NaN", () => {
    assert.throws(() => trustworthiness(X, map, { k: 35 }), {
      name: "RangeError",
      message: "trustworthiness needs 1 <= k < n / 2, got k = 35 (n = 70)",
    });
    assert.throws(
      () => continuity(X, matrixOf([[1, 2]])),
      /as many rows on both sides, got 1 and 70|70 and 1/,
    );
    const holed = { ...map, data: map.data.slice() };
    holed.data[5] = Number.NaN;
    assert.throws(() => trustworthiness(X, holed), /finite values, got NaN in row 2, column 1/);
    assert.throws(() => trustworthiness({ rows: 0, columns: 2, data: new Float64Array() }, map), RangeError);
  });
});

describe("neighbourhoodHit", () => {
  it("equals the share counted with scikit-learn's neighbours", () => {
    near(neighbourhoodHit(map, expected.labels, { k: 6 }), expected.hit);
  });

  it("is 1 where labels are clouds, whatever they are called", () => {
    const rows = clouds(20, 3, 4);
    const names = Array.from({ length: 60 }, (_, i) => ["a", "b", "c"][Math.floor(i / 20)]!);
    assert.equal(neighbourhoodHit(rows, names, { k: 10 }), 1);
    assert.throws(() => neighbourhoodHit(rows, names.slice(1)), /needs 60 labels, got 59/);
  });
});

describe("distancePairCorrelation", () => {
  it("equals scipy over all pairs", () => {
    const result = distancePairCorrelation(X, map);
    near(result.pearson, expected.pearson);
    near(result.spearman, expected.spearman);
    assert.equal(result.pairs, (70 * 69) / 2);
  });

  it("comes close with pairs drawn by a seed", () => {
    const drawn = distancePairCorrelation(X, map, { maxPairs: 2_000, seed: 5 });
    assert.equal(drawn.pairs, 2_000);
    assert.ok(Math.abs(drawn.pearson - expected.pearson) < 0.05);
    assert.deepEqual(distancePairCorrelation(X, map, { maxPairs: 2_000, seed: 5 }), drawn);
  });

  it("knows no correlation when all points of the map are one", () => {
    const flat = matrixOf(expected.rows.map(() => [1, 1]));
    assert.ok(Number.isNaN(distancePairCorrelation(X, flat).pearson));
  });
});

describe("procrustes and neighbourOverlap", () => {
  it("equal scipy's disparity and the overlap of scikit-learn's neighbours", () => {
    near(procrustes(map, other), expected.disparity);
    near(neighbourOverlap(map, other, 6), expected.overlap);
  });

  it("see no difference in a map that was turned, mirrored, scaled and moved", () => {
    const moved = matrixOf(expected.map.map(([x, y]) => [7 + 2 * y!, 3 + 2 * x!]));
    assert.ok(procrustes(map, moved) < 1e-12);
    assert.equal(neighbourOverlap(map, moved, 6), 1);
  });

  it("refuse maps that cannot be laid over each other", () => {
    assert.throws(() => procrustes(map, X), /two maps of n x 2, got 70 x 2 and 70 x 4/);
    assert.throws(() => procrustes(map, matrixOf(expected.map.map(() => [1, 1]))), /not all the same/);
    assert.throws(() => neighbourOverlap(map, matrixOf([[1, 2]]), 3), RangeError);
  });
});

describe("stability", () => {
  const part = (rows: Int32Array): Matrix => takeRows(map, rows);

  it("is whole for a map that does not depend on which rows are there", async () => {
    const { overlap, disparity, repeats } = await stability(map, part, { seed: 1, k: 5 });
    assert.equal(overlap, 1);
    assert.ok(disparity < 1e-12);
    assert.equal(repeats.length, 5);
  });

  it("draws the same different rows for a seed and tells how far it is", async () => {
    const seen: string[] = [];
    const told: [number, number][] = [];
    const options = {
      seed: 2,
      repeats: 3,
      share: 0.5,
      k: 5,
      onProgress: (done: number, total: number) => told.push([done, total]),
    };
    const noisy = (rows: Int32Array, repeat: number): Matrix => {
      seen.push(rows.join());
      assert.equal(new Set(rows).size, 35);
      const drawn = takeRows(repeat === 1 ? other : map, rows);
      return drawn;
    };
    const first = await stability(map, noisy, options);
    assert.deepEqual(await stability(map, noisy, options), first);
    assert.deepEqual(seen.slice(0, 3), seen.slice(3));
    assert.equal(new Set(seen).size, 3);
    assert.ok(first.overlap < 1 && first.disparity > 0);
    assert.deepEqual(told.slice(0, 3), [
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it("stops between maps when the signal is aborted", async () => {
    const controller = new AbortController();
    let maps = 0;
    const embed = (rows: Int32Array): Matrix => {
      if (++maps === 2) controller.abort(new Error("enough"));
      return part(rows);
    };
    await assert.rejects(stability(map, embed, { seed: 1, signal: controller.signal }), /enough/);
    assert.equal(maps, 2);
  });

  it("refuses shares and neighbourhoods without meaning", async () => {
    await assert.rejects(stability(map, part, { seed: 1, share: 2 }), /a share from 0 to 1, got 2/);
    await assert.rejects(stability(map, part, { seed: 1, k: 56 }), /k from 1 to 55, got 56/);
  });
});
