import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chiSquareTest } from "#src/statistics/chi-square-test.js";
import { crossTabulate, tableOfCounts } from "#src/statistics/contingency.js";
import { type FourfoldTable, fisherExactTest, fisherPValue } from "#src/statistics/fisher-exact.js";
import { proportionTest, wilsonInterval } from "#src/statistics/proportion.js";
import { lift, proportionsTest, type Share } from "#src/statistics/two-proportions.js";
import { readText } from "../structure/support.js";
import { alternatives, assertEstimate, assertNear, type ByAlternative, type Value } from "./support.js";

type Ends = [low: number, high: number];
interface Fixture {
  proportion: {
    successes: number;
    trials: number;
    bound: number;
    exact: ByAlternative;
    z: number;
    score: ByAlternative;
    wilson: Record<"0.95" | "0.9", Ends>;
  }[];
  proportions: {
    a: Share;
    b: Share;
    z: number;
    pValues: ByAlternative;
    newcombe: Ends;
    h: number;
    ratio: Ends;
  }[];
  chiSquare: {
    table: number[][];
    statistic: number;
    pValue: number;
    df: number;
    v: number;
    interval: Ends;
  }[];
  fisher: {
    table: FourfoldTable;
    sampleOddsRatio: Value;
    pValues: ByAlternative;
    oddsRatio: Value;
    low: Value;
    high: Value;
  }[];
}
const fixture = JSON.parse(readText("tests/statistics/fixtures/hypotheses.json")) as Fixture;

describe("one share", () => {
  it("agrees with scipy's exact test and the z test of statsmodels", () => {
    for (const { successes, trials, bound, exact, z, score } of fixture.proportion)
      for (const alternative of alternatives) {
        const found = proportionTest(successes, trials, { bound, alternative });
        assertNear(found.pValue, exact[alternative], 1e-9, `${successes} of ${trials}, ${alternative}`);
        const byScore = proportionTest(successes, trials, { bound, alternative, method: "score" });
        assertNear(byScore.statistic, z);
        assertNear(byScore.pValue, score[alternative]);
      }
  });

  it("has the Wilson interval of statsmodels", () => {
    for (const { successes, trials, wilson } of fixture.proportion)
      for (const level of [0.95, 0.9] as const) {
        const { low, high } = wilsonInterval(successes, trials, { level });
        assertNear(low, wilson[`${level}`][0]);
        assertNear(high, wilson[`${level}`][1]);
      }
  });

  it("is rejected by the score test just where the Wilson interval ends", () => {
    const { high } = wilsonInterval(12, 80);
    assertNear(proportionTest(12, 80, { bound: high, method: "score" }).pValue, 0.05, 1e-10);
  });

  it("refuses no trials, more successes than trials, and a bound that none can pass", () => {
    assert.throws(() => wilsonInterval(0, 0), /trials of at least 1, got 0/);
    assert.throws(() => wilsonInterval(5, 4), /needs 0 to 4 successes, got 5/);
    assert.throws(() => proportionTest(1, 4, { bound: 1 }), /a bound between 0 and 1, got 1/);
  });
});

describe("two shares", () => {
  it("agree with statsmodels: z, p and Newcombe's interval of the difference", () => {
    for (const { a, b, z, pValues, newcombe, h } of fixture.proportions) {
      for (const alternative of alternatives)
        assertNear(proportionsTest(a, b, { alternative }).pValue, pValues[alternative]);
      const found = proportionsTest(a, b);
      assertNear(found.statistic, z);
      assertEstimate(found.effect, {
        value: a.successes / a.trials - b.successes / b.trials,
        low: newcombe[0],
        high: newcombe[1],
      });
      assertNear(found.cohensH.value, h);
    }
  });

  it("have the lift of statsmodels, by Katz's logarithm", () => {
    for (const { a, b, ratio } of fixture.proportions)
      assertEstimate(lift(a, b), {
        value: a.successes / a.trials / (b.successes / b.trials),
        low: ratio[0],
        high: ratio[1],
      });
  });

  it("without any success tell nothing, and a lift over nothing has no end", () => {
    const [none, some] = [
      { successes: 0, trials: 9 },
      { successes: 3, trials: 9 },
    ];
    const nothing = proportionsTest(none, none);
    assert.ok(Number.isNaN(nothing.statistic) && Number.isNaN(nothing.pValue));
    assert.equal(lift(some, none).value, Infinity);
    assert.deepEqual(lift(none, some).interval, { low: 0, high: Infinity, level: 0.95 });
    assert.ok(Number.isNaN(lift(none, none).value));
  });
});

describe("chiSquareTest", () => {
  it("agrees with scipy: statistic, p and Cramer's V with its noncentral interval", () => {
    for (const { table, statistic, pValue, df, v, interval } of fixture.chiSquare) {
      const found = chiSquareTest(tableOfCounts(table));
      assertNear(found.statistic, statistic);
      assertNear(found.pValue, pValue);
      assert.equal(found.df, df);
      // scipy's noncentral chances have some eight digits.
      assertEstimate(found.effect, { value: v, low: interval[0], high: interval[1] }, 1e-7);
    }
  });

  it("leaves empty rows and columns out, and tells nothing of a single one", () => {
    const some = chiSquareTest(
      tableOfCounts([
        [3, 9],
        [8, 2],
      ]),
    );
    assert.deepEqual(
      chiSquareTest(
        tableOfCounts([
          [3, 0, 9],
          [0, 0, 0],
          [8, 0, 2],
        ]),
      ),
      some,
    );
    const { pValue, effect } = chiSquareTest(crossTabulate([0, 0, 0], [0, 1, 2]));
    assert.equal(pValue, 1);
    assert.ok(Number.isNaN(effect.value));
    assert.throws(() => chiSquareTest(tableOfCounts([])), /counts of at least 1, got 0/);
    assert.throws(() => tableOfCounts([[1, 2], [3]]), /rows of one length, got 2 and 1/);
    assert.throws(() => tableOfCounts([[1.5]]), /whole numbers of at least 0, got 1.5/);
  });

  it("has V at 1 for columns that tell each other, 0 in the interval for those that do not", () => {
    const same = chiSquareTest(
      tableOfCounts([
        [30, 0],
        [0, 40],
      ]),
    );
    assertNear(same.effect.value, 1, 1e-12);
    assert.equal(
      chiSquareTest(
        tableOfCounts([
          [10, 10],
          [10, 10],
        ]),
      ).effect.interval.low,
      0,
    );
  });
});

describe("fisherExactTest", () => {
  it("agrees with scipy: p, the conditional odds ratio and its exact interval", () => {
    for (const { table, sampleOddsRatio, pValues, oddsRatio, low, high } of fixture.fisher) {
      for (const alternative of alternatives) {
        assertNear(fisherExactTest(table, { alternative }).pValue, pValues[alternative]);
        assertNear(fisherPValue(table, alternative), pValues[alternative]);
      }
      const found = fisherExactTest(table);
      assertNear(found.sampleOddsRatio, sampleOddsRatio);
      // scipy's roots are good to about 1e-8.
      assertEstimate(found.effect, { value: oddsRatio, low, high }, 1e-6);
    }
  });

  it("is the lady who tasted tea: 17 of 70 ways for three right of four", () => {
    const { pValue } = fisherExactTest(
      [
        [3, 1],
        [1, 3],
      ],
      { alternative: "greater" },
    );
    assertNear(pValue, 17 / 70, 1e-14);
  });

  it("turns its ratio with the rows, and tells nothing of an empty row", () => {
    const [one, other] = [
      fisherExactTest([
        [8, 2],
        [1, 5],
      ]),
      fisherExactTest([
        [1, 5],
        [8, 2],
      ]),
    ];
    assertNear(one.effect.value, 1 / other.effect.value, 1e-9);
    assertNear(one.effect.interval.low, 1 / other.effect.interval.high, 1e-9);
    const { pValue, effect } = fisherExactTest([
      [0, 0],
      [1, 5],
    ]);
    assert.equal(pValue, 1);
    assert.ok(Number.isNaN(effect.value));
    assert.throws(
      () =>
        fisherExactTest([
          [1, -1],
          [2, 3],
        ]),
      /cases in each cell of at least 0, got -1/,
    );
    const none: FourfoldTable = [
      [0, 0],
      [0, 0],
    ];
    assert.throws(
      () => fisherPValue(none, "greater"),
      /fisherPValue needs a whole number of cases of at least 1, got 0/,
    );
  });
});
