import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { umapByUmapJs } from "#src/embedding/cross-check/umap-js.js";
import { neighbourhoodHit, trustworthiness } from "#src/embedding/quality/neighbourhoods.js";
import { fitCurve } from "#src/embedding/umap/curve.js";
import { FIRST_STEP, REST_BITS, tabulateForces } from "#src/embedding/umap/forces.js";
import { fuzzyGraph } from "#src/embedding/umap/fuzzy-graph.js";
import { fitUmapMap } from "#src/embedding/umap/map.js";
import { spectralPositions } from "#src/embedding/umap/spectral.js";
import { connectedParts, startPositions } from "#src/embedding/umap/start.js";
import { fitUmap, Umap, type UmapState } from "#src/embedding/umap.js";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { nearestNeighbours } from "#src/math/neighbours.js";
import { clouds, largestGap, readFixture } from "./support.js";

interface Expected {
  curves: [minDist: number, spread: number, a: number, b: number][];
  rows: number[][];
  nNeighbors: number;
  graph: [i: number, j: number, value: number][];
  edges: number;
  spectral: number[][];
  trustworthiness: number;
  new: number[][];
  newToNearest: number;
  extent: number;
}

const expected = readFixture<Expected>("umap.json");
const X = matrixOf(expected.rows);
const { nNeighbors } = expected;
const graph = fuzzyGraph(nearestNeighbours(X, nNeighbors - 1));

function distance(a: Matrix, i: number, b: Matrix, j: number): number {
  return Math.hypot(a.data[2 * i]! - b.data[2 * j]!, a.data[2 * i + 1]! - b.data[2 * j + 1]!);
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

describe("fitCurve", () => {
  it("gives a and b of umap-learn to 1e-4", () => {
    for (const [minDist, spread, a, b] of expected.curves) {
      const curve = fitCurve(minDist, spread);
      assert.ok(Math.abs(curve.a - a) < 1e-4 && Math.abs(curve.b - b) < 1e-4, `${minDist} ${spread}`);
    }
  });
});

describe("fuzzyGraph", () => {
  it("equals umap-learn's simplicial set", () => {
    assert.equal(graph.values.length, expected.edges);
    for (const [i, j, value] of expected.graph) {
      const at = graph.columns.subarray(graph.starts[i]!, graph.starts[i + 1]!).indexOf(j);
      assert.ok(at >= 0, `${i} ${j}`);
      // umap-learn computes in single precision and stops its search at 1e-5.
      assert.ok(Math.abs(graph.values[graph.starts[i]! + at]! - value) < 2e-5, `${i} ${j}`);
    }
  });

  it("stays between 0 and 1 for duplicates and lone rows", () => {
    const rows = matrixOf([...Array.from({ length: 12 }, () => [0, 0]), [1, 0], [50, 0], [51, 3]]);
    const { values } = fuzzyGraph(nearestNeighbours(rows, 5));
    assert.ok(values.every((value) => value >= 0 && value <= 1 && Number.isFinite(value)));
  });
});

describe("spectralPositions", () => {
  it("are the eigenvectors that numpy finds", () => {
    assert.ok(largestGap(spectralPositions(graph, 3), expected.spectral.flat()) < 1e-3);
  });
});

describe("startPositions", () => {
  it("lay disconnected parts side by side, alone ones too", () => {
    const apart = matrixOf(
      [...clouds(40, 3, 1, 1).data].reduce<number[][]>((rows, value, at) => {
        if (at % 3 === 0) rows.push([]);
        rows.at(-1)!.push(value + (at >= 60 ? 1e4 : 0));
        return rows;
      }, []),
    );
    const parts = fuzzyGraph(nearestNeighbours(apart, 5));
    assert.deepEqual(
      connectedParts(parts).map((rows) => rows.length),
      [20, 20],
    );
    const positions = startPositions(parts, 1);
    assert.ok(positions.every((value) => value >= 0 && value <= 10));
    const middle = (from: number): number =>
      positions
        .filter((_, at) => at % 2 === 0)
        .slice(from, from + 20)
        .reduce((sum, x) => sum + x, 0) / 20;
    assert.ok(Math.abs(middle(0) - middle(20)) > 3);
  });
});

describe("tabulateForces", () => {
  it("stay within 1e-4 of the formula between their steps", () => {
    const curve = { a: 1.577, b: 0.895 };
    const { pull, push } = tabulateForces(curve, 1);
    const bits = new Int32Array(1);
    const float = new Float32Array(bits.buffer);
    for (let squared = 1e-9; squared < 1e5; squared *= 1.013) {
      float[0] = squared;
      const step = (bits[0]! >> REST_BITS) - FIRST_STEP;
      const rest = (bits[0]! & ((1 << REST_BITS) - 1)) / (1 << REST_BITS);
      const power = curve.a * squared ** curve.b;
      const wanted = [
        (-2 * curve.b * power) / squared / (power + 1),
        (2 * curve.b) / ((0.001 + squared) * (power + 1)),
      ];
      [pull, push].forEach((table, kind) => {
        const found = table[step]! + rest * (table[step + 1]! - table[step]!);
        assert.ok(
          Math.abs(found / wanted[kind]! - 1) < 1e-4,
          `${kind} at ${squared}: ${found} against ${wanted[kind]}`,
        );
      });
    }
  });
});

describe("fitUmap", () => {
  it("maps as faithfully as umap-learn and umap-js", async () => {
    const { embedding } = await fitUmap(X, { nNeighbors, seed: 1 });
    const ours = trustworthiness(X, embedding);
    const library = trustworthiness(X, await umapByUmapJs(X, { nNeighbors, seed: 1 }));
    assert.ok(ours > expected.trustworthiness - 0.01, `${ours} against ${expected.trustworthiness}`);
    assert.ok(ours > library - 0.01, `${ours} against ${library}`);
  });

  it("gives the same bytes for the same seed, and another map for another", async () => {
    const fit = (seed: number): Promise<Umap> => fitUmap(X, { nNeighbors, nEpochs: 50, seed });
    const [one, again, other] = await Promise.all([fit(1), fit(1), fit(2)]);
    assert.deepEqual(again.state, one.state);
    assert.notDeepEqual(other.embedding, one.embedding);
  });

  it("gives the same bytes for any number of workers", async () => {
    const rows = clouds(1_400, 3, 2);
    const fit = (workers: number): Promise<Umap> => fitUmap(rows, { nEpochs: 2, seed: 1, workers });
    const [one, two, three] = await Promise.all([fit(1), fit(2), fit(3)]);
    assert.deepEqual(two.state, one.state);
    assert.deepEqual(three.state, one.state);
  });

  it("keeps clouds apart that are apart", async () => {
    const { embedding } = await fitUmap(clouds(40, 5, 9), { seed: 4, nEpochs: 200 });
    const labels = Array.from({ length: 120 }, (_, i) => Math.floor(i / 40));
    assert.equal(neighbourhoodHit(embedding, labels), 1);
  });

  it("tells each epoch and ends when the signal is aborted", async () => {
    const told: number[] = [];
    await fitUmap(X, { seed: 1, nEpochs: 7, onProgress: (done, total) => told.push(done / total) });
    assert.deepEqual(
      told,
      [1, 2, 3, 4, 5, 6, 7].map((epoch) => epoch / 7),
    );
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(new Error("enough"));
    await assert.rejects(
      fitUmap(X, { seed: 1, nEpochs: 1e6, onProgress, signal: controller.signal }),
      /enough/,
    );
  });

  it("places duplicates, a constant matrix and the fewest rows somewhere finite", async () => {
    const twins = matrixOf(Array.from({ length: 60 }, (_, i) => [i % 2, 1]));
    const constant = matrixOf(Array.from({ length: 20 }, () => [4, 4]));
    const few = matrixOf([[0], [1], [2]]);
    for (const [rows, count] of [
      [twins, 15],
      [constant, 15],
      [few, 3],
    ] as const) {
      const { embedding } = await fitUmap(rows, { seed: 1, nNeighbors: count, nEpochs: 30 });
      assert.ok(embedding.data.every(Number.isFinite));
    }
  });

  it("refuses what it cannot map", async () => {
    await assert.rejects(fitUmap(matrixOf([[1], [2]]), { seed: 1 }), /2 to n neighbours, got 15 \(n = 2\)/);
    await assert.rejects(fitUmap(matrixOf([[1], [Number.NaN]]), { seed: 1, nNeighbors: 2 }), /got NaN/);
    await assert.rejects(fitUmap(X, { seed: 0.5 }), /a seed is a safe integer, got 0.5/);
    await assert.rejects(fitUmap(X, { seed: 1, init: X }), /an init of 90 x 2, got 90 x 4/);
    await assert.rejects(
      fitUmapMap(nearestNeighbours(X, 5), { seed: 1 }),
      /needs 14 neighbours of each row, got 5/,
    );
  });
});

describe("Umap.transform", () => {
  it("places new rows about as close to the rows they are like as umap-learn does", async () => {
    const umap = await fitUmap(X, { nNeighbors, seed: 1 });
    const placed = umap.transform(matrixOf(expected.new));
    const gaps = expected.new.map((_, i) => distance(placed, i, umap.embedding, 9 * i));
    const extent = Math.max(...umap.embedding.data) - Math.min(...umap.embedding.data);
    const [ours, theirs] = [median(gaps) / extent, expected.newToNearest / expected.extent];
    assert.ok(ours < 1.5 * theirs, `${ours} against ${theirs}`);
  });

  it("places each row on its own, the same after a round through JSON, and moves nobody", async () => {
    const umap = await fitUmap(X, { nNeighbors, seed: 1, nEpochs: 100 });
    const before = umap.embedding;
    const placed = umap.transform(matrixOf(expected.new));
    const again = new Umap(JSON.parse(JSON.stringify(umap.state)) as UmapState);
    assert.deepEqual(again.transform(matrixOf(expected.new.slice(3, 5))).data, placed.data.slice(6, 10));
    assert.deepEqual(umap.embedding, before);
    assert.equal(umap.transform({ rows: 0, columns: 4, data: new Float64Array() }).rows, 0);
    assert.throws(() => umap.transform(matrixOf([[1, 2]])), /rows of 4 columns, got 2/);
  });
});
