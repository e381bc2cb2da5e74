import { availableParallelism } from "node:os";
import type { Matrix } from "../../math/matrix.js";
import type { LongWork } from "../../parallel/long-work.js";
import { runTasks } from "../../parallel/run-tasks.js";
import { sharedFloats, shareFloats, shareIntegers } from "../../parallel/shared.js";
import {
  type PreparedSilhouettes,
  prepareSilhouettes,
  rowsBetween,
  type Silhouette,
  summariseSilhouette,
} from "./silhouette.js";
import { type SilhouetteWork, writeSilhouettes } from "./silhouette-rows.js";
import type { SilhouettesInput } from "./silhouettes-task.js";

export interface SilhouettesOptions extends LongWork {
  /** Threads; one for each processor by default. The result is the same for any number. */
  workers?: number | undefined;
}

/** Below so many rows workers would take longer to start than the work takes. */
const FEW_ROWS = 2_000;
/** Rows that a worker takes at a time, so that progress is told and no worker is left with most of the work. */
const SLICE = 512;

/**
 * `silhouettes` by worker threads, while this thread stays free; progress is told in rows. Where there are few rows it
 * is done at once.
 * @throws RangeError as `silhouettes`; the signal's reason once it is aborted.
 */
export async function silhouettesInParallel(
  X: Matrix,
  labellings: readonly ArrayLike<number>[],
  { workers = availableParallelism(), onProgress, signal }: SilhouettesOptions = {},
): Promise<Silhouette[]> {
  signal?.throwIfAborted();
  const prepared = prepareSilhouettes("silhouettesInParallel", X, labellings);
  const samples = labellings.map(() => sharedFloats(X.rows));
  if (X.rows < FEW_ROWS) {
    writeSilhouettes(prepared, rowsBetween(0, X.rows), samples);
    onProgress?.(X.rows, X.rows);
    return summarise(prepared, samples);
  }
  const work = share(prepared);
  const inputs: SilhouettesInput[] = [];
  for (let from = 0; from < X.rows; from += SLICE)
    inputs.push({ work, samples, from, to: Math.min(X.rows, from + SLICE) });
  await runTasks<SilhouettesInput, void>(new URL("./silhouettes-task.js", import.meta.url), inputs, {
    workers,
    onProgress: (rows) => onProgress?.(rows, X.rows),
    signal,
  });
  return summarise(prepared, samples);
}

/** What leaves is plain arrays: shared ones cannot go everywhere. */
function summarise({ labellings }: PreparedSilhouettes, samples: readonly Float64Array[]): Silhouette[] {
  return labellings.map((clusters, at) => summariseSilhouette(clusters, Float64Array.from(samples[at]!)));
}

function share({ X, labellings, steps }: SilhouetteWork): SilhouetteWork {
  return {
    X: { ...X, data: shareFloats(X.data) },
    labellings: labellings.map(({ of, sizes }) => ({ of: shareIntegers(of), sizes: shareIntegers(sizes) })),
    steps: steps.map((step) => ({ ...step, places: shareIntegers(step.places) })),
  };
}
