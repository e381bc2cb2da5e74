import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { bootstrap } from "#src/statistics/bootstrap.js";
import {
  differenceByBootstrap,
  meanOf,
  ratioByBootstrap,
  shareOfTotal,
} from "#src/statistics/bootstrap-comparisons.js";
import { bcaInterval, bcaShares, percentileInterval } from "#src/statistics/bootstrap-interval.js";
import { pearson } from "#src/statistics/correlation.js";
import { permutationTest } from "#src/statistics/permutation.js";
import type { Alternative } from "#src/statistics/test-result.js";
import { readText } from "../structure/support.js";
import { assertNear } from "./support.js";

type Ends = [low: number, high: number];
interface Drawn {
  data: number[][];
  bca: [...Ends, error: number];
  percentile: [...Ends, error: number];
}
interface Fixture {
  given: {
    replicates: number[];
    estimate: number;
    jackknife: number[][];
    acceleration: number;
    shares: Ends;
    ends: Ends;
  }[];
  drawn: Record<"mean" | "ratio" | "median gap", Drawn>;
  paired: { x: number[]; y: number[]; bca: Ends };
  permuted: { a: number[]; b: number[]; pValues: Record<Alternative, number> }[];
}
const fixture = JSON.parse(readText("tests/statistics/fixtures/resampling.json")) as Fixture;
const gap = (x: Float64Array, y: Float64Array): number => meanOf(x) - meanOf(y);

describe("intervals of given replicates", () => {
  it("by BCa are scipy's to the last digits, with its acceleration and shares", () => {
    for (const { replicates, estimate, jackknife, acceleration, shares, ends } of fixture.given) {
      const found = bcaShares(replicates, estimate, jackknife, 0.95);
      assertNear(found.acceleration, acceleration, 1e-9);
      assertNear(found.low, shares[0], 1e-9);
      assertNear(found.high, shares[1], 1e-9);
      const { low, high } = bcaInterval(replicates, estimate, jackknife, 0.95);
      assertNear(low, ends[0], 1e-9);
      assertNear(high, ends[1], 1e-9);
    }
  });

  it("by BCa are the percentiles when nothing is skewed", () => {
    const replicates = Array.from({ length: 101 }, (_, i) => i - 50);
    const { low, high } = percentileInterval(replicates, 0.9);
    const bca = bcaInterval(replicates, 0, [[-1, 0, 1]], 0.9);
    assertNear(bca.low, low, 1e-12);
    assertNear(bca.high, high, 1e-12);
  });

  it("are a point for a constant, unknown beyond all replicates", () => {
    assert.deepEqual(bcaInterval([2, 2, 2], 2, [[2, 2]], 0.95), { low: 2, high: 2, level: 0.95 });
    assert.ok(Number.isNaN(bcaInterval([1, 2, 3], 9, [[8, 9]], 0.95).low));
  });
});

describe("bootstrap", () => {
  const near = (found: number, wanted: number, error: number): void =>
    assert.ok(Math.abs(found - wanted) < error, `${found} is not ${wanted} give or take ${error}`);

  it("agrees with scipy within Monte Carlo error: a mean, a ratio of means, a difference of medians", () => {
    const { mean, ratio, "median gap": medians } = fixture.drawn;
    for (const method of ["bca", "percentile"] as const) {
      const options = { method, resamples: 10_000, seed: 4 };
      for (const [found, wanted] of [
        [bootstrap(mean.data, (x) => meanOf(x!), options), mean],
        [ratioByBootstrap(ratio.data[0]!, ratio.data[1]!, options), ratio],
        [differenceByBootstrap(medians.data[0]!, medians.data[1]!, { ...options, of: 0.5 }), medians],
      ] as const) {
        const [low, high, error] = wanted[method];
        // Ends of 10,000 resamples move by some 3% of the standard error; values that repeat make steps.
        near(found.interval.low, low, 0.12 * error);
        near(found.interval.high, high, 0.12 * error);
        near(found.standardError, error, 0.05 * error);
      }
    }
  });

  it("draws rows together when they are paired", () => {
    const { x, y, bca } = fixture.paired;
    const found = bootstrap([x, y], (u, v) => pearson(u!, v!), { isPaired: true, resamples: 5_000, seed: 2 });
    near(found.interval.low, bca[0], 0.02);
    near(found.interval.high, bca[1], 0.02);
  });

  it("gives the same bytes for the same seed, and keeps the samples as they were", () => {
    const a = [3, 1, 4, 1, 5, 9, 2, 6];
    const options = { of: 0.5, resamples: 50 };
    const [first, same, other] = [1, 1, 2].map((seed) =>
      differenceByBootstrap(a, [2, 7, 1], { ...options, seed }),
    );
    assert.deepEqual(first, same);
    assert.notDeepEqual(first!.replicates, other!.replicates);
    assert.deepEqual(a, [3, 1, 4, 1, 5, 9, 2, 6]);
    assert.equal(first!.name, "difference of medians");
  });

  it("holds the true ratio of skewed means in about its level of intervals", () => {
    const random = seededRandom(9);
    const draw = (n: number, mean: number): number[] =>
      Array.from({ length: n }, () => -mean * Math.log(1 - random()));
    let held = 0;
    for (let run = 0; run < 200; run++) {
      const { low, high } = ratioByBootstrap(draw(60, 30), draw(80, 20), {
        resamples: 400,
        level: 0.9,
        seed: run,
      }).interval;
      if (low <= 1.5 && 1.5 <= high) held++;
    }
    assert.ok(held >= 165 && held <= 193, String(held));
  });

  it("tells the share of a total with the customers drawn again, group by group", () => {
    const { value, interval, name } = shareOfTotal([50, 30, 20], [10, 20, 30, 40], { seed: 1 });
    assert.deepEqual([value, name], [0.5, "share of the total"]);
    assert.ok(interval.low > 0.3 && interval.high < 0.7 && interval.low < 0.5 && interval.high > 0.5);
  });

  it("refuses small samples, gaps, pairs of different length and a statistic that is NaN", () => {
    const options = { seed: 1 };
    assert.throws(() => bootstrap([[1]], () => 1, options), /bootstrap needs at least 2 values, got 1/);
    assert.throws(() => bootstrap([], () => 1, options), /samples of at least 1, got 0/);
    assert.throws(() => bootstrap([[1, Number.NaN]], () => 1, options), /got NaN at 1/);
    const paired = { ...options, isPaired: true };
    assert.throws(
      () =>
        bootstrap(
          [
            [1, 2],
            [1, 2, 3],
          ],
          () => 1,
          paired,
        ),
      /of one length, got 2 and 3/,
    );
    assert.throws(
      () => ratioByBootstrap([0, 0], [0, 0], options),
      /got NaN and NaN on 2000 of 2000 resamples/,
    );
    assert.throws(
      () => bootstrap([[1, 2]], () => 1, { ...options, resamples: 1 }),
      /resamples of at least 2, got 1/,
    );
  });
});

describe("permutationTest", () => {
  it("agrees with scipy within Monte Carlo error, with ties too", () => {
    for (const { a, b, pValues } of fixture.permuted)
      for (const alternative of ["two-sided", "less", "greater"] as const) {
        const { pValue } = permutationTest(a, b, gap, { alternative, permutations: 10_000, seed: 3 });
        const wanted = pValues[alternative];
        const error = 2 * Math.sqrt((wanted * (1 - wanted)) / 10_000);
        assert.ok(Math.abs(pValue - wanted) < 4 * error + 1e-3, `${alternative}: ${pValue}, not ${wanted}`);
      }
  });

  it("is never surer than the permutations allow, and fixed by its seed", () => {
    const [a, b] = [
      [101, 102, 103, 104, 105, 106, 107, 108],
      [1, 2, 3, 4, 5, 6, 7, 8],
    ];
    const found = permutationTest(a, b, gap, { alternative: "greater", permutations: 99, seed: 1 });
    assert.equal(found.pValue, 0.01);
    assert.equal(found.effect.value, 100);
    assert.deepEqual(
      permutationTest(a, b, gap, { alternative: "greater", permutations: 99, seed: 1 }),
      found,
    );
    assert.equal(permutationTest([2, 2], [2, 2], gap, { seed: 1 }).pValue, 1);
  });

  it("refuses small groups and a statistic that is NaN", () => {
    assert.throws(() => permutationTest([1], [1, 2], gap, { seed: 1 }), /at least 2 values, got 1/);
    assert.throws(() => permutationTest([1, 2], [1, 2], () => Number.NaN, { seed: 1 }), /got NaN/);
  });
});
