import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countLabels } from "#src/clustering/measures/clusters.js";

describe("countLabels", () => {
  it("counts clusters by label, and noise apart", () => {
    assert.deepEqual(countLabels([7, -1, 0, 7, -1, 7, 3, 3]), {
      nClusters: 3,
      smallest: 1,
      largest: 3,
      noiseShare: 0.25,
      clusters: [
        { label: 0, size: 1 },
        { label: 3, size: 2 },
        { label: 7, size: 3 },
      ],
    });
  });

  it("knows no rows, one cluster, only noise, and a cluster for each row", () => {
    const { nClusters, smallest, noiseShare } = countLabels([]);
    assert.deepEqual([nClusters, smallest, noiseShare], [0, 0, 0]);
    assert.equal(countLabels([4, 4]).smallest, 2);
    assert.deepEqual(countLabels([-1, -1]), {
      ...{ nClusters: 0, smallest: 0, largest: 0, noiseShare: 1 },
      clusters: [],
    });
    assert.equal(countLabels(Int32Array.of(2, 1, 0)).nClusters, 3);
  });

  it("refuses labels that are no whole numbers from -1", () => {
    for (const label of [-2, 0.5, Number.NaN, 2 ** 31])
      assert.throws(() => countLabels([0, label]), {
        name: "RangeError",
        message: `countLabels needs labels that are whole numbers from -1, got ${label} (row 1)`,
      });
  });
});
