import type { Matrix } from "../math/matrix.js";

/** Rows less the mean of each column, which is exact for a column of one value. */
export function centerColumns(X: Matrix): { centred: Matrix; means: Float64Array } {
  const means = columnMeans(X);
  // A second pass takes out what the first one rounded away.
  const rest = columnMeans(shiftColumns(X, means, -1));
  for (let j = 0; j < means.length; j++) means[j]! += rest[j]!;
  return { centred: shiftColumns(X, means, -1), means };
}

/** Rows with a number for each column added to them, or taken off. */
export function shiftColumns({ rows, columns, data }: Matrix, by: Float64Array, sign: 1 | -1): Matrix {
  const shifted = new Float64Array(data.length);
  for (let at = 0; at < data.length; )
    for (let j = 0; j < columns; j++, at++) shifted[at] = data[at]! + sign * by[j]!;
  return { rows, columns, data: shifted };
}

function columnMeans({ rows, columns, data }: Matrix): Float64Array {
  const means = new Float64Array(columns);
  for (let at = 0; at < data.length; ) for (let j = 0; j < columns; j++, at++) means[j]! += data[at]!;
  return means.map((sum) => sum / rows);
}
