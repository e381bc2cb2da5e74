import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { adjustedRandIndex } from "#src/statistics/adjusted-rand.js";
import { readText } from "../structure/support.js";

const { rand } = JSON.parse(readText("tests/preparation/fixtures/selection.json")) as {
  rand: { a: number[]; b: number[]; index: number }[];
};

describe("adjustedRandIndex", () => {
  it("agrees with scikit-learn", () => {
    for (const { a, b, index } of rand) {
      assert.ok(Math.abs(adjustedRandIndex(a, b) - index) < 1e-13);
      assert.equal(adjustedRandIndex(b, a), adjustedRandIndex(a, b));
    }
  });

  it("ignores which integer names a group, -1 included", () => {
    const { a, b } = rand[1]!;
    assert.equal(
      adjustedRandIndex(
        a.map((label) => [7, -1, 0, 3][label]!),
        b,
      ),
      adjustedRandIndex(a, b),
    );
  });

  it("is 1 where both groupings are the same trivial one, 0 where one of them tells nothing", () => {
    for (const [a, b] of [
      [[], []],
      [[1], [5]],
      [
        [2, 2, 2],
        [0, 0, 0],
      ],
      [
        [1, 2, 3],
        [3, 1, 2],
      ],
    ])
      assert.equal(adjustedRandIndex(a!, b!), 1);
    assert.equal(adjustedRandIndex([0, 0, 0, 0], [0, 0, 1, 1]), 0);
  });

  it("may be negative: less agreement than by chance", () => {
    assert.ok(Math.abs(adjustedRandIndex([0, 0, 1, 1], [0, 1, 0, 1]) + 0.5) < 1e-15);
  });

  it("needs a label for each row", () => {
    assert.throws(() => adjustedRandIndex([1], [1, 2]), /columns of one length, got 1 and 2/);
  });
});
