import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { programmeEconomics } from "#src/business/programme.js";

const terms = {
  members: 100,
  margin: 0.4,
  costPerMember: 5,
  benefitRate: 0.05,
  fixedCost: 1000,
  uplift: 0.1,
};

describe("the economics of a programme", () => {
  it("are those of a calculation by hand", () => {
    const { revenue, cost, gain, returnOnCost, breakEvenUplift } = programmeEconomics([100_000], terms);
    assert.equal(revenue.expected, 100_000);
    // 110,000 x 5% + 100 x 5 + 1,000
    assert.ok(Math.abs(cost.expected - 7000) < 1e-9);
    // 10,000 more revenue at 40%, less the cost
    assert.ok(Math.abs(gain.expected - -3000) < 1e-9);
    assert.ok(Math.abs(returnOnCost.expected - -3 / 7) < 1e-12);
    // (5,000 + 1,500) over 35% of 100,000
    assert.ok(Math.abs(breakEvenUplift.expected - 6500 / 35_000) < 1e-12);
  });

  it("break even at the break-even uplift", () => {
    const { breakEvenUplift } = programmeEconomics([100_000], terms);
    const { gain } = programmeEconomics([100_000], { ...terms, uplift: breakEvenUplift.expected });
    assert.ok(Math.abs(gain.expected) < 1e-8);
  });

  it("have intervals that follow those of the revenue: more of it, a lower uplift to break even", () => {
    const draws = Array.from({ length: 101 }, (_, i) => 50_000 + 1000 * i);
    const found = programmeEconomics(draws, terms, 0.5);
    assert.deepEqual(found.revenue, { expected: 100_000, low: 75_000, high: 125_000 });
    const at = (revenue: number) => programmeEconomics([revenue], terms).breakEvenUplift.expected;
    assert.ok(Math.abs(found.breakEvenUplift.low - at(125_000)) < 1e-12);
    assert.ok(Math.abs(found.breakEvenUplift.high - at(75_000)) < 1e-12);
  });

  it("never break even when benefits take the whole margin, or nobody buys", () => {
    assert.equal(programmeEconomics([9], { ...terms, benefitRate: 0.4 }).breakEvenUplift.low, Infinity);
    assert.equal(programmeEconomics([0], terms).breakEvenUplift.expected, Infinity);
  });

  it("refuse terms that cannot be", () => {
    for (const odd of [
      { members: 0 },
      { margin: 0 },
      { margin: 1.1 },
      { costPerMember: -1 },
      { benefitRate: 2 },
      { fixedCost: Number.NaN },
      { uplift: -2 },
    ])
      assert.throws(() => programmeEconomics([1], { ...terms, ...odd }), /programmeEconomics needs members/);
    assert.throws(() => programmeEconomics([], terms), /finite revenues of at least 0 \(n = 0\)/);
    assert.throws(() => programmeEconomics([-1], terms), /finite revenues/);
  });
});
