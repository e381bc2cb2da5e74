import type { Matrix } from "../../math/matrix.js";
import { type Kernels, withKernels } from "../kernels/with-kernels.js";

/** Room for all runs of one K-Means, in the memory of its kernels. */
export interface Workspace {
  kernels: Kernels;
  /** The rows; `data` lies in this room. */
  X: Matrix;
  k: number;
  /** Centres, and the rows tried for each, counted up to fours: see `kernels/assembly/kmeans.ts`. */
  width: number;
  trials: number;
  trialWidth: number;
  arrays: Record<FloatName, Float64Array> & Record<IntegerName, Int32Array>;
}

type FloatName =
  | "rows"
  // Of the start.
  | "candidates"
  | "closest"
  | "left"
  | "gains"
  // Of the turns.
  | "centers"
  | "upper"
  | "lower"
  | "way"
  | "halfNext"
  | "squares";

type IntegerName = "labels" | "changed" | "before";

/**
 * Has something done in such room.
 * @throws RangeError when the rows and what is kept of each take more than 4 GiB.
 */
export function inWorkspace<Result>(
  { rows: n, columns: d, data }: Matrix,
  k: number,
  work: (workspace: Workspace) => Result,
): Result {
  const width = countByFours(k);
  const trials = 2 + Math.floor(Math.log(k));
  const trialWidth = countByFours(trials);
  const floats: Record<FloatName, number> = {
    rows: n * d,
    candidates: d * trialWidth,
    closest: n,
    left: n * trialWidth,
    gains: trialWidth,
    centers: d * width,
    upper: n,
    lower: n,
    way: k,
    halfNext: k,
    squares: width,
  };
  const integers: Record<IntegerName, number> = { labels: n, changed: n, before: n };
  return withKernels("kmeans", floats, integers, (kernels, arrays) => {
    arrays.rows.set(data);
    arrays.centers.fill(Infinity);
    arrays.candidates.fill(Infinity);
    const X = { rows: n, columns: d, data: arrays.rows };
    return work({ kernels, X, k, width, trials, trialWidth, arrays });
  });
}

function countByFours(count: number): number {
  return Math.ceil(count / 4) * 4;
}
