import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { cramersV, phiK } from "#src/statistics/association.js";
import { binUniform, chiSquare, crossTabulate, encodeCategories } from "#src/statistics/contingency.js";
import { pearson, spearman } from "#src/statistics/correlation.js";
import { kendall } from "#src/statistics/kendall.js";
import { averageRanks, commonRows, rankCodes, recode } from "#src/statistics/ranks.js";
import { readText } from "../structure/support.js";

type Value = number | string | null;
interface Fixture {
  numbers: { name: string; x: Value[]; y: Value[]; pearson: Value; spearman: Value; kendall: Value }[];
  categories: {
    name: string;
    a: (number | null)[];
    b: (number | null)[];
    cramersV: number;
    chiSquare: number;
    phiK: number;
  }[];
  mixed: { name: string; x: Value[]; a: (number | null)[]; phiK: number }[];
}

const fixture = JSON.parse(readText("tests/statistics/fixtures/correlation.json")) as Fixture;
const toNumber = (value: Value): number =>
  value === null ? Number.NaN : Number(String(value).replace("inf", "Infinity"));

function assertNear(found: number, wanted: Value, tolerance = 1e-9): void {
  const value = toNumber(wanted);
  assert.ok(
    Object.is(found, value) || Math.abs(found - value) <= Math.max(tolerance * Math.abs(value), 1e-15),
    `${found} is not ${value}`,
  );
}

describe("correlations of numbers agree with pandas", () => {
  for (const { name, x, y, ...wanted } of fixture.numbers)
    it(name, () => {
      const [a, b] = [x.map(toNumber), y.map(toNumber)];
      assertNear(pearson(a, b), wanted.pearson);
      assertNear(spearman(a, b), wanted.spearman);
      assertNear(kendall(a, b), wanted.kendall);
    });
});

describe("associations of categories agree with scipy, ydata-profiling and phik", () => {
  for (const { name, a, b, ...wanted } of fixture.categories)
    it(name, () => {
      const table = crossTabulate(encodeCategories(a), encodeCategories(b));
      assertNear(chiSquare(table), wanted.chiSquare);
      assertNear(cramersV(table), wanted.cramersV);
      assertNear(phiK(table), wanted.phiK, 1e-4);
    });
  for (const { name, x, a, ...wanted } of fixture.mixed)
    it(name, () =>
      assertNear(phiK(crossTabulate(binUniform(x.map(toNumber)), encodeCategories(a))), wanted.phiK, 1e-4),
    );
});

describe("correlations", () => {
  const random = seededRandom(7);
  const x = Array.from({ length: 200 }, () => Math.floor(random() * 30));
  const y = x.map((value) => value + Math.floor(random() * 20));

  it("are symmetric, and follow a change of sign", () => {
    for (const measure of [pearson, spearman, kendall]) {
      assertNear(measure(x, y), measure(y, x), 1e-14);
      assertNear(
        measure(
          x,
          y.map((value) => -value),
        ),
        -measure(x, y),
        1e-13,
      );
    }
  });

  it("of a column with itself are 1", () => {
    for (const measure of [pearson, spearman, kendall]) assertNear(measure(x, x), 1, 1e-15);
  });

  it("by tau-b are those that counting all pairs gives", () => {
    const sign = (i: number, j: number): number => Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
    let [excess, untiedX, untiedY] = [0, 0, 0];
    for (let i = 0; i < x.length; i++)
      for (let j = 0; j < i; j++) {
        excess += sign(i, j);
        untiedX += x[i] === x[j] ? 0 : 1;
        untiedY += y[i] === y[j] ? 0 : 1;
      }
    assertNear(kendall(x, y), excess / Math.sqrt(untiedX * untiedY), 1e-14);
  });

  it("of nothing, one row, and constants are NaN", () => {
    for (const measure of [pearson, spearman, kendall]) {
      for (const [a, b] of [
        [[], []],
        [[1], [2]],
        [
          [3, 3, 3],
          [1, 2, 3],
        ],
        [
          [Number.NaN, 1],
          [1, Number.NaN],
        ],
      ])
        assert.ok(Number.isNaN(measure(a!, b!)));
      assert.throws(() => measure([1], [1, 2]), /columns of one length, got 1 and 2/);
    }
  });

  it("neither overflow nor vanish", () => {
    for (const scale of [1e300, 1e-300]) assertNear(pearson([scale, -scale, 0], [3, 1, 2]), 1, 1e-14);
    assertNear(pearson([1.7e308, -1.7e308], [1, 2]), -1, 1e-14);
  });

  it("rank equal values by their mean, -0 with 0", () => {
    const codes = rankCodes([3, -0, 0, 9, 3, 3, Number.NaN]);
    assert.deepEqual([...codes.codes], [1, 0, 0, 2, 1, 1, -1]);
    assert.deepEqual([...codes.values], [0, 3, 9]);
    assert.deepEqual([...averageRanks(commonRows(codes, codes).x.counts)], [1.5, 4, 6]);
  });

  it("give codes another meaning, negative ones keep theirs", () => {
    assert.deepEqual(
      recode(Int32Array.of(2, -1, 0, 2), Int32Array.of(7, 8, -1)),
      Int32Array.of(-1, -1, 7, -1),
    );
  });
});

describe("associations", () => {
  it("need two categories on each side", () => {
    for (const table of [crossTabulate([], []), crossTabulate([0, 0], [0, 1]), crossTabulate([0], [0])]) {
      assert.ok(Number.isNaN(cramersV(table)));
      assert.ok(Number.isNaN(phiK(table)));
    }
  });

  it("are not told by categories as many as cases", () => {
    const ids = Array.from({ length: 30 }, (_, i) => i);
    assert.ok(Number.isNaN(cramersV(crossTabulate(ids, ids))));
  });

  it("ignore which number names a category", () => {
    const a = [0, 1, 2, 2, 1, 0, 0, 2, 1, 1, 0, 2];
    const b = [1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0];
    const renamed = a.map((code) => [5, 0, 3][code]!);
    assertNear(cramersV(crossTabulate(renamed, b)), cramersV(crossTabulate(a, b)), 1e-13);
    assert.equal(crossTabulate(renamed, b).rows, 3);
    assert.deepEqual(crossTabulate(a, b, [9, 2]), crossTabulate(a, b));
  });

  it("refuse tables that would explode", () => {
    assert.throws(() => crossTabulate([9999, 0], [0, 9999]), /at most 10000000 cells/);
  });

  it("have no bins for a constant", () => {
    assert.deepEqual([...binUniform([2, 2, Number.NaN])], [-1, -1, -1]);
    assert.deepEqual([...binUniform([0, 10, 1, Infinity, 5], 10)], [0, 9, 0, -1, 4]);
  });
});
