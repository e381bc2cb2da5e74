import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { neighbourDisagreement } from "#src/embedding/quality/features.js";
import { islands } from "#src/embedding/quality/islands.js";
import { matrixOf } from "#src/math/matrix.js";
import { seededRandom } from "#src/math/random.js";

describe("islands", () => {
  const line = (from: number, count: number): number[][] =>
    Array.from({ length: count }, (_, i) => [from + i, 0]);

  it("are what no neighbourhood connects, the largest first", () => {
    const { labels, sizes } = islands(matrixOf([...line(0, 5), ...line(100, 8), ...line(50, 4)]), { k: 2 });
    assert.deepEqual(sizes, [8, 5, 4]);
    assert.deepEqual([...labels], [...Array(5).fill(1), ...Array(8).fill(0), ...Array(4).fill(2)]);
  });

  it("become one when a neighbourhood is larger than an island", () => {
    assert.deepEqual(islands(matrixOf([...line(0, 5), ...line(100, 8)]), { k: 5 }).sizes, [13]);
  });

  it("of equal size come in the order of their first points; duplicates are one place", () => {
    assert.deepEqual(
      [...islands(matrixOf([[9], [9], [0], [0], [9], [0]]), { k: 2 }).labels],
      [0, 0, 1, 1, 0, 1],
    );
  });

  it("do not depend on the order of points", () => {
    const random = seededRandom(3);
    const rows = Array.from({ length: 300 }, () => [Math.floor(random() * 4) * 10 + random(), random()]);
    const reversed = islands(matrixOf([...rows].reverse()), { k: 5 });
    assert.deepEqual(islands(matrixOf(rows), { k: 5 }).sizes, reversed.sizes);
    assert.equal(reversed.sizes.length, 4);
  });

  it("refuse a neighbourhood of everybody", () => {
    assert.throws(() => islands(matrixOf([[0], [1]]), { k: 2 }), /islands needs whole k from 1 to 1, got 2/);
  });
});

describe("neighbourDisagreement", () => {
  it("is the mean squared step to neighbours over twice the variance", () => {
    // Neighbours on the line are (1), (0 or 2), (1), ...: each step is 1; the variance of 0 to 3 is 1.25.
    const map = matrixOf([[0], [1], [2], [3]]);
    const [own] = neighbourDisagreement(map, map, { k: 1 });
    assert.ok(Math.abs(own! - 1 / 2.5) < 1e-12);
  });

  it("is about 1 for what a map knows nothing of, 0 for what neighbours share, NaN for a constant", () => {
    const random = seededRandom(1);
    const map = matrixOf(Array.from({ length: 400 }, (_, i) => [i < 200 ? random() : 10 + random()]));
    const X = matrixOf(Array.from({ length: 400 }, (_, i) => [random(), i < 200 ? 0 : 1, 0.1]));
    const [noise, side, constant] = neighbourDisagreement(map, X, { k: 10 });
    assert.ok(noise! > 0.9 && noise! < 1.1, `${noise}`);
    assert.equal(side, 0);
    assert.ok(Number.isNaN(constant));
  });

  it("takes distances that no coordinates give", () => {
    const X = matrixOf([[0], [1], [5]]);
    const space = {
      rows: 3,
      distancesFrom: (i: number, distances: Float64Array): void => {
        for (let j = 0; j < 3; j++) distances[j] = Math.abs(X.data[i]! - X.data[j]!);
      },
    };
    assert.deepEqual(neighbourDisagreement(space, X, { k: 1 }), neighbourDisagreement(X, X, { k: 1 }));
  });

  it("refuses sides of different lengths", () => {
    assert.throws(() => neighbourDisagreement(matrixOf([[0]]), matrixOf([[0], [1]])), /got 1 and 2/);
  });
});
