import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fitQuantile } from "#src/preparation/transforms/quantile.js";
import { assertAllNear, assertNear, readFixture, type TransformFixture, toNumbers } from "../support.js";

const { columns } = readFixture<TransformFixture>("transforms");
const END = 5.199337582290661;

describe("quantile transforms agree with scikit-learn", () => {
  for (const { name, x: values, beyond, quantile } of columns)
    for (const { output, nQuantiles, transformed, later, grid, inverse } of quantile)
      it(`${name}, ${output}, ${nQuantiles} quantiles`, () => {
        const x = toNumbers(values);
        const fitted = fitQuantile(x, { output, nQuantiles });
        assertAllNear(fitted.transform(x), transformed, 1e-10);
        // A single quantile is both ends; scikit-learn puts what lies above it at the lower one.
        if (fitted.state.quantiles.length > 1)
          assertAllNear(fitted.transform(toNumbers(beyond)), later, 1e-10);
        assertAllNear(fitted.inverseTransform(toNumbers(grid)), inverse, 1e-10);
      });
});

describe("a quantile transform", () => {
  it("spreads values evenly, or like a normal", () => {
    const x = Array.from({ length: 101 }, (_, i) => (i - 50) ** 3);
    assertAllNear(
      fitQuantile(x).transform(x),
      x.map((_, i) => i / 100),
      1e-14,
    );
    const normal = fitQuantile(x, { output: "normal" }).transform(x);
    assertNear(normal[50]!, 0, 1e-14);
    assertNear(normal[75]!, 0.6744897501960817, 1e-13);
    assertNear(normal[25]!, -normal[75]!, 1e-13);
    assertNear(normal[0]!, -END, 1e-9);
  });

  it("puts ties in the middle of their shares, and at the smallest value at the start", () => {
    assert.deepEqual([...fitQuantile([1, 1, 1, 2, 3]).transform([1, 2, 3])], [0, 0.75, 1]);
    assert.deepEqual([...fitQuantile([0, 1, 1, 1, 5]).transform([1])], [0.5]);
  });

  it("holds what lies outside at the ends", () => {
    assert.deepEqual([...fitQuantile([1, 2, 3]).transform([-9, 9, Number.NaN])], [0, 1, Number.NaN]);
    assert.deepEqual([...fitQuantile([1, 2, 3]).inverseTransform([-1, 2, Number.NaN])], [1, 3, Number.NaN]);
    const normal = fitQuantile([1, 2, 3], { output: "normal" });
    assertAllNear(normal.transform([-9, 9]), [-END, END], 1e-9);
    assert.deepEqual([...normal.inverseTransform([-40, 40])], [1, 3]);
  });

  it("takes values back where no ties are at stake", () => {
    const x = columns[0]!.x.map(Number);
    for (const output of ["uniform", "normal"] as const) {
      const fitted = fitQuantile(x, { output });
      assertAllNear(fitted.inverseTransform(fitted.transform(x)), x, 1e-9, 1e-9);
    }
  });

  it("is the same after any change that keeps the order, at the fitted values", () => {
    const x = columns[0]!.x.map(Number);
    const bent = x.map(Math.log);
    assertAllNear(fitQuantile(bent).transform(bent), [...fitQuantile(x).transform(x)], 1e-12);
  });

  it("has as many quantiles as values at most", () => {
    assert.equal(fitQuantile([1, 2, 3]).state.quantiles.length, 3);
    assert.deepEqual(fitQuantile([1, 2, 6], { nQuantiles: 2 }).state.quantiles, [1, 6]);
    assert.deepEqual(fitQuantile([4]).state.quantiles, [4]);
    for (const nQuantiles of [0, 2.5, Number.NaN])
      assert.throws(() => fitQuantile([1], { nQuantiles }), /whole number of quantiles above 0/);
    assert.throws(() => fitQuantile([Number.NaN]), /fitQuantile needs a value, got none/);
  });
});
