import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fitPca } from "#src/embedding/pca.js";
import { matrixOf, takeRows } from "#src/math/matrix.js";
import { fitPreparation } from "#src/preparation/preparation.js";
import { assignSegments } from "#src/publish/assign-segments.js";
import { createModel } from "#src/publish/create-model.js";
import { fingerprintTraining } from "#src/publish/fingerprint.js";
import { largestGap } from "../embedding/support.js";
import { cloudCustomers, cloudModel, KINDS, NAMES, readExpected, tableOf } from "./support.js";

const expected = readExpected();

describe("assignSegments", () => {
  for (const { space: kind, centers, labels, distances, nextDistances } of expected.cases)
    it(`equals scikit-learn from raw values to clusters and distances, in the space of ${kind}`, () => {
      const names = NAMES.slice(0, 3);
      const plan = names.map((name) => ({
        ...{ name, impute: null, transform: "log1p" as const, scale: "standard" as const },
      }));
      const { preparation, prepared } = fitPreparation(tableOf(matrixOf(expected.rows), names), plan);
      const model = createModel({
        ...{ points: prepared, preparation, centers, segments: ["a", "b", "c", "d"] },
        space: kind === "pca" ? { kind, state: fitPca(prepared.X, { nComponents: 2 }).state } : { kind },
        referenceDate: "2011-12-10",
      });
      const { X } = model.preparation.transform(tableOf(matrixOf(expected.new), names));
      const found = assignSegments(model, X);
      assert.deepEqual([...found.labels], labels);
      assert.deepEqual(
        found.segments,
        labels.map((label) => "abcd"[label]),
      );
      assert.ok(largestGap(found.distances, distances) < 1e-9);
      assert.ok(largestGap(found.nextDistances, nextDistances) < 1e-9);
    });

  for (const kind of KINDS)
    it(`gives each customer the same segment in any company, in the space of ${kind}`, async () => {
      const model = await cloudModel(kind);
      const { X } = cloudCustomers().parts.points;
      const all = assignSegments(model, X);
      assert.equal(new Set(all.segments).size, 3);
      for (const some of [Int32Array.of(59), Int32Array.of(41, 3, 3, 22), Int32Array.of()]) {
        const found = assignSegments(model, takeRows(X, some));
        assert.deepEqual(
          [found.segments, [...found.distances]],
          [Array.from(some, (i) => all.segments[i]), Array.from(some, (i) => all.distances[i])],
        );
      }
    });

  it("takes the first of centres that are equally near", async () => {
    const model = await cloudModel("features", { centers: [0, 2, 2].map((x) => [x, 0, 0, 0]) });
    const { labels, distances, nextDistances } = assignSegments(
      model,
      matrixOf([
        [1, 0, 0, 0],
        [3, 0, 0, 0],
      ]),
    );
    assert.deepEqual([...labels], [0, 1]);
    assert.deepEqual([...distances, ...nextDistances], [1, 1, 1, 1]);
  });

  it("knows no next centre of a single one", async () => {
    const model = await cloudModel("features", { centers: [[0, 0, 0, 0]], segments: ["all"] });
    const { segments, nextDistances } = assignSegments(model, matrixOf([[1, 2, 2, 4]]));
    assert.deepEqual([segments, [...nextDistances]], [["all"], [Number.NaN]]);
  });

  it("refuses other columns and gaps", async () => {
    const model = await cloudModel("features");
    assert.throws(
      () => assignSegments(model, matrixOf([[1, 2]])),
      new RangeError("assignSegments needs the 4 features of the model, got 2 columns"),
    );
    assert.throws(() => assignSegments(model, matrixOf([[1, 2, Number.NaN, 4]])), /finite values, got NaN/);
  });
});

describe("fingerprintTraining", () => {
  const { ids, names, X, sha256 } = expected.fingerprint;
  // JSON has kept the sign of zero.
  const points = { ids, names, X: matrixOf(X) };

  it("equals one that Python made of the bytes", () => {
    assert.equal(fingerprintTraining(points), sha256);
  });

  it("notices another id, name or bit", () => {
    const others = [
      { ...points, ids: ["17851", ...ids.slice(1)] },
      { ...points, names: [...names].reverse() },
      { ...points, X: { ...points.X, data: points.X.data.map((value) => value + 0) } },
    ];
    for (const other of others) assert.notEqual(fingerprintTraining(other), sha256);
  });

  it("needs an id a row", () => {
    assert.throws(
      () => fingerprintTraining({ ...points, ids: ["a"] }),
      /an id a row .* got 1 and 2 for 3 x 2/,
    );
  });
});
