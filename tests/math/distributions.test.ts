import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  randomBeta,
  randomExponential,
  randomGamma,
  randomIndex,
  randomItem,
  randomNormal,
  randomPoisson,
  weightedIndex,
} from "#src/math/distributions.js";
import { type Random, seededRandom } from "#src/math/random.js";
import { describeNumbers } from "#src/statistics/descriptive.js";

const COUNT = 100_000;

/** What theory says of a distribution. */
interface Theory {
  mean: number;
  variance: number;
  skewness: number;
}

/** Checks mean, variance and skewness of many draws against theory, within 4.5 standard errors of each. */
function assertTheory(draw: (random: Random) => number, theory: Theory): void {
  const random = seededRandom(11);
  const scores = Float64Array.from(
    { length: COUNT },
    () => (draw(random) - theory.mean) / Math.sqrt(theory.variance),
  );
  [0, 1, theory.skewness].forEach((expected, i) => {
    const powers = scores.map((score) => score ** (i + 1));
    const { mean, sd } = describeNumbers(powers);
    const error = (mean - expected) / (sd / Math.sqrt(COUNT));
    assert.ok(Math.abs(error) < 4.5, `standardized moment ${i + 1} is ${mean}, not ${expected}`);
  });
}

const gammaTheory = (shape: number, scale: number): Theory => ({
  mean: shape * scale,
  variance: shape * scale * scale,
  skewness: 2 / Math.sqrt(shape),
});

const poissonTheory = (mean: number): Theory => ({ mean, variance: mean, skewness: 1 / Math.sqrt(mean) });

describe("randomNormal", () => {
  it("has the moments of the standard normal", () => {
    assertTheory(randomNormal, { mean: 0, variance: 1, skewness: 0 });
  });

  it("has 95% of its draws within 1.96", () => {
    const random = seededRandom(12);
    let within = 0;
    for (let i = 0; i < COUNT; i++) if (Math.abs(randomNormal(random)) < 1.959964) within++;
    assert.ok(Math.abs(within / COUNT - 0.95) < 4 * Math.sqrt((0.95 * 0.05) / COUNT));
  });
});

describe("randomExponential", () => {
  it("has the moments of a waiting time", () => {
    assertTheory((random) => randomExponential(random, 30), gammaTheory(1, 30));
  });

  it("is 0 for a mean of 0 and refuses a negative one", () => {
    assert.equal(Math.abs(randomExponential(seededRandom(1), 0)), 0);
    assert.throws(() => randomExponential(seededRandom(1), -1), /randomExponential needs a finite mean/);
  });
});

describe("randomGamma", () => {
  for (const [shape, scale] of [
    [0.3, 2],
    [1, 1],
    [2.5, 10],
    [80, 0.5],
  ] as const)
    it(`has the moments of shape ${shape} and scale ${scale}`, () => {
      assertTheory((random) => randomGamma(random, shape, scale), gammaTheory(shape, scale));
    });

  it("refuses a shape or scale that is not positive", () => {
    assert.throws(() => randomGamma(seededRandom(1), 0, 1), /positive finite shape, got 0/);
    assert.throws(() => randomGamma(seededRandom(1), 1, Number.NaN), /positive finite scale, got NaN/);
  });
});

describe("randomBeta", () => {
  it("has the moments of a share", () => {
    // Beta(2, 3): mean 2/5, variance 1/25 and skewness 2/7.
    assertTheory((random) => randomBeta(random, 2, 3), { mean: 0.4, variance: 0.04, skewness: 2 / 7 });
  });

  it("stays a share when both gamma numbers vanish", () => {
    const random = seededRandom(5);
    for (let i = 0; i < 10_000; i++) {
      const share = randomBeta(random, 0.001, 0.001);
      assert.ok(share >= 0 && share <= 1);
    }
  });
});

describe("randomPoisson", () => {
  for (const mean of [0.4, 3, 32, 100])
    it(`has the moments of mean ${mean}`, () => {
      assertTheory((random) => randomPoisson(random, mean), poissonTheory(mean));
    });

  it("counts nothing at mean 0 as often as exp(-mean) says", () => {
    const random = seededRandom(8);
    let zeros = 0;
    for (let i = 0; i < COUNT; i++) if (randomPoisson(random, 1.5) === 0) zeros++;
    const expected = Math.exp(-1.5);
    assert.ok(Math.abs(zeros / COUNT - expected) < 4 * Math.sqrt((expected * (1 - expected)) / COUNT));
  });

  it("is 0 for a mean of 0 and refuses what is no mean", () => {
    assert.equal(randomPoisson(seededRandom(1), 0), 0);
    for (const mean of [-1, Number.NaN, Infinity])
      assert.throws(() => randomPoisson(seededRandom(1), mean), RangeError);
  });
});

describe("randomIndex and randomItem", () => {
  it("reach every position about equally often", () => {
    const random = seededRandom(4);
    const counts = new Float64Array(7);
    for (let i = 0; i < 70_000; i++) counts[randomIndex(random, 7)]!++;
    assert.ok(counts.every((count) => Math.abs(count - 10_000) < 4.5 * Math.sqrt((10_000 * 6) / 7)));
    assert.deepEqual([...new Set(Array.from({ length: 99 }, () => randomItem(random, ["a", "b"])))].sort(), [
      "a",
      "b",
    ]);
  });

  it("refuse to choose from nothing", () => {
    assert.throws(() => randomIndex(seededRandom(1), 0), /positive whole count, got 0/);
    assert.throws(() => randomItem(seededRandom(1), []), RangeError);
  });
});

describe("weightedIndex", () => {
  it("draws positions in proportion to their weights, never one of weight 0", () => {
    const draw = weightedIndex([1, 0, 3, 0]);
    const random = seededRandom(6);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) counts[draw(random)]!++;
    assert.equal(counts[1]! + counts[3]!, 0);
    assert.ok(Math.abs(counts[0]! - 10_000) < 4 * Math.sqrt(10_000 * 0.75));
  });

  it("keeps to the ends of its range", () => {
    const draw = weightedIndex([0, 2, 2, 0]);
    assert.equal(
      draw(() => 0),
      1,
    );
    assert.equal(
      draw(() => 1 - 2 ** -53),
      2,
    );
  });

  it("refuses weights that make no distribution", () => {
    for (const weights of [[], [0, 0], [1, -1], [Number.NaN], [Infinity], [1e308, 1e308]])
      assert.throws(() => weightedIndex(weights), RangeError);
  });
});
