import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { randomNormal } from "#src/math/distributions.js";
import type { Random } from "#src/math/random.js";
import { type ArmValues, cupedTest } from "#src/statistics/cuped.js";
import { type MeanSummary, summarise } from "#src/statistics/mean-summary.js";
import { nonInferiorityTest } from "#src/statistics/non-inferiority.js";
import {
  proportionsDetectableShare,
  proportionsPower,
  proportionsSampleSize,
  welchDetectableDifference,
  welchPower,
  welchSampleSize,
} from "#src/statistics/power.js";
import { simulatePower } from "#src/statistics/simulate-power.js";
import type { Alternative } from "#src/statistics/test-result.js";
import { welchCore, welchTest } from "#src/statistics/welch.js";
import { readText } from "../structure/support.js";
import { assertNear } from "./support.js";

interface Fixture {
  welch: {
    effect: number;
    n: number;
    alpha: number;
    alternative: Alternative;
    power: number;
    size80: number;
    detectable90: number;
  }[];
  unequal: { difference: number; sds: [number, number]; sizes: [number, number]; power: number }[];
  shares: {
    shares: [number, number];
    sizes: [number, number];
    ratio: number;
    alternative: Alternative;
    power: number;
    size80: number;
    detectable80: number;
  }[];
  cuped: (Record<"theta" | "difference" | "statistic" | "pValue" | "low" | "high" | "correlation", number> & {
    a: ArmValues;
    b: ArmValues;
  })[];
  guard: { a: number[]; b: number[]; margin: number; statistic: number; pValue: number }[];
}
const fixture = JSON.parse(readText("tests/statistics/fixtures/power.json")) as Fixture;

describe("power of Welch's test", () => {
  it("agrees with statsmodels to 1e-6: power, sample size and detectable difference", () => {
    for (const { effect, n, alpha, alternative, power, size80, detectable90 } of fixture.welch) {
      const options = { alpha, alternative };
      // In units of 50, which must not matter.
      assertNear(welchPower(50 * effect, [50, 50], [n, n], options), power, 1e-6);
      const { exact, sizes } = welchSampleSize(50 * effect, [50, 50], options);
      assertNear(exact, size80, 1e-6);
      assert.deepEqual(sizes, [Math.ceil(size80), Math.ceil(size80)]);
      const found = welchDetectableDifference([50, 50], [n, n], { ...options, power: 0.9 });
      assertNear(Math.abs(found) / 50, detectable90, 1e-6);
      assert.equal(Math.sign(found), alternative === "less" ? -1 : 1);
    }
  });

  it("takes groups of two sizes and spreads as scipy's noncentral t does", () => {
    for (const { difference, sds, sizes, power } of fixture.unequal)
      assertNear(welchPower(difference, sds, sizes), power, 1e-8);
  });

  it("without a difference is alpha", () => {
    assertNear(welchPower(0, [1, 1], [9, 14], { alpha: 0.03 }), 0.03, 1e-12);
  });

  it("is what simulations find", () => {
    const draw = (next: Random, n: number, mean: number, sd: number): MeanSummary =>
      summarise(
        "test",
        Array.from({ length: n }, () => mean + sd * randomNormal(next)),
      );
    const found = simulatePower(
      (next) => welchCore(draw(next, 30, 0.6, 1), draw(next, 50, 0, 1.5), "two-sided").pValue,
      { simulations: 2_000, seed: 5 },
    );
    const power = welchPower(0.6, [1, 1.5], [30, 50]);
    assert.ok(found.interval.low < power && power < found.interval.high, `${power} is not ${found.value}`);
  });

  it("refuses what cannot be reached", () => {
    assert.throws(() => welchSampleSize(0, [1, 1]), /finds no sizes up to 1000000000000 with a power of 0.8/);
    assert.throws(() => welchSampleSize(-1, [1, 1], { alternative: "greater" }), RangeError);
    assert.throws(() => welchPower(1, [0, 1], [5, 5]), /positive finite standard deviations, got 0 and 1/);
    assert.throws(() => welchPower(1, [1, 1], [1, 5]), /more than 1 value in each group, got 1 and 5/);
    assert.throws(() => welchPower(1, [1, 1], [5, 5], { alpha: 0.9 }), /0 < alpha < power < 1/);
  });
});

describe("power of the test of two shares", () => {
  it("agrees with statsmodels to 1e-6: power, sample size and detectable share", () => {
    for (const { shares, sizes, ratio, alternative, power, size80, detectable80 } of fixture.shares) {
      assertNear(proportionsPower(shares, sizes, { alternative }), power, 1e-6);
      assertNear(proportionsSampleSize(shares, { ratio, alternative }).exact, size80, 1e-6);
      assertNear(proportionsDetectableShare(shares[1], sizes, { alternative }), detectable80, 1e-6);
    }
  });

  it("refuses what cannot be reached", () => {
    assert.throws(
      () => proportionsDetectableShare(0.95, [10, 10]),
      /no share beyond 0.95 with 10 and 10 trials/,
    );
    assert.throws(() => proportionsSampleSize([0.2, 0.2]), /finds no sizes/);
    assert.throws(() => proportionsPower([0.2, 1.2], [5, 5]), /shares in \[0, 1\], got 1.2/);
  });
});

describe("simulatePower", () => {
  it("counts small p-values, the same for the same seed", () => {
    const pValueOf = (random: () => number): number => random();
    const found = simulatePower(pValueOf, { simulations: 4_000, seed: 1, alpha: 0.1 });
    assert.ok(found.interval.low < 0.1 && 0.1 < found.interval.high, String(found.value));
    assert.deepEqual(simulatePower(pValueOf, { simulations: 4_000, seed: 1, alpha: 0.1 }), found);
    assert.throws(() => simulatePower(() => Number.NaN, { seed: 1 }), /got NaN in simulation 0/);
  });
});

describe("cupedTest", () => {
  it("agrees with the regression on arm and covariate, and with Welch's test of what is left", () => {
    for (const { a, b, ...wanted } of fixture.cuped) {
      const found = cupedTest(a, b);
      assertNear(found.theta, wanted.theta);
      assertNear(found.difference.value, wanted.difference);
      assertNear(found.statistic, wanted.statistic);
      assertNear(found.pValue, wanted.pValue);
      assertNear(found.difference.interval.low, wanted.low);
      assertNear(found.difference.interval.high, wanted.high);
      assertNear(found.correlation, wanted.correlation);
      assertNear(found.varianceReduction, wanted.correlation ** 2);
    }
  });

  it("is Welch's test when the covariate is constant", () => {
    const { a, b } = fixture.cuped[0]!;
    const constant = ({ outcome }: ArmValues): ArmValues => ({
      outcome,
      covariate: Array.from(outcome, () => 7),
    });
    const found = cupedTest(constant(a), constant(b));
    assertNear(found.pValue, welchTest(a.outcome, b.outcome).pValue, 1e-13);
    assert.deepEqual([found.theta, found.varianceReduction], [0, 0]);
  });

  it("refuses columns that differ in length and gaps", () => {
    const arm = { outcome: [1, 2], covariate: [1, 2] };
    assert.throws(() => cupedTest(arm, { outcome: [1, 2], covariate: [1] }), /of one length, got 2 and 1/);
    assert.throws(() => cupedTest(arm, { outcome: [1, 2], covariate: [1, Number.NaN] }), /got NaN at 1/);
  });
});

describe("nonInferiorityTest", () => {
  it("agrees with statsmodels", () => {
    for (const { a, b, margin, statistic, pValue } of fixture.guard) {
      const found = nonInferiorityTest(a, b, { margin });
      assertNear(found.statistic, statistic);
      assertNear(found.pValue, pValue);
    }
  });

  it("rules harm out at 0.05 just where its interval ends", () => {
    const { a, b } = fixture.guard[0]!;
    const { low } = nonInferiorityTest(a, b, { margin: 1 }).effect.interval;
    assert.ok(low < 0);
    assertNear(nonInferiorityTest(a, b, { margin: -low }).pValue, 0.05, 1e-10);
  });

  it("takes constants for certain, and refuses a margin of nothing", () => {
    assert.equal(nonInferiorityTest([5, 5], [5, 5], { margin: 1 }).pValue, 0);
    assert.equal(nonInferiorityTest([3, 3], [5, 5], { margin: 1 }).pValue, 1);
    assert.throws(() => nonInferiorityTest([1, 2], [1, 2], { margin: 0 }), /positive finite margin, got 0/);
  });
});
