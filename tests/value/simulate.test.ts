import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { mbgNbd } from "#src/value/models/bg-nbd.js";
import { gammaGammaLaw } from "#src/value/models/gamma-gamma.js";
import { nbd } from "#src/value/models/nbd.js";
import { paretoNbd } from "#src/value/models/pareto-nbd.js";
import { drawFutures, drawTotals, middlePart, rowIntervals } from "#src/value/simulate.js";
import { fitValue, predictValue } from "#src/value/value-model.js";
import { assertClose, drawCustomers, historiesOf, valueModelOf } from "./support.js";

const SPEND = [4, 5, 60];

describe("futures", () => {
  it("are on average what the model expects", () => {
    const histories = drawCustomers(paretoNbd, [0.7, 8, 0.8, 15], SPEND, 200, 5);
    const model = valueModelOf(paretoNbd, [0.7, 8, 0.8, 15], SPEND);
    const { purchases, revenue } = drawFutures(model, histories, { weeks: 13, draws: 2000, seed: 1 });
    const { expectedPurchases, expectedRevenue } = predictValue(model, histories, 13);
    const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
    assertClose(sum(purchases.data) / 2000, sum(expectedPurchases), 0.02);
    assertClose(sum(revenue.data) / 2000, sum(expectedRevenue), 0.02);
    assertClose(sum(drawTotals(revenue)), sum(revenue.data), 1e-12);
  });

  it("are the same for the same seed, and of the rows asked for", () => {
    const histories = drawCustomers(nbd, [0.8, 10], SPEND, 30, 5);
    const model = valueModelOf(nbd, [0.8, 10], SPEND);
    const options = { weeks: 13, draws: 20, seed: 3 };
    assert.deepEqual(drawFutures(model, histories, options), drawFutures(model, histories, options));
    const some = drawFutures(model, histories, { ...options, rows: [4, 2] });
    assert.deepEqual([some.revenue.rows, some.revenue.columns, some.revenue.data.length], [2, 20, 40]);
    assert.notDeepEqual(
      drawFutures(model, histories, { ...options, seed: 4 }),
      drawFutures(model, histories, options),
    );
  });

  it("refuse counts and rows that are none", () => {
    const histories = historiesOf([{ repeats: 0, last: 0, age: 9, first: 50, later: 0 }]);
    const model = valueModelOf(nbd, [0.8, 10], SPEND);
    const draw = (draws: number, rows: number[]) => () =>
      drawFutures(model, histories, { weeks: 13, draws, seed: 1, rows });
    assert.throws(draw(0, [0]), /whole number of draws, got 0/);
    assert.throws(draw(5, [1]), /rows from 0 to 0, got 1/);
  });
});

describe("intervals", () => {
  it("leave out as many values below as above", () => {
    const values = Array.from({ length: 101 }, (_, i) => 100 - i);
    assert.deepEqual(middlePart(values, 0.5), { low: 25, high: 75 });
    assert.throws(() => middlePart(values, 1), /level between 0 and 1, got 1/);
  });

  it("of a total hold it about as often as they say, parameters estimated from few customers", () => {
    const random = seededRandom(9);
    const [law, spendLaw] = [nbd.law([0.8, 10]), gammaGammaLaw(SPEND)];
    const rounds = 60;
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      const histories = drawCustomers(nbd, [0.8, 10], SPEND, 120, 1000 + round);
      // The true future of each customer: the model's own, at the true parameters.
      let total = 0;
      histories.repeats.forEach((x, i) => {
        const count = law.drawPurchases(random, 13, x, histories.lastWeeks[i]!, histories.ageWeeks[i]!);
        const spent = histories.firstValue[i]! + (x > 0 ? x * histories.repeatValue[i]! : 0);
        total += spendLaw.drawTotal(random, count, x + 1, spent / (x + 1));
      });
      const model = fitValue(histories, { models: [nbd], starts: 1 });
      const futures = drawFutures(model, histories, { weeks: 13, draws: 200, seed: round });
      const { low, high } = middlePart(drawTotals(futures.revenue), 0.8);
      if (total >= low && total <= high) held++;
    }
    // 80% of 60 is 48; 4 standard deviations are 12.
    assert.ok(held >= 38 && held <= 59, `${held} of ${rounds}`);
  });

  it("of single customers hold at least as many as they say: counts are whole", () => {
    const truth = mbgNbd.law([0.5, 6, 0.9, 1.6]);
    const histories = drawCustomers(mbgNbd, [0.5, 6, 0.9, 1.6], SPEND, 600, 77);
    const model = fitValue(histories, { models: [mbgNbd] });
    const { purchases } = drawFutures(model, histories, { weeks: 26, draws: 300, seed: 5 });
    const random = seededRandom(6);
    const ranges = rowIntervals(purchases, 0.9);
    const held = ranges.filter(({ low, high }, i) => {
      const x = histories.repeats[i]!;
      const count = truth.drawPurchases(random, 26, x, histories.lastWeeks[i]!, histories.ageWeeks[i]!);
      return count >= low && count <= high;
    }).length;
    assert.ok(held / 600 > 0.88 && held / 600 <= 1, `${held} of 600`);
    const widest = ranges.reduce((most, { low, high }) => Math.max(most, high - low), 0);
    assert.ok(widest < 40, `${widest}`);
  });
});
