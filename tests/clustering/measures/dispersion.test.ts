import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { calinskiHarabasz, daviesBouldin, inertiaOf } from "#src/clustering/measures/dispersion.js";
import { matrixOf } from "#src/math/matrix.js";
import { expected, line, near, X } from "./support.js";

describe("calinskiHarabasz, daviesBouldin and inertiaOf", () => {
  it("equal scikit-learn, with noise left out", () => {
    for (const { name, labels, ...wanted } of expected.labellings) {
      near(calinskiHarabasz(X, labels), wanted.calinskiHarabasz, name);
      near(inertiaOf(X, labels), wanted.inertia, name);
      // Where copies of a customer are clusters of their own, scikit-learn passes over them.
      const hasCopies = name === "almost everybody alone";
      if (hasCopies) assert.equal(daviesBouldin(X, labels), Infinity);
      else near(daviesBouldin(X, labels), wanted.daviesBouldin, name);
    }
  });

  it("follow by hand on a line", () => {
    // Centres 1 and 10, middle 5.5; within 1 + 1 + 4 + 4, between 2 x 20.25 twice.
    const [points, labels] = [line(0, 2, 8, 12), [1, 1, 0, 0]];
    near(inertiaOf(points, labels), 10);
    near(calinskiHarabasz(points, labels), 81 / 1 / (10 / 2));
    near(daviesBouldin(points, labels), (1 + 2) / 9);
  });

  it("do not see a constant column or which integer names a cluster", () => {
    const wider = matrixOf(expected.rows.map((row) => [0.1, ...row]));
    const { labels } = expected.labellings[1]!;
    const names = labels.map((label) => [30, 2, 19, 0, 7][label]!);
    for (const measure of [calinskiHarabasz, daviesBouldin, inertiaOf]) {
      near(measure(wider, labels), measure(X, labels));
      near(measure(X, names), measure(X, labels));
    }
  });

  it("know clusters of copies for the best there are, and clusters of one centre for the worst", () => {
    const copies = line(0.1, 0.1, 0.1, 0.7, 0.7);
    assert.equal(calinskiHarabasz(copies, [0, 0, 0, 1, 1]), Infinity);
    assert.equal(daviesBouldin(copies, [0, 0, 0, 1, 1]), 0);
    assert.equal(inertiaOf(copies, [0, 0, 0, 1, 1]), 0);
    // scikit-learn has 0, the best value, for both of these.
    assert.equal(daviesBouldin(line(-1, 1, -2, 2), [0, 0, 1, 1]), Infinity);
    assert.equal(daviesBouldin(line(0.1, 0.1, 0.1, 0.1), [0, 0, 1, 1]), Infinity);
    assert.equal(calinskiHarabasz(line(0.1, 0.1, 0.1, 0.1, 0.1), [0, 0, 1, 1, 1]), 0);
  });

  it("need 2 to n - 1 clusters, but for the inertia, which takes any number", () => {
    for (const measure of [calinskiHarabasz, daviesBouldin]) {
      assert.throws(() => measure(line(1, 2, 3), [0, 0, 0]), /2 to n - 1 clusters, got 1 \(n = 3\)/);
      assert.throws(() => measure(line(1, 2, 3), [0, 1, 2]), /got 3 \(n = 3\)/);
      assert.throws(() => measure(line(1, Infinity, 3), [0, 0, 1]), /finite values, got Infinity/);
    }
    near(inertiaOf(line(1, 2, 3), [0, 0, 0]), 2);
    assert.equal(inertiaOf(line(1, 2, 3), [0, 1, 2]), 0);
    assert.equal(inertiaOf(line(1, 2, 3), [-1, -1, -1]), 0);
    assert.equal(inertiaOf(line(), []), 0);
    assert.throws(() => inertiaOf(line(1, 2), [0]), /inertiaOf needs 2 labels, got 1/);
  });
});
