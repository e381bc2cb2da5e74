import assert from "node:assert/strict";
import { type Matrix, matrixOf } from "#src/math/matrix.js";
import { readText } from "../../structure/support.js";

/** What scikit-learn says of a labelling. */
export interface MeasuredLabelling {
  name: string;
  labels: number[];
  silhouette: number;
  samples: (number | null)[];
  calinskiHarabasz: number;
  daviesBouldin: number;
  inertia: number;
}

interface Expected {
  rows: number[][];
  labellings: MeasuredLabelling[];
  stabilities: {
    labels: number[];
    repeats: [rows: number[], labels: number[]][];
    adjustedRand: number;
    jaccard: number[];
    dissolved: number[];
  }[];
  curves: { xs: number[]; ys: number[]; knee: number }[];
}

/** What fixtures/measures.py wrote. */
export const expected: Expected = JSON.parse(
  readText("tests/clustering/measures/fixtures/measures.json"),
) as Expected;

export const X: Matrix = matrixOf(expected.rows);

/** Points on a line. */
export function line(...values: number[]): Matrix {
  return matrixOf(values.map((value) => [value]));
}

/** @throws AssertionError unless the two agree to 1e-9 of the wanted size, and of 1. */
export function near(actual: number, wanted: number, what = ""): void {
  const gap = Math.abs(actual - wanted);
  assert.ok(gap < 1e-9 * Math.max(1, Math.abs(wanted)), `${what}: ${actual} against ${wanted}`);
}
