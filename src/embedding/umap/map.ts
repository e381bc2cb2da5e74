import { requireBetween, requireWhole } from "../../math/checks.js";
import type { Matrix } from "../../math/matrix.js";
import type { Neighbours } from "../../math/neighbours.js";
import type { SparseMatrix } from "../../math/sparse.js";
import type { LongWork } from "../../parallel/long-work.js";
import { runTasks } from "../../parallel/run-tasks.js";
import { type Curve, fitCurve } from "./curve.js";
import { tabulateForces } from "./forces.js";
import { fuzzyGraph, memberships } from "./fuzzy-graph.js";
import { optimiseLayout } from "./layout.js";
import type { LayoutInput } from "./layout-task.js";

export interface UmapOptions extends LongWork {
  /** Size of a neighbourhood, the customer itself included; 15 by default. */
  nNeighbors?: number;
  /** How close points may lie; 0.1 by default. */
  minDist?: number;
  /** How far apart groups lie; 1 by default. */
  spread?: number;
  /** Rounds of the layout; 500 by default, 200 for more than 10,000 rows. */
  nEpochs?: number;
  /** 1 by default. */
  learningRate?: number;
  /** Points drawn to keep away from, for each use of an edge; 5 by default. */
  negativeSampleRate?: number;
  /** 1 by default. */
  repulsionStrength?: number;
  /** n x 2 positions to start at; spectral ones by default. */
  init?: Matrix;
  /** Threads that look for neighbours; one for each processor by default. The result is the same for any number. */
  workers?: number;
  seed: number;
}

/** Options with all defaults filled in. */
interface Settings {
  curve: Curve;
  nEpochs: number;
  learningRate: number;
  negativeSampleRate: number;
  repulsionStrength: number;
  seed: number;
}

/** What a fitted map is rebuilt from. */
export interface UmapMapState extends Settings {
  kind: "umap-map";
  /** Neighbours of each row, without itself. */
  k: number;
  /** Positions, x and y alternating. */
  positions: number[];
}

/** A map on which new things find a place by the fitted ones that they are nearest to. */
export class UmapMap {
  /** The fitted numbers, fit for JSON. */
  readonly state: UmapMapState;
  readonly #positions: Float64Array;

  constructor(state: UmapMapState) {
    this.state = state;
    this.#positions = Float64Array.from(state.positions);
  }

  /** Where the fitted things are: n x 2. */
  get embedding(): Matrix {
    return { rows: this.#positions.length / 2, columns: 2, data: this.#positions.slice() };
  }

  /**
   * Places new things: at the mean of their neighbours' positions, weighted by how strongly they belong to them, and
   * from there by the layout's forces while the fitted points stay. Each is placed on its own, so that its place does
   * not depend on who comes with it.
   * @param neighbours - the fitted things nearest to each, as many as a fitted one has neighbours besides itself,
   * and one more: m x (k + 1), or all there are.
   * @returns m x 2.
   * @throws RangeError for another number of neighbours.
   */
  place(neighbours: Neighbours): Matrix {
    const { k: fitted, nEpochs } = this.state;
    const { rows, k, indices } = neighbours;
    if (k !== fitted + 1)
      throw new RangeError(`UmapMap.place needs ${fitted + 1} neighbours of each row, got ${k}`);
    const strengths = memberships(neighbours, { isNew: true });
    const result = new Float64Array(2 * rows);
    const forces = tabulateForces(this.state.curve, this.state.repulsionStrength);
    const learningRate = this.state.learningRate / 4;
    const options = { ...this.state, nEpochs: Math.max(1, Math.round(nEpochs / 3)), learningRate };
    for (let i = 0; i < rows; i++) {
      const graph: SparseMatrix = {
        rows: 1,
        starts: Int32Array.of(0, k),
        columns: indices.subarray(i * k, (i + 1) * k),
        values: strengths.subarray(i * k, (i + 1) * k),
      };
      const point = this.#meanOf(graph);
      optimiseLayout(graph, point, this.#positions, forces, options, () => {});
      result.set(point, 2 * i);
    }
    return { rows, columns: 2, data: result };
  }

  #meanOf({ columns, values }: SparseMatrix): Float64Array {
    const point = new Float64Array(2);
    let total = 0;
    for (let at = 0; at < columns.length; at++) {
      total += values[at]!;
      point[0]! += values[at]! * this.#positions[2 * columns[at]!]!;
      point[1]! += values[at]! * this.#positions[2 * columns[at]! + 1]!;
    }
    return point.map((value) => value / total);
  }
}

/**
 * Things on a plane by their neighbours, whatever their distances are: UMAP in a worker thread.
 * @param neighbours - the `nNeighbors - 1` nearest others of each thing.
 * @throws RangeError for options without meaning; the signal's reason once it is aborted.
 * @see McInnes, Healy & Melville 2018, arXiv:1802.03426; defaults of umap-learn.
 */
export async function fitUmapMap(neighbours: Neighbours, options: UmapOptions): Promise<UmapMap> {
  const n = neighbours.rows;
  const settings = completeOptions(n, options);
  const k = (options.nNeighbors ?? 15) - 1;
  if (neighbours.k !== k)
    throw new RangeError(`fitUmapMap needs ${k} neighbours of each row, got ${neighbours.k}`);
  const init = options.init;
  if (init !== undefined && (init.rows !== n || init.columns !== 2))
    throw new RangeError(`fitUmapMap needs an init of ${n} x 2, got ${init.rows} x ${init.columns}`);
  const { curve, repulsionStrength, ...layout } = settings;
  const input: LayoutInput = {
    ...{ graph: fuzzyGraph(neighbours), start: init?.data, curve, repulsionStrength },
    options: layout,
  };
  const [positions] = await runTasks<LayoutInput, Float64Array>(
    new URL("./layout-task.js", import.meta.url),
    [input],
    {
      onProgress: (epochs) => options.onProgress?.(epochs, settings.nEpochs),
      signal: options.signal,
    },
  );
  return new UmapMap({ kind: "umap-map", k, ...settings, positions: Array.from(positions!) });
}

function completeOptions(n: number, options: UmapOptions): Settings {
  const { minDist = 0.1, spread = 1, learningRate = 1, repulsionStrength = 1, seed } = options;
  const { nEpochs = n <= 10_000 ? 500 : 200, negativeSampleRate = 5 } = options;
  requireBetween("umap", "a spread", spread, 1e-3, 1e3);
  requireBetween("umap", "a smallest distance", minDist, 0, 3 * spread);
  requireBetween("umap", "a learning rate", learningRate, 1e-6, 1e3);
  requireBetween("umap", "a repulsion", repulsionStrength, 0, 1e3);
  requireWhole("umap", "epochs", nEpochs, 1, 1e6);
  requireWhole("umap", "negative samples", negativeSampleRate, 1, 1e3);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a safe integer, got ${seed}`);
  const curve = fitCurve(minDist, spread);
  return { curve, nEpochs, learningRate, negativeSampleRate, repulsionStrength, seed };
}
