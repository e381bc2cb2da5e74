import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { column, type Matrix, matrixOf } from "#src/math/matrix.js";
import { nearestNeighbours } from "#src/math/neighbours.js";
import { seededRandom } from "#src/math/random.js";
import { hopkins, hopkinsStatistic, shuffleColumns } from "#src/preparation/selection/hopkins.js";
import { laplacianScores, leaveOneOutLaplacianScores } from "#src/preparation/selection/laplacian-score.js";
import { leaveOneFeatureOut } from "#src/preparation/selection/leave-one-out.js";
import { absoluteSpearman, redundancyGroups } from "#src/preparation/selection/redundancy.js";
import { scaledVariance } from "#src/preparation/selection/scaled-variance.js";
import { spearman } from "#src/statistics/correlation.js";
import { assertAllNear, assertNear, readFixture } from "../support.js";

interface SelectionFixture {
  X: number[][];
  Y: number[][];
  scaledVariance: number[];
  spearman: number[][];
  clusters: { threshold: number; labels: number[] }[];
  laplacian: { nNeighbors: number; bandwidth: number | null; scores: number[] }[];
  leaveOneOutLaplacian: number[];
  hopkins: { rows: number[]; places: number[][]; statistic: { d: number; "1": number } };
}

const fixture = readFixture<SelectionFixture>("selection");
const X = matrixOf(fixture.X);
const names = ["a", "exp a", "minus a", "b", "like b", "noise", "rare"];

/** Rows spread evenly over the unit cube. */
function evenRows(seed: number, rows: number, columns: number): Matrix {
  const random = seededRandom(seed);
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, () => random()) };
}

describe("scaledVariance", () => {
  it("agrees with scikit-learn's MinMaxScaler and numpy", () => {
    assertAllNear(scaledVariance(X), fixture.scaledVariance, 1e-13);
  });

  it("is a quarter for halves at both ends, small for an exception, 0 for a constant, whatever the unit", () => {
    const rows = Array.from({ length: 100 }, (_, i) => [i % 2 ? 5e6 : -3, i === 7 ? 1e9 : 0, 0.1]);
    assertAllNear(scaledVariance(matrixOf(rows)), [0.25, 0.0099, 0], 1e-12);
  });

  it("of one row is 0; without rows there is none", () => {
    assert.deepEqual([...scaledVariance(matrixOf([[1, 2]]))], [0, 0]);
    assert.throws(() => scaledVariance({ rows: 0, columns: 1, data: new Float64Array(0) }), /needs a value/);
  });
});

describe("redundancyGroups", () => {
  const columns = fixture.Y[0]!.map((_, j) => `feature ${j}`);
  const partition = (labels: readonly number[]): string[][] =>
    [...new Set(labels)].map((label) => columns.filter((_, j) => labels[j] === label));

  for (const { threshold, labels } of fixture.clusters)
    it(`are the clusters of scipy's complete linkage cut at |Spearman| ${threshold}`, () => {
      assert.deepEqual(
        redundancyGroups(matrixOf(fixture.Y), columns, { threshold }).map(({ members }) => members),
        partition(labels),
      );
    });

  it("rest on the sizes of scipy's rank correlations, as `spearman` gives them", () => {
    assertAllNear(absoluteSpearman(X), fixture.spearman.flat(), 1e-12);
    const ofPairs = fixture.X[0]!.map((_, i) =>
      fixture.X[0]!.map((_, j) => Math.abs(spearman(column(X, i), column(X, j)))),
    );
    assertAllNear(absoluteSpearman(X), ofPairs.flat(), 1e-12);
  });

  it("keep the member that correlates most with the rest, or the one preferred", () => {
    const rho = fixture.spearman;
    const [first] = redundancyGroups(X, names);
    assert.deepEqual(first!.members, ["a", "exp a", "minus a"]);
    assertNear(first!.weakest, Math.min(rho[0]![1]!, rho[0]![2]!, rho[1]![2]!), 1e-12);
    const sums = [0, 1, 2].map((j) => rho[j]![0]! + rho[j]![1]! + rho[j]![2]!);
    assert.equal(first!.representative, names[sums.indexOf(Math.max(...sums))]);
    const preference = [0, 0, 5, 0, 0, 0, 0];
    assert.equal(redundancyGroups(X, names, { preference })[0]!.representative, "minus a");
  });

  it("join no chain: of a line of neighbours only those that all resemble each other", () => {
    const random = seededRandom(3);
    const noise = (): number => random() - 0.5;
    const rows = Array.from({ length: 400 }, () => {
      const [p, q, r, s] = [noise(), noise(), noise(), noise()];
      return [p + q, q + p + 0.7 * r, q + 0.7 * r + s, s + r];
    });
    const chain = matrixOf(rows);
    const likeness = absoluteSpearman(chain);
    const groups = redundancyGroups(chain, ["1", "2", "3", "4"], { threshold: 0.5 });
    assert.ok(
      likeness[1]! > 0.5 && likeness[6]! > 0.5 && likeness[2]! < 0.5,
      "1 is like 2, 2 like 3, 1 not like 3",
    );
    for (const { weakest } of groups) assert.ok(weakest >= 0.5);
    assert.ok(groups.every(({ members }) => !(members.includes("1") && members.includes("3"))));
  });

  it("merge the first of two pairs that are equally alike", () => {
    const permuted = [
      [2, 1, 1],
      [1, 2, 2],
      [3, 3, 3],
      [4, 4, 5],
      [5, 5, 4],
    ];
    const mirrored = permuted.map((row) => [...row].reverse());
    for (const rows of [permuted, mirrored]) {
      const groups = redundancyGroups(matrixOf(rows), ["x", "y", "z"], { threshold: 0.85 });
      assert.deepEqual(
        groups.map(({ members }) => members),
        [["x", "y"], ["z"]],
      );
      assertNear(groups[0]!.weakest, 0.9, 1e-14);
    }
  });

  it("of equal columns take the first, and leave constants alone", () => {
    const rows = [1, 2, 3, 4].map((value) => [7, value, 2 * value, -value]);
    assert.deepEqual(redundancyGroups(matrixOf(rows), ["one", "x", "2x", "-x"], { threshold: 1 }), [
      { representative: "one", members: ["one"], weakest: 1 },
      { representative: "x", members: ["x", "2x", "-x"], weakest: 1 },
    ]);
    assert.deepEqual(redundancyGroups(matrixOf([]), []), []);
  });

  it("need a threshold in (0, 1], and an entry for each column", () => {
    for (const threshold of [0, 1.01, Number.NaN])
      assert.throws(() => redundancyGroups(X, names, { threshold }), /needs a threshold in \(0, 1\]/);
    assert.throws(() => redundancyGroups(X, ["a"]), /one entry a column, got 1 for 7/);
    assert.throws(() => redundancyGroups(X, names, { preference: [1] }), /one entry a column, got 1 for 7/);
  });
});

describe("hopkins", () => {
  it("agrees with scipy's k-d tree on the same rows and places", () => {
    const { rows, places, statistic } = fixture.hopkins;
    assertNear(hopkinsStatistic(X, rows, matrixOf(places)), statistic.d, 1e-12);
    assertNear(hopkinsStatistic(X, rows, matrixOf(places), 1), statistic["1"], 1e-12);
  });

  it("is what a hand finds on a line", () => {
    // From row 0 to its neighbour 1, from row 10 to 1: 9; from place 4 to row 1: 3, from place 9 to row 10: 1.
    const line = matrixOf([[0], [1], [10]]);
    assert.equal(hopkinsStatistic(line, [0, 2], matrixOf([[4], [9]])), 4 / (4 + 10));
    // On a plane distances are squared.
    const plane = matrixOf([
      [0, 0],
      [3, 4],
    ]);
    assertNear(hopkinsStatistic(plane, [0], matrixOf([[3, 1]])), 9 / (9 + 25), 1e-14);
  });

  it("of evenly spread rows is about a half, as Beta(m, m) says", () => {
    const samples = 40;
    const found = Array.from(
      { length: 60 },
      (_, seed) => hopkins(evenRows(seed, 1000, 2), { samples, seed: seed + 1000 }).statistic,
    );
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    const sd = Math.sqrt(found.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / found.length);
    const wanted = 1 / (2 * Math.sqrt(2 * samples + 1));
    assert.ok(Math.abs(mean - 0.5) < (4 * wanted) / Math.sqrt(60), `mean ${mean}`);
    assert.ok(sd > 0.7 * wanted && sd < 1.4 * wanted, `sd ${sd}, not ${wanted}`);
  });

  it("is near 1 for tight groups, and lower once columns are shuffled apart", () => {
    const random = seededRandom(5);
    const rows = Array.from({ length: 300 }, (_, i) =>
      [0, 1, 2].map((j) => (i % 3) * (j + 1) + 0.1 * random()),
    );
    const grouped = matrixOf(rows);
    const shuffled = shuffleColumns(grouped, { seed: 1 });
    assert.ok(hopkins(grouped, { seed: 1, power: 1 }).statistic > 0.9);
    assert.ok(
      hopkins(shuffled, { seed: 1, power: 1 }).statistic < hopkins(grouped, { seed: 1, power: 1 }).statistic,
    );
    for (let j = 0; j < 3; j++) {
      const sorted = (m: Matrix): number[] => rows.map((_, i) => m.data[i * 3 + j]!).sort((a, b) => a - b);
      assert.deepEqual(sorted(shuffled), sorted(grouped));
    }
  });

  it("depends on the seed alone, and not on the unit", () => {
    const once = hopkins(X, { seed: 7, samples: 20 });
    assert.deepEqual(hopkins(X, { seed: 7, samples: 20 }), once);
    assert.notEqual(hopkins(X, { seed: 8, samples: 20 }).statistic, once.statistic);
    assert.equal(new Set(once.sampled).size, 20);
    const larger = { ...X, data: X.data.map((value) => 4 * value) };
    assertNear(hopkins(larger, { seed: 7, samples: 20 }).statistic, once.statistic, 1e-12);
    const tiny = { ...X, data: X.data.map((value) => 2 ** -500 * value) };
    assertNear(hopkins(tiny, { seed: 7, samples: 20 }).statistic, once.statistic, 1e-12);
  });

  it("samples each row as often as any other", () => {
    const few = matrixOf([[0], [1], [3], [7], [9]]);
    const times = [0, 0, 0, 0, 0];
    for (let seed = 0; seed < 5000; seed++)
      for (const row of hopkins(few, { samples: 2, seed }).sampled) times[row]!++;
    // 2,000 expected of each, with a standard deviation of 35.
    for (const count of times) assert.ok(Math.abs(count - 2000) < 140, String(times));
  });

  it("takes duplicates for the tightest of groups, and cannot tell of rows that are all equal", () => {
    const pairs = matrixOf(fixture.X.flatMap((row) => [row, row]));
    assert.equal(hopkins(pairs, { seed: 1 }).statistic, 1);
    assert.ok(Number.isNaN(hopkins(matrixOf([[1], [1], [1]]), { seed: 1 }).statistic));
  });

  it("needs rows, samples and places that fit", () => {
    assert.throws(() => hopkins(matrixOf([[1]]), { seed: 1 }), /needs 2 rows and a column, got 1 x 1/);
    for (const samples of [0, 61, 1.5])
      assert.throws(() => hopkins(X, { seed: 1, samples }), /needs 1 to n sampled rows, got .* \(n = 60\)/);
    assert.throws(() => hopkins(X, { seed: 1, power: 0 }), /needs a positive power, got 0/);
    assert.throws(
      () => hopkinsStatistic(X, [1], matrixOf([[1]])),
      /a place for each of 1 rows x 7, got 1 x 1/,
    );
  });
});

describe("leaveOneOutLaplacianScores", () => {
  it("agree with the paper's matrices, whose ties are those of the other columns", () => {
    assertAllNear(leaveOneOutLaplacianScores(X), fixture.leaveOneOutLaplacian, 1e-10);
  });

  it("are about 1 for what the others do not know, and low for what they do", () => {
    const [a, , minusA, , , noise] = leaveOneOutLaplacianScores(X);
    assert.ok(a! < 0.2 && minusA! < 0.2 && noise! > 0.75, `${a}, ${minusA}, ${noise}`);
  });

  it("refuse a single column, of which there are no others", () => {
    assert.throws(() => leaveOneOutLaplacianScores(matrixOf([[1], [2], [3]])), /at least 2 columns, got 1/);
  });
});

describe("laplacianScores", () => {
  for (const { nNeighbors, bandwidth, scores } of fixture.laplacian)
    it(`agree with the paper's matrices: ${nNeighbors} neighbours, bandwidth ${bandwidth}`, () => {
      const options = bandwidth === null ? { nNeighbors } : { nNeighbors, bandwidth };
      assertAllNear(laplacianScores(X, options), scores, 1e-10);
    });

  it("are what a hand finds for three rows on a line", () => {
    // Ties 0-1 (weight e^-1) and 1-2 (e^-1), since 1 is nearest to both: degrees 1, 2, 1 and mean 1 in units of e^-1.
    assertAllNear(laplacianScores(matrixOf([[0], [1], [2]]), { nNeighbors: 1, bandwidth: 1 }), [1], 1e-14);
  });

  it("rank what tells groups apart before noise, and do not depend on a feature's unit", () => {
    const [a, , , b, , noise] = laplacianScores(X);
    assert.ok(a! < noise! && b! < noise!);
    const doubled = { ...X, data: X.data.map((value) => 2 * value + 3) };
    assertAllNear(laplacianScores(doubled), [...laplacianScores(X)], 1e-9);
  });

  it("do not mind the order of rows, nor duplicates", () => {
    const reversed = matrixOf([...fixture.X].reverse());
    assertAllNear(laplacianScores(reversed), [...laplacianScores(X)], 1e-10);
    const twice = matrixOf([...fixture.X, ...fixture.X]);
    assert.ok(laplacianScores(twice).every((score) => score >= 0 && score < 2));
  });

  it("are NaN for a constant, and for rows that are all equal", () => {
    const rows = fixture.X.map((row) => [row[0]!, 0.1]);
    assert.ok(Number.isNaN(laplacianScores(matrixOf(rows))[1]));
    assert.deepEqual([...laplacianScores(matrixOf([[1], [1], [1]]), { nNeighbors: 1 })], [Number.NaN]);
  });

  it("need neighbours there are, and a bandwidth", () => {
    for (const nNeighbors of [0, 60, 2.5])
      assert.throws(() => laplacianScores(X, { nNeighbors }), /needs 1 to 59 neighbours, got .* \(n = 60\)/);
    assert.throws(() => laplacianScores(X, { bandwidth: 0 }), /needs a positive bandwidth, got 0/);
  });
});

describe("every measure", () => {
  it("refuses gaps and infinities, and says where they are", () => {
    for (const value of [Number.NaN, Infinity]) {
      const withGap = matrixOf([
        [1, 2],
        [3, 4],
        [5, value],
      ]);
      const message = new RegExp(`needs finite values, got ${value} in row 2, column 1`);
      assert.throws(() => scaledVariance(withGap), message);
      assert.throws(() => redundancyGroups(withGap, ["x", "y"]), message);
      assert.throws(() => hopkins(withGap, { seed: 1 }), message);
      assert.throws(() => laplacianScores(withGap, { nNeighbors: 1 }), message);
      assert.throws(() => nearestNeighbours(withGap, 1), message);
    }
  });
});

describe("leaveOneFeatureOut", () => {
  /** Groups by the sign of the first column. */
  const bySign = ({ rows, columns, data }: Matrix): number[] =>
    Array.from({ length: rows }, (_, i) => (data[i * columns]! > 0 ? 1 : 0));

  it("tells which feature the groups are", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i % 2 ? 1 : -1, i % 4 < 2 ? 1 : -1, i]);
    const found = await leaveOneFeatureOut(matrixOf(rows), ["x", "y", "z"], bySign);
    assert.deepEqual(
      found.map(({ name }) => name),
      ["x", "y", "z"],
    );
    assert.ok(Math.abs(found[0]!.agreement) < 0.05, "without x the groups are others");
    assert.deepEqual([found[1]!.agreement, found[2]!.agreement], [1, 1]);
  });

  it("takes labels that arrive later, and hands each matrix without one column", async () => {
    const seen: number[][] = [];
    await leaveOneFeatureOut(
      matrixOf([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      ["x", "y", "z"],
      async (points) => {
        seen.push([...points.data]);
        return bySign(points);
      },
    );
    assert.deepEqual(seen, [
      [1, 2, 3, 4, 5, 6],
      [2, 3, 5, 6],
      [1, 3, 4, 6],
      [1, 2, 4, 5],
    ]);
  });

  it("needs two columns with names, and a label for each row", async () => {
    await assert.rejects(
      leaveOneFeatureOut(matrixOf([[1]]), ["x"], bySign),
      /needs 2 columns and a name for each/,
    );
    await assert.rejects(leaveOneFeatureOut(X, ["x"], bySign), /got 7 and 1 names/);
    await assert.rejects(
      leaveOneFeatureOut(X, names, () => [1]),
      /needs a label for each of 60 rows, got 1/,
    );
  });
});
