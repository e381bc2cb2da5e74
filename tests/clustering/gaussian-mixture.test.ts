import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  assignToMixture,
  type CovarianceType,
  type GaussianMixtureResult,
  gaussianMixture,
  type MixtureModel,
  mixtureResponsibilities,
} from "#src/clustering/gaussian-mixture.js";
import { COVARIANCE_TYPES } from "#src/clustering/mixture/parameters.js";
import { column, type Matrix, matrixOf } from "#src/math/matrix.js";
import { choleskyOf, solveCholesky } from "#src/math/positive-definite.js";
import { overlapping, readFixture, relativeGap } from "./kmeans-support.js";

interface Fit {
  covarianceType: CovarianceType;
  labels: number[];
  weights: number[];
  means: number[][];
  covariances: number[];
  lowerBound: number;
  logLikelihood: number;
  bic: number;
  aic: number;
  converged: boolean;
  nIterations: number;
  responsibilities: number[][];
  newResponsibilities: number[][];
}

interface Expected {
  name: string;
  rows: number[][];
  new: number[][];
  shares: number[][];
  options: { maxIter?: number; tol?: number; regCovar?: number };
  fits: Fit[];
}

const { cases } = readFixture<{ cases: Expected[] }>("gaussian-mixture.json");

describe("gaussianMixture", () => {
  for (const expected of cases)
    for (const fit of expected.fits)
      it(`equals scikit-learn from the same responsibilities: ${expected.name}, ${fit.covarianceType}`, () => {
        const responsibilities = matrixOf(expected.shares);
        const model = gaussianMixture(matrixOf(expected.rows), {
          nComponents: responsibilities.columns,
          covarianceType: fit.covarianceType,
          responsibilities,
          seed: 0,
          ...expected.options,
        });
        const close = (what: string, a: ArrayLike<number>, b: ArrayLike<number>): void =>
          assert.ok(relativeGap(a, b) < 1e-6, `${what}: ${relativeGap(a, b)}`);
        close("weights", model.weights, fit.weights);
        close("means", model.means.data, fit.means.flat());
        close("covariances", model.covariances, fit.covariances);
        const { lowerBound, logLikelihood, bic, aic } = model;
        const numbers = [fit.lowerBound, fit.logLikelihood, fit.bic, fit.aic];
        close("likelihood", [lowerBound, logLikelihood, bic, aic], numbers);
        assert.equal(model.converged, fit.converged);
        assert.equal(model.nIterations, fit.nIterations);
        assert.deepEqual([...model.labels], fit.labels);
        const first = model.responsibilities.data.subarray(0, 5 * responsibilities.columns);
        close("responsibilities", first, fit.responsibilities.flat());
        const shares = mixtureResponsibilities(model, matrixOf(expected.new));
        close("new rows", shares.data, fit.newResponsibilities.flat());
      });

  it("gives the rows that were fitted the responsibilities and labels it returned", () => {
    const X = overlapping(200, 3, 4);
    const model = gaussianMixture(X, { nComponents: 4, seed: 1 });
    const again = mixtureResponsibilities(model, X);
    assert.ok(relativeGap(again.data, model.responsibilities.data) < 1e-9);
    assert.deepEqual(assignToMixture(model, X), model.labels);
    for (let i = 0; i < X.rows; i++) {
      const sum = again.data.subarray(i * 4, (i + 1) * 4).reduce((total, share) => total + share, 0);
      assert.ok(Math.abs(sum - 1) < 1e-12);
    }
  });

  for (const covarianceType of COVARIANCE_TYPES)
    it(`shares rows out as the formula does, to the last digits: ${covarianceType}`, () => {
      for (const [rows, columns, nComponents] of [
        [61, 1, 2],
        [64, 3, 5],
        [75, 4, 3],
      ] as const) {
        const X = overlapping(rows, columns, 7);
        const model = gaussianMixture(X, { nComponents, covarianceType, seed: 1 });
        const shares = mixtureResponsibilities(model, X);
        const expected = sharesByFormula(model, X);
        for (let at = 0; at < expected.length; at++)
          assert.ok(Math.abs(shares.data[at]! - expected[at]!) <= 1e-12 * expected[at]! + 1e-15);
      }
    });

  it("gives a row too far away for any density no shares, and the first component", () => {
    const model = gaussianMixture(overlapping(50, 2, 8), { nComponents: 3, seed: 1 });
    const far = matrixOf([
      [1e200, -1e200],
      [0, 0],
    ]);
    const { data } = mixtureResponsibilities(model, far);
    assert.deepEqual([...data.subarray(0, 3)], [0, 0, 0]);
    assert.ok(Math.abs(data[3]! + data[4]! + data[5]! - 1) < 1e-12);
    assert.equal(assignToMixture(model, far)[0], 0);
  });

  it("recovers the distributions that rows were drawn from", () => {
    const X = overlapping(2000, 2, 8);
    const { weights, covariances, converged } = gaussianMixture(X, { nComponents: 4, nInit: 3, seed: 2 });
    assert.ok(converged);
    for (const weight of weights) assert.ok(Math.abs(weight - 0.25) < 0.05, `${weight}`);
    for (let c = 0; c < 4; c++) assert.ok(Math.abs(covariances[c * 4]! - 1) < 0.25, `${covariances[c * 4]}`);
  });

  it("puts one component at the mean, with the variance of the rows and regCovar", () => {
    const X = overlapping(50, 2, 8);
    const { means, covariances } = gaussianMixture(X, { nComponents: 1, regCovar: 0.5, seed: 1 });
    const values = column(X, 1);
    const mean = values.reduce((sum, value) => sum + value, 0) / 50;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 50;
    assert.ok(Math.abs(means.data[1]! - mean) < 1e-12);
    assert.ok(Math.abs(covariances[3]! - variance - 0.5) < 1e-12);
  });

  it("is likelier with more runs, the same bytes for the same seed, and says when it ran out of turns", () => {
    const X = overlapping(300, 3, 6);
    const run = (nInit: number, maxIter = 100): GaussianMixtureResult =>
      gaussianMixture(X, { nComponents: 8, nInit, maxIter, seed: 5 });
    assert.ok(run(6).lowerBound >= run(1).lowerBound);
    assert.deepEqual(run(2), run(2));
    assert.equal(run(1, 2).converged, false);
    assert.equal(run(1, 2).nIterations, 2);
  });

  it("leaves rows and responsibilities as they were", () => {
    const X = matrixOf(cases[0]!.rows);
    const responsibilities = matrixOf(cases[0]!.shares);
    const before = [X.data.slice(), responsibilities.data.slice()];
    gaussianMixture(X, { nComponents: 3, responsibilities, seed: 0 });
    assert.deepEqual([X.data, responsibilities.data], before);
  });

  it("needs regCovar where a column is constant, and says so without", () => {
    const X = matrixOf([
      [1, 7],
      [2, 7],
      [9, 7],
      [8, 7],
    ]);
    for (const covarianceType of ["full", "tied", "diag"] as const) {
      const options = { nComponents: 2, covarianceType, seed: 1 };
      assert.ok(Number.isFinite(gaussianMixture(X, options).bic));
      assert.throws(
        () => gaussianMixture(X, { ...options, regCovar: 0 }),
        /not singular, got one in component 0 of 2 .* regCovar has to be larger/,
        covarianceType,
      );
    }
  });

  it("refuses what has no answer, with the values", () => {
    const X = matrixOf([[1], [2], [4]]);
    const fit = (options: object, rows = X): unknown =>
      gaussianMixture(rows, { nComponents: 2, seed: 1, ...options });
    assert.throws(() => fit({}, matrixOf([[1]])), /at least 2 rows and 1 column, got 1 x 1/);
    assert.throws(() => fit({ nComponents: 4 }), /whole components from 1 to 3, got 4/);
    assert.throws(() => fit({ covarianceType: "round" }), /type of full, tied, diag, spherical, got round/);
    assert.throws(() => fit({ regCovar: -1 }), /regCovar from 0/);
    assert.throws(() => fit({ maxIter: 0 }), /turns from 1/);
    assert.throws(() => fit({}, matrixOf([[1], [Number.NaN], [2]])), /got NaN in row 1, column 0/);
    const half = matrixOf([
      [0.5, 0.5],
      [0.5, 0.4],
      [1, 0],
    ]);
    assert.throws(() => fit({ responsibilities: half }), /sum of 0.9 in row 1/);
    assert.throws(() => fit({ responsibilities: matrixOf([[1, 0]]) }), /of 3 x 2, got 1 x 2/);
    const model = gaussianMixture(X, { nComponents: 1, seed: 1 });
    assert.throws(() => mixtureResponsibilities(model, matrixOf([[1, 2]])), /rows of 1 columns, got 2/);
  });
});

/** Weight times density of each component as a share of their sum, n x k, one number after the other. */
function sharesByFormula(model: MixtureModel, X: Matrix): number[] {
  const { weights, means } = model;
  const k = weights.length;
  return Array.from({ length: X.rows }, (_, i) => {
    const logs = Array.from(weights, (weight, c) => {
      const lower = choleskyOf(covarianceOf(model, c))!;
      const gaps = Array.from(
        { length: X.columns },
        (_, j) => X.data[i * X.columns + j]! - means.data[c * X.columns + j]!,
      );
      const solved = solveCholesky(lower, gaps);
      const square = gaps.reduce((sum, gap, j) => sum + gap * solved[j]!, 0);
      const logRoot = gaps.reduce((sum, _, j) => sum + Math.log(lower.data[j * X.columns + j]!), 0);
      return Math.log(weight) - logRoot - square / 2;
    });
    const top = Math.max(...logs);
    const sum = logs.reduce((total, log) => total + Math.exp(log - top), 0);
    return Array.from({ length: k }, (_, c) => Math.exp(logs[c]! - top) / sum);
  }).flat();
}

function covarianceOf({ covarianceType, covariances, means }: MixtureModel, c: number): Matrix {
  const d = means.columns;
  const from = { full: c * d * d, tied: 0, diag: c * d, spherical: c }[covarianceType];
  if (covarianceType === "full" || covarianceType === "tied")
    return { rows: d, columns: d, data: covariances.subarray(from, from + d * d) };
  return matrixOf(
    Array.from({ length: d }, (_, j) =>
      Array.from({ length: d }, (_, l) =>
        j === l ? covariances[covarianceType === "diag" ? from + j : from]! : 0,
      ),
    ),
  );
}
