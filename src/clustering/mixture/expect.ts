import type { Densities } from "./densities.js";
import type { Workspace } from "./workspace.js";

/**
 * How likely each row is to come from each component: the shares of the workspace, written; and the mean logarithm of
 * the rows' densities, returned.
 */
export function expect({ kernels, n, d, k, length, arrays }: Workspace, densities: Densities): number {
  const { columns, means, whitening, peaks, far, gaps, shares, tops, sums } = arrays;
  means.set(densities.means);
  whitening.set(densities.whitening);
  peaks.set(densities.peaks);
  far.set(densities.far);
  const isTriangular = densities.isTriangular ? 1 : 0;
  kernels.shareRows(
    ...([n, length, d, k, columns, means, whitening, isTriangular, peaks, far, gaps] as const),
    ...([shares, tops, sums] as const),
  );
  let total = 0;
  for (let i = 0; i < n; i++) total += tops[i]! + Math.log(sums[i]!);
  return total / n;
}
