import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { column, type Matrix, matrixOf, matrixOfColumns } from "#src/math/matrix.js";
import { leaveOneOutLaplacianScores } from "#src/preparation/selection/laplacian-score.js";
import { scaledVariance } from "#src/preparation/selection/scaled-variance.js";
import { selectFeatures } from "#src/preparation/selection/select-features.js";
import { readFixture } from "../support.js";

const X = matrixOf(readFixture<{ X: number[][] }>("selection").X);
/** Two features with twins, one that follows nothing. */
const names = ["a", "exp a", "minus a", "b", "like b", "noise", "rare"];
const pick = (wanted: string[]): Matrix =>
  matrixOfColumns(wanted.map((name) => column(X, names.indexOf(name))));

describe("selectFeatures", () => {
  it("drops what hardly varies, then what is said already, then what the others know nothing of", () => {
    const found = selectFeatures(X, names, { variance: 0.02, structure: 0.9, nNeighbors: 10 });
    assert.deepEqual(
      found.map(({ name, verdict, representative }) => [name, verdict, representative]),
      [
        ["a", "selected", null],
        ["exp a", "redundant", "a"],
        ["minus a", "redundant", "a"],
        ["b", "selected", null],
        ["like b", "redundant", "b"],
        ["noise", "stands alone", null],
        ["rare", "hardly varies", null],
      ],
    );
  });

  it("measures structure among those left only, so that a twin does not speak for its twin", () => {
    const found = selectFeatures(X, names, { variance: 0.02, structure: 0.9, nNeighbors: 10 });
    const scores = found.flatMap(({ structure }) => structure ?? []);
    assert.deepEqual(scores, [...leaveOneOutLaplacianScores(pick(["a", "b", "noise"]), { nNeighbors: 10 })]);
    assert.deepEqual(
      found.map(({ variance }) => variance),
      [...scaledVariance(X)],
    );
  });

  it("keeps of what is redundant the feature named first", () => {
    const order = ["minus a", "a", "b"];
    const [first, second] = selectFeatures(pick(order), order, { structure: 1, nNeighbors: 10 });
    assert.deepEqual([first!.verdict, second!.representative], ["selected", "minus a"]);
  });

  it("keeps the only feature left, of which there is nothing to compare", () => {
    const [only, twin] = selectFeatures(pick(["a", "minus a"]), ["a", "minus a"]);
    assert.deepEqual([only!.verdict, only!.structure, twin!.verdict], ["selected", null, "redundant"]);
  });

  it("selects nothing where nothing varies", () => {
    const found = selectFeatures(
      matrixOf([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
      ["one", "two"],
    );
    assert.deepEqual(
      found.map(({ verdict }) => verdict),
      ["hardly varies", "hardly varies"],
    );
  });

  it("refuses thresholds of zero and names that are not as many as columns", () => {
    assert.throws(() => selectFeatures(X, names, { structure: 0 }), /thresholds above 0, got 0.005 and 0/);
    assert.throws(() => selectFeatures(X, names.slice(1)), /a name for each of 7 columns, got 6/);
  });
});
