import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fitPca, Pca, type PcaState } from "#src/embedding/pca.js";
import { matrixOf } from "#src/math/matrix.js";
import { largestGap, readFixture } from "./support.js";

interface Expected {
  name: string;
  rows: number[][];
  new: number[][];
  components: number[][];
  explainedVariance: number[];
  explainedVarianceRatio: number[];
  scores: number[][];
  back: number[][];
}

const { cases } = readFixture<{ cases: Expected[] }>("pca.json");

describe("fitPca", () => {
  for (const expected of cases)
    it(`equals scikit-learn to 1e-9, signs included: ${expected.name}`, () => {
      const pca = fitPca(matrixOf(expected.rows), { nComponents: expected.components.length });
      const close = (a: ArrayLike<number>, b: ArrayLike<number>): void =>
        assert.ok(largestGap(a, b) < 1e-9, `${largestGap(a, b)}`);
      close(pca.state.components.flat(), expected.components.flat());
      close(pca.state.explainedVariance, expected.explainedVariance);
      close(pca.state.explainedVarianceRatio, expected.explainedVarianceRatio);
      const scores = pca.transform(matrixOf(expected.new));
      close(scores.data, expected.scores.flat());
      close(pca.inverseTransform(scores).data, expected.back.flat());
    });

  it("gives the rows back when all directions are kept", () => {
    const X = matrixOf(cases[0]!.rows);
    const pca = fitPca(X);
    assert.ok(largestGap(pca.inverseTransform(pca.transform(X)).data, X.data) < 1e-12);
  });

  it("is the same after a round through JSON", () => {
    const X = matrixOf(cases[0]!.rows);
    const pca = fitPca(X, { nComponents: 2 });
    const again = new Pca(JSON.parse(JSON.stringify(pca.state)) as PcaState);
    assert.deepEqual(again.transform(X), pca.transform(X));
  });

  it("finds nothing in constant columns and does not divide by it", () => {
    const constant = fitPca(
      matrixOf([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
    );
    assert.deepEqual(constant.state.explainedVarianceRatio, [0, 0]);
    assert.deepEqual([...constant.transform(matrixOf([[1, 2]])).data], [0, 0]);
    const one = fitPca(
      matrixOf([
        [1, 7],
        [3, 7],
        [5, 7],
      ]),
    );
    assert.deepEqual(one.state.components[0], [1, 0]);
    assert.deepEqual(
      one.state.explainedVarianceRatio.map((share) => Math.round(share)),
      [1, 0],
    );
  });

  it("refuses one row, no columns, NaN, too many components and other columns", () => {
    assert.throws(() => fitPca(matrixOf([[1, 2]])), /at least 2 rows and 1 column, got 1 x 2/);
    assert.throws(() => fitPca(matrixOf([])), RangeError);
    assert.throws(
      () =>
        fitPca(
          matrixOf([
            [1, 2],
            [Number.NaN, 1],
          ]),
        ),
      /got NaN in row 1, column 0/,
    );
    assert.throws(
      () =>
        fitPca(
          matrixOf([
            [1, 2],
            [2, 1],
          ]),
          { nComponents: 3 },
        ),
      /1 to 2 components, got 3/,
    );
    const pca = fitPca(
      matrixOf([
        [1, 2],
        [2, 1],
      ]),
    );
    assert.throws(() => pca.transform(matrixOf([[1, 2, 3]])), /rows of 2 columns, got 3/);
  });
});
