import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  type BoxCoxState,
  boxCox,
  boxCoxLikelihood,
  fitBoxCox,
} from "#src/preparation/transforms/box-cox.js";
import type { FittedTransform } from "#src/preparation/transforms/fitted-transform.js";
import type { Likelihood } from "#src/preparation/transforms/power-likelihood.js";
import { fitStandard } from "#src/preparation/transforms/standard.js";
import {
  fitYeoJohnson,
  type YeoJohnsonState,
  yeoJohnson,
  yeoJohnsonLikelihood,
} from "#src/preparation/transforms/yeo-johnson.js";
import {
  assertAllNear,
  assertNear,
  assertTransforms,
  type ColumnCase,
  type Likely,
  type Powered,
  readFixture,
  type TransformFixture,
  toNumbers,
} from "../support.js";

const { columns } = readFixture<TransformFixture>("transforms");

/** One of the two families, with its part of a fixture. */
interface Family {
  name: string;
  fit(
    x: ArrayLike<number>,
    options?: { standardize: boolean },
  ): FittedTransform<BoxCoxState | YeoJohnsonState>;
  make(lambda: number): FittedTransform;
  likelihood(x: Float64Array): Likelihood;
  later(test: ColumnCase): Float64Array;
  standardized(test: ColumnCase): Powered | undefined;
  plain(test: ColumnCase): Likely | undefined;
}

const families: Family[] = [
  {
    name: "Yeo-Johnson",
    fit: fitYeoJohnson,
    make: (lambda) => yeoJohnson({ kind: "yeo-johnson", lambda, mean: 0, scale: 1 }),
    likelihood: yeoJohnsonLikelihood,
    later: ({ beyond }) => toNumbers(beyond),
    standardized: ({ yeoJohnson }) => yeoJohnson,
    plain: ({ yeoJohnsonPlain }) => yeoJohnsonPlain,
  },
  {
    name: "Box-Cox",
    fit: fitBoxCox,
    make: (lambda) => boxCox({ kind: "box-cox", lambda, mean: 0, scale: 1 }),
    likelihood: boxCoxLikelihood,
    later: ({ later }) => toNumbers(later),
    standardized: ({ boxCox }) => boxCox,
    plain: ({ boxCoxPlain }) => boxCoxPlain,
  },
];

/** Where scikit-learn is further away from the power of greatest likelihood, ours need not follow. */
const toleranceOf = ({ lambda, exactLambda }: Likely): number => 1e-6 + 2 * Math.abs(lambda - exactLambda);

for (const family of families)
  describe(`${family.name} agrees with scikit-learn`, () => {
    for (const test of columns) {
      const plain = family.plain(test);
      const standardized = family.standardized(test);
      if (plain === undefined || standardized === undefined) continue;
      const x = toNumbers(test.x);

      it(`on the power: ${test.name}`, () => {
        const { lambda } = family.fit(x).state;
        assertNear(lambda, plain.exactLambda, 1e-6);
        assertNear(lambda, plain.lambda, toleranceOf(plain));
      });

      it(`on what a power makes of the values: ${test.name}`, () => {
        const transform = family.make(plain.lambda);
        assertTransforms(transform, x, family.later(test), plain);
        const scaled = fitStandard(transform.transform(x));
        // Values that a power draws together have fewer digits left, here and there.
        const tolerance = 1e-9 + 8 * 2 ** -52 * Math.abs(scaled.state.mean / scaled.state.scale);
        assertAllNear(scaled.transform(transform.transform(x)), standardized.transformed, tolerance);
        assertAllNear(
          scaled.transform(transform.transform(family.later(test))),
          standardized.later,
          tolerance,
        );
      });

      it(`on the whole, as far as the powers do: ${test.name}`, () => {
        // An error of the power is one of the logarithm of what is transformed.
        const tolerance = toleranceOf(plain) * Math.max(1, Math.abs(plain.lambda));
        assertTransforms(family.fit(x), x, family.later(test), standardized, tolerance);
        assertTransforms(family.fit(x, { standardize: false }), x, family.later(test), plain, tolerance);
      });

      it(`with scipy's formulas in 50 digits, on how likely powers are: ${test.name}`, () => {
        const likelihood = family.likelihood(x.filter((value) => !Number.isNaN(value)));
        for (const [lambda, wanted] of plain.likelihoods) assertNear(likelihood(lambda), wanted, 1e-12);
      });
    }
  });

for (const family of families)
  describe(family.name, () => {
    const { name, fit } = family;
    const x = toNumbers(columns.find((test) => test.name === "a heavy right tail")!.x);

    it("takes values back to 1e-9, or as far as a power that draws them together leaves them apart", () => {
      for (const test of columns) {
        const values = toNumbers(test.x);
        if (name === "Box-Cox" && values.some((value) => value <= 0)) continue;
        const fitted = fit(values);
        const back = fitted.inverseTransform(fitted.transform(values));
        const { lambda, mean } = fitted.state;
        values.forEach((value, i) => {
          const base = name === "Box-Cox" ? value : 1 + Math.abs(value);
          const slope = base ** (value < 0 ? 1 - lambda : lambda - 1);
          assertNear(back[i]!, value, 1e-9 + (16 * 2 ** -52 * Math.abs(mean)) / slope, 1e-3);
        });
      }
    });

    it("takes values back to 1e-9 where the power is between -1 and 2", () => {
      const sets = columns.filter((test) => Math.abs((family.plain(test)?.lambda ?? 9) - 0.5) <= 1.5);
      assert.ok(sets.length >= 5);
      for (const values of sets.map((test) => toNumbers(test.x))) {
        const fitted = fit(values);
        assertAllNear(fitted.inverseTransform(fitted.transform(values)), [...values], 1e-9, 1e-3);
      }
    });

    it("ignores the order of values, gaps, and leaves what it is given as it was", () => {
      const before = [...x];
      const gaps = Float64Array.from([Number.NaN, ...[...x].reverse(), Number.NaN]);
      assertNear(fit(gaps).state.lambda, fit(x).state.lambda, 1e-7);
      assert.deepEqual([...x], before);
      assert.ok(Number.isNaN(fit(x).transform([Number.NaN])[0]));
      assert.ok(Number.isNaN(fit(x).inverseTransform([Number.NaN])[0]));
    });

    it("keeps the order of values", () => {
      const sorted = Float64Array.from(x).sort();
      const there = fit(x).transform(sorted);
      there.forEach((value, i) => {
        assert.ok(i === 0 || value > there[i - 1]!);
      });
    });

    it("leaves equal values alone but for the mean, and refuses none and infinite ones", () => {
      assert.deepEqual(fit([5, 5, Number.NaN]).state, { ...fit([5]).state });
      assert.equal(fit([5, 5]).state.lambda, 1);
      assert.deepEqual([...fit([5, 5]).transform([5])], [0]);
      assert.throws(() => fit([]), /needs a value, got none \(0 missing\)/);
      assert.throws(() => fit([Number.NaN]), /needs a value, got none \(1 missing\)/);
      assert.throws(() => fit([1, Infinity]), /needs finite values, got Infinity \(row 1\)/);
    });

    it("is NaN where nothing is transformed to", () => {
      const fitted = fit([1, 2, 4, 8, 16, 1000, 100_000], { standardize: false });
      assert.ok(fitted.state.lambda < -0.01);
      assert.ok(Number.isNaN(fitted.inverseTransform([1 - 1 / fitted.state.lambda])[0]));
    });

    it("keeps the digits of values that are far from zero and close together", () => {
      const likelihood = family.likelihood(Float64Array.of(1e9, 1e9 + 1, 1e9 + 3));
      assertNear(likelihood(1), -1.5 * Math.log(14 / 9), 1e-13);
    });

    it("stays finite with values far apart, or far from zero and close together", () => {
      for (const extreme of [
        [1e-300, 1, 1e300],
        [1e15, 1e15 + 1, 1e15 + 5],
        [1e-12, 2e-12, 5e-12],
      ])
        for (const value of fit(extreme).transform(extreme))
          assert.ok(Number.isFinite(value), String(extreme));
    });
  });

describe("Box-Cox", () => {
  it("finds the logarithm for a sample whose logarithms are symmetric", () => {
    const logs = [-2, -1, -1, -0.5, 0, 0.5, 1, 1, 2];
    assertNear(fitBoxCox(logs.map(Math.exp)).state.lambda, 0, 1e-7);
  });

  it("keeps its power when the unit changes", () => {
    const x = toNumbers(columns[0]!.x);
    const inPence = x.map((value) => 100 * value);
    assertNear(fitBoxCox(inPence).state.lambda, fitBoxCox(x).state.lambda, 1e-7);
    assertAllNear(fitBoxCox(inPence).transform(inPence), [...fitBoxCox(x).transform(x)], 1e-6);
  });

  it("refuses what is not positive, when fitted and later", () => {
    assert.throws(() => fitBoxCox([1, 0]), /Box-Cox needs positive values, got 0/);
    assert.throws(() => fitBoxCox([1, 2]).transform([-3]), /Box-Cox needs positive values, got -3/);
  });
});

describe("Yeo-Johnson", () => {
  it("of mirrored values is the mirror, with 2 less the power", () => {
    const x = toNumbers(columns.find((test) => test.name === "both signs")!.x);
    const mirrored = x.map((value) => -value);
    assertNear(fitYeoJohnson(mirrored).state.lambda, 2 - fitYeoJohnson(x).state.lambda, 1e-7);
    assertAllNear(
      fitYeoJohnson(mirrored).transform(mirrored),
      Array.from(fitYeoJohnson(x).transform(x), (value) => -value),
      1e-6,
    );
  });

  it("with power 1 is the identity, with 0 log1p from zero up, with 2 its mirror below", () => {
    const make = (lambda: number): FittedTransform => families[0]!.make(lambda);
    assertAllNear(make(1).transform([-3, 0, 5]), [-3, 0, 5], 1e-15);
    assertAllNear(make(0).transform([0, 3]), [0, Math.log(4)], 1e-15);
    assertAllNear(make(2).transform([-3]), [-Math.log(4)], 1e-15);
    assertAllNear(make(2).inverseTransform([-Math.log(4)]), [-3], 1e-15);
  });
});
