import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { knee } from "#src/clustering/measures/knee.js";
import { expected } from "./support.js";

describe("knee", () => {
  it("is where kneed finds it, however the curve bends and whether it rises or falls", () => {
    for (const { xs, ys, knee: wanted } of expected.curves) assert.equal(knee(xs, ys)!.x, wanted);
  });

  it("is the point farthest from the chord, with its depth", () => {
    // The chord from (1, 10) to (5, 2) passes 8, 6 and 4.
    const found = knee([1, 2, 3, 4, 5], [10, 5, 4, 3, 2])!;
    assert.deepEqual({ ...found, depth: 0 }, { index: 1, x: 2, y: 5, depth: 0 });
    assert.ok(Math.abs(found.depth - 3 / 8) < 1e-15);
  });

  it("does not move with the units of either axis, and is the first of several", () => {
    const ys = [9, 4, 3, 2.5, 2.2];
    const found = knee([2, 3, 4, 5, 6], ys)!;
    const scaled = knee(
      [20, 30, 40, 50, 60],
      ys.map((y) => 7 - 1000 * y),
    )!;
    assert.equal(scaled.index, found.index);
    assert.ok(Math.abs(scaled.depth - found.depth) < 1e-12);
    assert.equal(knee([0, 1, 2, 3], [3, 1, 0, 0])!.x, 1);
  });

  it("is not there on a straight line, a level one or with fewer than three points", () => {
    assert.equal(knee([1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4]), null);
    assert.equal(knee([1, 2, 3], [5, 5, 5]), null);
    assert.equal(knee([1, 2, 3], [5, 0, 5]), null);
    assert.equal(knee([1, 2], [5, 0]), null);
    assert.equal(knee([], []), null);
  });

  it("refuses what is no curve", () => {
    assert.throws(() => knee([1, 2, 3], [1, 2]), /a y for each x, got 3 xs and 2 ys/);
    assert.throws(() => knee([1, 3, 2], [3, 2, 1]), /xs that ascend, got 2 after 3/);
    assert.throws(() => knee([1, 2, 3], [3, Number.NaN, 1]), /finite values, got \(2, NaN\) at 1/);
  });
});
