import { requireNewRows } from "../math/checks.js";
import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { type Neighbours, nearestTo } from "../math/neighbours.js";
import { findNeighbours } from "./find-neighbours.js";
import { fitUmapMap, UmapMap, type UmapMapState, type UmapOptions } from "./umap/map.js";

export type { UmapOptions } from "./umap/map.js";

/** What a fitted UMAP is rebuilt from. */
export interface UmapState {
  kind: "umap";
  columns: number;
  /** The fitted rows, one after the other. */
  data: number[];
  map: UmapMapState;
}

/** Customers on a plane, neighbours close together; new ones find their place among them. */
export class Umap {
  /** The fitted numbers, fit for JSON. */
  readonly state: UmapState;
  readonly #map: UmapMap;
  readonly #X: Matrix;

  constructor(state: UmapState) {
    this.state = state;
    this.#map = new UmapMap(state.map);
    const { data, columns } = state;
    this.#X = { rows: data.length / columns, columns, data: Float64Array.from(data) };
  }

  /** Where the fitted rows are: n x 2. */
  get embedding(): Matrix {
    return this.#map.embedding;
  }

  /**
   * Places rows that were not fitted; each on its own, with all fitted points where they are.
   * @returns m x 2.
   * @throws RangeError for other columns than were fitted, or a value that is not finite.
   */
  transform(X: Matrix): Matrix {
    requireNewRows("Umap.transform", X, this.#X.columns);
    if (X.rows === 0) return { rows: 0, columns: 2, data: new Float64Array() };
    return this.#map.place(nearestTo(this.#X, X, this.state.map.k + 1));
  }
}

/**
 * Rows on a plane so that neighbours stay neighbours and groups keep their order: UMAP with exact neighbours.
 * @param X - n x d, rows are customers, scaled, finite; more than `nNeighbors` rows.
 * @param options - with `neighbours` when the `nNeighbors - 1` nearest others of each row are known.
 * @throws RangeError for fewer rows or options without meaning; the signal's reason once it is aborted.
 * @see McInnes, Healy & Melville 2018, arXiv:1802.03426; defaults of umap-learn. Same seed, same bytes.
 */
export async function fitUmap(X: Matrix, options: UmapOptions & { neighbours?: Neighbours }): Promise<Umap> {
  const { nNeighbors = 15 } = options;
  if (!Number.isInteger(nNeighbors) || nNeighbors < 2 || nNeighbors > X.rows)
    throw new RangeError(`fitUmap needs 2 to n neighbours, got ${nNeighbors} (n = ${X.rows})`);
  requireFinite("fitUmap", X);
  const { workers, signal } = options;
  const neighbours = options.neighbours ?? (await findNeighbours(X, nNeighbors - 1, { workers, signal }));
  const map = await fitUmapMap(neighbours, options);
  return new Umap({ kind: "umap", columns: X.columns, data: Array.from(X.data), map: map.state });
}
