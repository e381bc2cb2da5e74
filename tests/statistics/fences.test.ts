import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { logTukeyFences, tukeyFences } from "#src/statistics/fences.js";

describe("Tukey's fences", () => {
  it("lie one and a half interquartile ranges beyond the middle half", () => {
    // Quartiles of 1 to 9 are 3 and 7.
    const values = [9, 1, 8, 2, 7, 3, 6, 4, 5];
    assert.deepEqual(tukeyFences(values), { low: -3, high: 13 });
    assert.deepEqual(tukeyFences(values, 3), { low: -9, high: 19 });
    assert.deepEqual(tukeyFences(values, 0), { low: 3, high: 7 });
  });

  it("leave out what is missing", () => {
    assert.deepEqual(tukeyFences([Number.NaN, 1, 2, 3, 4, 5]), tukeyFences([1, 2, 3, 4, 5]));
  });

  it("are at the value itself where all values are equal, and unknown where there are none", () => {
    assert.deepEqual(tukeyFences([4, 4, 4]), { low: 4, high: 4 });
    assert.deepEqual(tukeyFences([]), { low: Number.NaN, high: Number.NaN });
    assert.deepEqual(logTukeyFences([0, -1, Number.NaN]), { low: Number.NaN, high: Number.NaN });
  });

  it("on a logarithmic scale are factors: quartiles 10 and 1,000 reach three decades further each way", () => {
    const { low, high } = logTukeyFences([1, 10, 100, 1000, 10_000, 0, -5, Infinity]);
    assert.ok(Math.abs(low / 1e-2 - 1) < 1e-12, `${low}`);
    assert.ok(Math.abs(high / 1e6 - 1) < 1e-12, `${high}`);
  });

  it("refuse a reach below zero", () => {
    assert.throws(() => tukeyFences([1], -1), /tukeyFences needs a reach of at least 0, got -1/);
  });
});
