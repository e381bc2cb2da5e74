import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fitImputer, impute } from "#src/preparation/impute.js";
import { readFixture, type TransformFixture, toNumbers } from "./support.js";

describe("the imputer", () => {
  it("fills gaps with the median, as scikit-learn's SimpleImputer does", () => {
    for (const { x, median } of readFixture<TransformFixture>("transforms").columns) {
      const values = toNumbers(x);
      const filled = impute(fitImputer(values, "median"), values);
      assert.deepEqual([...filled.values.slice(0, 20)], median);
      assert.equal(filled.imputed, x.filter((value) => value === null).length);
    }
  });

  it("says where the gaps were, and leaves the column as it was", () => {
    const values = [Number.NaN, 3, 1, Number.NaN, 2];
    const state = fitImputer(values, "median");
    assert.deepEqual(state, { strategy: "median", value: 2, missing: 2 });
    const filled = impute(state, values);
    assert.deepEqual([...filled.values], [2, 3, 1, 2, 2]);
    assert.deepEqual([...filled.isImputed], [1, 0, 0, 1, 0]);
    assert.equal(filled.imputed, 2);
    assert.ok(Number.isNaN(values[0]));
  });

  it("takes a number, also for a column without values", () => {
    assert.deepEqual(fitImputer([Number.NaN], -0), { strategy: "constant", value: 0, missing: 1 });
    assert.deepEqual([...impute(fitImputer([], 9), [Number.NaN, 1]).values], [9, 1]);
    assert.throws(() => fitImputer([1], Number.NaN), /needs "median" or a finite number, got NaN/);
    assert.throws(
      () => fitImputer([Number.NaN], "median"),
      /fitImputer needs a value, got none \(1 missing\)/,
    );
    assert.throws(() => fitImputer([Infinity, 1], "median"), /needs finite values, got Infinity/);
  });
});
