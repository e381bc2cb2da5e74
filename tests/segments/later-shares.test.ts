import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { laterShares } from "#src/segments/later-shares.js";
import { rankClusters } from "#src/segments/value-order.js";

describe("the order of clusters", () => {
  it("is by mean value, not by number, size or sum", () => {
    const ranked = rankClusters([2, 0, 0, 0, 2, 1, -1], [9, 4, 4, 4, 7, 1, 99]);
    assert.deepEqual(
      ranked.map(({ label, customers, mean }) => [label, customers, mean]),
      [
        [2, 2, 8],
        [0, 3, 4],
        [1, 1, 1],
      ],
    );
  });

  it("does not depend on the numbers even where means are equal", () => {
    const [one, other] = [rankClusters([0, 1, 1], [5, 5, 5]), rankClusters([1, 0, 0], [5, 5, 5])];
    assert.deepEqual(
      one.map(({ customers }) => customers),
      other.map(({ customers }) => customers),
    );
  });

  it("refuses values that are not as many or not finite", () => {
    assert.throws(() => rankClusters([0], []), /a value for each of 1 labels, got 0/);
    assert.throws(() => rankClusters([0], [Number.NaN]), /finite values, got NaN \(customer 0\)/);
  });
});

describe("what clusters bring later", () => {
  // Five customers; cluster 1 was worth most before. Later they bring 10, 20, 30, 40 and 0.
  const found = laterShares([1, 0, 1, 0, 2], {
    past: [50, 20, 30, 30, 1],
    rfm: [15, 3, 14, 12, 3],
    later: [10, 20, 30, 40, 0],
  });

  it("is counted for each, best first, and for each with those above it", () => {
    assert.deepEqual(
      found.map(({ label, customers, share }) => [label, customers, share]),
      [
        [1, 2, 0.4],
        [0, 2, 0.6],
        [2, 1, 0],
      ],
    );
    assert.deepEqual(
      found.map(({ together }) => [together.customers, together.share]),
      [
        [2, 0.4],
        [4, 1],
        [5, 1],
      ],
    );
  });

  it("stands beside as many customers by past revenue, by RFM and by perfect foresight", () => {
    // By past revenue the first, then either of two who had 30: 10 + (30 + 40) / 2.
    const { sort, rfm, foresight } = found[0]!.together;
    assert.deepEqual([sort, rfm, foresight], [0.45, 0.4, 0.7]);
    const last = found[2]!.together;
    assert.deepEqual([last.sort, last.rfm, last.foresight], [1, 1, 1]);
  });
});
