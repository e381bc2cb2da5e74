import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { bgNbd, mbgNbd } from "#src/value/models/bg-nbd.js";
import { gammaGammaLaw } from "#src/value/models/gamma-gamma.js";
import { cnbd, mbgCnbd, mbgCnbdOf } from "#src/value/models/mbg-cnbd.js";
import { mixedNbd } from "#src/value/models/mixed-nbd.js";
import { nbd } from "#src/value/models/nbd.js";
import { paretoNbd } from "#src/value/models/pareto-nbd.js";
import type { PurchaseModel } from "#src/value/models/purchase-model.js";
import { assertClose, readModelFixture } from "./support.js";

const { values, histories, gammaGamma, special } = readModelFixture();
const models = [paretoNbd, bgNbd, mbgNbd, nbd, mbgCnbdOf(1)];
const modelOf = (name: string): PurchaseModel => models.find((model) => model.name === name)!;
const typical: [PurchaseModel, number[]][] = [
  [paretoNbd, [0.553, 10.578, 0.606, 11.669]],
  [paretoNbd, [0.4, 3, 1.3, 45]],
  [bgNbd, [0.243, 4.414, 0.793, 2.426]],
  [mbgNbd, [0.525, 6.183, 0.891, 1.614]],
  [nbd, [0.82, 9.97]],
  [mbgCnbd, [0.9, 4.5, 0.15, 2]],
  [mbgCnbdOf(3), [0.9, 3, 0.6, 1.4]],
  [cnbd, [0.86, 4.74]],
  [mixedNbd, [1.15, 16.9, 0.6, 2.87, 0.11]],
];

describe("models of purchases", () => {
  it("give the likelihoods, chances and expectations of lifetimes for each history", () => {
    // Events that are purchases each: the MBG/NBD by other formulas.
    const first = values.filter(({ model }) => model === "MBG/NBD");
    const checked = [...values, ...first.map((value) => ({ ...value, model: "MBG/CNBD-1" }))];
    for (const { model: name, parameters, logLikelihood, alive, ahead13, ahead52 } of checked) {
      const law = modelOf(name).law(parameters);
      histories.repeats.forEach((x, i) => {
        const [last, age] = [histories.lastWeeks[i]!, histories.ageWeeks[i]!];
        const what = `${name} ${parameters} of ${x}, ${last}, ${age}`;
        assertClose(law.logLikelihood(x, last, age), logLikelihood[i]!, 1e-9, what);
        assertClose(law.aliveProbability(x, last, age), alive[i]!, 1e-9, what);
        assertClose(law.expectedPurchases(13, x, last, age), ahead13[i]!, 1e-8, what);
        assertClose(law.expectedPurchases(52, x, last, age), ahead52[i]!, 1e-8, what);
      });
    }
  });

  it("of Pareto/NBD have the likelihood that its story has, integrated in 30 digits", () => {
    for (const [r, alpha, s, beta, x, last, age, wanted] of special.paretoLogLikelihood)
      assertClose(paretoNbd.law([r!, alpha!, s!, beta!]).logLikelihood(x!, last!, age!), wanted!, 1e-12);
  });

  it("come to the NBD where nobody stops", () => {
    const still = nbd.law([0.8, 9]);
    for (const [model, parameters] of [
      [paretoNbd, [0.8, 9, 1e-9, 50]],
      [bgNbd, [0.8, 9, 1e-10, 1]],
      [mbgNbd, [0.8, 9, 1e-10, 1]],
    ] as const)
      for (const [x, last] of [
        [0, 0],
        [3, 20],
      ] as const) {
        const law = model.law(parameters);
        assertClose(law.logLikelihood(x, last, 40), still.logLikelihood(x, last, 40), 1e-6, model.name);
        assertClose(law.aliveProbability(x, last, 40), 1, 1e-6, model.name);
        assertClose(law.expectedPurchases(13, x, last, 40), still.expectedPurchases(13, x, last, 40), 1e-6);
      }
  });

  it("of two kinds come to the one kind where both are the same", () => {
    const [mixed, one] = [mixedNbd.law([0.8, 9, 0.8, 9, 0.3]), nbd.law([0.8, 9])];
    assertClose(mixed.logLikelihood(3, 20, 40), one.logLikelihood(3, 20, 40), 1e-14);
    assertClose(mixed.expectedPurchases(13, 3, 20, 40), one.expectedPurchases(13, 3, 20, 40), 1e-14);
    // By hand, for x = 0: chances odds x (alpha / (alpha + T))^r; 1/3 x 1/9 against 2/3 x 1/2.
    const apart = mixedNbd.law([1, 40, 2, 20, 0.5]);
    assertClose(apart.logLikelihood(0, 0, 40), Math.log(2 / 3 / 2 + 1 / 3 / 9), 1e-14);
    const busy = 1 / 27 / (1 / 27 + 1 / 3);
    assertClose(apart.expectedPurchases(6, 0, 0, 40), 6 * ((1 - busy) / 80 + (2 * busy) / 60), 1e-14);
  });

  it("of regular times have the likelihood of a calculation by hand", () => {
    // No event or one in 20 weeks, rate ~ gamma(1, 20): 1/2 (1 + 1/2). One in four stops at once.
    assertClose(cnbd.law([1, 20]).logLikelihood(0, 0, 20), Math.log(0.75), 1e-14);
    const law = mbgCnbd.law([1, 20, 1, 3]);
    assertClose(law.logLikelihood(0, 0, 20), Math.log(0.25 + 0.75 * 0.75), 1e-14);
    assertClose(law.aliveProbability(0, 0, 20), 0.5625 / 0.8125, 1e-14);
  });

  it("of regular times doubt sooner that a customer is alive whose silence breaks a rhythm", () => {
    // The same mean rate and the same chance to stop.
    const [regular, random] = [mbgCnbd.law([1.8, 9, 0.5, 2]), mbgNbd.law([1.8, 18, 0.5, 2])];
    assert.ok(regular.aliveProbability(10, 20, 30) < random.aliveProbability(10, 20, 30));
  });

  it("go on where their formulas divide by nothing: s, a or a + b of 1", () => {
    for (const [model, at, near] of [
      [paretoNbd, [0.6, 9, 1, 12], [0.6, 9, 1 + 1e-7, 12]],
      [bgNbd, [0.6, 9, 1, 2], [0.6, 9, 1 + 1e-7, 2]],
      [bgNbd, [0.6, 9, 0.6, 0.4], [0.6, 9, 0.6, 0.4 + 1e-7]],
      [mbgNbd, [0.6, 9, 1, 2], [0.6, 9, 1 - 1e-7, 2]],
    ] as const)
      for (const x of [0, 2])
        assertClose(
          model.law(at).expectedPurchases(13, x, x * 9, 40),
          model.law(near).expectedPurchases(13, x, x * 9, 40),
          1e-6,
        );
  });

  it("stay finite for years of silence, bursts of hundreds and purchases of today", () => {
    for (const [model, parameters] of typical) {
      const law = model.law(parameters);
      for (const [x, last, age] of [
        [0, 0, 5000],
        [500, 1, 900],
        [2000, 52, 52],
        [1, 1e-3, 400],
        [0, 0, 1e-3],
      ] as const) {
        const found = [
          law.logLikelihood(x, last, age),
          law.aliveProbability(x, last, age),
          law.expectedPurchases(13, x, last, age),
        ];
        assert.ok(found.every(Number.isFinite), `${model.name} of ${x}, ${last}, ${age}: ${found}`);
        assert.ok(found[1]! >= 0 && found[1]! <= 1 && found[2]! >= 0);
      }
    }
  });

  it("draw futures whose mean is what they expect", () => {
    for (const [model, parameters] of typical) {
      const law = model.law(parameters);
      const random = seededRandom(7);
      for (const [x, last, age] of [
        [0, 0, 20],
        [4, 30, 40],
        [4, 15, 40],
      ] as const) {
        const draws = 20_000;
        let [sum, squares] = [0, 0];
        for (let i = 0; i < draws; i++) {
          const count = law.drawPurchases(random, 13, x, last, age);
          sum += count;
          squares += count * count;
        }
        const mean = sum / draws;
        const error = Math.sqrt((squares / draws - mean ** 2) / draws);
        const wanted = law.expectedPurchases(13, x, last, age);
        assert.ok(Math.abs(mean - wanted) < 4 * error, `${model.name} ${x}: ${mean}, expected ${wanted}`);
      }
    }
  });

  it("draw histories as likely as they say: the mean of the score is zero", () => {
    // At the true parameters the log-likelihood is highest on average: its slope vanishes.
    for (const [model, parameters] of typical) {
      const random = seededRandom(11);
      const law = model.law(parameters);
      const drawn = Array.from({ length: 4000 }, () => law.drawHistory(random, 40));
      parameters.forEach((value, j) => {
        const moved = (factor: number) =>
          model.law(parameters.map((other, k) => (k === j ? value * factor : other)));
        const [up, down] = [moved(1.001), moved(1 / 1.001)];
        const slopes = drawn.map(
          ({ repeats, last }) => up.logLikelihood(repeats, last, 40) - down.logLikelihood(repeats, last, 40),
        );
        const mean = slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
        const sd = Math.sqrt(slopes.reduce((sum, slope) => sum + (slope - mean) ** 2, 0) / slopes.length);
        const z = mean / (sd / Math.sqrt(slopes.length));
        assert.ok(Math.abs(z) < 4, `${model.name} ${model.parameterNames[j]}: z = ${z}`);
      });
    }
  });
});

describe("the model of spend", () => {
  it("gives the expected values and likelihoods of lifetimes", () => {
    const law = gammaGammaLaw(gammaGamma.parameters);
    gammaGamma.orders.forEach((x, i) => {
      assertClose(law.expectedValue(x, gammaGamma.meanValue[i]!), gammaGamma.expectedValue[i]!, 1e-12);
      assertClose(law.logLikelihood(x, gammaGamma.meanValue[i]!), gammaGamma.logLikelihood[i]!, 1e-12);
    });
  });

  it("draws one-off buyers further towards the population's mean than loyal ones of the same mean", () => {
    const law = gammaGammaLaw([6.25, 3.74, 15.44]);
    assert.equal(law.expectedValue(0, 0), law.populationMean);
    for (const mean of [5, 200]) {
      const gaps = [1, 2, 10, 100].map((x) => Math.abs(law.expectedValue(x, mean) - law.populationMean));
      assert.deepEqual(
        gaps.toSorted((a, b) => a - b),
        gaps,
      );
    }
  });

  it("draws totals whose mean is what it expects, and none for no orders", () => {
    const law = gammaGammaLaw([6.25, 5, 15.44]);
    const random = seededRandom(3);
    const draws = Array.from({ length: 20_000 }, () => law.drawTotal(random, 3, 4, 20));
    const mean = draws.reduce((sum, total) => sum + total, 0) / draws.length;
    assertClose(mean, 3 * law.expectedValue(4, 20), 0.01);
    assert.equal(law.drawTotal(random, 0, 4, 20), 0);
  });

  it("has no finite population mean when q is at most 1", () => {
    assert.equal(gammaGammaLaw([6, 1, 15]).populationMean, Infinity);
  });
});
