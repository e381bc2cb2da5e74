import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { choosePurchases, fitPurchases } from "#src/value/fit-purchases.js";
import { fitSpend } from "#src/value/fit-spend.js";
import { NotConverged } from "#src/value/maximum-likelihood.js";
import { bgNbd, mbgNbd } from "#src/value/models/bg-nbd.js";
import { cnbd, mbgCnbd } from "#src/value/models/mbg-cnbd.js";
import { mixedNbd } from "#src/value/models/mixed-nbd.js";
import { nbd } from "#src/value/models/nbd.js";
import { paretoNbd } from "#src/value/models/pareto-nbd.js";
import { assertClose, drawCustomers, readModelFixture } from "./support.js";

const { customers, fits, gammaGamma } = readModelFixture();

describe("fitted models", () => {
  it("reach at least the likelihood that lifetimes finds, at its parameters", () => {
    for (const model of [paretoNbd, bgNbd, mbgNbd]) {
      const theirs = fits.find(({ model: name }) => name === model.name)!;
      const ours = fitPurchases(model, customers, { starts: 2 });
      assert.ok(ours.logLikelihood >= theirs.logLikelihood - 1e-6, model.name);
      assertClose(ours.logLikelihood, theirs.logLikelihood, 1e-7, model.name);
      ours.parameters.forEach((value, i) => {
        assert.ok(Math.abs(value / theirs.parameters[i]! - 1) < 0.01, `${model.name}: ${value}`);
      });
      assert.ok(ours.converged && ours.gradientNorm < 1e-7);
      assert.equal(ours.agreeing, 2, "all starts end at the same place");
    }
    const spend = fitSpend({ orders: customers.repeats, meanValue: customers.meanValue });
    assert.ok(spend.logLikelihood >= gammaGamma.fit.logLikelihood - 1e-6);
    spend.parameters.forEach((value, i) => {
      assert.ok(Math.abs(value / gammaGamma.fit.parameters[i]! - 1) < 0.01, `${value}`);
    });
    assert.equal(spend.customers + spend.leftOut, customers.repeats.length);
  });

  it("find the parameters behind drawn customers within their standard errors", () => {
    const truth = [0.7, 8, 0.8, 15];
    const drawn = drawCustomers(paretoNbd, truth, [4, 3.5, 40], 1200, 21);
    const { parameters, standardErrors } = fitPurchases(paretoNbd, drawn, { starts: 1 });
    parameters.forEach((value, i) => {
      const z = Math.log(value / truth[i]!) / standardErrors[i]!;
      assert.ok(Math.abs(z) < 3, `${value} is ${z} errors from ${truth[i]}`);
    });
  });

  it("do not depend on the unit of time", () => {
    const days = { ...customers };
    days.lastWeeks = customers.lastWeeks.map((weeks) => weeks * 7);
    days.ageWeeks = customers.ageWeeks.map((weeks) => weeks * 7);
    const [inWeeks, inDays] = [fitPurchases(mbgNbd, customers), fitPurchases(mbgNbd, days)];
    [1, 7, 1, 1].forEach((factor, i) => {
      assertClose(inDays.parameters[i]!, inWeeks.parameters[i]! * factor, 1e-5);
    });
  });

  it("give the same digits for the same seed", () => {
    assert.deepEqual(
      fitPurchases(bgNbd, customers, { seed: 4 }),
      fitPurchases(bgNbd, customers, { seed: 4 }),
    );
  });

  it("say so when nothing shows that customers stop, and leave the place to a simpler model", () => {
    const drawn = drawCustomers(nbd, [0.8, 10], [4, 3.5, 40], 300, 2);
    assert.throws(() => fitPurchases(bgNbd, drawn), NotConverged);
    assert.throws(() => fitPurchases(bgNbd, drawn), /BG\/NBD\).*(ran off|cannot tell).*n = 300/);
    const { fitted, passedOver } = choosePurchases(drawn, {}, [paretoNbd, nbd]);
    assert.equal(fitted.model, nbd);
    assert.match(passedOver[0]!.reason, /do not determine its parameters: s/);
  });

  it("are chosen by BIC: the one that drew the customers has it lowest", () => {
    const chosen = choosePurchases(customers, { starts: 1 });
    assert.equal(chosen.fitted.model, paretoNbd);
    assert.deepEqual(
      chosen.passedOver.map(({ model }) => model),
      ["MBG/CNBD-2", "CNBD-2", "MBG/NBD", "mixed NBD", "NBD"],
    );
    assert.match(chosen.passedOver[0]!.reason, /times between purchases are not known/);
    const regular = drawCustomers(mbgCnbd, [0.9, 4.5, 0.3, 2], [4, 3.5, 40], 600, 5);
    assert.equal(choosePurchases(regular, { starts: 1 }, [mbgNbd, mbgCnbd, cnbd]).fitted.model, mbgCnbd);
    const irregular = drawCustomers(mbgNbd, [0.9, 9, 0.3, 2], [4, 3.5, 40], 600, 5);
    assert.equal(choosePurchases(irregular, { starts: 1 }, [mbgCnbd, mbgNbd]).fitted.model, mbgNbd);
    const kinds = drawCustomers(mixedNbd, [2, 60, 3, 4, 0.1], [4, 3.5, 40], 600, 5);
    const { fitted } = choosePurchases(kinds, { starts: 1 }, [mbgNbd, mixedNbd, nbd]);
    assert.equal(fitted.model, mixedNbd);
    assertClose(fitted.bic, 5 * Math.log(600) - 2 * fitted.logLikelihood, 1e-12);
  });

  it("refuse histories that cannot be", () => {
    const times = (repeats: number[], lastWeeks: number[], ageWeeks: number[]) => () =>
      fitPurchases(bgNbd, { repeats, lastWeeks, ageWeeks });
    assert.throws(times([], [], []), /columns of one length above 0, got 0, 0 and 0/);
    assert.throws(times([1, 2], [1], [2]), /got 2, 1 and 1/);
    assert.throws(times([1], [3], [2]), /got 1, 3 and 2 \(row 0\)/);
    assert.throws(times([0], [1], [2]), /got 0, 1 and 2/);
    assert.throws(times([2], [0], [2]), /got 2, 0 and 2/);
    assert.throws(times([1.5], [1], [2]), /got 1.5, 1 and 2/);
    assert.throws(times([1], [1], [Number.NaN]), /got 1, 1 and NaN/);
    assert.throws(times([0, 0], [0, 0], [4, 9]), /customers who came back, got none among 2/);
    assert.throws(times([1], [1], [2]), NotConverged);
    assert.throws(() => fitPurchases(cnbd, customers), /needs the times between purchases/);
  });

  it("refuse spend that cannot be", () => {
    const spend = (orders: number[], meanValue: number[]) => () => fitSpend({ orders, meanValue });
    assert.throws(spend([1], []), /one length, got 1 and 0/);
    assert.throws(spend([1], [-2]), /got 1 and -2 \(row 0\)/);
    assert.throws(spend([1], [Number.NaN]), /got 1 and NaN/);
    assert.throws(
      spend([0, 1, 1, 2], [Number.NaN, 0, 5, 6]),
      /at least 3 customers with orders of value, got 2/,
    );
    assert.throws(spend([1, 1, 1, 1], [5, 5, 5, 5]), NotConverged);
  });

  it("find the published parameters for the CDNOW customers", (t) => {
    const path = process.env.INSIDERS_CDNOW;
    if (!path || !existsSync(path)) return t.skip("INSIDERS_CDNOW names no file of CDNOW customers");
    const rows = readFileSync(path, "utf8").trim().split("\n").slice(1);
    const cells = rows.map((row) => row.split(",").map(Number) as [number, number, number, number, number]);
    const cdnow = {
      repeats: cells.map((row) => row[1]),
      lastWeeks: cells.map((row) => row[2]),
      ageWeeks: cells.map((row) => row[3]),
    };
    // Fader, Hardie & Lee 2005, table 1; Fader & Hardie 2005; Fader & Hardie 2013.
    const published: [typeof bgNbd, number[], number][] = [
      [bgNbd, [0.243, 4.414, 0.793, 2.426], -9582.4],
      [paretoNbd, [0.553, 10.578, 0.606, 11.669], -9595.0],
    ];
    for (const [model, parameters, logLikelihood] of published) {
      const fitted = fitPurchases(model, cdnow, { starts: 2 });
      fitted.parameters.forEach((value, i) => {
        assertClose(value, parameters[i]!, 6e-4, model.name);
      });
      assert.ok(Math.abs(fitted.logLikelihood - logLikelihood) < 0.06);
      assert.equal(fitted.agreeing, 2);
    }
    const { parameters } = fitSpend({ orders: cdnow.repeats, meanValue: cells.map((row) => row[4]) });
    [6.25, 3.74, 15.44].forEach((wanted, i) => {
      assert.ok(Math.abs(parameters[i]! - wanted) < 0.01, `${parameters[i]} is not ${wanted}`);
    });
  });
});
