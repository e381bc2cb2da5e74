import { requireBetween, requireNewRows, requireWhole } from "../math/checks.js";
import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { seededRandom } from "../math/random.js";
import type { LongWork } from "../parallel/long-work.js";
import { runTasks } from "../parallel/run-tasks.js";
import { shareFloats, shareIntegers } from "../parallel/shared.js";
import type { GrowInput } from "./forest/grow-task.js";
import { drawSample, leafOf, type TrainingData, type Tree, type TreeOptions } from "./forest/tree.js";

export interface ForestOptions extends LongWork {
  /** 200 by default. */
  nTrees?: number;
  /** Share of the columns looked at for each split; a third by default, and at least one column. */
  maxFeatures?: number;
  /** Different customers that each side of a split keeps; 5 by default. */
  minSamplesLeaf?: number;
  /** Whether each tree has its own sample of the rows, drawn with replacement; true by default. */
  bootstrap?: boolean;
  /** Threads that grow trees; one for each processor by default. The forest is the same for any number. */
  workers?: number;
  seed: number;
}

/** What a fitted forest is rebuilt from. */
export interface ForestState {
  kind: "forest";
  columns: number;
  trees: Tree[];
  /** How much of the targets' variance is predicted by trees that have not seen the row; null without bootstrap. */
  outOfBagR2: number | null;
}

/** Trees that each ask a few questions and end in leaves of similar targets. */
export class Forest {
  /** The fitted numbers, fit for JSON. */
  readonly state: ForestState;

  constructor(state: ForestState) {
    this.state = state;
  }

  /**
   * The leaf in which each row ends in each tree: n x trees, row by row; a leaf is the number of a node.
   * @throws RangeError for other columns than were fitted, or a value that is not finite.
   */
  apply(X: Matrix): Int32Array {
    requireNewRows("Forest.apply", X, this.state.columns);
    const { trees } = this.state;
    const leaves = new Int32Array(X.rows * trees.length);
    trees.forEach((tree, t) => {
      for (let i = 0; i < X.rows; i++) leaves[i * trees.length + t] = leafOf(tree, X.data, i * X.columns);
    });
    return leaves;
  }

  /** What the trees predict on average. @throws RangeError as `apply`. */
  predict(X: Matrix): Float64Array {
    requireNewRows("Forest.predict", X, this.state.columns);
    const { trees } = this.state;
    const result = new Float64Array(X.rows);
    for (const tree of trees)
      for (let i = 0; i < X.rows; i++) result[i]! += tree.numbers[leafOf(tree, X.data, i * X.columns)]!;
    return result.map((sum) => sum / trees.length);
  }
}

/** Trees that a worker grows before it is given more. */
const BATCH = 8;

/**
 * Regression trees on samples of the rows, in worker threads; each tree has a seed of its own.
 * @param X - n x d, rows are customers, finite; at least 2 rows.
 * @param y - what is to be predicted, one for each row.
 * @throws RangeError for fewer rows, targets that do not agree or options without meaning; the signal's reason.
 * @see Breiman 2001, Mach. Learn. 45:5-32; sklearn.ensemble.RandomForestRegressor.
 */
export async function fitForest(X: Matrix, y: ArrayLike<number>, options: ForestOptions): Promise<Forest> {
  const { nTrees = 200, maxFeatures = 1 / 3, minSamplesLeaf = 5, bootstrap = true, seed } = options;
  if (X.rows < 2 || X.columns < 1)
    throw new RangeError(`fitForest needs at least 2 rows and 1 column, got ${X.rows} x ${X.columns}`);
  if (y.length !== X.rows) throw new RangeError(`fitForest needs ${X.rows} targets, got ${y.length}`);
  requireFinite("fitForest", X);
  requireFinite("fitForest (targets)", { rows: X.rows, columns: 1, data: Float64Array.from(y) });
  requireWhole("fitForest", "trees", nTrees, 1, 1e5);
  requireWhole("fitForest", "rows of a leaf", minSamplesLeaf, 1, X.rows);
  requireBetween("fitForest", "a share of features", maxFeatures, 0, 1);
  const random = seededRandom(seed);
  const seeds = Array.from({ length: nTrees }, () => Math.floor(random() * 2 ** 53));
  const treeOptions: TreeOptions = {
    maxFeatures: Math.max(1, Math.round(maxFeatures * X.columns)),
    minSamplesLeaf,
    bootstrap,
  };
  const data = prepareTraining(X, Float64Array.from(y));
  const inputs: GrowInput[] = [];
  for (let first = 0; first < nTrees; first += BATCH)
    inputs.push({ data, options: treeOptions, seeds: seeds.slice(first, first + BATCH) });
  const grown = await runTasks<GrowInput, Tree[]>(new URL("./forest/grow-task.js", import.meta.url), inputs, {
    workers: options.workers,
    onProgress: (trees) => options.onProgress?.(trees, nTrees),
    signal: options.signal,
  });
  const trees = grown.flat();
  const outOfBagR2 = bootstrap ? scoreOutOfBag(X, data, trees, seeds) : null;
  return new Forest({ kind: "forest", columns: X.columns, trees, outOfBagR2 });
}

/** Columns one after the other, each with its rows by value; shared by all workers. */
function prepareTraining(X: Matrix, y: Float64Array): TrainingData {
  const values = new Float64Array(X.rows * X.columns);
  const orders = new Int32Array(X.rows * X.columns);
  for (let j = 0; j < X.columns; j++) {
    const column = values.subarray(j * X.rows, (j + 1) * X.rows);
    for (let i = 0; i < X.rows; i++) column[i] = X.data[i * X.columns + j]!;
    const order = Array.from({ length: X.rows }, (_, i) => i);
    orders.set(
      order.sort((a, b) => column[a]! - column[b]! || a - b),
      j * X.rows,
    );
  }
  let sum = 0;
  for (const target of y) sum += target;
  const mean = sum / X.rows;
  return {
    rows: X.rows,
    columns: X.columns,
    values: shareFloats(values),
    orders: shareIntegers(orders),
    targets: shareFloats(y.map((target) => target - mean)),
    mean,
  };
}

/** 1 less the squared error over the variance, of rows that some tree has not seen; NaN when there are fewer than 2. */
function scoreOutOfBag(X: Matrix, { targets, mean }: TrainingData, trees: Tree[], seeds: number[]): number {
  const sums = new Float64Array(X.rows);
  const unseen = new Int32Array(X.rows);
  trees.forEach((tree, t) => {
    const { counts } = drawSample(X.rows, seeds[t]!, true);
    for (let i = 0; i < X.rows; i++) {
      if (counts[i]! > 0) continue;
      sums[i]! += tree.numbers[leafOf(tree, X.data, i * X.columns)]! - mean;
      unseen[i]!++;
    }
  });
  const rows = Array.from(unseen.keys()).filter((i) => unseen[i]! > 0);
  const average = rows.reduce((sum, i) => sum + targets[i]!, 0) / rows.length;
  let [error, variance] = [0, 0];
  for (const i of rows) {
    error += (targets[i]! - sums[i]! / unseen[i]!) ** 2;
    variance += (targets[i]! - average) ** 2;
  }
  return variance > 0 ? 1 - error / variance : Number.NaN;
}
