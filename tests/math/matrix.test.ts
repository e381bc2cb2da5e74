import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { column, matrixOf, matrixOfColumns } from "#src/math/matrix.js";

describe("a matrix", () => {
  const X = matrixOf([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it("is stored row by row, whether made of rows or of columns", () => {
    assert.deepEqual(X, { rows: 2, columns: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6) });
    assert.deepEqual(
      matrixOfColumns([
        [1, 4],
        [2, 5],
        [3, 6],
      ]),
      X,
    );
  });

  it("gives copies of its columns", () => {
    const second = column(X, 1);
    assert.deepEqual([...second], [2, 5]);
    second[0] = 9;
    assert.equal(X.data[1], 2);
  });

  it("may be empty", () => {
    assert.deepEqual(matrixOf([]), { rows: 0, columns: 0, data: new Float64Array(0) });
    assert.deepEqual(matrixOfColumns([]), matrixOf([]));
    assert.deepEqual(matrixOf([[], []]).rows, 2);
  });

  it("refuses ragged rows and columns, and a column it does not have", () => {
    assert.throws(() => matrixOf([[1, 2], [3]]), /rows of one length, got 2 and 1 \(row 1\)/);
    assert.throws(() => matrixOfColumns([[1, 2], [3]]), /columns of one length, got 2 and 1 \(column 1\)/);
    for (const j of [-1, 3, 0.5]) assert.throws(() => column(X, j), /whole number from 0 to 2/);
  });
});
