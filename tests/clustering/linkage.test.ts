import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cutLinkage, type Linkage, type LinkageMethod, linkage } from "#src/clustering/linkage.js";
import { randomNormal } from "#src/math/distributions.js";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { seededRandom } from "#src/math/random.js";
import { assertSameGroups, readFixture } from "./groupings.js";

type Merge = [left: number, right: number, height: number, size: number];

const { sets } = readFixture<{
  sets: {
    name: string;
    X: number[][];
    methods: Record<LinkageMethod, { merges: Merge[]; labels: Record<string, number[]> }>;
  }[];
}>("linkage.json");
const METHODS: readonly LinkageMethod[] = ["ward", "average", "complete", "single"];

function mergesOf({ left, right, heights, sizes }: Linkage): Merge[] {
  return Array.from(heights, (height, at) => [left[at]!, right[at]!, height, sizes[at]!]);
}

function normals(rows: number, columns: number, seed: number): Matrix {
  const random = seededRandom(seed);
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, () => randomNormal(random)) };
}

describe("linkage", () => {
  for (const { name, X, methods } of sets)
    it(`equals scipy and scikit-learn: ${name}`, () => {
      for (const method of METHODS) {
        const found = linkage(matrixOf(X), method);
        const { merges, labels } = methods[method];
        assert.equal(found.rows, X.length);
        mergesOf(found).forEach(([, , height], at) => {
          const wanted = merges[at]![2];
          assert.ok(Math.abs(height - wanted) <= 1e-9 * wanted, `${method} ${at}: ${height}, not ${wanted}`);
        });
        for (const [k, wanted] of Object.entries(labels))
          assertSameGroups(cutLinkage(found, Number(k)), wanted, `${method}, ${k} clusters`);
      }
    });

  it("numbers clusters and sizes as scipy does", () => {
    for (const { name, X, methods } of sets.filter(({ name }) => name !== "duplicates" && name !== "grid"))
      for (const method of METHODS.filter((method) => method !== "single" || name !== "all equal"))
        assert.deepEqual(
          mergesOf(linkage(matrixOf(X), method)).map(([left, right, , size]) => [left, right, size]),
          methods[method].merges.map(([left, right, , size]) => [left, right, size]),
          `${name}, ${method}`,
        );
  });

  it("takes the height from two rows and nothing from one", () => {
    const two = matrixOf([
      [0, 0],
      [3, 4],
    ]);
    for (const method of METHODS) {
      assert.deepEqual(mergesOf(linkage(two, method)), [[0, 1, 5, 2]]);
      const one = linkage(matrixOf([[7]]), method);
      assert.deepEqual(mergesOf(one), []);
      assert.deepEqual([...cutLinkage(one, 1)], [0]);
    }
  });

  it("merges equal rows at 0, whatever their number", () => {
    const X = matrixOf(Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? [0.1, 0.7] : [0.3, 1 / 3])));
    for (const method of METHODS) {
      const { heights } = linkage(X, method);
      assert.ok(heights.slice(0, 58).every((height) => height === 0));
      assert.ok(heights[58]! > 0);
    }
  });

  it("by Ward adds up to all squared distances from the mean, ties and rounding errors included", () => {
    // Tenths on a grid: nearly every distance is a tie but for its last digits.
    const side = Array.from({ length: 24 }, (_, i) => i * 0.1);
    const grid = matrixOf(side.flatMap((x) => side.map((y) => [x, y])));
    for (const X of [grid, normals(500, 4, 3)]) {
      let total = 0;
      for (let j = 0; j < X.columns; j++) {
        const values = Array.from({ length: X.rows }, (_, i) => X.data[i * X.columns + j]!);
        const mean = values.reduce((sum, value) => sum + value, 0) / X.rows;
        total += values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      }
      const sum = linkage(X, "ward").heights.reduce((all, height) => all + height ** 2 / 2, 0);
      assert.ok(Math.abs(sum - total) < 1e-9 * total, `${sum}, not ${total}`);
    }
    for (const method of METHODS) assert.equal(linkage(grid, method).sizes.at(-1), 576);
  });

  it("does not mind the order of rows where there are no ties", () => {
    const X = normals(120, 3, 8);
    const turned: Matrix = { ...X, data: X.data.slice() };
    for (let i = 0; i < 120; i++) turned.data.set(X.data.subarray(i * 3, i * 3 + 3), (119 - i) * 3);
    for (const method of METHODS)
      assertSameGroups(
        cutLinkage(linkage(turned, method), 6).reverse(),
        cutLinkage(linkage(X, method), 6),
        method,
      );
  });

  it("leaves its rows as they were", () => {
    const X = normals(30, 2, 1);
    const before = X.data.slice();
    for (const method of METHODS) linkage(X, method);
    assert.deepEqual(X.data, before);
  });

  it("refuses no rows, NaN, other methods, and more rows than distances have room for", () => {
    assert.throws(() => linkage(matrixOf([]), "ward"), {
      name: "RangeError",
      message: "linkage needs at least 1 row, got 0",
    });
    assert.throws(() => linkage(matrixOf([[1], [Number.NaN]]), "single"), /got NaN in row 1, column 0/);
    assert.throws(
      () => linkage(matrixOf([[1]]), "centroid" as LinkageMethod),
      /needs one of ward, average, complete, single, got "centroid"/,
    );
    const many: Matrix = { rows: 23_171, columns: 1, data: new Float64Array(23_171) };
    for (const method of ["average", "complete"] as const)
      assert.throws(() => linkage(many, method), {
        name: "RangeError",
        message:
          `linkage by "${method}" needs distances of at most 2147483648 bytes, got 2147488280 (n = 23171): ` +
          'take "ward" or "single", which keep none, or fewer rows',
      });
  });
});

describe("cutLinkage", () => {
  const tree = linkage(normals(40, 2, 5), "ward");

  it("gives any number of clusters, each cut splitting one of the cut before", () => {
    for (let k = 1; k <= 40; k++) {
      const labels = cutLinkage(tree, k);
      assert.equal(new Set(labels).size, k);
      if (k === 1) continue;
      const before = cutLinkage(tree, k - 1);
      assert.equal(new Set(Array.from(labels, (label, row) => `${label} in ${before[row]}`)).size, k);
    }
  });

  it("numbers clusters in the order of their first rows", () => {
    const firsts = [...new Set(cutLinkage(tree, 9))];
    assert.deepEqual(firsts, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual([...cutLinkage(tree, 40)], [...Array(40).keys()]);
  });

  it("refuses other numbers of clusters", () => {
    for (const k of [0, 41, 2.5, Number.NaN])
      assert.throws(() => cutLinkage(tree, k), {
        name: "RangeError",
        message: `cutLinkage needs 1 to n clusters, got ${k} (n = 40)`,
      });
  });
});
