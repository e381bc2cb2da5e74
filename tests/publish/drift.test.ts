import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { measureDrift, segmentShares } from "#src/publish/drift.js";

describe("measureDrift", () => {
  it("sees shares drift when the index is above 0.25, and not before", () => {
    // Hand: ln(3) / 4 = 0.2747; 0.2 ln(0.7 / 0.3) = 0.1695.
    const far = measureDrift([0.5, 0.5], [0.25, 0.75], 1000)!;
    assert.ok(Math.abs(far.index - 0.27465) < 1e-5);
    assert.deepEqual([far.hasDrifted, far.threshold], [true, 0.25]);
    const near = measureDrift([0.5, 0.5], [0.3, 0.7], 1000)!;
    assert.ok(Math.abs(near.index - 0.16946) < 1e-5);
    assert.equal(near.hasDrifted, false);
  });

  it("says nothing of fewer than 100 customers", () => {
    assert.equal(measureDrift([0.5, 0.5], [0, 1], 99), null);
    assert.equal(measureDrift([0.5, 0.5], [0, 1], 100)?.hasDrifted, true);
  });
});

describe("segmentShares", () => {
  it("counts empty segments too", () => {
    assert.deepEqual(segmentShares(Int32Array.of(2, 0, 2, 2), 4), [0.25, 0, 0.75, 0]);
  });
});
