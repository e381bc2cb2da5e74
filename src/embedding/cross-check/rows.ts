import type { Matrix } from "../../math/matrix.js";

/** Rows as lists, which is what libraries take. */
export function rowsOf({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)));
}
