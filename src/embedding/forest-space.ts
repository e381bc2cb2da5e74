import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { LeafIndex } from "./forest/leaf-index.js";
import { Forest, type ForestState } from "./forest.js";
import type { DistanceSpace } from "./quality/space.js";
import { fitUmapMap, UmapMap, type UmapMapState, type UmapOptions } from "./umap/map.js";

/** What a fitted forest space is rebuilt from. */
export interface ForestSpaceState {
  kind: "forest-space";
  forest: ForestState;
  /** The rows that were laid out, one after the other. */
  data: number[];
  map: UmapMapState;
}

/** Customers on a plane, close together when trees that predict revenue cannot tell them apart. */
export class ForestSpace {
  /** The fitted numbers, fit for JSON. */
  readonly state: ForestSpaceState;
  readonly #forest: Forest;
  readonly #index: LeafIndex;
  readonly #map: UmapMap;

  /** @param index - of the state's rows, when it is at hand. */
  constructor(state: ForestSpaceState, index?: LeafIndex) {
    this.state = state;
    this.#forest = new Forest(state.forest);
    this.#map = new UmapMap(state.map);
    const { columns, trees } = state.forest;
    const X = { rows: state.data.length / columns, columns, data: Float64Array.from(state.data) };
    this.#index = index ?? new LeafIndex(this.#forest.apply(X), trees.length);
  }

  /** Where the customers are: n x 2. */
  get embedding(): Matrix {
    return this.#map.embedding;
  }

  /** Their distances: the share of trees in which two are in different leaves. */
  get distances(): DistanceSpace {
    return this.#index;
  }

  /**
   * Places customers that were not laid out; each on its own, with all others where they are.
   * @returns m x 2.
   * @throws RangeError for other columns than were fitted, or a value that is not finite.
   */
  transform(X: Matrix): Matrix {
    const leaves = this.#forest.apply(X);
    if (X.rows === 0) return { rows: 0, columns: 2, data: new Float64Array() };
    return this.#map.place(this.#index.nearestTo(leaves, this.state.map.k + 1));
  }
}

/**
 * Lays out customers by a forest: two are as far apart as the share of trees in which they are in different leaves,
 * and UMAP makes a plane of those distances.
 * @param forest - fitted with features as of an earlier day, and what came after it.
 * @param X - n x d, the same features as of the reference date; more than `nNeighbors` rows.
 * @throws RangeError for fewer rows, other columns or options without meaning; the signal's reason.
 * @see Breiman 2001, Mach. Learn. 45:5-32 (proximities); McInnes, Healy & Melville 2018, arXiv:1802.03426.
 */
export async function fitForestSpace(forest: Forest, X: Matrix, options: UmapOptions): Promise<ForestSpace> {
  const { nNeighbors = 15 } = options;
  if (!Number.isInteger(nNeighbors) || nNeighbors < 2 || nNeighbors > X.rows)
    throw new RangeError(`fitForestSpace needs 2 to n neighbours, got ${nNeighbors} (n = ${X.rows})`);
  requireFinite("fitForestSpace", X);
  const index = new LeafIndex(forest.apply(X), forest.state.trees.length);
  const map = await fitUmapMap(index.nearestNeighbours(nNeighbors - 1), options);
  const state: ForestSpaceState = {
    kind: "forest-space",
    forest: forest.state,
    data: Array.from(X.data),
    map: map.state,
  };
  return new ForestSpace(state, index);
}
