import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { adjustPValues } from "#src/statistics/adjust-p-values.js";
import { pearsonTest, spearmanTest } from "#src/statistics/correlation-test.js";
import { readText } from "../structure/support.js";
import { alternatives, assertEstimate, assertNear, type ByAlternative, type Value } from "./support.js";

type Wanted = { value: Value; low: Value; high: Value; pValues: ByAlternative };
interface Fixture {
  correlation: { x: number[]; y: number[]; pearson: Wanted; spearman: Wanted }[];
  adjusted: Record<"p" | "bonferroni" | "holm" | "benjamini-hochberg", number[]>[];
}
const fixture = JSON.parse(readText("tests/statistics/fixtures/hypotheses.json")) as Fixture;

describe("tests of a correlation", () => {
  it("agree with scipy: p, and Fisher's interval", () => {
    for (const { x, y, pearson, spearman } of fixture.correlation)
      for (const [of, wanted] of [
        [pearsonTest, pearson],
        [spearmanTest, spearman],
      ] as const) {
        assertEstimate(of(x, y).effect, wanted);
        for (const alternative of alternatives)
          assertNear(of(x, y, { alternative }).pValue, wanted.pValues[alternative]);
      }
  });

  it("of a line are certain, of a constant NaN, of three rows without an interval", () => {
    const line = pearsonTest([1, 2, 3, 4], [2, 4, 6, 8]);
    assert.deepEqual([line.effect.value, line.pValue], [1, 0]);
    assert.ok(Number.isNaN(spearmanTest([1, 1, 1, 1], [1, 2, 3, 4]).pValue));
    assert.deepEqual(pearsonTest([1, 2, 4], [1, 3, 2]).effect.interval, { low: -1, high: 1, level: 0.95 });
  });

  it("refuse two rows, gaps and columns that differ in length", () => {
    assert.throws(() => pearsonTest([1, 2], [1, 2]), /pearsonTest needs at least 3 values, got 2/);
    assert.throws(() => spearmanTest([1, 2, Number.NaN], [1, 2, 3]), /finite values, got NaN at 2/);
    assert.throws(() => spearmanTest([1, 2, 3], [1, 2]), /columns of one length, got 3 and 2/);
  });
});

describe("adjustPValues", () => {
  it("agrees with statsmodels, ties included", () => {
    for (const { p, ...wanted } of fixture.adjusted)
      for (const adjustment of ["bonferroni", "holm", "benjamini-hochberg"] as const)
        adjustPValues(p, adjustment).forEach((value, i) => {
          assertNear(value, wanted[adjustment][i]!, 1e-14);
        });
  });

  it("gives the p-values of a permuted family, permuted", () => {
    const { p } = fixture.adjusted[3]!;
    for (const adjustment of ["holm", "benjamini-hochberg"] as const)
      assert.deepEqual(adjustPValues([...p].reverse(), adjustment).reverse(), adjustPValues(p, adjustment));
  });

  it("takes an empty family and refuses NaN, what is no chance, and an adjustment it does not know", () => {
    assert.equal(adjustPValues([], "holm").length, 0);
    for (const p of [Number.NaN, -0.1, 1.1])
      assert.throws(() => adjustPValues([0.5, p], "holm"), /needs p-values in \[0, 1\], got .* at 1/);
    assert.throws(() => adjustPValues([0.5], "hochberg" as "holm"), /got hochberg/);
  });
});
