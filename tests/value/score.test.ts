import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bgNbd, mbgNbd } from "#src/value/models/bg-nbd.js";
import { cnbd, mbgCnbd } from "#src/value/models/mbg-cnbd.js";
import { mixedNbd } from "#src/value/models/mixed-nbd.js";
import { nbd } from "#src/value/models/nbd.js";
import { paretoNbd } from "#src/value/models/pareto-nbd.js";
import type { PurchaseModel } from "#src/value/models/purchase-model.js";
import { valueScores } from "#src/value/score.js";
import { drawFutures, rowIntervals } from "#src/value/simulate.js";
import { valueColumns } from "#src/value/value-columns.js";
import { fitValue, predictValue } from "#src/value/value-model.js";
import { drawCustomers, historiesOf, valueModelOf } from "./support.js";

const models: [PurchaseModel, number[]][] = [
  [paretoNbd, [0.553, 10.578, 0.606, 11.669]],
  [paretoNbd, [1.7, 30, 2.4, 6]],
  [bgNbd, [0.243, 4.414, 0.793, 2.426]],
  [mbgNbd, [0.525, 6.183, 0.891, 1.614]],
  [nbd, [0.82, 9.97]],
  [mbgCnbd, [0.9, 4.5, 0.15, 2]],
  [cnbd, [0.86, 4.74]],
  [mixedNbd, [1.15, 16.9, 0.6, 2.87, 0.11]],
];

/** Repeaters of all kinds, and for each the one-off buyers of equal tenure, and of equal recency, who spend the same. */
const pairs = [0.3, 1, 4, 13, 26, 52].flatMap((recency) =>
  [0.1, 1, 8, 30, 100].flatMap((last) =>
    [1, 2, 5, 30].flatMap((repeats) =>
      [5, 40, 900].map((value) => ({
        repeater: { repeats, last, age: recency + last, first: value, later: value },
        sameTenure: { repeats: 0, last: 0, age: recency + last, first: value, later: 0 },
        sameRecency: { repeats: 0, last: 0, age: recency, first: value, later: 0 },
      })),
    ),
  ),
);

/** How many one-off buyers are ahead of the repeater of equal tenure or recency. */
function countAhead(score: (histories: ReturnType<typeof historiesOf>) => Float64Array): number {
  const scores = score(
    historiesOf(
      pairs.flatMap(({ repeater, sameTenure, sameRecency }) => [repeater, sameTenure, sameRecency]),
    ),
  );
  let ahead = 0;
  for (let i = 0; i < scores.length; i += 3)
    if (scores[i + 1]! > scores[i]! || scores[i + 2]! > scores[i]!) ahead++;
  return ahead;
}

describe("the value score", () => {
  it("never ranks a one-off buyer above a repeater of equal recency or tenure and spend", () => {
    for (const [model, parameters] of models)
      for (const spendFrom of ["all", "repeats"] as const)
        for (const weeks of [13, 52]) {
          const value = valueModelOf(model, parameters, [2.8, 3.4, 339], spendFrom);
          assert.equal(
            countAhead((histories) => valueScores(value, histories, weeks).scores),
            0,
            `${model.name}, ${spendFrom}, ${weeks} weeks`,
          );
        }
  });

  it("mends what expected revenue alone gets wrong, whichever the model", () => {
    for (const [model, parameters] of models) {
      const value = valueModelOf(model, parameters, [2.8, 3.4, 339]);
      const ahead = countAhead((histories) => predictValue(value, histories, 13).expectedRevenue);
      assert.ok(ahead > 0, `${model.name}: ${ahead} of ${pairs.length}`);
    }
  });

  it("is expected revenue for all others, and counts those it raised", () => {
    const value = valueModelOf(bgNbd, [0.243, 4.414, 0.793, 2.426], [2.8, 3.4, 339]);
    const histories = historiesOf([
      { repeats: 5, last: 40, age: 41, first: 50, later: 60 },
      { repeats: 0, last: 0, age: 41, first: 50, later: 0 },
      { repeats: 9, last: 2, age: 60, first: 50, later: 60 },
    ]);
    const { scores, raised } = valueScores(value, histories, 13);
    const { expectedRevenue } = predictValue(value, histories, 13);
    assert.deepEqual([...scores.subarray(0, 2)], [...expectedRevenue.subarray(0, 2)]);
    assert.ok(scores[2]! > expectedRevenue[2]!);
    assert.equal(raised, 1);
  });
});

describe("expected revenue", () => {
  it("is expected order days times their expected value, over 3 months less than over 12", () => {
    const histories = drawCustomers(mbgNbd, [0.5, 6, 0.9, 1.6], [4, 3.5, 40], 400, 3);
    const model = fitValue(histories, { models: [mbgNbd] });
    const quarter = predictValue(model, histories, 13);
    const year = predictValue(model, histories, 52);
    quarter.expectedRevenue.forEach((revenue, i) => {
      assert.equal(revenue, quarter.expectedPurchases[i]! * quarter.expectedOrderValue[i]!);
      assert.ok(
        revenue > 0 && revenue < year.expectedRevenue[i]! && year.expectedRevenue[i]! < 4.01 * revenue,
      );
    });
  });

  it("takes the population's mean where nothing is known of spend", () => {
    const value = valueModelOf(nbd, [0.8, 10], [2.8, 3.4, 339], "repeats");
    const histories = historiesOf([{ repeats: 0, last: 0, age: 9, first: 5000, later: 0 }]);
    assert.equal(predictValue(value, histories, 13).expectedOrderValue[0], value.spend.populationMean);
    const free = historiesOf([{ repeats: 1, last: 3, age: 9, first: 0, later: 0 }]);
    assert.equal(predictValue(value, free, 13).expectedOrderValue[0], value.spend.populationMean);
  });

  it("refuses a time that is none", () => {
    const value = valueModelOf(nbd, [0.8, 10], [2.8, 3.4, 339]);
    for (const weeks of [0, -1, Number.NaN, Infinity])
      assert.throws(() => predictValue(value, historiesOf([]), weeks), /positive finite number of weeks/);
    assert.throws(() => predictValue(value, historiesOf([]), 13), /columns of one length above 0/);
  });
});

describe("what is expected of each customer", () => {
  it("has an interval for orders and for revenue in each period, from futures of the same seed", () => {
    const histories = drawCustomers(nbd, [0.8, 10], [4, 5, 60], 40, 3);
    const model = fitValue(histories, { models: [nbd], seed: 1 });
    const options = { weeks: [13, 52], draws: 50, seed: 2, level: 0.8 };
    const columns = valueColumns(model, histories, options);
    assert.deepEqual(columns["expected_revenue_52w"], predictValue(model, histories, 52).expectedRevenue);
    const { purchases, revenue } = drawFutures(model, histories, { weeks: 52, draws: 50, seed: 2 });
    const [orders, amounts] = [rowIntervals(purchases, 0.8), rowIntervals(revenue, 0.8)];
    assert.deepEqual(
      [...columns["orders_low_52w"]!],
      orders.map(({ low }) => low),
    );
    assert.deepEqual(
      [...columns["orders_high_52w"]!],
      orders.map(({ high }) => high),
    );
    assert.deepEqual(
      [...columns["low_52w"]!],
      amounts.map(({ low }) => low),
    );
    assert.deepEqual(
      [...columns["high_52w"]!],
      amounts.map(({ high }) => high),
    );
    assert.equal(Object.keys(columns).length, 13);
    assert.ok(
      columns["expected_orders_13w"]!.every((orders13, i) => orders13 < columns["expected_orders_52w"]![i]!),
    );
  });
});
