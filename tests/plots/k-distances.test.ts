import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kDistances } from "#src/clustering/k-distances.js";
import { matrixOf } from "#src/math/matrix.js";
import { kDistanceChart } from "#src/plots/k-distances.js";

const options = {
  title: "A finding",
  subtitle: "What, n = 3",
  caption: "How to read it.",
  measure: "Distance to the nearest (steps)",
  counted: "Customers",
};

describe("kDistanceChart", () => {
  const crowd = Array.from({ length: 2000 }, (_, i) => [i]);
  const curve = kDistances(matrixOf([...crowd, [3000], [5000], [9000]]), 1);

  it("marks the knee and says what lies within it", () => {
    const figure = kDistanceChart(curve, options);
    assert.deepEqual([figure.data[2]!["x"], figure.data[2]!["y"]], [[2000], [1]]);
    assert.equal(
      figure.alt,
      "Distance to the nearest (steps) for 2,003 customers in ascending order (k = 1): from 1 to 4,000. " +
        "The knee is at 1, where 99.9% are within.",
    );
  });

  it("draws a part of many points, each of the last among them", () => {
    const ranks = kDistanceChart(curve, options).data[1]!["x"] as number[];
    assert.ok(ranks.length <= 402);
    assert.equal(ranks[0], 1);
    assert.deepEqual(
      ranks.slice(-200),
      Array.from({ length: 200 }, (_, i) => 1804 + i),
    );
    assert.ok(ranks.every((rank, at) => at === 0 || rank > ranks[at - 1]!));
  });

  it("draws every point of few, and two equal rows", () => {
    const few = kDistanceChart(kDistances(matrixOf([[0], [1], [9]]), 1), options);
    assert.deepEqual(few.data[1]!["x"], [1, 2, 3]);
    const equal = kDistanceChart(kDistances(matrixOf([[1], [1]]), 1), options);
    assert.deepEqual(equal.data[1]!["y"], [0, 0]);
  });
});
