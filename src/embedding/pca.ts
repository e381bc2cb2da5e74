import { createRequire } from "node:module";
import type { PCA } from "ml-pca";
import { requireNewRows } from "../math/checks.js";
import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";

export interface PcaOptions {
  /** Directions kept, the most variable first; by default as many as there are rows or columns, whichever is less. */
  nComponents?: number;
}

/** What a fitted PCA is rebuilt from. */
export interface PcaState {
  kind: "pca";
  mean: number[];
  /** One list of d numbers for each direction. */
  components: number[][];
  /** Variance along each direction, over n - 1. */
  explainedVariance: number[];
  /** The same as a share of the variance of all columns. */
  explainedVarianceRatio: number[];
}

/** The directions in which rows vary most, and rows as coordinates along them. */
export class Pca {
  /** The fitted numbers, fit for JSON. */
  readonly state: PcaState;

  constructor(state: PcaState) {
    this.state = state;
  }

  /** Rows to coordinates along the directions. @throws RangeError for other columns than were fitted, or a value that is not finite. */
  transform(X: Matrix): Matrix {
    const { mean, components } = this.state;
    requireNewRows("Pca.transform", X, mean.length);
    const result = new Float64Array(X.rows * components.length);
    for (let i = 0; i < X.rows; i++)
      components.forEach((direction, c) => {
        let sum = 0;
        for (let j = 0; j < mean.length; j++) sum += (X.data[i * X.columns + j]! - mean[j]!) * direction[j]!;
        result[i * components.length + c] = sum;
      });
    return { rows: X.rows, columns: components.length, data: result };
  }

  /** Coordinates to rows: the nearest that the directions can express. @throws RangeError as `transform`. */
  inverseTransform(Z: Matrix): Matrix {
    const { mean, components } = this.state;
    requireNewRows("Pca.inverseTransform", Z, components.length);
    const data = new Float64Array(Z.rows * mean.length);
    for (let i = 0; i < Z.rows; i++)
      for (let j = 0; j < mean.length; j++) {
        let sum = mean[j]!;
        for (let c = 0; c < components.length; c++) sum += Z.data[i * Z.columns + c]! * components[c]![j]!;
        data[i * mean.length + j] = sum;
      }
    return { rows: Z.rows, columns: mean.length, data };
  }
}

/**
 * Principal components of centred columns, by the singular values of ml-pca.
 * Each direction points to where its largest part is positive, so that nothing is left to chance.
 * @param X - n x d, rows are customers, finite; at least 2 rows.
 * @throws RangeError for fewer rows, a value that is not finite or too many components.
 * @see equals sklearn.decomposition.PCA(svd_solver="full").
 */
export function fitPca(X: Matrix, options: PcaOptions = {}): Pca {
  if (X.rows < 2 || X.columns < 1)
    throw new RangeError(`fitPca needs at least 2 rows and 1 column, got ${X.rows} x ${X.columns}`);
  requireFinite("fitPca", X);
  const most = Math.min(X.rows, X.columns);
  const count = options.nComponents ?? most;
  if (!Number.isInteger(count) || count < 1 || count > most)
    throw new RangeError(`fitPca needs 1 to ${most} components, got ${count} (${X.rows} x ${X.columns})`);
  const mean = columnMeans(X);
  const rows = Array.from({ length: X.rows }, (_, i) =>
    mean.map((value, j) => X.data[i * X.columns + j]! - value),
  );
  const model = new (loadLibrary().PCA)(rows, { center: false });
  const directions = model.getEigenvectors().transpose().to2DArray();
  const variances = model.getEigenvalues();
  const total = variances.reduce((sum, value) => sum + value, 0);
  return new Pca({
    kind: "pca",
    mean,
    components: directions.slice(0, count).map(pointToLargest),
    explainedVariance: variances.slice(0, count),
    explainedVarianceRatio: variances.slice(0, count).map((value) => (total > 0 ? value / total : 0)),
  });
}

function columnMeans({ rows, columns, data }: Matrix): number[] {
  return Array.from({ length: columns }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += data[i * columns + j]!;
    const mean = sum / rows;
    // A second pass takes out what the first one rounded away.
    let rest = 0;
    for (let i = 0; i < rows; i++) rest += data[i * columns + j]! - mean;
    return mean + rest / rows;
  });
}

function pointToLargest(direction: readonly number[]): number[] {
  const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? direction.map((value) => -value) : [...direction];
}

/** Loaded when it is first needed: a kernel whose notebook has no PCA need not wait for it. */
function loadLibrary(): { PCA: typeof PCA } {
  const require = createRequire(import.meta.url);
  return require("ml-pca") as { PCA: typeof PCA };
}
