/** A dense table of numbers: n x d, row by row. */
export interface Matrix {
  rows: number;
  columns: number;
  /** `data[i * columns + j]` is row i, column j. */
  data: Float64Array;
}

/** A matrix of these rows. @throws RangeError when the rows differ in length. */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    if (row.length !== columns)
      throw new RangeError(`a matrix needs rows of one length, got ${columns} and ${row.length} (row ${i})`);
    data.set(row, i * columns);
  });
  return { rows: rows.length, columns, data };
}

/** A matrix of these columns. @throws RangeError when the columns differ in length. */
export function matrixOfColumns(columns: readonly ArrayLike<number>[]): Matrix {
  const rows = columns[0]?.length ?? 0;
  const data = new Float64Array(rows * columns.length);
  columns.forEach((values, j) => {
    if (values.length !== rows)
      throw new RangeError(
        `a matrix needs columns of one length, got ${rows} and ${values.length} (column ${j})`,
      );
    for (let i = 0; i < rows; i++) data[i * columns.length + j] = values[i]!;
  });
  return { rows, columns: columns.length, data };
}

/** A copy of one column. @throws RangeError when there is no such column. */
export function column(X: Matrix, j: number): Float64Array {
  if (!Number.isInteger(j) || j < 0 || j >= X.columns)
    throw new RangeError(`column needs a whole number from 0 to ${X.columns - 1}, got ${j}`);
  const values = new Float64Array(X.rows);
  for (let i = 0; i < X.rows; i++) values[i] = X.data[i * X.columns + j]!;
  return values;
}

/** The other columns, in their order. */
export function withoutColumn({ rows, columns, data }: Matrix, j: number): Matrix {
  const kept = new Float64Array(rows * (columns - 1));
  let at = 0;
  for (let i = 0; i < data.length; i++) if (i % columns !== j) kept[at++] = data[i]!;
  return { rows, columns: columns - 1, data: kept };
}

/** Some rows of a matrix, in the order asked for; a row may come twice. */
export function takeRows({ columns, data }: Matrix, rows: ArrayLike<number>): Matrix {
  const taken = new Float64Array(rows.length * columns);
  for (let at = 0; at < rows.length; at++)
    taken.set(data.subarray(rows[at]! * columns, (rows[at]! + 1) * columns), at * columns);
  return { rows: rows.length, columns, data: taken };
}
