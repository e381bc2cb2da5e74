import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { chooseRule, findEntryRules, loosened } from "#src/segments/entry-rules.js";
import { compareLists } from "#src/segments/fidelity.js";
import { nextInLine } from "#src/segments/next-in-line.js";
import { readableNumber } from "#src/segments/readable-numbers.js";
import { lackText, reasonsFor, ruleText } from "#src/segments/reasons.js";
import { type EntryRule, meetsRule } from "#src/segments/rules.js";

const idsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `c${i}`);

const rule: EntryRule = {
  conditions: [
    { feature: "gross_revenue", is: "at least", entry: 100, exit: 80 },
    { feature: "recency_days", is: "at most", entry: 30, exit: 40 },
  ],
};

describe("readable numbers", () => {
  it("keep two digits and never pass the value on the side asked for", () => {
    assert.deepEqual(
      [1873.42, 0.0347, 3, -1873].map((value) => readableNumber(value)),
      [1900, 0.035, 3, -1900],
    );
    assert.equal(readableNumber(1873.42, { toward: "down" }), 1800);
    assert.equal(readableNumber(1801, { toward: "up" }), 1900);
    assert.equal(readableNumber(0.29, { toward: "down" }), 0.29);
    assert.equal(readableNumber(0), 0);
  });
});

describe("entry rules", () => {
  const random = seededRandom(7);
  const n = 400;
  const spend = Float64Array.from({ length: n }, () => Math.floor(random() * 1_000));
  const days = Float64Array.from({ length: n }, () => Math.floor(random() * 200));
  const noise = Float64Array.from({ length: n }, () => random());
  const customers = { ids: idsOf(n), columns: { spend, days, noise } };

  it("find a rule again that made the segment, and need no feature beyond it", () => {
    const made = { conditions: [{ feature: "spend", is: "at least" as const, entry: 500, exit: 500 }] };
    const segment = meetsRule(made, customers, "entry");
    const rules = findEntryRules(customers, segment);
    const chosen = chooseRule(rules);
    assert.deepEqual(
      chosen.conditions.map(({ feature, is }) => [feature, is]),
      [["spend", "at least"]],
    );
    assert.ok(chosen.f1 > 0.99, `${chosen.f1}`);
  });

  it("ask for two features, each in its direction, where the segment was made by two", () => {
    const segment = Uint8Array.from(spend, (value, i) => (value >= 400 && days[i]! <= 100 ? 1 : 0));
    const chosen = chooseRule(findEntryRules(customers, segment));
    assert.deepEqual(
      chosen.conditions.map(({ feature, is }) => [feature, is]),
      [
        ["spend", "at least"],
        ["days", "at most"],
      ],
    );
    assert.ok(chosen.f1 > 0.95, `${chosen.f1}`);
  });

  it("are the best of all thresholds, by brute force, with the F1 that comparing the lists gives", () => {
    const [a, b] = [spend, days].map((values) => values.map((value) => value % 10));
    const few = { ids: customers.ids, columns: { a: a!, b: b! } };
    const segment = Uint8Array.from(a!, (value, i) => (value - b![i]! + 6 * noise[i]! > 4 ? 1 : 0));
    const [one, two] = findEntryRules(few, segment);
    const best = (seconds: readonly number[]): number => {
      let most = 0;
      for (let first = 0; first < 10; first++)
        for (const second of seconds) {
          const listed = a!.map((value, i) => (value >= first && b![i]! <= second ? 1 : 0));
          most = Math.max(most, compareLists(listed, segment, spend).f1);
        }
      return most;
    };
    assert.equal(two!.f1, best([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    assert.ok(two!.f1 > one!.f1 && one!.f1 >= best([9]));
    for (const found of [one!, two!])
      assert.equal(compareLists(meetsRule(found, few, "entry"), segment, spend).f1, found.f1);
  });

  it("leave a band for staying, readable and never stricter, a whole one wide for whole numbers", () => {
    assert.equal(loosened(740, { is: "at least", margin: 0.2, isWhole: false }), 590);
    assert.equal(loosened(45, { is: "at most", margin: 0.2, isWhole: true }), 54);
    assert.equal(loosened(3, { is: "at least", margin: 0.1, isWhole: true }), 2);
    assert.equal(loosened(3, { is: "at most", margin: 0.1, isWhole: true }), 4);
    assert.equal(loosened(740, { is: "at least", margin: 0, isWhole: false }), 740);
  });

  it("know no rule of features that do not vary, and none from missing values", () => {
    const constant = {
      ids: idsOf(3),
      columns: { one: Float64Array.of(1, 1, 1), none: new Float64Array(3).fill(Number.NaN) },
    };
    assert.deepEqual(findEntryRules(constant, [1, 0, 0]), []);
    assert.throws(() => chooseRule([]), /at least 1 rule, got none/);
  });

  it("refuse a segment that is nobody or everybody, and options out of bounds", () => {
    const two = { ids: idsOf(2), columns: { x: Float64Array.of(1, 2) } };
    assert.throws(() => findEntryRules(two, [0, 0]), /a segment and a rest, got 0 of 2/);
    assert.throws(() => findEntryRules(two, [1, 1]), /a segment and a rest, got 2 of 2/);
    assert.throws(() => findEntryRules(two, [1]), /each of 2 customers, got 1/);
    assert.throws(() => findEntryRules(two, [1, 0], { most: 4 }), /1 to 3 features in a rule, got 4/);
    assert.throws(() => findEntryRules(two, [1, 0], { margin: 1 }), /from 0 to below 1, got 1/);
    assert.throws(() => findEntryRules(two, [1, 0], { features: ["y"] }), /no column y among x/);
  });
});

describe("a rule", () => {
  const customers = {
    ids: ["a", "b", "c", "d"],
    columns: {
      gross_revenue: Float64Array.of(150, 90, 95, Number.NaN),
      recency_days: Float64Array.of(10, 35, 30, 1),
    },
  };

  it("is met at the threshold itself, and never by what is missing", () => {
    assert.deepEqual([...meetsRule(rule, customers, "entry")], [1, 0, 0, 0]);
    assert.deepEqual([...meetsRule(rule, customers, "exit")], [1, 1, 1, 0]);
  });

  it("is refused when staying is harder than entering", () => {
    const odd = { conditions: [{ feature: "gross_revenue", is: "at least" as const, entry: 1, exit: 2 }] };
    assert.throws(
      () => meetsRule(odd, customers, "entry"),
      /at least 2 to stay and 1 to enter by gross_revenue/,
    );
    assert.throws(() => meetsRule({ conditions: [] }, customers, "entry"), /at least 1 condition, got none/);
  });

  it("tells who is next, fewest lacks first, with what each lacks", () => {
    const next = nextInLine(customers, rule, { members: ["a"], spread: () => 10 });
    assert.deepEqual(
      next.map(({ id, distance }) => [id, distance]),
      [
        ["c", 0.5],
        ["b", 1.5],
      ],
    );
    assert.deepEqual(next[0]!.missing, [
      { feature: "gross_revenue", value: 95, threshold: 100, by: 5, scaled: 0.5 },
    ]);
    assert.deepEqual(nextInLine(customers, rule, { members: ["a"], spread: () => 10, most: 0 }), []);
    const money = (value: number): string => `£${value}`;
    assert.deepEqual(
      next.map((one) => lackText(one, money)),
      [
        "gross revenue £95 instead of £100",
        "gross revenue £90 instead of £100; recency 35 days instead of 30 days",
      ],
    );
  });

  it("measures lacks in interquartile ranges when no spread is given", () => {
    // Quartiles of 90, 95, 150 are 92.5 and 122.5, those of 1, 10, 30, 35 are 7.75 and 31.25.
    const next = nextInLine(customers, rule, { members: ["a"] });
    assert.deepEqual(
      next.map(({ id, distance }) => [id, distance]),
      [
        ["c", 5 / 30],
        ["b", 10 / 30 + 5 / 23.5],
      ],
    );
  });

  it("gives each member a sentence from the customer's numbers", () => {
    const money = (value: number): string => `£${value}`;
    assert.deepEqual(reasonsFor(["a", "b"], customers, rule, money), [
      "Customer a enters: gross revenue £150 (at least £100), recency 10 days (at most 30 days).",
      "Customer b stays within the band: gross revenue £90 (at least £80), recency 35 days (at most 40 days).",
    ]);
    assert.equal(ruleText(rule, "exit", money), "Gross revenue at least £80 and recency at most 40 days");
    assert.throws(() => reasonsFor(["x"], customers, rule, money), /members who are customers, got "x"/);
  });
});

describe("the comparison of a list and a segment", () => {
  it("counts customers and revenue of every disagreement", () => {
    const found = compareLists([1, 1, 1, 0, 0], [1, 1, 0, 1, 0], [10, 20, 3, 4, 5]);
    assert.deepEqual([found.precision, found.recall, found.f1, found.accuracy], [2 / 3, 2 / 3, 2 / 3, 3 / 5]);
    assert.deepEqual(found.both, { customers: 2, revenue: 30 });
    assert.deepEqual(found.listOnly, { customers: 1, revenue: 3 });
    assert.deepEqual(found.segmentOnly, { customers: 1, revenue: 4 });
    assert.deepEqual(found.neither, { customers: 1, revenue: 5 });
    assert.ok(Number.isNaN(compareLists([], [], []).f1));
    assert.throws(() => compareLists([1], [], [1]), /each of 1 customers, got 0 and 1/);
  });
});
