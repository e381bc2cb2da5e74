import type { Matrix } from "../../math/matrix.js";
import { type Kernels, withKernels } from "../kernels/with-kernels.js";

/** Room for sharing out rows among components, in the memory of its kernels: see `kernels/assembly/mixture.ts`. */
export interface Workspace {
  kernels: Kernels;
  n: number;
  d: number;
  k: number;
  /** The rows counted up to eights. */
  length: number;
  /** The columns counted up to twos. */
  width: number;
  arrays: Record<ArrayName, Float64Array>;
}

type ArrayName =
  | "columns"
  | "shares"
  | "means"
  | "gaps"
  // Of densities.
  | "whitening"
  | "peaks"
  | "far"
  | "tops"
  | "sums"
  // Of what shares add up to.
  | "sizes"
  | "totals"
  | "squares"
  | "products";

/**
 * Has something done in such room.
 * @throws RangeError when the rows and their shares take more than 4 GiB.
 */
export function inWorkspace<Result>(
  who: string,
  { rows: n, columns: d, data }: Matrix,
  k: number,
  work: (workspace: Workspace) => Result,
): Result {
  const length = Math.ceil(n / 8) * 8;
  const width = Math.ceil(d / 2) * 2;
  const floats: Record<ArrayName, number> = {
    columns: d * length,
    shares: k * length,
    means: k * d,
    gaps: 8 * d,
    whitening: (k * d * (d + 1)) / 2,
    peaks: k,
    far: k,
    tops: length,
    sums: length,
    sizes: k,
    totals: k * d,
    squares: k * d,
    products: k * d * width,
  };
  return withKernels(who, floats, {}, (kernels, arrays) => {
    for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) arrays.columns[j * length + i] = data[i * d + j]!;
    return work({ kernels, n, d, k, length, width, arrays });
  });
}

/** Takes over how much of each row each component has: n x k. */
export function setShares({ n, k, length, arrays }: Workspace, data: Float64Array): void {
  for (let i = 0; i < n; i++) for (let c = 0; c < k; c++) arrays.shares[c * length + i] = data[i * k + c]!;
}

/** How much of each row each component has. */
export function readShares({ n, k, length, arrays }: Workspace): Matrix {
  const data = new Float64Array(n * k);
  for (let i = 0; i < n; i++) for (let c = 0; c < k; c++) data[i * k + c] = arrays.shares[c * length + i]!;
  return { rows: n, columns: k, data };
}
