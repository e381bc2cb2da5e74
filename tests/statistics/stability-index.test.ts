import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stabilityIndex } from "#src/statistics/stability-index.js";

describe("stabilityIndex", () => {
  it("is what hand finds: (0.25 - 0.5) ln(1/2) + (0.75 - 0.5) ln(3/2) = ln(3) / 4", () => {
    assert.ok(Math.abs(stabilityIndex([0.5, 0.5], [0.25, 0.75]) - Math.log(3) / 4) < 1e-15);
    // 0.1 ln 2 - 0.1 ln(2/3): the second of three groups did not change.
    const three = stabilityIndex([0.1, 0.6, 0.3], [0.2, 0.6, 0.2]);
    assert.ok(Math.abs(three - (0.1 * Math.log(2) + 0.1 * Math.log(1.5))) < 1e-15);
  });

  it("is 0 for the same shares and the same in both directions", () => {
    assert.equal(stabilityIndex([0.2, 0.8], [0.2, 0.8]), 0);
    assert.equal(stabilityIndex([1], [1]), 0);
    assert.equal(stabilityIndex([0.2, 0.8], [0.7, 0.3]), stabilityIndex([0.7, 0.3], [0.2, 0.8]));
  });

  it("counts an empty group as one in ten thousand", () => {
    const found = stabilityIndex([0.5, 0.5], [0, 1]);
    assert.ok(Math.abs(found - (0.4999 * Math.log(5000) + 0.5 * Math.log(2))) < 1e-12);
    assert.equal(stabilityIndex([0, 1], [0, 1]), 0);
  });

  it("refuses other groups, none, and what is no share", () => {
    for (const [expected, found, message] of [
      [[1], [0.5, 0.5], "stabilityIndex needs shares of the same groups, got 1 and 2"],
      [[], [], "stabilityIndex needs shares of the same groups, got 0 and 0"],
      [[0.5, 0.5], [Number.NaN, 1], "stabilityIndex needs shares from 0 to 1, got NaN"],
      [[-0.5, 1.5], [0.5, 0.5], "stabilityIndex needs shares from 0 to 1, got -0.5"],
    ] as const)
      assert.throws(() => stabilityIndex(expected, found), new RangeError(message));
  });
});
