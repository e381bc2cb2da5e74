import { availableParallelism } from "node:os";
import type { Matrix } from "../math/matrix.js";
import { type Neighbours, nearestNeighbours } from "../math/neighbours.js";
import { type RunOptions, runTasks } from "../parallel/run-tasks.js";
import { shareFloats } from "../parallel/shared.js";
import type { NeighboursInput } from "./neighbours-task.js";

/** Below so many rows a worker would take longer to start than the work takes. */
const FEW_ROWS = 4_000;

/**
 * The `k` nearest other rows of each row, as `nearestNeighbours`, by workers where there are many rows.
 * @throws RangeError as `nearestNeighbours`; the signal's reason once it is aborted.
 */
export async function findNeighbours(X: Matrix, k: number, options: RunOptions = {}): Promise<Neighbours> {
  options.signal?.throwIfAborted();
  const count = options.workers ?? availableParallelism();
  if (X.rows < FEW_ROWS || count === 1 || !(k >= 1 && k < X.rows)) return nearestNeighbours(X, k);
  const shared: Matrix = { ...X, data: shareFloats(X.data) };
  const inputs = Array.from({ length: count }, (_, part): NeighboursInput => {
    const range: [number, number] = [
      Math.floor((X.rows * part) / count),
      Math.floor((X.rows * (part + 1)) / count),
    ];
    return { X: shared, k, range };
  });
  const parts = await runTasks<NeighboursInput, Neighbours>(
    new URL("./neighbours-task.js", import.meta.url),
    inputs,
    { ...options, workers: count },
  );
  const result: Neighbours = {
    rows: X.rows,
    k,
    indices: new Int32Array(X.rows * k),
    distances: new Float64Array(X.rows * k),
  };
  parts.forEach(({ indices, distances }, part) => {
    result.indices.set(indices, inputs[part]!.range[0] * k);
    result.distances.set(distances, inputs[part]!.range[0] * k);
  });
  return result;
}
