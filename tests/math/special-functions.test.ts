import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hypergeometricOne } from "#src/math/hypergeometric.js";
import { logBeta, logGamma } from "#src/math/log-gamma.js";
import { assertClose, readModelFixture } from "../value/support.js";

const { special } = readModelFixture();

describe("logGamma", () => {
  it("is mpmath's to 14 digits", () => {
    for (const [x, wanted] of special.logGamma) assertClose(logGamma(x!), wanted!, 1e-14, `logGamma(${x})`);
  });

  it("is infinite at 0 and no number below", () => {
    assert.equal(logGamma(0), Infinity);
    assert.ok(Number.isNaN(logGamma(-0.5)) && Number.isNaN(logGamma(Number.NaN)));
    assert.equal(logGamma(Infinity), Infinity);
  });

  it("gives the beta function of whole numbers by factorials", () => {
    assertClose(logBeta(3, 4), Math.log(1 / 60), 1e-14);
  });
});

describe("hypergeometricOne", () => {
  it("is mpmath's, also close to 1 and for large parameters", () => {
    for (const [b, c, z, wanted] of special.hypergeometricOne)
      assertClose(hypergeometricOne(b!, c!, z!), wanted!, 1e-10, `2F1(1, ${b}; ${c}; ${z})`);
  });

  it("is 1 at 0, and -log(1 - z) / z for b = 1 and c = 2", () => {
    assert.equal(hypergeometricOne(3, 4, 0), 1);
    assertClose(hypergeometricOne(1, 2, 0.75), -Math.log(0.25) / 0.75, 1e-15);
  });

  it("refuses what its fraction does not reach", () => {
    for (const [b, c, z] of [
      [1, 2, 1],
      [1, 2, -0.1],
      [0, 2, 0.5],
      [3, 2, 0.5],
      [Number.NaN, 2, 0.5],
    ])
      assert.throws(() => hypergeometricOne(b!, c!, z!), /hypergeometricOne needs 0 <= z < 1/);
  });
});
