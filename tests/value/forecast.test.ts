import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { bootstrapModels, takeHistories } from "#src/value/bootstrap.js";
import { backTestForecast, drawGroupTotals, forecastGroup, forecastRevenue } from "#src/value/forecast.js";
import { growthScenario } from "#src/value/growth.js";
import type { Histories } from "#src/value/histories.js";
import { gammaGammaLaw } from "#src/value/models/gamma-gamma.js";
import { nbd } from "#src/value/models/nbd.js";
import { middlePart } from "#src/value/simulate.js";
import { cleanedShop } from "../features/support.js";
import { assertClose, drawCustomers, drawLines } from "./support.js";

const SPEND = [4, 5, 60];
const quick = { models: [nbd], resamples: 6, draws: 200, seed: 1 };
const histories = drawCustomers(nbd, [0.8, 10], SPEND, 300, 8);
const topOf = ({ customerIds, pastRevenue }: Histories, count: number): string[] =>
  customerIds
    .map((_, i) => i)
    .sort((a, b) => pastRevenue[b]! - pastRevenue[a]!)
    .slice(0, count)
    .map((i) => customerIds[i]!);

describe("models of resampled customers", () => {
  it("differ about as much as their standard errors say", () => {
    const { models, failed } = bootstrapModels(histories, { ...quick, resamples: 40, spendFrom: ["all"] });
    assert.equal(models.length, 40);
    assert.equal(failed, 0);
    const logs = models.map(({ fitted }) => Math.log(fitted.parameters[0]!));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const sd = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1));
    const wanted = models[0]!.fitted.standardErrors[0]!;
    assert.ok(sd > 0.6 * wanted && sd < 1.6 * wanted, `${sd}, not about ${wanted}`);
  });

  it("are drawn anew where too few customers tell the parameters, not for ever", () => {
    const spendFrom = ["all"] as const;
    const few = bootstrapModels(drawCustomers(nbd, [0.8, 10], SPEND, 20, 1), { ...quick, spendFrom });
    assert.equal(few.models.length, 6);
    assert.ok(few.failed > 0);
    const fewer = bootstrapModels(drawCustomers(nbd, [0.8, 10], SPEND, 25, 5), { ...quick, spendFrom });
    assert.ok(fewer.models.length < 6);
    assert.equal(fewer.models.length + fewer.failed, 18);
  });

  it("take whole customers", () => {
    const { customerIds, repeats, pastRevenue } = takeHistories(histories, [7, 7, 0]);
    assert.deepEqual(customerIds, ["7", "7", "0"]);
    assert.deepEqual(
      [...repeats, ...pastRevenue],
      [7, 7, 0].map((i) => histories.repeats[i]).concat([7, 7, 0].map((i) => histories.pastRevenue[i])),
    );
    assert.throws(() => bootstrapModels(histories, { ...quick, resamples: 0 }), /resamples.*got 0 and 2/);
  });
});

describe("the forecast of a group", () => {
  it("holds what comes about as often as it says where rates stay, of groups chosen for their past", () => {
    const [law, spendLaw] = [nbd.law([0.8, 10]), gammaGammaLaw(SPEND)];
    const random = seededRandom(4);
    const rounds = 20;
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      const customers = drawCustomers(nbd, [0.8, 10], SPEND, 200, 300 + round);
      const ids = topOf(customers, 30);
      const { ifRatesStay } = forecastGroup(customers, ids, { ...quick, level: 0.8, spendFrom: ["all"] });
      let came = 0;
      for (const id of ids) {
        const i = Number(id);
        const [x, age] = [customers.repeats[i]!, customers.ageWeeks[i]!];
        const count = law.drawPurchases(random, 90 / 7, x, customers.lastWeeks[i]!, age);
        came += spendLaw.drawTotal(random, count, x + 1, customers.pastRevenue[i]! / (x + 1));
      }
      if (came >= ifRatesStay.low && came <= ifRatesStay.high) held++;
    }
    // 80% of 20 is 16, give or take 1.8.
    assert.ok(held >= 10, `${held} of ${rounds}`);
  });

  it("is pro rata what the group brought over the days observed", () => {
    const ids = ["3", "5"];
    const { proRata, members, from, to } = forecastGroup(histories, ids, { ...quick, days: 91 });
    const past = histories.pastRevenue[3]! + histories.pastRevenue[5]!;
    assertClose(proRata, (past * 91) / histories.observedDays, 1e-12);
    assert.deepEqual([members, from, to], [2, "2011-12-10", "2012-03-10"]);
  });

  it("is widened by past errors, the more the larger and the fewer they are", () => {
    const ids = topOf(histories, 30);
    const widthOf = (pastErrors: number[]): number => {
      const { withPastErrors } = forecastGroup(histories, ids, { ...quick, draws: 1000, pastErrors });
      return Math.log(withPastErrors!.high / withPastErrors!.low);
    };
    assert.equal(forecastGroup(histories, ids, quick).withPastErrors, null);
    const widths = [widthOf([0.1, 0.1, -0.1, 0.1]), widthOf([0.4, 0.4, -0.4, 0.4]), widthOf([0.4])];
    assert.deepEqual(
      widths.toSorted((a, b) => a - b),
      widths,
    );
    // Four degrees of freedom: 2.13 errors of 0.4 either way hold 90%.
    assert.ok(Math.abs(widths[1]! / (2 * 2.13 * 0.4) - 1) < 0.25, `${widths[1]}`);
    assert.throws(() => widthOf([Number.NaN]), /finite past errors, got NaN/);
  });

  it("is the middle of possible revenues that others may use", () => {
    const ids = topOf(histories, 30);
    const pastErrors = [0.2, -0.1];
    const { withPastErrors, ifRatesStay } = forecastGroup(histories, ids, { ...quick, pastErrors });
    assert.deepEqual(
      middlePart(drawGroupTotals(histories, ids, { ...quick, pastErrors }), 0.9),
      withPastErrors,
    );
    assert.deepEqual(middlePart(drawGroupTotals(histories, ids, quick), 0.9), ifRatesStay);
  });

  it("gives the same digits for the same seed", () => {
    assert.deepEqual(
      forecastGroup(histories, ["1", "2"], quick),
      forecastGroup(histories, ["1", "2"], quick),
    );
  });

  it("refuses groups that are none", () => {
    assert.throws(() => forecastGroup(histories, [], quick), /at least one customer, got none/);
    assert.throws(() => forecastGroup(histories, ["1", "1"], quick), /each customer once, got 1 again/);
    assert.throws(() => forecastGroup(histories, ["x"], quick), /no customer "x" \(of 300/);
    assert.throws(
      () => forecastGroup(histories, ["1"], { ...quick, days: 0 }),
      /whole number of days, got 0/,
    );
  });

  it("stands beside last year where the data reach, and beside earlier forecasts", async () => {
    const lines = drawLines(12, 250);
    const db = await cleanedShop([
      ...lines,
      { invoiceNo: "first", customerId: "c0", invoicedAt: "2011-01-01 09:00:00", quantity: 1, unitPrice: 70 },
    ]);
    const early = await forecastRevenue(db, ["c0", "c1"], { ...quick, referenceDate: "2011-12-30" });
    assert.deepEqual([early.lastYear, early.seasonIndex], [null, null]);
    const reached = await forecastRevenue(db, ["c0"], { ...quick, days: 1, referenceDate: "2011-12-31" });
    const first = lines.filter(({ invoicedAt }) => invoicedAt!.startsWith("2011-01-01"));
    const ofC0 = first
      .filter(({ customerId }) => customerId === "c0")
      .reduce((sum, line) => sum + line.unitPrice!, 70);
    assertClose(reached.lastYear!, ofC0, 1e-12);
    const all = lines.reduce(
      (sum, line) => (line.invoicedAt! < "2011-12-31" ? sum + line.unitPrice! : sum),
      70,
    );
    const then = first.reduce((sum, line) => sum + line.unitPrice!, 70);
    assertClose(reached.seasonIndex!, then / (all / 364), 1e-9);

    const tests = await backTestForecast(
      db,
      (known) => topOf(known, 40),
      ["2011-07-01", "2011-08-01", "2011-09-29"],
      quick,
    );
    const chosen = (known: Histories): string[] =>
      known.referenceDate < "2011-08-01" ? [] : topOf(known, 40);
    const fewer = await backTestForecast(db, chosen, ["2011-07-01", "2011-08-01"], quick);
    assert.deepEqual(
      fewer.map(({ from }) => from),
      ["2011-08-01"],
      "a cut at which nobody is chosen is left out",
    );
    db.close();
    assert.deepEqual(
      tests.map(({ to, members }) => [to, members]),
      [
        ["2011-09-29", 40],
        ["2011-10-30", 40],
        ["2011-12-28", 40],
      ],
    );
    // Only the first was over by the third cut; none by the second.
    assert.deepEqual(
      tests.map(({ withPastErrors }) => withPastErrors === null),
      [true, true, false],
    );
    for (const { actual, expected, logError, ifRatesStay, heldIfRatesStay } of tests) {
      assertClose(logError, Math.log(actual / expected), 1e-12);
      assert.ok(Math.abs(logError) < 0.5, `${logError}`);
      assert.equal(heldIfRatesStay, ifRatesStay.low <= actual && actual <= ifRatesStay.high);
    }
  });
});

describe("a larger group", () => {
  const ids = topOf(histories, 40);

  it("takes in the next in line and counts only what is new", () => {
    const scores = histories.pastRevenue;
    const found = growthScenario(histories, ids, scores, quick);
    assert.deepEqual(found.newcomers, topOf(histories, 44).slice(40));
    assertClose(found.incremental.expected, found.inAll.expected - found.alreadySpent.expected, 1e-9);
    assertClose(found.inAll.expected, 4 * found.memberLevel.expected, 1e-9);
    assert.ok(found.incremental.low < found.incremental.expected);
    assert.ok(found.alreadySpent.expected > 0);
  });

  it("brings nothing new when newcomers do not change, and part of the way when they go part of it", () => {
    const at = (reach: number) => growthScenario(histories, ids, histories.pastRevenue, { ...quick, reach });
    assert.deepEqual(at(0).incremental, { expected: 0, low: 0, high: 0 });
    assertClose(at(0.5).incremental.expected, at(1).incremental.expected / 2, 1e-9);
  });

  it("refuses what cannot grow", () => {
    const grow = (growth: number, count: number) => () =>
      growthScenario(histories, topOf(histories, count), histories.pastRevenue, { ...quick, growth });
    assert.throws(grow(0, 40), /growth above 0/);
    assert.throws(grow(0.1, 300), /30 customers outside of the group, got 0/);
    assert.throws(() => growthScenario(histories, ids, Float64Array.of(1), quick), /300 scores, got 1/);
  });
});
