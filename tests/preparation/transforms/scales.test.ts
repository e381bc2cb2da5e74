import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FittedTransform } from "#src/preparation/transforms/fitted-transform.js";
import { fitLog1p } from "#src/preparation/transforms/log1p.js";
import { fitMinMax } from "#src/preparation/transforms/min-max.js";
import { fitRobust } from "#src/preparation/transforms/robust.js";
import { fitStandard } from "#src/preparation/transforms/standard.js";
import {
  assertAllNear,
  assertTransforms,
  readFixture,
  type TransformFixture,
  toNumbers,
} from "../support.js";

const { columns } = readFixture<TransformFixture>("transforms");
const fits: Record<string, (values: ArrayLike<number>) => FittedTransform> = {
  fitStandard,
  fitRobust,
  fitMinMax,
  fitLog1p,
};

describe("scales and log1p agree with scikit-learn", () => {
  for (const test of columns)
    it(test.name, () => {
      const x = toNumbers(test.x);
      const beyond = toNumbers(test.beyond);
      assertTransforms(fitStandard(x), x, beyond, test.standard, 1e-12);
      assertTransforms(fitRobust(x), x, beyond, test.robust, 1e-12);
      assertTransforms(fitRobust(x, { quantileRange: [0.1, 0.95] }), x, beyond, test.robustRange, 1e-12);
      assertTransforms(fitMinMax(x), x, beyond, test.minMax, 1e-12);
      if (test.log1p) assertTransforms(fitLog1p(x), x, toNumbers(test.later), test.log1p, 1e-15);
      else assert.throws(() => fitLog1p(x), /log1p needs values above -1, got -/);
    });
});

describe("every one of them", () => {
  for (const [name, fit] of Object.entries(fits)) {
    it(`takes values back: ${name}`, () => {
      const x = [0.001, 3, 7, 120, 5e6, Number.NaN];
      const fitted = fit(x);
      assertAllNear(fitted.inverseTransform(fitted.transform(x)), [...x.slice(0, 5), null], 1e-9);
    });

    it(`refuses nothing and the infinite, and keeps gaps: ${name}`, () => {
      assert.throws(() => fit([]), new RegExp(`${name} needs a value, got none`));
      assert.throws(() => fit([0, -Infinity]), /needs finite values, got -Infinity \(row 1\)/);
      assert.ok(Number.isNaN(fit([1, 2]).transform([Number.NaN])[0]));
    });

    it(`makes no difference between -0 and 0: ${name}`, () => {
      assert.equal(JSON.stringify(fit([-0, -0]).state), JSON.stringify(fit([0, 0]).state));
      assert.deepEqual(fit([-0, -0]).state, fit([0, 0]).state);
    });
  }
});

describe("a scale", () => {
  it("makes the unit of the values irrelevant", () => {
    const x = [3, 1, 4, 1, 5, 9, 2, 6];
    const inOther = x.map((value) => 1.8 * value + 32);
    for (const fit of [fitStandard, fitRobust, fitMinMax])
      assertAllNear(fit(inOther).transform(inOther), [...fit(x).transform(x)], 1e-13);
  });

  it("of equal values makes them 0, and takes 0 back to them", () => {
    for (const fit of [fitStandard, fitRobust, fitMinMax])
      for (const x of [[0.1, 0.1, 0.1], [-1e300], [7, Number.NaN]]) {
        const fitted = fit(x);
        assert.equal(fitted.transform(x)[0], 0);
        assert.equal(fitted.inverseTransform([0])[0], x[0]);
      }
  });

  it("that is robust is not moved by an outlier, nor undone by quartiles that are equal", () => {
    const { center, scale } = fitRobust([1, 2, 3, 4, 5]).state;
    assert.deepEqual(fitRobust([1, 2, 3, 4, 5e9]).state, { kind: "robust", center, scale });
    assert.deepEqual(fitRobust([2, 2, 2, 2, 9]).state, { kind: "robust", center: 2, scale: 1 });
  });

  it("that is robust needs a range of shares", () => {
    for (const quantileRange of [
      [0.75, 0.25],
      [0.5, 0.5],
      [-0.1, 1],
      [25, 75],
    ] as [number, number][])
      assert.throws(
        () => fitRobust([1, 2], { quantileRange }),
        /fitRobust needs shares 0 <= low < high <= 1/,
      );
  });
});
