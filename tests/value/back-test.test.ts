import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { buildCustomers } from "#src/features/customers.js";
import { rfmScores } from "#src/features/rfm.js";
import { backTest, backTestValue } from "#src/value/back-test.js";
import { gainCurve, gainDifference, rankRows } from "#src/value/gain.js";
import { nbd } from "#src/value/models/nbd.js";
import { cleanedShop } from "../features/support.js";
import { assertClose, drawLines } from "./support.js";

describe("the gain curve", () => {
  it("tells the share of revenue of the first so many customers", () => {
    assert.deepEqual([...gainCurve([3, 9, 1, 5], [10, 60, 20, 10])], [0, 0.6, 0.7, 0.8, 1]);
  });

  it("lets customers of one score share what they bring, in whatever order they stand", () => {
    assert.deepEqual([...gainCurve([7, 7, 7, 7], [0, 0, 0, 8])], [0, 0.25, 0.5, 0.75, 1]);
    assert.deepEqual([...gainCurve([9, 5, 5], [2, 0, 6])], [...gainCurve([9, 5, 5], [2, 6, 0])]);
  });

  it("refuses scores without order and revenue that is none", () => {
    assert.throws(() => gainCurve([Number.NaN], [1]), /NaN \(row 0\)/);
    assert.throws(() => gainCurve([1, 2], [1]), /one length, got 2 and 1/);
    assert.throws(() => gainCurve([1], [-1]), /at least 0, got -1/);
    assert.throws(() => gainCurve([1, 2], [0, 0]), /revenue above 0 \(n = 2\)/);
    assert.throws(() => gainCurve([], []), /revenue above 0 \(n = 0\)/);
  });

  it("ranks equal scores by row", () => {
    assert.deepEqual([...rankRows([1, 2, 2, 0])], [1, 2, 0, 3]);
  });
});

describe("the difference of two scores", () => {
  const revenue = Array.from({ length: 200 }, (_, i) => ((i * 37) % 200) ** 2);
  const noise = revenue.map((_, i) => (i * 91) % 200);

  it("is zero of a score to itself, in every resample", () => {
    const options = { resamples: 50, seed: 1 };
    assert.deepEqual(gainDifference(noise, noise, revenue, 0.1, options), { difference: 0, low: 0, high: 0 });
  });

  it("of foresight to noise lies well above zero, around the difference of the curves", () => {
    const found = gainDifference(revenue, noise, revenue, 0.1, { resamples: 300, seed: 2 });
    assert.equal(found.difference, gainCurve(revenue, revenue)[20]! - gainCurve(noise, revenue)[20]!);
    assert.ok(found.low > 0.05 && found.low < found.difference && found.difference < found.high);
    assert.throws(
      () => gainDifference(noise, noise, revenue, 0, { resamples: 5, seed: 1 }),
      /share lies above 0/,
    );
  });
});

describe("a back-test", () => {
  it("measures order, capture and money by hand", () => {
    const later = Float64Array.of(0, 10, 30, 60, 0, 0, 0, 0, 0, 0);
    const predicted = Float64Array.of(10, 10, 10, 10, 0, 0, 0, 0, 0, 0);
    const scores = Float64Array.of(0, 2, 9, 7, 0, 0, 0, 0, 0, 0);
    const same = later.map(() => 1);
    const { results, total } = backTest(
      later,
      [
        { name: "ours", scores, predicted },
        { name: "nothing", scores: same, predicted: null },
      ],
      [0.1, 0.2],
    );
    assert.equal(total, 100);
    const [ours, nothing, foresight] = results;
    assert.deepEqual(ours!.captured, [0.3, 0.9]);
    assert.equal(ours!.meanAbsoluteError, (10 + 0 + 20 + 50) / 10);
    assert.equal(ours!.totalError, 40 / 100 - 1);
    // Ranks 4, 8, 10, 9 against 4, 8, 9, 10 with seven zeros of mean rank 4: 1 - 6 * 2 / 990 corrected for ties.
    assertClose(ours!.spearman, 52.5 / 54.5, 0.02);
    assert.equal(ours!.gain.length, 101);
    assert.ok(Number.isNaN(nothing!.spearman) && nothing!.meanAbsoluteError === null);
    assert.deepEqual(nothing!.captured, [0.1, 0.2]);
    assert.deepEqual([foresight!.spearman, foresight!.captured[1], foresight!.totalError], [1, 0.9, 0]);
  });

  it("refuses predictions of other customers", () => {
    const later = Float64Array.of(1, 2);
    const candidate = { name: "ours", scores: later, predicted: Float64Array.of(1) };
    assert.throws(() => backTest(later, [candidate]), /one length, got 1 and 2 \(ours\)/);
  });

  it("of a shop reads nothing after the cut but the later revenue", async () => {
    const db = await cleanedShop(drawLines(5, 250));
    const options = { cut: "2011-09-01", days: 90, models: [nbd] };
    const whole = await backTestValue(db, options);
    assert.ok(whole.total > 0 && whole.end === "2011-11-30");
    await buildCustomers(db, { referenceDate: "2011-09-01" });
    const rfm = (await rfmScores(db)).map((score) => score.recency + score.frequency + score.monetary);
    const past = await db.numbers("SELECT gross_revenue FROM customers ORDER BY customer_id");
    assert.deepEqual([...whole.candidates[2]!.scores], rfm);
    assertClose(
      Math.max(...whole.candidates[1]!.scores.map((value, i) => Math.abs(value - past[i]!))),
      0,
      1e-9,
    );
    // Later orders of another size change what came, and nothing of what was said.
    await db.run("UPDATE invoice_lines SET quantity = 3 WHERE invoiced_at >= '2011-09-01'");
    await cleanInvoices(db);
    const changed = await backTestValue(db, options);
    db.close();
    assert.deepEqual(changed.candidates, whole.candidates);
    assertClose(changed.total, 3 * whole.total, 1e-12);
    const [value, , , naive] = whole.results;
    assert.ok(value!.spearman > 0.3, `${value!.spearman}`);
    assert.ok(value!.meanAbsoluteError! < naive!.meanAbsoluteError!);
    assert.ok(Math.abs(value!.totalError!) < 0.25, `${value!.totalError}`);
  });
});
