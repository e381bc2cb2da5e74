import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { quantile } from "#src/statistics/quantile.js";

describe("quantile", () => {
  it("interpolates between two neighbours", () => {
    const sorted = [10, 20, 40, 80];
    assert.equal(quantile(sorted, 0), 10);
    assert.equal(quantile(sorted, 0.5), 30);
    assert.equal(quantile(sorted, 0.75), 50);
    assert.equal(quantile(sorted, 1), 80);
  });

  it("returns a tie itself, without rounding", () => {
    assert.equal(quantile([0.1, 0.1, 0.1], 0.3), 0.1);
  });

  it("does not overflow between large neighbours of either sign", () => {
    assert.equal(quantile([-1.5e308, 1.5e308], 0.5), 0);
  });

  it("is NaN for an empty sample", () => {
    assert.equal(quantile([], 0.5), Number.NaN);
  });

  it("refuses a share outside [0, 1]", () => {
    for (const share of [-0.01, 1.01, Number.NaN])
      assert.throws(() => quantile([1, 2], share), /quantile needs a share in \[0, 1\]/);
  });
});
