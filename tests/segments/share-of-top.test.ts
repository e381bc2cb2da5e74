import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { shareOfTop } from "#src/segments/share-of-top.js";

describe("shareOfTop", () => {
  it("adds up what the highest scores bring", () => {
    assert.equal(shareOfTop([1, 3, 2], [10, 20, 70], 1), 0.2);
    assert.equal(shareOfTop([1, 3, 2], [10, 20, 70], 2), 0.9);
    assert.equal(shareOfTop([1, 3, 2], [10, 20, 70], 0), 0);
    assert.equal(shareOfTop([1, 3, 2], [10, 20, 70], 3), 1);
  });

  it("counts ties at the border as the mean over all choices, in whatever order they stand", () => {
    // Of the three with score 5 one is chosen: a third of 60.
    assert.equal(shareOfTop([9, 5, 5, 5, 1], [30, 10, 20, 30, 10], 2), 0.5);
    assert.equal(shareOfTop([5, 1, 5, 9, 5], [30, 10, 10, 30, 20], 2), 0.5);
  });

  it("is not a number where nobody brought anything", () => {
    assert.ok(Number.isNaN(shareOfTop([1, 2], [0, 0], 1)));
    assert.ok(Number.isNaN(shareOfTop([], [], 0)));
  });

  it("refuses what it cannot rank", () => {
    assert.throws(() => shareOfTop([1, 2], [1], 1), /a revenue for each of 2 scores, got 1/);
    assert.throws(() => shareOfTop([1, 2], [1, 2], 3), /0 to n customers, got 3 \(n = 2\)/);
    assert.throws(() => shareOfTop([1, Number.NaN], [1, 2], 1), /finite scores, got NaN \(customer 1\)/);
  });
});
