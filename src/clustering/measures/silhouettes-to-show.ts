import { drawRows } from "../../math/draw-rows.js";
import type { Matrix } from "../../math/matrix.js";
import { seededRandom } from "../../math/random.js";
import { SAMPLED_FROM_ROWS } from "./sampled-silhouettes.js";
import { prepareSilhouettes } from "./silhouette.js";
import { type SilhouettesOptions, silhouettesOfRows } from "./silhouettes-in-parallel.js";

/** Silhouettes one by one, as a plot shows them. */
export interface ShownSilhouettes {
  /** Positions of the customers looked at, ascending: all, or some drawn at random. */
  rows: Int32Array;
  /** For each labelling, cluster and silhouette of these customers; NaN for noise. */
  labellings: { labels: Int32Array; samples: Float64Array }[];
}

/** How many customers are looked at. */
export interface ShownOptions extends SilhouettesOptions {
  /** More customers than these are sampled; SAMPLED_FROM_ROWS by default. */
  sampledFromRows?: number | undefined;
  /** Customers of a sample; 2,000 by default. */
  sampleSize?: number | undefined;
  seed: number;
}

/**
 * The silhouettes of labellings customer by customer, in one pass over the distances; of so many customers that all would
 * take long, those of the same sample for each labelling. The silhouette of a sampled customer is its own: it knows all
 * others.
 * @throws RangeError as `silhouettes`.
 */
export async function silhouettesToShow(
  X: Matrix,
  labellings: readonly ArrayLike<number>[],
  { sampledFromRows = SAMPLED_FROM_ROWS, sampleSize = 2_000, seed, ...options }: ShownOptions,
): Promise<ShownSilhouettes> {
  const work = prepareSilhouettes("silhouettesToShow", X, labellings);
  const count = X.rows > sampledFromRows ? Math.min(sampleSize, X.rows) : X.rows;
  const rows = drawRows(X.rows, count, seededRandom(seed));
  const samples = await silhouettesOfRows(work, rows, options);
  return {
    rows,
    labellings: labellings.map((labels, at) => ({
      labels: rows.map((row) => labels[row]!),
      samples: samples[at]!,
    })),
  };
}
