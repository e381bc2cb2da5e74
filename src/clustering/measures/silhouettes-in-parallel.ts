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

/** Fewer distances than those among so many rows are computed sooner than workers have started. */
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
  options: SilhouettesOptions = {},
): Promise<Silhouette[]> {
  options.signal?.throwIfAborted();
  const prepared = prepareSilhouettes("silhouettesInParallel", X, labellings);
  const samples = await silhouettesOfRows(prepared, rowsBetween(0, X.rows), options);
  return prepared.labellings.map((clusters, at) => summariseSilhouette(clusters, samples[at]!));
}

/**
 * The silhouettes of some rows in every labelling, by workers unless there are few.
 * @param rows - positions in X.
 * @returns an array a labelling, as long as `rows`.
 */
export async function silhouettesOfRows(
  prepared: PreparedSilhouettes,
  rows: Int32Array,
  { workers = availableParallelism(), onProgress, signal }: SilhouettesOptions,
): Promise<Float64Array[]> {
  const { X, labellings } = prepared;
  const count = rows.length;
  if (count * X.rows < FEW_ROWS ** 2) {
    const samples = labellings.map(() => new Float64Array(count));
    writeSilhouettes(prepared, rows, samples);
    onProgress?.(count, count);
    return samples;
  }
  const samples = labellings.map(() => sharedFloats(count));
  const shared = { work: share(prepared), rows: shareIntegers(rows), samples };
  const inputs: SilhouettesInput[] = [];
  for (let from = 0; from < count; from += SLICE)
    inputs.push({ ...shared, from, to: Math.min(count, from + SLICE) });
  await runTasks<SilhouettesInput, void>(new URL("./silhouettes-task.js", import.meta.url), inputs, {
    workers,
    onProgress: (done) => onProgress?.(done, count),
    signal,
  });
  // What leaves is plain arrays: shared ones cannot go everywhere.
  return samples.map((values) => Float64Array.from(values));
}

function share({ X, labellings, steps }: SilhouetteWork): SilhouetteWork {
  return {
    X: { ...X, data: shareFloats(X.data) },
    labellings: labellings.map(({ of, sizes }) => ({ of: shareIntegers(of), sizes: shareIntegers(sizes) })),
    steps: steps.map((step) => ({ ...step, places: shareIntegers(step.places) })),
  };
}
