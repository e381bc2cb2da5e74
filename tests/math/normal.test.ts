import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { normalCdf, normalQuantile } from "#src/math/normal.js";
import { readText } from "../structure/support.js";

const { quantiles } = JSON.parse(readText("tests/math/fixtures/normal.json")) as {
  quantiles: { p: number; x: number }[];
};

describe("normalQuantile", () => {
  it("agrees with scipy from the far left to the far right", () => {
    for (const { p, x } of quantiles)
      assert.ok(Math.abs(normalQuantile(p) - x) <= 1e-13 * Math.max(1, Math.abs(x)), `${p}: ${x}`);
  });

  it("undoes normalCdf", () => {
    for (const x of [-37, -8, -3, -2.99, -1, -1e-9, 0, 0.3, 2, 5])
      assert.ok(Math.abs(normalQuantile(normalCdf(x)) - x) < 1e-10, String(x));
  });

  it("is infinite at the ends, NaN for NaN, and refuses what is no chance", () => {
    assert.deepEqual([0, 1, Number.NaN].map(normalQuantile), [-Infinity, Infinity, Number.NaN]);
    for (const p of [-0.1, 1.1, Infinity])
      assert.throws(() => normalQuantile(p), /normalQuantile needs a chance in \[0, 1\]/);
  });
});
