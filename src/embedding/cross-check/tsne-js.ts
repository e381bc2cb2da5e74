import { requireBetween, requireWhole } from "../../math/checks.js";
import { requireFinite } from "../../math/finite.js";
import { type Matrix, matrixOf } from "../../math/matrix.js";
import type { LongWork } from "../../parallel/long-work.js";
import { runTasks } from "../../parallel/run-tasks.js";
import { rowsOf } from "./rows.js";
import type { TsneJsInput } from "./tsne-js-task.js";

/** Its time grows with the square of the rows, and an iteration of so many takes about a second. */
const MOST_ROWS = 1_000;

export interface TsneJsOptions extends LongWork {
  /** 30 by default. */
  perplexity?: number;
  /** 250 by default. */
  nIter?: number;
  seed: number;
}

/**
 * The map that the library tsne-js makes of some rows: what `tsne` is checked against. It compares all pairs, so that
 * it serves for a few hundred rows.
 * @param X - n x d, finite; at most 1,000 rows.
 * @throws RangeError for more rows or options without meaning; the signal's reason once it is aborted.
 */
export async function tsneByTsneJs(X: Matrix, options: TsneJsOptions): Promise<Matrix> {
  const { perplexity = 30, nIter = 250, seed } = options;
  requireWhole("tsneByTsneJs", "rows", X.rows, 4, MOST_ROWS);
  requireBetween("tsneByTsneJs", "a perplexity", perplexity, 1, X.rows - 1);
  requireWhole("tsneByTsneJs", "iterations", nIter, 1, 1e5);
  requireFinite("tsneByTsneJs", X);
  const [map] = await runTasks<TsneJsInput, number[][]>(
    new URL("./tsne-js-task.js", import.meta.url),
    [{ rows: rowsOf(X), perplexity, nIter, seed }],
    { onProgress: (done) => options.onProgress?.(Math.min(done, nIter), nIter), signal: options.signal },
  );
  // The library does not tell of its last steps.
  options.onProgress?.(nIter, nIter);
  return matrixOf(map!);
}
