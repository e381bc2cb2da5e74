import type { Neighbours } from "./nearest-list.js";

/** A square matrix of which most cells are zero: row i holds `columns` and `values` from `starts[i]` to `starts[i + 1]`. */
export interface SparseMatrix {
  rows: number;
  starts: Int32Array;
  /** Ascending within a row. */
  columns: Int32Array;
  values: Float64Array;
}

/**
 * The symmetric matrix with `combine(value of i for j, value of j for i)` wherever one names the other a neighbour.
 * @param values - one for each neighbour, in the order of `neighbours`; a missing one counts as 0.
 * @param combine - must not depend on the order of its arguments.
 */
export function symmetrise(
  neighbours: Neighbours,
  values: Float64Array,
  combine: (a: number, b: number) => number,
): SparseMatrix {
  const { rows, k, indices } = neighbours;
  const forward: SparseMatrix = {
    rows,
    starts: Int32Array.from({ length: rows + 1 }, (_, i) => i * k),
    columns: indices,
    values,
  };
  const backward = transpose(forward);
  const starts = new Int32Array(rows + 1);
  const columns = new Int32Array(2 * indices.length);
  const combined = new Float64Array(2 * indices.length);
  const place = new Int32Array(rows).fill(-1);
  let size = 0;
  for (let i = 0; i < rows; i++) {
    const first = size;
    for (let at = i * k; at < (i + 1) * k; at++) {
      place[indices[at]!] = size;
      columns[size] = indices[at]!;
      combined[size++] = combine(values[at]!, 0);
    }
    for (let at = backward.starts[i]!; at < backward.starts[i + 1]!; at++) {
      const j = backward.columns[at]!;
      const known = place[j]!;
      if (known >= first) combined[known] = combine(values[i * k + known - first]!, backward.values[at]!);
      else {
        columns[size] = j;
        combined[size++] = combine(0, backward.values[at]!);
      }
    }
    starts[i + 1] = size;
  }
  // Being symmetric, its transpose is itself, with the columns of each row in order.
  return transpose({
    rows,
    starts,
    columns: columns.slice(0, size),
    values: combined.slice(0, size),
  });
}

/** Rows become columns; those of each row come in ascending order, whatever it was before. */
export function transpose({ rows, starts, columns, values }: SparseMatrix): SparseMatrix {
  const result: SparseMatrix = {
    rows,
    starts: new Int32Array(rows + 1),
    columns: new Int32Array(columns.length),
    values: new Float64Array(columns.length),
  };
  for (const j of columns) result.starts[j + 1]!++;
  for (let j = 0; j < rows; j++) result.starts[j + 1]! += result.starts[j]!;
  const next = result.starts.slice();
  for (let i = 0; i < rows; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const to = next[columns[at]!]!++;
      result.columns[to] = i;
      result.values[to] = values[at]!;
    }
  return result;
}
