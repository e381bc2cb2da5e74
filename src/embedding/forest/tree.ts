import { randomIndex } from "../../math/distributions.js";
import { type Random, seededRandom } from "../../math/random.js";

/**
 * A regression tree, its nodes in the order of a walk that goes left first: the left child of an inner node is the
 * next one. Lists of numbers, fit for JSON.
 */
export interface Tree {
  /** Column an inner node asks for; -1 in a leaf. */
  features: number[];
  /** What an inner node compares with (at most that goes left); in a leaf, the mean of its targets. */
  numbers: number[];
  /** Right child of an inner node; 0 in a leaf. */
  rights: number[];
}

/** What all trees of a forest are grown from. */
export interface TrainingData {
  rows: number;
  columns: number;
  /** Column after column. */
  values: Float64Array;
  /** For each column its rows by ascending value. */
  orders: Int32Array;
  /** Less their mean, so that sums of squares keep their digits. */
  targets: Float64Array;
  mean: number;
}

export interface TreeOptions {
  /** Columns looked at for each split, drawn anew; those without variation do not count. */
  maxFeatures: number;
  /** Different rows that each side of a split keeps. */
  minSamplesLeaf: number;
  bootstrap: boolean;
}

/** How often each row is drawn, and the stream to go on with. */
export function drawSample(
  rows: number,
  seed: number,
  bootstrap: boolean,
): { counts: Int32Array; random: Random } {
  const random = seededRandom(seed);
  const counts = new Int32Array(rows);
  if (!bootstrap) return { counts: counts.fill(1), random };
  for (let draw = 0; draw < rows; draw++) counts[randomIndex(random, rows)]!++;
  return { counts, random };
}

/**
 * Grows a tree on a sample drawn by its seed: each node is split where the squared error falls most, halfway between
 * two values.
 * @see Breiman et al. 1984, Classification and Regression Trees; with all columns and no bootstrap the splits of
 * sklearn.tree.DecisionTreeRegressor.
 */
export function growTree(data: TrainingData, options: TreeOptions, seed: number): Tree {
  const { counts, random } = drawSample(data.rows, seed, options.bootstrap);
  return new Grower(data, options, counts, random).grow();
}

/** The best split of a node so far. */
interface Split {
  feature: number;
  threshold: number;
  score: number;
}

class Grower {
  readonly #data: TrainingData;
  readonly #options: TreeOptions;
  readonly #counts: Int32Array;
  readonly #random: Random;
  /** Drawn rows, for each column by ascending value; a node is the same range in each. */
  readonly #sorted: Int32Array;
  readonly #size: number;
  readonly #spare: Int32Array;
  readonly #goesLeft: Uint8Array;
  readonly #features: Int32Array;
  readonly #tree: Tree = { features: [], numbers: [], rights: [] };

  constructor(data: TrainingData, options: TreeOptions, counts: Int32Array, random: Random) {
    this.#data = data;
    this.#options = options;
    this.#counts = counts;
    this.#random = random;
    this.#sorted = data.orders.filter((i) => counts[i]! > 0);
    this.#size = this.#sorted.length / data.columns;
    this.#spare = new Int32Array(this.#size);
    this.#goesLeft = new Uint8Array(data.rows);
    this.#features = Int32Array.from({ length: data.columns }, (_, j) => j);
  }

  grow(): Tree {
    this.#split(0, this.#size);
    return this.#tree;
  }

  #split(from: number, to: number): void {
    const { features, numbers, rights } = this.#tree;
    const node = features.length;
    let weight = 0;
    let sum = 0;
    let squares = 0;
    for (let at = from; at < to; at++) {
      const i = this.#sorted[at]!;
      const target = this.#data.targets[i]!;
      weight += this.#counts[i]!;
      sum += this.#counts[i]! * target;
      squares += this.#counts[i]! * target * target;
    }
    const isPure = squares / weight - (sum / weight) ** 2 <= Number.EPSILON * Math.max(1, squares / weight);
    const canSplit = to - from >= 2 * this.#options.minSamplesLeaf && !isPure;
    const split = canSplit ? this.#findSplit(from, to, weight, sum) : undefined;
    features.push(split?.feature ?? -1);
    numbers.push(split?.threshold ?? this.#data.mean + sum / weight);
    rights.push(0);
    if (split === undefined) return;
    const middle = this.#partition(from, to, split);
    this.#split(from, middle);
    rights[node] = features.length;
    this.#split(middle, to);
  }

  /** Looks at columns in an order drawn for this node until enough of them had different values. */
  #findSplit(from: number, to: number, weight: number, sum: number): Split | undefined {
    const best: Split = { feature: -1, threshold: 0, score: -Infinity };
    const features = this.#features;
    let looked = 0;
    for (let at = 0; at < features.length && looked < this.#options.maxFeatures; at++) {
      const other = at + randomIndex(this.#random, features.length - at);
      const feature = features[other]!;
      features[other] = features[at]!;
      features[at] = feature;
      if (this.#lookAt(feature, from, to, weight, sum, best)) looked++;
    }
    return best.feature >= 0 ? best : undefined;
  }

  /** Puts a better split into `best`. @returns whether the column has different values here. */
  #lookAt(feature: number, from: number, to: number, weight: number, sum: number, best: Split): boolean {
    const { values, targets, rows } = this.#data;
    const sorted = this.#sorted;
    const counts = this.#counts;
    const least = this.#options.minSamplesLeaf;
    const base = feature * this.#size;
    const column = feature * rows;
    let value = values[column + sorted[base + from]!]!;
    if (value === values[column + sorted[base + to - 1]!]!) return false;
    let leftWeight = 0;
    let leftSum = 0;
    for (let at = from; at < to - 1; at++) {
      const i = sorted[base + at]!;
      leftWeight += counts[i]!;
      leftSum += counts[i]! * targets[i]!;
      const next = values[column + sorted[base + at + 1]!]!;
      const before = value;
      value = next;
      if (next === before || at + 1 - from < least || to - at - 1 < least) continue;
      const rightSum = sum - leftSum;
      const score = (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / (weight - leftWeight);
      if (score <= best.score) continue;
      const middle = before / 2 + next / 2;
      best.score = score;
      best.feature = feature;
      // Between neighbouring doubles there is no third.
      best.threshold = middle < next ? middle : before;
    }
    return true;
  }

  /** Sorts a node's rows of each column into left and right, the order within each kept. */
  #partition(from: number, to: number, { feature, threshold }: Split): number {
    const { values, rows, columns } = this.#data;
    const sorted = this.#sorted;
    const spare = this.#spare;
    const goesLeft = this.#goesLeft;
    let middle = from;
    for (let at = feature * this.#size + from; at < feature * this.#size + to; at++) {
      const i = sorted[at]!;
      const isLeft = values[feature * rows + i]! <= threshold;
      goesLeft[i] = isLeft ? 1 : 0;
      if (isLeft) middle++;
    }
    for (let j = 0; j < columns; j++) {
      let left = j * this.#size + from;
      let right = 0;
      const end = j * this.#size + to;
      for (let at = left; at < end; at++) {
        const i = sorted[at]!;
        if (goesLeft[i] === 1) sorted[left++] = i;
        else spare[right++] = i;
      }
      sorted.set(spare.subarray(0, right), left);
    }
    return middle;
  }
}

/** The leaf that a row ends in. @param at - where the row starts in the data. */
export function leafOf({ features, numbers, rights }: Tree, data: Float64Array, at: number): number {
  let node = 0;
  for (let feature = features[0]!; feature >= 0; feature = features[node]!)
    node = data[at + feature]! <= numbers[node]! ? node + 1 : rights[node]!;
  return node;
}
