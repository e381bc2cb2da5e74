import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyseExperiment, capArms } from "#src/business/experiment-analysis.js";
import { type Arm, assignArms, revenueBands } from "#src/business/experiment-arms.js";
import { balanceTable, valuesOf } from "#src/business/experiment-balance.js";
import { planExperiment } from "#src/business/experiment-plan.js";
import {
  customersForRaise,
  detectableRaise,
  experimentPower,
  raiseBy,
} from "#src/business/experiment-power.js";
import { randomNormal } from "#src/math/distributions.js";
import { seededRandom } from "#src/math/random.js";
import { type ArmValues, rankArms } from "#src/statistics/cuped.js";
import { mannWhitneyTest } from "#src/statistics/mann-whitney.js";
import { welchPower, welchSampleSize } from "#src/statistics/power.js";

/** Skewed revenue that goes with the revenue before, as a shop's does. */
function makeBase(n: number, seed: number): { outcome: Float64Array; covariate: Float64Array } {
  const random = seededRandom(seed);
  const loyalty = Float64Array.from({ length: n }, () => Math.exp(6 + 0.8 * randomNormal(random)));
  const noisy = (): Float64Array => loyalty.map((value) => value * Math.exp(0.4 * randomNormal(random)));
  return { outcome: noisy(), covariate: noisy() };
}
const base: ArmValues = makeBase(400, 1);
const participants = Array.from({ length: 203 }, (_, i) => ({ id: `c${i}`, stratum: `s${i % 7}` }));
const countProgramme = (arms: readonly Arm[]): number => arms.filter((arm) => arm === "programme").length;

describe("assignArms", () => {
  it("gives the same arms whatever the order of rows, others with another seed", () => {
    const arms = assignArms(participants, { seed: 5 });
    const byId = new Map(participants.map(({ id }, i) => [id, arms[i]]));
    const turned = [...participants].reverse();
    const again = assignArms(turned, { seed: 5 });
    turned.forEach(({ id }, i) => {
      assert.equal(again[i], byId.get(id));
    });
    assert.notDeepEqual(assignArms(participants, { seed: 6 }), arms);
  });

  it("keeps the share to one customer in all strata together, and in each", () => {
    for (const share of [0.5, 0.3])
      for (let seed = 0; seed < 20; seed++) {
        const arms = assignArms(participants, { share, seed });
        assert.ok(Math.abs(countProgramme(arms) - 203 * share) < 1);
        for (let s = 0; s < 7; s++) {
          const inStratum = arms.filter((_, i) => participants[i]!.stratum === `s${s}`);
          assert.ok(Math.abs(countProgramme(inStratum) - inStratum.length * share) < 1);
        }
      }
  });

  it("puts each customer into the programme as often as its share says, strata of one too", () => {
    const few = [...participants.slice(0, 5), { id: "alone", stratum: "x" }];
    const counts = new Float64Array(few.length);
    for (let seed = 0; seed < 2_000; seed++)
      assignArms(few, { share: 0.3, seed }).forEach((arm, i) => {
        if (arm === "programme") counts[i]!++;
      });
    for (const count of counts)
      assert.ok(Math.abs(count - 600) < 4.5 * Math.sqrt(2_000 * 0.21), String(count));
  });

  it("takes nobody, and refuses a customer twice and a share of all", () => {
    assert.deepEqual(assignArms([], { seed: 1 }), []);
    const twice = [
      { id: "a", stratum: "x" },
      { id: "a", stratum: "y" },
    ];
    assert.throws(() => assignArms(twice, { seed: 1 }), /each customer once, got a twice/);
    assert.throws(() => assignArms(participants, { share: 1, seed: 1 }), /share between 0 and 1, got 1/);
  });
});

describe("revenueBands", () => {
  it("hold as many customers each, and equal revenue in one band", () => {
    assert.deepEqual([...revenueBands([10, 80, 20, 70, 30, 60, 40, 50], 4)], [0, 3, 0, 3, 1, 2, 1, 2]);
    const bands = revenueBands([0, 0, 0, 0, 0, 5, 9, 7], 4);
    assert.equal(new Set(bands.slice(0, 5)).size, 1);
    assert.deepEqual([...revenueBands([3, 3, 3])], [2, 2, 2]);
    assert.throws(() => revenueBands([], 4), /at least 1 value, got 0/);
    assert.throws(() => revenueBands([1], 0), /positive whole number of bands, got 0/);
  });
});

describe("balanceTable", () => {
  it("tells means and their difference in standard deviations", () => {
    const arms: Arm[] = ["programme", "control", "programme", "control"];
    const [revenue, same] = balanceTable(arms, { revenue: [4, 1, 6, 3], same: [2, 2, 2, 2] });
    // Means 5 and 2; both variances are 2.
    assert.equal(revenue!.standardizedDifference, 3 / Math.sqrt(2));
    assert.deepEqual([revenue!.programmeMean, revenue!.controlMean], [5, 2]);
    assert.equal(same!.standardizedDifference, 0);
    assert.throws(() => balanceTable(arms, { revenue: [1] }), /columns of one length, got 4 and 1/);
  });

  it("is better within strata of revenue than without", () => {
    const revenue = base.covariate;
    const bands = revenueBands(revenue, 8);
    const gapOf = (stratumOf: (i: number) => string): number => {
      let sum = 0;
      for (let seed = 0; seed < 60; seed++) {
        const rows = Array.from(revenue, (_, i) => ({ id: `c${i}`, stratum: stratumOf(i) }));
        const [row] = balanceTable(assignArms(rows, { seed }), { revenue });
        sum += Math.abs(row!.standardizedDifference);
      }
      return sum / 60;
    };
    assert.ok(gapOf((i) => `${bands[i]}`) < 0.75 * gapOf(() => "all"));
  });
});

describe("experimentPower", () => {
  const sizes = [200, 200] as const;

  for (const analysis of ["cuped", "cappedCuped", "rankCuped", "welch", "mannWhitney"] as const)
    it(`by ${analysis} finds nothing where there is nothing, in 5% give or take binomial error`, () => {
      const { value } = experimentPower(base, { analysis, sizes, simulations: 1_500, seed: 3 });
      // Four standard errors of a share of 0.05.
      assert.ok(Math.abs(value - 0.05) < 4 * Math.sqrt((0.05 * 0.95) / 1_500), String(value));
    });

  it("of normal revenue is the power by formula", () => {
    const random = seededRandom(4);
    const outcome = Float64Array.from({ length: 2_000 }, () => 100 + 20 * randomNormal(random));
    const shift = { analysis: "welch", sizes: [50, 60], simulations: 2_000, seed: 5 } as const;
    const found = experimentPower(
      { outcome, covariate: outcome },
      { ...shift, effect: (value) => value + 10 },
    );
    const power = welchPower(10, [20, 20], [50, 60]);
    assert.ok(Math.abs(found.value - power) < 0.05, `${found.value} is not ${power}`);
  });

  it("is larger with the revenue before than without, as the formula says of a correlation", () => {
    const how = { sizes, simulations: 400, seed: 7, effect: raiseBy(0.25) };
    const [welch, cuped] = (["welch", "cuped"] as const).map(
      (analysis) => experimentPower(base, { ...how, analysis }).value,
    );
    assert.ok(cuped! > welch! + 0.1, `${cuped} and ${welch}`);
  });

  it("grows with the effect, at a raise that it calls detectable is the power asked for", () => {
    const how = { analysis: "cuped", sizes, simulations: 300, seed: 2 } as const;
    const raise = detectableRaise(base, how);
    const at = (share: number): number => experimentPower(base, { ...how, effect: raiseBy(share) }).value;
    assert.ok(Math.abs(at(raise) - 0.8) <= 0.02, `${at(raise)} at ${raise}`);
    assert.ok(at(raise / 2) < 0.8 && at(2 * raise) > 0.95);
    assert.deepEqual(detectableRaise(base, how), raise);
  });

  it("asks for about as many customers as the formula where revenue is normal", () => {
    const random = seededRandom(4);
    const outcome = Float64Array.from({ length: 500 }, () => 100 + 20 * randomNormal(random));
    const found = customersForRaise({ outcome, covariate: outcome }, 0.08, {
      analysis: "welch",
      simulations: 600,
      seed: 1,
    });
    const { exact } = welchSampleSize(8, [20 * 1.08, 20]);
    assert.ok(Math.abs(found / exact - 1) < 0.15, `${found} is not ${exact}`);
  });

  it("refuses columns that differ in length and arms of one", () => {
    const one = { analysis: "cuped", sizes: [1, 5], seed: 1 } as const;
    assert.throws(() => experimentPower(base, one), /customers in each arm of at least 2, got 1/);
    const uneven = { outcome: [1, 2], covariate: [1] };
    assert.throws(() => experimentPower(uneven, { ...one, sizes: [2, 2] }), /one length, got 2 and 1/);
  });
});

describe("analyseExperiment", () => {
  const arms = assignArms(
    Array.from(base.outcome, (_, i) => ({ id: `c${i}`, stratum: "all" })),
    { seed: 1 },
  );
  const armOf = (arm: Arm, raise = 0): ArmValues => ({
    outcome: valuesOf(arms, base.outcome, arm).map((value) => value * (1 + raise)),
    covariate: valuesOf(arms, base.covariate, arm),
  });

  it("finds a raise of half, and holds it in its intervals", () => {
    const found = analyseExperiment(armOf("programme", 0.5), armOf("control"), { seed: 1, resamples: 500 });
    for (const test of [found.cuped, found.cappedCuped, found.rankCuped, found.mannWhitney])
      assert.ok(test.pValue < 0.01, test.test);
    const { low, high } = found.ratio.interval;
    assert.ok(low < 1.5 && 1.5 < high, `${low} to ${high}`);
    assert.ok(found.cuped.varianceReduction > 0.3);
  });

  it("by ranks without adjustment is the probability of superiority less a half", () => {
    const [a, b] = [armOf("programme", 0.5), armOf("control")];
    const [rankedA, rankedB] = rankArms(a, b);
    const mean = (values: ArrayLike<number>): number =>
      Array.from(values).reduce((x, y) => x + y) / values.length;
    const { superiority } = mannWhitneyTest(a.outcome, b.outcome);
    assert.ok(Math.abs(mean(rankedA.outcome) - mean(rankedB.outcome) - (superiority.value - 0.5)) < 1e-12);
  });

  it("caps both arms at one amount, that of all together", () => {
    const [a, b] = capArms(
      { outcome: [1, 2, 100], covariate: [0, 0, 0] },
      { outcome: [3, 4], covariate: [5, 5] },
      0.5,
    );
    assert.deepEqual(
      [Array.from(a.outcome), Array.from(b.outcome)],
      [
        [1, 2, 3],
        [3, 3],
      ],
    );
    assert.throws(() => analyseExperiment(a, b, { cap: 0, seed: 1 }), /a cap in \(0, 1\], got 0/);
  });
});

describe("planExperiment", () => {
  const plan = planExperiment(base, base.outcome, {
    simulations: 60,
    raises: [0.2],
    analyses: ["cuped", "rankCuped"],
    seed: 1,
  });

  it("tells sizes, false alarms, power and the smallest raise, the same for the same seed", () => {
    assert.deepEqual(plan.sizes, [200, 200]);
    for (const { falseAlarms, powers, detectableRaise: raise, customersPerArm } of plan.analyses) {
      assert.ok(falseAlarms.interval.low < 0.07 && falseAlarms.interval.high > 0.03);
      assert.equal(powers.length, 1);
      assert.ok(raise > 0.02 && raise < 1);
      assert.ok(customersPerArm > 20 && customersPerArm < 4_000);
    }
    assert.ok(plan.byFormula.cuped < plan.byFormula.welch);
    const again = planExperiment(base, base.outcome, {
      simulations: 60,
      raises: [0.2],
      analyses: ["cuped", "rankCuped"],
      seed: 1,
    });
    assert.deepEqual(again, plan);
  });

  it("chooses among the analyses that are about money, and guards the rest by a margin of its mean", () => {
    assert.equal(plan.best, "cuped");
    const mean = Array.from(base.outcome).reduce((a, b) => a + b) / base.outcome.length;
    assert.ok(Math.abs(plan.guard.margin / mean - 0.1) < 1e-12);
    assert.deepEqual(plan.guard.sizes, [200, 200]);
  });

  it("refuses fewer than four customers", () => {
    const few = { outcome: [1, 2, 3], covariate: [1, 2, 3] };
    assert.throws(
      () => planExperiment(few, [1, 2, 3, 4], { seed: 1 }),
      /planExperiment needs at least 4 values, got 3/,
    );
  });
});
