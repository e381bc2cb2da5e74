import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { findRepeated } from "#src/profiling/duplicates.js";

const columnsOf = (...rows: number[][]): Int32Array[] =>
  (rows[0] ?? []).map((_, column) => Int32Array.from(rows, (row) => row[column]!));

describe("repeated rows", () => {
  it("are those that equal an earlier one in every column, missing values equal to each other", () => {
    const columns = columnsOf([1, -1], [1, 0], [1, -1], [0, 0], [1, -1], [1, 0]);
    assert.deepEqual(findRepeated(columns, 6), {
      rows: 3,
      groups: 2,
      common: [
        { row: 0, count: 3 },
        { row: 1, count: 2 },
      ],
    });
  });

  it("of one count are named in ascending order, missing values last", () => {
    const rows = [
      [2, 0],
      [-1, 0],
      [0, -1],
      [0, 5],
    ];
    const { common } = findRepeated(columnsOf(...rows, ...rows), 8);
    assert.deepEqual(
      common.map(({ row }) => row),
      [3, 2, 0, 1],
    );
  });

  it("are counted as a Map counts them, and the ten most frequent named", () => {
    const random = seededRandom(5);
    const rows = Array.from({ length: 20_000 }, () => [
      Math.floor(random() ** 3 * 60) - 1,
      Math.floor(random() * 90) - 1,
      Math.floor(random() * 2),
    ]);
    const counts = new Map<string, { row: number; count: number }>();
    for (const [row, cells] of rows.entries()) {
      const known = counts.get(cells.join()) ?? { row, count: 0 };
      counts.set(cells.join(), { row: known.row, count: known.count + 1 });
    }
    const repeated = [...counts.values()].filter(({ count }) => count > 1);
    const orderOf = (row: number): number[] => rows[row]!.map((place) => (place < 0 ? Infinity : place));
    const isLess = (a: number[], b: number[]): number => {
      const at = a.findIndex((place, i) => place !== b[i]);
      return at < 0 || a[at]! < b[at]! ? -1 : 1;
    };
    repeated.sort((a, b) => b.count - a.count || isLess(orderOf(a.row), orderOf(b.row)));
    assert.deepEqual(findRepeated(columnsOf(...rows), rows.length), {
      rows: rows.length - counts.size,
      groups: repeated.length,
      common: repeated.slice(0, 10),
    });
  });

  it("are none in a table without rows, or with one", () => {
    assert.deepEqual(findRepeated([new Int32Array()], 0), { rows: 0, groups: 0, common: [] });
    assert.deepEqual(findRepeated(columnsOf([3]), 1), { rows: 0, groups: 0, common: [] });
  });
});
