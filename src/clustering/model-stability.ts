import type { Matrix } from "../math/matrix.js";
import type { LongWork } from "../parallel/long-work.js";
import { runTasks } from "../parallel/run-tasks.js";
import { shareFloats } from "../parallel/shared.js";
import { type ClusteringStability, compareResamples, drawResamples } from "./measures/stability.js";
import type { ModelName, ModelOptions } from "./models.js";
import type { RefitInput } from "./sweep/refit-task.js";

/** A model that was fitted to all rows. */
export interface StabilityCandidate {
  model: ModelName;
  setting: number;
  /** Of all rows. */
  labels: Int32Array;
}

export interface ModelStabilityOptions extends ModelOptions, LongWork {
  /** Resamples; 20 by default. */
  repeats?: number | undefined;
  /** Threads; one for each processor by default. The result is the same for any number. */
  workers?: number | undefined;
}

/**
 * How stable a model is when its customers are drawn again: it is fitted to those drawn, gives all customers a cluster,
 * and is compared with the fit to all. Fits run in worker threads.
 * @param X - n x d, what the labels were fitted to.
 * @throws RangeError as `clusteringStability` and the models; the signal's reason once it is aborted.
 */
export async function modelStability(
  X: Matrix,
  { model, setting, labels }: StabilityCandidate,
  { repeats = 20, workers, onProgress, signal, seed, nInit, minSamples }: ModelStabilityOptions,
): Promise<ClusteringStability> {
  const shared = { ...X, data: shareFloats(X.data) };
  const resamples = drawResamples(X.rows, { repeats, seed });
  const inputs = resamples.map((resample): RefitInput => {
    return { X: shared, rows: resample.rows, model, setting, seed: resample.seed, nInit, minSamples };
  });
  const again = await runTasks<RefitInput, Int32Array>(
    new URL("./sweep/refit-task.js", import.meta.url),
    inputs,
    {
      workers,
      signal,
      onProgress: (done) => onProgress?.(done, repeats),
    },
  );
  return compareResamples(labels, resamples, again);
}
