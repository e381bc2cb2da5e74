import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hypotheses, mindMapBranches } from "#src/business/hypotheses.js";
import type {
  CustomerMeasures,
  Hypothesis,
  HypothesisInputs,
  MeasureName,
} from "#src/business/hypothesis.js";
import { testHypotheses } from "#src/business/test-hypotheses.js";
import { randomNormal } from "#src/math/distributions.js";
import { seededRandom } from "#src/math/random.js";

const NAMES = [...new Set([...hypotheses.map(({ measure }) => measure), "isAbroad" as const])];

/** The same values for every measure. */
function group(values: ArrayLike<number>, changed: Partial<CustomerMeasures> = {}): CustomerMeasures {
  const all = Object.fromEntries(NAMES.map((name) => [name, Float64Array.from(values)]));
  return { ...(all as Record<MeasureName, Float64Array>), ...changed };
}

function logNormal(seed: number, n: number, factor: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: n }, () => factor * Math.exp(randomNormal(random)));
}

const base: Hypothesis = { ...hypotheses.find(({ id }) => id === "returned-value")!, effort: 2 };
const inputsOf = (members: ArrayLike<number>, others: ArrayLike<number>): HypothesisInputs => ({
  members: group(members),
  others: group(others),
  home: "United Kingdom",
});
const verdictOf = (hypothesis: Hypothesis, factor: number): string =>
  testHypotheses(inputsOf(logNormal(1, 150, factor), logNormal(2, 150, 1)), {
    seed: 1,
    family: [hypothesis],
  })[0]!.verdict;

describe("the hypotheses", () => {
  it("are at least twelve, on every branch that can be tested, each with an action for either answer", () => {
    assert.ok(hypotheses.length >= 12);
    assert.equal(new Set(hypotheses.map(({ id }) => id)).size, hypotheses.length);
    for (const { area } of mindMapBranches)
      assert.ok(area === null || hypotheses.filter((one) => one.area === area).length >= 2, `${area}`);
    for (const { action, otherwise, claim } of hypotheses)
      assert.ok(action && otherwise && claim.endsWith("."));
  });

  it("hold the three that earlier analyses published, with their bounds", () => {
    const published = hypotheses.filter((one) => one.published !== undefined);
    assert.deepEqual(
      published.map(({ published, comparison, side, bound }) => [published, comparison, side, bound]),
      [
        ["H1", "share of the total", "above", 0.1],
        ["H2", "ratio of means", "below", 0.9],
        ["H3", "ratio of medians", "above", 1.1],
      ],
    );
  });
});

describe("testHypotheses", () => {
  it("tells a claim that holds from one whose opposite does, and both from one that is merely not so", () => {
    assert.equal(verdictOf(base, 0.3), "holds");
    assert.equal(verdictOf(base, 3), "the opposite holds");
    const near: Hypothesis = { ...base, comparison: "ratio of medians", bound: 0.5 };
    assert.equal(verdictOf(near, 0.95), "does not hold");
    assert.equal(verdictOf(base, 0.9), "undecided");
  });

  it("looks to the other side for a claim of more", () => {
    const more: Hypothesis = { ...base, comparison: "ratio of medians", side: "above", bound: 1.1 };
    assert.equal(verdictOf(more, 3), "holds");
    assert.equal(verdictOf(more, 0.3), "the opposite holds");
  });

  it("draws what follows from the verdict", () => {
    const of = (factor: number) =>
      testHypotheses(inputsOf(logNormal(1, 150, factor), logNormal(2, 150, 1)), {
        seed: 1,
        family: [base],
      })[0]!;
    assert.equal(of(0.3).action, base.action);
    assert.equal(of(3).action, base.otherwise);
    assert.equal(of(3).priority, of(3).strength! * 2);
    assert.match(of(0.9).action, /^Nothing yet/);
    assert.equal(of(0.9).priority, 0);
  });

  it("adjusts p-values over the whole family by Holm, the untested left out", () => {
    const inputs = inputsOf(logNormal(1, 60, 1.4), logNormal(2, 60, 1));
    const family = ["difference of means", "ratio of means", "Cliff's delta"].map(
      (comparison, i): Hypothesis =>
        ({ ...base, id: `h${i}`, comparison, bound: i === 1 ? 1 : 0 }) as Hypothesis,
    );
    const rows = testHypotheses(inputs, { seed: 1, family });
    const sorted = rows.toSorted((a, b) => a.pValue! - b.pValue!);
    let most = 0;
    sorted.forEach(({ pValue, pHolm }, rank) => {
      most = Math.max(most, Math.min(1, pValue! * (3 - rank)));
      assert.equal(pHolm, most);
    });
    const empty: Hypothesis = { ...base, id: "none", within: "members at home and abroad" };
    const more = testHypotheses(inputs, { seed: 1, family: [...family, empty] });
    assert.equal(more.find(({ id }) => id === "none")!.pHolm, null);
    assert.deepEqual(
      more.filter(({ id }) => id !== "none").map(({ pHolm }) => pHolm),
      rows.map(({ pHolm }) => pHolm),
    );
  });

  it("finds a share of all by the sums, and tests it against its bound", () => {
    const share: Hypothesis = { ...base, comparison: "share of the total", side: "above", bound: 0.5 };
    const [row] = testHypotheses(inputsOf([6, 6, 8], [1, 2, 3, 4]), { seed: 1, family: [share] });
    assert.equal(row!.effect.value, 20 / 30);
    assert.deepEqual(row!.values, [20 / 3, 2.5]);
    // Equal to the bound, nothing is told.
    const level = testHypotheses(inputsOf([3, 2, 5], [1, 2, 3, 4]), { seed: 1, family: [share] })[0]!;
    assert.equal(level.statistic, 0);
    assert.equal(level.pValue, 1);
  });

  it("sets the most worthwhile first: a strong effect that takes little effort", () => {
    const inputs = inputsOf(logNormal(1, 60, 3), logNormal(2, 60, 1));
    const family = ([3, 1, 2] as const).map((effort) => ({ ...base, id: `effort-${effort}`, effort }));
    const rows = testHypotheses(inputs, { seed: 1, family });
    assert.deepEqual(
      rows.map(({ id }) => id),
      ["effort-1", "effort-2", "effort-3"],
    );
    assert.equal(rows[0]!.priority, 3 * rows[2]!.priority);
  });

  it("compares within the members where a hypothesis says so", () => {
    const members = group([1, 2, 3, 4, 5, 6], { isAbroad: Float64Array.of(1, 0, 1, 0, 1, Number.NaN) });
    const within = hypotheses.find(({ id }) => id === "abroad-revenue")!;
    const [row] = testHypotheses({ members, others: group([9]), home: "" }, { seed: 1, family: [within] });
    assert.deepEqual(row!.n, [3, 2]);
    assert.deepEqual(row!.values, [3, 3]);
    assert.deepEqual(row!.groups, ["members abroad", "members at home"]);
  });

  it("says which measures the group was formed by", () => {
    const rows = testHypotheses(inputsOf([1, 2], [3, 4]), { seed: 1, builtFrom: ["tenure_days"] });
    assert.deepEqual(
      rows.filter(({ isBuiltIn }) => isBuiltIn).map(({ id }) => id),
      ["longer-customers"],
    );
  });

  it("leaves undecided what has no data: nobody, one customer, no values, all alike", () => {
    const odd: [number[], number[]][] = [
      [[], [1, 2]],
      [[1], [1, 2]],
      [[1, 2], []],
      [
        [Number.NaN, Number.NaN],
        [1, 2, 3],
      ],
      [
        [2, 2, 2],
        [2, 2],
      ],
      [[0, 0], [0]],
    ];
    for (const [members, others] of odd)
      for (const row of testHypotheses(inputsOf(members, others), { seed: 1 })) {
        assert.equal(row.verdict, "undecided", row.id);
        assert.equal(row.priority, 0);
        assert.equal(JSON.stringify(row.effect).match(/null/g)?.length, 3, row.id);
      }
  });

  it("gives what JSON can carry, also where a median or a mean of the others is 0", () => {
    const rows = testHypotheses(inputsOf([1, 0, 2, 0, 1], [0, 0, 0, 0, 1, 0, 0, 0]), { seed: 1 });
    const row = rows.find(({ id }) => id === "median-revenue")!;
    assert.equal(row.effect.value, null);
    JSON.stringify(rows, (key, value) => {
      assert.ok(typeof value !== "number" || Number.isFinite(value), key);
      return value;
    });
  });

  it("gives the same for the same seed", () => {
    const inputs = inputsOf(logNormal(1, 20, 2), logNormal(2, 30, 1));
    assert.deepEqual(testHypotheses(inputs, { seed: 7 }), testHypotheses(inputs, { seed: 7 }));
    assert.notDeepEqual(testHypotheses(inputs, { seed: 7 }), testHypotheses(inputs, { seed: 8 }));
  });

  it("refuses columns of other lengths", () => {
    const members = group([1, 2], { items: Float64Array.of(1) });
    assert.throws(
      () => testHypotheses({ members, others: group([1, 2]), home: "" }, { seed: 1 }),
      /testHypotheses needs items of each of 2 members, got 1/,
    );
  });
});
