import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { trustworthiness } from "#src/embedding/quality/neighbourhoods.js";
import { jointProbabilities } from "#src/embedding/tsne/affinities.js";
import { descend, type SharedDescent, shareDescent } from "#src/embedding/tsne/descent.js";
import { tsne } from "#src/embedding/tsne.js";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { nearestNeighbours } from "#src/math/neighbours.js";
import { seededRandom } from "#src/math/random.js";
import type { SparseMatrix } from "#src/math/sparse.js";
import { clouds, largestGap, readFixture } from "./support.js";

interface Expected {
  rows: number[][];
  perplexity: number;
  joint: number[][];
  maps: { rows: number[][]; klDivergence: number; trustworthiness: number }[];
}

const expected = readFixture<Expected>("tsne.json");
const X = matrixOf(expected.rows);
const { perplexity } = expected;
const joint = (rows: Matrix): SparseMatrix => jointProbabilities(nearestNeighbours(rows, 31), perplexity);

function dense({ rows, starts, columns, values }: SparseMatrix, i: number): Float64Array {
  const row = new Float64Array(rows);
  for (let at = starts[i]!; at < starts[i + 1]!; at++) row[columns[at]!] = values[at]!;
  return row;
}

/** The divergence of a plane from joint probabilities, by its definition over all pairs. */
function divergence(P: SparseMatrix, points: Float64Array): number {
  const q = (i: number, j: number): number =>
    1 / (1 + (points[2 * i]! - points[2 * j]!) ** 2 + (points[2 * i + 1]! - points[2 * j + 1]!) ** 2);
  let total = 0;
  for (let i = 0; i < P.rows; i++) for (let j = 0; j < P.rows; j++) if (i !== j) total += q(i, j);
  let result = 0;
  for (let i = 0; i < P.rows; i++)
    dense(P, i).forEach((p, j) => {
      if (p > 0) result += p * Math.log((p * total) / q(i, j));
    });
  return result;
}

/** One iteration from here; its gradient stands in `repulsion` afterwards. */
function step(P: SparseMatrix, start: Float64Array, angle: number): SharedDescent & { kl: number } {
  const settings = { team: 1, angle, learningRate: 0, exaggeration: 1, iterations: 1 };
  const shared = shareDescent(P, start, settings);
  return { ...shared, kl: descend(shared, 0, () => {}).klDivergence };
}

describe("jointProbabilities", () => {
  it("equal those of scikit-learn within its tolerance of the entropy", () => {
    const P = joint(X);
    expected.joint.forEach((row, i) => {
      const gap = largestGap(dense(P, i), row);
      assert.ok(gap < 1e-4 * Math.max(...row), `row ${i}: ${gap}`);
    });
  });

  it("are symmetric, add up to 1 and stay numbers for duplicates and far points", () => {
    const rows = matrixOf([...expected.rows, expected.rows[0]!, expected.rows[0]!, [1e6, 0, 0, 0, 0]]);
    const P = joint(rows);
    let total = 0;
    for (let i = 0; i < P.rows; i++)
      dense(P, i).forEach((p, j) => {
        assert.equal(p, dense(P, j)[i]);
        total += p;
      });
    assert.ok(Math.abs(total - 1) < 1e-12);
  });
});

describe("the gradient", () => {
  const random = seededRandom(5);
  const start = Float64Array.from({ length: 2 * X.rows }, () => 6 * random());
  const P = joint(X);

  it("is the slope of the divergence at angle 0", () => {
    const exact = step(P, start, 0);
    assert.ok(Math.abs(exact.kl - divergence(P, start)) < 1e-12);
    for (const c of [0, 1, 77, 200, 359]) {
      const [up, down] = [start.slice(), start.slice()];
      up[c]! += 1e-5;
      down[c]! -= 1e-5;
      const slope = (divergence(P, up) - divergence(P, down)) / 2e-5;
      assert.ok(Math.abs(exact.repulsion[c]! - slope) < 1e-8, `${c}: ${exact.repulsion[c]} against ${slope}`);
    }
  });

  it("is within a few percent of it at angle 0.5, and not the same", () => {
    const [exact, close] = [step(P, start, 0).repulsion, step(P, start, 0.5).repulsion];
    const size = Math.max(...exact.map(Math.abs));
    const gap = largestGap(exact, close);
    assert.ok(gap > 0 && gap < 0.03 * size, `${gap} of ${size}`);
  });
});

describe("tsne", () => {
  it("maps as faithfully as scikit-learn, on average over data sets", async () => {
    const totals = { ours: 0, theirs: 0, ourDivergence: 0, theirDivergence: 0 };
    for (const { rows, klDivergence, trustworthiness: theirs } of expected.maps) {
      const data = matrixOf(rows);
      const result = await tsne(data, { perplexity });
      assert.equal(result.nIterations, 1_000);
      totals.ours += trustworthiness(data, result.embedding);
      totals.theirs += theirs;
      totals.ourDivergence += result.klDivergence;
      totals.theirDivergence += klDivergence;
    }
    const told = JSON.stringify(totals);
    assert.ok(totals.ours > totals.theirs - 0.005 * expected.maps.length, told);
    assert.ok(totals.ourDivergence < 1.03 * totals.theirDivergence, told);
  });

  it("tells the divergence of the map that it gives", async () => {
    const { embedding, klDivergence } = await tsne(X, { perplexity });
    assert.ok(Math.abs(klDivergence - divergence(joint(X), embedding.data)) < 0.01);
  });

  it("gives the same bytes for any number of workers", async () => {
    const rows = clouds(110, 4, 8);
    const results = [1, 2, 3].map((workers) => tsne(rows, { workers, nIter: 300 }));
    const [one, two, three] = await Promise.all(results);
    assert.deepEqual(two, one);
    assert.deepEqual(three, one);
  });

  it("tells each iteration and ends when the signal is aborted", async () => {
    const told: [number, number][] = [];
    await tsne(X, { perplexity, nIter: 20, onProgress: (done, total) => told.push([done, total]) });
    assert.deepEqual(
      told,
      Array.from({ length: 20 }, (_, i) => [i + 1, 20]),
    );
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(new Error("enough"));
    await assert.rejects(
      tsne(X, { perplexity, nIter: 1e6, onProgress, signal: controller.signal }),
      /enough/,
    );
  });

  it("places four rows, duplicates and a constant matrix somewhere finite", async () => {
    const four = matrixOf([[0], [1], [2], [3]]);
    const twins = matrixOf(Array.from({ length: 30 }, (_, i) => [i % 3, 1]));
    const constant = matrixOf(Array.from({ length: 10 }, () => [4, 4]));
    for (const rows of [four, twins, constant]) {
      const { embedding } = await tsne(rows, { nIter: 60 });
      assert.ok(embedding.data.every(Number.isFinite));
    }
  });

  it("takes neighbours that are known", async () => {
    const known = nearestNeighbours(X, 40);
    const options = { perplexity, nIter: 30 };
    assert.deepEqual(await tsne(X, { ...options, neighbours: known }), await tsne(X, options));
    await assert.rejects(tsne(X, { neighbours: known }), /needs 91 neighbours of 180 rows, got 40 of 180/);
  });

  it("refuses what it cannot map", async () => {
    await assert.rejects(tsne(matrixOf([[1], [2], [3]])), /at least 4 rows, got 3/);
    await assert.rejects(tsne(X, { perplexity: 180 }), /a perplexity from 1 to 179, got 180/);
    await assert.rejects(tsne(X, { angle: 0.9 }), /an angle from 0 to 0.7, got 0.9/);
    await assert.rejects(tsne(matrixOf([[1], [2], [3], [Number.NaN]])), /got NaN in row 3/);
  });
});
