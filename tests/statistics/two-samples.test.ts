import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { randomNormal } from "#src/math/distributions.js";
import { seededRandom } from "#src/math/random.js";
import { medianTest } from "#src/statistics/chi-square-test.js";
import { kruskalWallisTest } from "#src/statistics/kruskal-wallis.js";
import { mannWhitneyTest } from "#src/statistics/mann-whitney.js";
import { rankSumTails, signedRankTails } from "#src/statistics/rank-sum-chances.js";
import type { Alternative } from "#src/statistics/test-result.js";
import { welchTest, welchTestOf } from "#src/statistics/welch.js";
import { wilcoxonTest } from "#src/statistics/wilcoxon.js";
import { readText } from "../structure/support.js";
import { assertEstimate, assertNear, toNumber, type Value } from "./support.js";

interface Found {
  alternative: Alternative;
  statistic: Value;
  pValue: Value;
  df: Value;
}
interface Pair {
  a: number[];
  b: number[];
  tests: Found[];
}
type Ends = { value: Value; low: Value; high: Value };
type WelchEnds = Record<"low" | "high" | "d" | "dLow" | "dHigh" | "g", number>;
interface Fixture {
  welch: (Pair & { "at 0.95": WelchEnds; "at 0.9": WelchEnds })[];
  mannWhitney: (Pair & { effect: Ends })[];
  wilcoxon: (Pair & { effect: Ends; isExact: boolean })[];
  kruskal: {
    groups: number[][];
    statistic: number;
    pValue: number;
    epsilonSquared: number;
    median: { statistic: number; pValue: number; grandMedian: number };
  }[];
}
const fixture = JSON.parse(readText("tests/statistics/fixtures/hypotheses.json")) as Fixture;

describe("welchTest", () => {
  it("agrees with scipy: t, p, degrees of freedom and the interval of the difference", () => {
    for (const { a, b, tests, ...at } of fixture.welch) {
      // A mean of a million with a spread below 1 is told to ten digits of the spread.
      const tolerance = a[0]! > 1e5 ? 1e-8 : 1e-9;
      for (const { alternative, statistic, pValue, df } of tests) {
        const found = welchTest(a, b, { alternative });
        assertNear(found.statistic, statistic, tolerance);
        assertNear(found.pValue, pValue, tolerance);
        assertNear(found.df, df, tolerance);
      }
      for (const level of [0.95, 0.9] as const) {
        const { difference } = welchTest(a, b, { level });
        const { low, high } = at[`at ${level}`];
        assertNear(difference.interval.low, low, tolerance);
        assertNear(difference.interval.high, high, tolerance);
        assert.equal(difference.interval.level, level);
      }
    }
  });

  it("has Cohen's d and Hedges' g with the interval that scipy's noncentral t gives", () => {
    for (const { a, b, ...at } of fixture.welch)
      for (const level of [0.95, 0.9] as const) {
        const { cohensD, effect } = welchTest(a, b, { level });
        const { d, dLow, dHigh, g } = at[`at ${level}`];
        const tolerance = 1e-8;
        assertEstimate(cohensD, { value: d, low: dLow, high: dHigh }, tolerance);
        assertNear(effect.value, g, tolerance);
        assertNear(effect.interval.low, dLow * (g / d), tolerance);
      }
  });

  it("is the same from sizes, means and spreads, and turns sign with the groups", () => {
    const [a, b] = [
      [1, 2, 3, 4],
      [2, 5, 9],
    ];
    const found = welchTest(a, b);
    const told = welchTestOf(
      { n: 4, mean: 2.5, sd: Math.sqrt(5 / 3) },
      { n: 3, mean: 16 / 3, sd: Math.sqrt(37 / 3) },
    );
    assertNear(told.pValue, found.pValue, 1e-13);
    const turned = welchTest(b, a);
    assertNear(turned.statistic, -found.statistic, 1e-14);
    assertNear(turned.pValue, found.pValue, 1e-14);
    assertNear(turned.effect.interval.low, -found.effect.interval.high, 1e-10);
  });

  it("of two constants tells nothing when they are equal and all when they differ", () => {
    const equal = welchTest([3, 3], [3, 3, 3]);
    assert.ok(Number.isNaN(equal.pValue) && Number.isNaN(equal.statistic));
    const other = welchTest([3, 3], [2, 2, 2]);
    assert.deepEqual([other.statistic, other.pValue], [Infinity, 0]);
    assert.deepEqual(other.difference.interval, { low: 1, high: 1, level: 0.95 });
    assert.equal(welchTest([3, 3], [2, 2], { alternative: "less" }).pValue, 1);
  });

  it("refuses groups of one, gaps, and options that are none", () => {
    assert.throws(() => welchTest([1], [1, 2]), /welchTest needs at least 2 values, got 1/);
    assert.throws(() => welchTest([1, Number.NaN], [1, 2]), /welchTest needs finite values, got NaN at 1/);
    assert.throws(() => welchTest([1, 2], [1, 2], { level: 95 }), /a level between 0 and 1, got 95/);
    assert.throws(
      () => welchTest([1, 2], [1, 2], { alternative: "bigger" as "greater" }),
      /an alternative of two-sided, less, greater, got bigger/,
    );
  });
});

describe("mannWhitneyTest", () => {
  it("agrees with scipy, exactly counted and by the normal, with and without ties", () => {
    for (const { a, b, tests } of fixture.mannWhitney)
      for (const { alternative, statistic, pValue } of tests) {
        const found = mannWhitneyTest(a, b, { alternative });
        assertNear(found.statistic, statistic);
        assertNear(found.pValue, pValue);
      }
  });

  it("has Cliff's delta and its interval as the whole dominance matrix gives them", () => {
    for (const { a, b, effect } of fixture.mannWhitney) {
      const found = mannWhitneyTest(a, b);
      assertEstimate(found.effect, effect);
      assertNear(found.superiority.value, (toNumber(effect.value) + 1) / 2, 1e-12);
      assertNear(found.statistic / (a.length * b.length), found.superiority.value, 1e-12);
    }
  });

  it("holds the true delta in about 95 of 100 intervals, though the groups spread differently", () => {
    // Normal(1, 1) over Normal(0, 2): the chance to exceed is Phi(1 / sqrt(5)), which is 0.67264.
    const truth = 2 * 0.672639 - 1;
    const random = seededRandom(3);
    let held = 0;
    for (let run = 0; run < 1000; run++) {
      const a = Array.from({ length: 30 }, () => 1 + randomNormal(random));
      const b = Array.from({ length: 50 }, () => 2 * randomNormal(random));
      const { low, high } = mannWhitneyTest(a, b).effect.interval;
      if (low <= truth && truth <= high) held++;
    }
    assert.ok(held >= 928 && held <= 970, String(held));
  });

  it("of equal values tells nothing, and of one value each side little", () => {
    const { pValue, effect } = mannWhitneyTest([2, 2, 2], [2, 2]);
    assert.equal(pValue, 1);
    assert.equal(effect.value, 0);
    const single = mannWhitneyTest([5], [1, 2, 3]);
    assertNear(single.pValue, 0.5);
    assert.deepEqual([single.effect.interval.low, single.effect.interval.high], [-1, 1]);
  });

  it("counts orders as a list of all of them does", () => {
    // All ways to place 3 among 7 ranks.
    const counts = new Map<number, number>();
    for (let i = 1; i <= 7; i++)
      for (let j = i + 1; j <= 7; j++)
        for (let k = j + 1; k <= 7; k++) counts.set(i + j + k - 6, (counts.get(i + j + k - 6) ?? 0) + 1);
    for (let u = 0; u <= 12; u++) {
      const upTo = [...counts].reduce((sum, [value, count]) => sum + (value <= u ? count : 0), 0);
      assertNear(rankSumTails(u, 3, 4).below, upTo / 35, 1e-14);
      assertNear(rankSumTails(u, 4, 3).above, (35 - upTo + counts.get(u)!) / 35, 1e-14);
    }
  });

  it("refuses an empty group and what is not finite", () => {
    assert.throws(() => mannWhitneyTest([], [1]), /mannWhitneyTest needs at least 1 value, got 0/);
    assert.throws(() => mannWhitneyTest([1], [Infinity]), /finite values, got Infinity at 0/);
  });
});

describe("wilcoxonTest", () => {
  it("agrees with scipy, exactly counted and by the normal, with and without ties", () => {
    for (const { a, b, tests, isExact } of fixture.wilcoxon)
      for (const { alternative, statistic, pValue } of tests) {
        const found = wilcoxonTest(a, b, { alternative });
        assertNear(found.statistic, statistic);
        assertNear(found.pValue, pValue);
        assert.equal(found.isExact, isExact);
      }
  });

  it("has the rank-biserial correlation and its interval as all sums of two differences give them", () => {
    for (const { a, b, effect } of fixture.wilcoxon) assertEstimate(wilcoxonTest(a, b).effect, effect);
  });

  it("counts signs as a list of all of them does", () => {
    for (let w = 0; w <= 10; w++) {
      let upTo = 0;
      for (let signs = 0; signs < 16; signs++)
        if ([1, 2, 3, 4].reduce((sum, rank, i) => sum + ((signs >> i) & 1) * rank, 0) <= w) upTo++;
      assertNear(signedRankTails(w, 4).below, upTo / 16, 1e-15);
      assertNear(signedRankTails(10 - w, 4).above, upTo / 16, 1e-15);
    }
  });

  it("leaves pairs without a difference out, and tells nothing without any", () => {
    assert.equal(wilcoxonTest([1, 2, 5], [1, 2, 3]).n, 1);
    const none = wilcoxonTest([1, 2], [1, 2]);
    assert.deepEqual([none.pValue, none.n, none.effect.value], [1, 0, 0]);
    assert.throws(() => wilcoxonTest([1], [1, 2]), /wilcoxonTest needs columns of one length, got 1 and 2/);
  });
});

describe("kruskalWallisTest and medianTest", () => {
  it("agree with scipy", () => {
    for (const { groups, statistic, pValue, epsilonSquared, median } of fixture.kruskal) {
      const found = kruskalWallisTest(groups, { seed: 1, resamples: 10 });
      assertNear(found.statistic, statistic);
      assertNear(found.pValue, pValue);
      assertNear(found.effect.value, epsilonSquared);
      const mood = medianTest(groups);
      assertNear(mood.statistic, median.statistic);
      assertNear(mood.pValue, median.pValue);
      assert.equal(mood.grandMedian, median.grandMedian);
    }
  });

  it("have an interval fixed by the seed, around the effect", () => {
    const { groups } = fixture.kruskal[1]!;
    const [first, same, other] = [1, 1, 2].map((seed) => kruskalWallisTest(groups, { seed }).effect);
    assert.deepEqual(first, same);
    assert.notDeepEqual(first, other);
    assert.ok(first!.interval.low < first!.value && first!.value < first!.interval.high);
  });

  it("tell nothing of equal values", () => {
    const { statistic, pValue, effect } = kruskalWallisTest([[1, 1], [1], [1, 1]], { seed: 1 });
    assert.deepEqual([statistic, pValue, effect.value], [0, 1, 0]);
    assert.equal(
      medianTest([
        [1, 1],
        [1, 1],
      ]).pValue,
      1,
    );
  });

  it("of two groups are the square of the normal of ranks: p is Mann-Whitney's without its continuity", () => {
    const { a, b } = fixture.mannWhitney[2]!;
    const kruskal = kruskalWallisTest([a, b], { seed: 1, resamples: 2 });
    assertNear(kruskal.pValue, mannWhitneyTest(a, b).pValue, 0.01);
  });

  it("refuse one group and an empty one", () => {
    assert.throws(
      () => kruskalWallisTest([[1, 2]], { seed: 1 }),
      /whole number of groups of at least 2, got 1/,
    );
    assert.throws(() => medianTest([[1], []]), /medianTest needs at least 1 value, got 0/);
  });
});
