import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mindMapBranches } from "#src/business/hypotheses.js";
import type { TestedHypothesis } from "#src/business/hypothesis.js";
import { effectNumber, effectText, evidenceText, pText } from "#src/business/hypothesis-text.js";
import { hypothesisMap } from "#src/business/mind-map.js";

const row: TestedHypothesis = {
  id: "a",
  area: "purchase",
  published: "H3",
  claim: "They spend more.",
  test: "Mann-Whitney U test, the others times 1.1",
  groups: ["members", "others"],
  n: [588, 3736],
  values: [3830, 536.7],
  statistic: 1539521,
  effect: { name: "ratio of medians", value: 7.136, low: 6.551, high: 7.788 },
  bound: 1.1,
  side: "above",
  pValue: 1e-9,
  pHolm: 0.0123,
  verdict: "holds",
  strength: 0.5,
  effort: 1,
  priority: 1.5,
  action: "Do it.",
  isBuiltIn: true,
};

describe("a tested hypothesis in words", () => {
  it("gives each effect its unit", () => {
    assert.equal(effectNumber("share of the total", 0.581), "58.1%");
    assert.equal(effectNumber("ratio of means", 8.821), "8.82 times");
    assert.equal(effectNumber("difference of shares", 0.0388), "+3.9 points");
    assert.equal(effectNumber("Cliff's delta", -0.639), "-0.64");
    assert.equal(effectNumber("ratio of means", null), "–");
  });

  it("gives the interval with the effect", () => {
    assert.equal(effectText(row), "7.14 times (6.55 to 7.79)");
    assert.equal(effectText({ effect: { ...row.effect, high: null } }), "7.14 times (6.55 to no end)");
    assert.equal(effectText({ effect: { ...row.effect, value: null } }), "not known");
  });

  it("never writes a p of zero", () => {
    assert.equal(pText(0), "< 0.001");
    assert.equal(pText(0.0123), "0.012");
    assert.equal(pText(1), "1.000");
    assert.equal(pText(null), "–");
  });

  it("gives who was compared, how, and with what chance", () => {
    assert.equal(
      evidenceText(row),
      "ratio of medians 7.14 times (6.55 to 7.79), 588 members and 3,736 others; Mann-Whitney U test, the others times 1.1: 1,539,521, p < 0.001, adjusted p = 0.012.",
    );
    assert.match(evidenceText({ ...row, statistic: null, test: "too few" }), /3,736 others: too few\.$/);
  });
});

describe("the map of hypotheses", () => {
  it("has each on its branch, the most worthwhile first, and no leaf where nothing can be tested", () => {
    const rows = [row, { ...row, id: "b", claim: "They come sooner.", published: null, priority: 2 }];
    const { branches } = hypothesisMap(rows, { root: "", title: "", caption: "" });
    assert.equal(branches.length, mindMapBranches.length);
    assert.deepEqual(
      branches.find(({ name }) => name === "Purchase")!.leaves.map(({ text }) => text),
      ["They come sooner.", "H3: They spend more."],
    );
    for (const { isTestable, leaves } of branches) assert.ok(isTestable || leaves.length === 0);
  });

  it("says of a measure that formed the group that the difference is no news", () => {
    const details = (isBuiltIn: boolean): string =>
      hypothesisMap([{ ...row, isBuiltIn }], { root: "", title: "", caption: "" })
        .branches.flatMap(({ leaves }) => leaves)[0]!
        .details.join("\n");
    assert.match(details(true), /no news/);
    assert.doesNotMatch(details(false), /no news/);
    assert.match(details(false), /What follows: Do it\.$/);
  });
});
