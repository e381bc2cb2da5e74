import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { logBins } from "#src/statistics/bins.js";

describe("logBins", () => {
  it("puts powers of ten at the start of a bin", () => {
    const bins = logBins([0.001, 0.01, 1, 10, 99.999, 100, 1000], 1);
    assert.deepEqual(
      bins.map(({ from, count }) => [from, count]),
      [
        [0.001, 1],
        [0.01, 1],
        [0.1, 0],
        [1, 1],
        [10, 2],
        [100, 1],
        [1000, 1],
      ],
    );
  });

  it("counts every positive value once, each inside its bin's edges", () => {
    const random = seededRandom(7);
    const values = Float64Array.from({ length: 5_000 }, () => 10 ** (random() * 8 - 4));
    const bins = logBins(values, 5);
    for (const { from, to, count } of bins)
      assert.equal(count, values.filter((value) => value >= from && value < to).length);
    assert.equal(
      bins.reduce((sum, { count }) => sum + count, 0),
      values.length,
    );
  });

  it("leaves out zero, negative, infinite and missing values", () => {
    assert.deepEqual(logBins([0, -1, Number.NaN, Infinity]), []);
    assert.equal(
      logBins([0, 5, -1]).reduce((sum, { count }) => sum + count, 0),
      1,
    );
  });

  it("needs a whole number of bins", () => {
    assert.throws(() => logBins([1], 0), /whole number of bins per decade, got 0/);
  });
});
