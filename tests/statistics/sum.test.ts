import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compensatedSum } from "#src/statistics/sum.js";

describe("compensatedSum", () => {
  it("keeps what plain addition swallows", () => {
    assert.equal(compensatedSum([1, 1e100, 1, -1e100]), 2);
    assert.equal(compensatedSum(new Float64Array(10).fill(0.1)), 1);
  });

  it("is 0 for no values", () => {
    assert.equal(compensatedSum([]), 0);
  });

  it("passes infinities and NaN on, and overflows to an infinity", () => {
    assert.equal(compensatedSum([1, Infinity, 2]), Infinity);
    assert.equal(compensatedSum([Infinity, -Infinity]), Number.NaN);
    assert.equal(compensatedSum([1, Number.NaN]), Number.NaN);
    assert.equal(compensatedSum([-1.5e308, -1.5e308]), -Infinity);
  });
});
