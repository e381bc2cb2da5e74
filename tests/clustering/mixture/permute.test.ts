import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gaussianMixture, mixtureResponsibilities } from "#src/clustering/gaussian-mixture.js";
import { COVARIANCE_TYPES } from "#src/clustering/mixture/parameters.js";
import { permuteComponents } from "#src/clustering/mixture/permute.js";
import { clouds } from "../../embedding/support.js";

const X = clouds(20, 3, 5);

describe("permuteComponents", () => {
  for (const covarianceType of COVARIANCE_TYPES)
    it(`leaves the densities as they are, under other numbers (${covarianceType})`, () => {
      const mixture = gaussianMixture(X, { nComponents: 3, covarianceType, seed: 1 });
      const order = [2, 0, 1];
      const permuted = permuteComponents(mixture, order);
      assert.deepEqual(
        [...permuted.weights],
        order.map((c) => mixture.weights[c]),
      );
      const [one, other] = [mixture, permuted].map((each) => mixtureResponsibilities(each, X).data);
      for (let i = 0; i < X.rows; i++)
        order.forEach((c, at) => {
          assert.ok(Math.abs(one![3 * i + c]! - other![3 * i + at]!) < 1e-12);
        });
      assert.deepEqual(permuteComponents(permuted, [1, 2, 0]).covariances, mixture.covariances);
    });

  it("needs each component once", () => {
    const mixture = gaussianMixture(X, { nComponents: 2, seed: 1 });
    for (const order of [[0], [0, 0], [0, 2], [0, 1, 2]])
      assert.throws(() => permuteComponents(mixture, order), /needs each of 2 components once, got 0/);
  });
});
