import { availableParallelism } from "node:os";
import type { Matrix } from "../../math/matrix.js";
import type { LongWork } from "../../parallel/long-work.js";
import { runTasks } from "../../parallel/run-tasks.js";
import { sharedFloats, shareFloats, shareIntegers } from "../../parallel/shared.js";
import { prepareSilhouettes, type Silhouette, summariseSilhouette } from "./silhouette.js";
import type { SilhouetteWork } from "./silhouette-rows.js";
import type { SilhouettesInput } from "./silhouettes-task.js";

export interface SilhouettesOptions extends LongWork {
  /** Threads; one for each processor by default. The result is the same for any number. */
  workers?: number | undefined;
}

/** Rows that a worker takes at a time, so that progress is told and no worker is left with most of the work. */
const SLICE = 512;

/**
 * `silhouettes` by worker threads, while this thread stays free; progress is told in rows.
 * @throws RangeError as `silhouettes`; the signal's reason once it is aborted.
 */
export async function silhouettesInParallel(
  X: Matrix,
  labellings: readonly ArrayLike<number>[],
  { workers = availableParallelism(), onProgress, signal }: SilhouettesOptions = {},
): Promise<Silhouette[]> {
  signal?.throwIfAborted();
  const prepared = prepareSilhouettes("silhouettesInParallel", X, labellings);
  const work = share(prepared);
  const samples = labellings.map(() => sharedFloats(X.rows));
  const inputs: SilhouettesInput[] = [];
  for (let from = 0; from < X.rows; from += SLICE)
    inputs.push({ work, samples, from, to: Math.min(X.rows, from + SLICE) });
  await runTasks<SilhouettesInput, void>(new URL("./silhouettes-task.js", import.meta.url), inputs, {
    workers,
    onProgress: (rows) => onProgress?.(rows, X.rows),
    signal,
  });
  // What leaves is a plain array: shared ones cannot be sent everywhere.
  return prepared.labellings.map((clusters, at) => summariseSilhouette(clusters, samples[at]!.slice()));
}

function share({ X, labellings, steps }: SilhouetteWork): SilhouetteWork {
  return {
    X: { ...X, data: shareFloats(X.data) },
    labellings: labellings.map(({ of, sizes }) => ({ of: shareIntegers(of), sizes: shareIntegers(sizes) })),
    steps: steps.map((step) => ({ ...step, places: shareIntegers(step.places) })),
  };
}
