import { requireBetween, requireWhole } from "../../math/checks.js";
import { requireFinite } from "../../math/finite.js";
import { type Matrix, matrixOf } from "../../math/matrix.js";
import type { LongWork } from "../../parallel/long-work.js";
import { runTasks } from "../../parallel/run-tasks.js";
import { findNeighbours } from "../find-neighbours.js";
import { rowsOf } from "./rows.js";
import type { UmapJsInput } from "./umap-js-task.js";

export interface UmapJsOptions extends LongWork {
  /** Size of a neighbourhood, the row itself included; 15 by default. */
  nNeighbors?: number;
  /** 0.1 by default. */
  minDist?: number;
  /** 500 by default. */
  nEpochs?: number;
  seed: number;
}

/**
 * The map that the library umap-js makes of rows with their exact neighbours: what `fitUmap` is checked against.
 * It starts at random positions, and its loop takes several times as long; a sample of rows will do.
 * @param X - n x d, finite.
 * @throws RangeError for options without meaning; the signal's reason once it is aborted.
 */
export async function umapByUmapJs(X: Matrix, options: UmapJsOptions): Promise<Matrix> {
  const { nNeighbors = 15, minDist = 0.1, nEpochs = 500, seed } = options;
  requireWhole("umapByUmapJs", "neighbours", nNeighbors, 2, X.rows - 1);
  requireWhole("umapByUmapJs", "epochs", nEpochs, 1, 1e6);
  requireBetween("umapByUmapJs", "a smallest distance", minDist, 0, 3);
  requireFinite("umapByUmapJs", X);
  const neighbours = await findNeighbours(X, nNeighbors - 1, { signal: options.signal });
  const [map] = await runTasks<UmapJsInput, number[][]>(
    new URL("./umap-js-task.js", import.meta.url),
    [{ rows: rowsOf(X), neighbours, minDist, nEpochs, seed }],
    { onProgress: (epochs) => options.onProgress?.(epochs, nEpochs), signal: options.signal },
  );
  return matrixOf(map!);
}
