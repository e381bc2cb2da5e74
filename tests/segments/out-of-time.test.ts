import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Database } from "#src/data/database.js";
import { type OutOfTime, outOfTime } from "#src/segments/out-of-time.js";
import { CUT, shop } from "../embedding/scrambled-shop.js";

const pairs = [
  { model: "kmeans", space: "features" },
  { model: "gmm", space: "pca" },
  { model: "kmeans", space: "forest" },
] as const;

const judge = (db: Database): ReturnType<typeof outOfTime> =>
  outOfTime(db, {
    cut: CUT,
    end: "2011-12-01",
    pairs,
    settings: { kmeans: [3, 4, 5], gmm: [3, 4], ward: [3] },
    practicality: { smallestShare: 0.01, largestBest: 1 },
    daysAhead: 60,
    nTrees: 20,
    seed: 42,
  });

/** What was decided before the cut. */
const decided = ({ model, space, setting, clusters }: OutOfTime): unknown => ({
  model,
  space,
  setting,
  clusters: clusters.map(({ label, customers }) => [label, customers]),
});

describe("the judgement out of time", () => {
  it("decides before the cut, to the last customer, whatever comes after it, and then counts what comes", async () => {
    const [real, other] = await Promise.all([shop(false), shop(true)]);
    const [told, scrambled] = [await judge(real), await judge(other)];
    assert.ok(told.found.length > 0);
    assert.equal(scrambled.customers, told.customers);
    assert.deepEqual(scrambled.found.map(decided), told.found.map(decided));
    assert.notDeepEqual(scrambled.found, told.found);
    for (const { clusters } of told.found) {
      const { together } = clusters.at(-1)!;
      assert.equal(together.customers, told.customers);
      for (const share of [together.share, together.sort, together.rfm, together.foresight])
        assert.ok(Math.abs(share - 1) < 1e-9, `${share}`);
      for (const cluster of clusters) assert.ok(cluster.together.share <= cluster.together.foresight + 1e-9);
    }
    real.close();
    other.close();
  });
});
