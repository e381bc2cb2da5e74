import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { backTestValue } from "#src/value/back-test.js";
import { gainDifference } from "#src/value/gain.js";
import { mbgCnbd } from "#src/value/models/mbg-cnbd.js";
import { nbd } from "#src/value/models/nbd.js";
import { paretoNbd } from "#src/value/models/pareto-nbd.js";
import { loadRealData } from "../data/support.js";
import { assertClose } from "./support.js";

describe("the value score of the UCI Online Retail data", () => {
  it("is level with the revenue sort out of time, and ahead of the RFM score", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { db } = real;
    await cleanInvoices(db);
    const models = [mbgCnbd, paretoNbd, nbd];
    const found = await backTestValue(db, {
      cut: "2011-09-09",
      days: 92,
      shares: [0.1, 0.2],
      models,
      starts: 1,
    });
    // Regular times tell who stopped; times as random as can be do not.
    assert.equal(found.model.fitted.model, mbgCnbd);
    const [passed] = found.model.passedOver;
    assert.equal(passed!.model, paretoNbd.name);
    assert.match(passed!.reason, /s ran off/);
    assert.equal(found.customers, 3356);
    const [value, sort, rfm, same, foresight] = found.results;
    assertClose(sort!.captured[0]!, 0.5601, 1e-4);
    assertClose(foresight!.captured[0]!, 0.6629, 1e-4);
    assertClose(value!.captured[0]!, 0.5531, 2e-3);
    assert.ok(value!.spearman > rfm!.spearman && value!.captured[0]! > rfm!.captured[0]! + 0.05);
    assert.ok(value!.meanAbsoluteError! < 0.7 * same!.meanAbsoluteError!);
    const [ours, theirs] = found.candidates;
    const options = { resamples: 200, seed: 1 };
    const difference = gainDifference(ours!.scores, theirs!.scores, found.later, 0.1, options);
    assert.ok(difference.low < 0 && difference.high > 0, "no difference can be told");
  });
});
