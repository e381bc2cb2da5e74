import { fillRandomWords } from "../../math/random-words.js";
import type { SparseMatrix } from "../../math/sparse.js";
import { FIRST_STEP, type ForceTables, REST_BITS, STEPS } from "./forces.js";

/** No coordinate moves farther at once, per unit of the learning rate. */
const CLIP = 4;
const REST_MASK = (1 << REST_BITS) - 1;
const REST_SIZE = 1 << REST_BITS;

export interface LayoutOptions {
  nEpochs: number;
  learningRate: number;
  negativeSampleRate: number;
  seed: number;
}

/** Edges with a schedule: each is used every `every[e]` epochs. */
interface Edges {
  heads: Int32Array;
  tails: Int32Array;
  every: Float64Array;
}

/**
 * Moves points so that those that belong together come close and others keep apart: stochastic gradient descent along
 * the edges, one after the other, each followed by draws of points to keep away from.
 * @param heads - points that move, x and y alternating; row i of the graph is theirs.
 * @param tails - points that the columns of the graph stand for. They move too when they are the same array.
 * @param report - told once for each epoch.
 * @see McInnes, Healy & Melville 2018, arXiv:1802.03426, algorithm 5; umap.layouts.optimize_layout_euclidean.
 */
export function optimiseLayout(
  graph: SparseMatrix,
  heads: Float64Array,
  tails: Float64Array,
  forces: ForceTables,
  options: LayoutOptions,
  report: () => void,
): void {
  const edges = scheduleEdges(graph, options.nEpochs);
  const next = edges.every.slice();
  const everyNegative = edges.every.map((every) => every / options.negativeSampleRate);
  const nextNegative = everyNegative.slice();
  const random = Int32Array.of(0, options.seed | 0, Math.floor(options.seed / 2 ** 32) | 0, 1);
  const words = new Uint32Array(1 << 14);
  fillRandomWords(random, words);
  // The first words of a seed are close to those of its neighbours.
  fillRandomWords(random, words);
  let used = 0;
  for (let epoch = 0; epoch < options.nEpochs; epoch++) {
    const rate = options.learningRate * (1 - epoch / options.nEpochs);
    used = runEpoch(
      epoch,
      rate,
      edges,
      next,
      everyNegative,
      nextNegative,
      heads,
      tails,
      forces,
      random,
      words,
      used,
    );
    report();
  }
}

/** An edge as strong as the strongest is used in each epoch, one of half the strength in every other one. */
function scheduleEdges({ rows, starts, columns, values }: SparseMatrix, nEpochs: number): Edges {
  let strongest = 0;
  for (const value of values) strongest = Math.max(strongest, value);
  const heads: number[] = [];
  const tails: number[] = [];
  const every: number[] = [];
  for (let i = 0; i < rows; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      // Weaker ones would never have their turn.
      if (values[at]! < strongest / nEpochs || values[at]! === 0) continue;
      heads.push(i);
      tails.push(columns[at]!);
      every.push(strongest / values[at]!);
    }
  return { heads: Int32Array.from(heads), tails: Int32Array.from(tails), every: Float64Array.from(every) };
}

/** @returns how many of the random words are used. */
function runEpoch(
  epoch: number,
  rate: number,
  { heads: edgeHeads, tails: edgeTails, every }: Edges,
  next: Float64Array,
  everyNegative: Float64Array,
  nextNegative: Float64Array,
  heads: Float64Array,
  tails: Float64Array,
  { pull, push }: ForceTables,
  random: Int32Array,
  words: Uint32Array,
  usedBefore: number,
): number {
  const float = new Float32Array(1);
  const bits = new Int32Array(float.buffer);
  const moveOthers = heads === tails;
  const points = tails.length / 2;
  const toIndex = points / 2 ** 32;
  let used = usedBefore;
  for (let e = 0; e < every.length; e++) {
    if (next[e]! > epoch) continue;
    next[e]! += every[e]!;
    const head = 2 * edgeHeads[e]!;
    const tail = 2 * edgeTails[e]!;
    let x = heads[head]!;
    let y = heads[head + 1]!;
    const dx = x - tails[tail]!;
    const dy = y - tails[tail + 1]!;
    const squared = dx * dx + dy * dy;
    if (squared > 0) {
      float[0] = squared;
      let step = (bits[0]! >> REST_BITS) - FIRST_STEP;
      let rest = (bits[0]! & REST_MASK) / REST_SIZE;
      if (step < 0) step = rest = 0;
      else if (step >= STEPS) step = STEPS - 1;
      const force = pull[step]! + rest * (pull[step + 1]! - pull[step]!);
      const moveX = clip(force * dx) * rate;
      const moveY = clip(force * dy) * rate;
      x += moveX;
      y += moveY;
      if (moveOthers) {
        tails[tail]! -= moveX;
        tails[tail + 1]! -= moveY;
      }
    }
    const draws = Math.floor((epoch - nextNegative[e]!) / everyNegative[e]!);
    for (let draw = 0; draw < draws; draw++) {
      if (used === words.length) {
        fillRandomWords(random, words);
        used = 0;
      }
      const other = 2 * Math.floor(words[used++]! * toIndex);
      const gapX = x - tails[other]!;
      const gapY = y - tails[other + 1]!;
      const gap = gapX * gapX + gapY * gapY;
      // No force has a direction between points in one place, the point itself included.
      if (gap === 0 || (moveOthers && other === head)) continue;
      float[0] = gap;
      let step = (bits[0]! >> REST_BITS) - FIRST_STEP;
      let rest = (bits[0]! & REST_MASK) / REST_SIZE;
      if (step < 0) step = rest = 0;
      else if (step >= STEPS) step = STEPS - 1;
      const force = push[step]! + rest * (push[step + 1]! - push[step]!);
      x += clip(force * gapX) * rate;
      y += clip(force * gapY) * rate;
    }
    nextNegative[e]! += draws * everyNegative[e]!;
    heads[head] = x;
    heads[head + 1] = y;
  }
  return used;
}

function clip(value: number): number {
  return value > CLIP ? CLIP : value < -CLIP ? -CLIP : value;
}
