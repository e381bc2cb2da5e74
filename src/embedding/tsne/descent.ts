import type { SparseMatrix } from "../../math/sparse.js";
import { BARRIER_SLOTS, meet } from "../../parallel/barrier.js";
import { sharedFloats, sharedIntegers, shareFloats, shareIntegers } from "../../parallel/shared.js";
import { QuadTree } from "./quadtree.js";

/** Leaves of the tree whose points' forces a worker computes before it asks for more. */
const CHUNK = 8;
const CHECK_EVERY = 50;
/** Iterations without a lower divergence after which the rest is given up. */
const PATIENCE = 300;
const MIN_GRADIENT = 1e-7;

/** Iterations in which neighbours attract each other more. */
const EARLY = 250;

/** How a descent goes about it. */
export interface DescentSettings {
  /** Workers that meet. */
  team: number;
  angle: number;
  learningRate: number;
  exaggeration: number;
  iterations: number;
}

/** What all workers of a team see; each writes what belongs to the points it has taken. */
export interface SharedDescent extends DescentSettings {
  /** n x 2, where the embedding starts and ends. */
  points: Float64Array;
  /** n x 2 each. */
  velocity: Float64Array;
  gains: Float64Array;
  attraction: Float64Array;
  /** Once the points have moved, the gradient. */
  repulsion: Float64Array;
  /** What each point adds to the sum over all pairs, and to the divergence. */
  sums: Float64Array;
  divergences: Float64Array;
  /** The joint probabilities, row by row. */
  starts: Int32Array;
  columns: Int32Array;
  values: Float64Array;
  barrier: Int32Array;
  /** Chunks taken, of the even and of the odd iterations. */
  taken: Int32Array;
}

/** How a descent ended. */
export interface DescentEnd {
  iterations: number;
  klDivergence: number;
}

/** Everything a team needs to start: joint probabilities, and where the points are (n x 2). */
export function shareDescent(P: SparseMatrix, start: Float64Array, settings: DescentSettings): SharedDescent {
  return {
    ...settings,
    points: shareFloats(start),
    velocity: sharedFloats(2 * P.rows),
    gains: sharedFloats(2 * P.rows).fill(1),
    attraction: sharedFloats(2 * P.rows),
    repulsion: sharedFloats(2 * P.rows),
    sums: sharedFloats(P.rows),
    divergences: sharedFloats(P.rows),
    starts: shareIntegers(P.starts),
    columns: shareIntegers(P.columns),
    values: shareFloats(P.values),
    barrier: sharedIntegers(BARRIER_SLOTS),
    taken: sharedIntegers(2),
  };
}

/**
 * One worker's share of the gradient descent. Whoever computes a point's forces, they come out the same, and sums over
 * points are taken in their order: the outcome does not depend on the number of workers.
 * @param me - 0 to team - 1.
 * @param report - told by the first worker alone, once for each iteration.
 * @see van der Maaten 2014, JMLR 15:3221-3245; schedule and stops of sklearn.manifold.TSNE.
 */
export function descend(shared: SharedDescent, me: number, report: () => void): DescentEnd {
  const n = shared.sums.length;
  const tree = new QuadTree(n, shared.angle);
  const from = Math.floor((n * me) / shared.team);
  const to = Math.floor((n * (me + 1)) / shared.team);
  let best = { divergence: Infinity, at: 0 };
  let klDivergence = Number.NaN;
  let iteration = 0;
  while (iteration < shared.iterations) {
    const isEarly = iteration < EARLY;
    if (iteration === EARLY) {
      shared.velocity.fill(0, 2 * from, 2 * to);
      shared.gains.fill(1, 2 * from, 2 * to);
      best = { divergence: Infinity, at: iteration };
    }
    const checks = (iteration + 1) % CHECK_EVERY === 0 || iteration + 1 === shared.iterations;
    tree.build(shared.points);
    computeForces(shared, tree, iteration & 1, checks);
    meet(shared.barrier, shared.team);
    if (me === 0) Atomics.store(shared.taken, iteration & 1, 0);
    const total = Math.max(sum(shared.sums), Number.EPSILON);
    if (checks) klDivergence = Math.log(total) + sum(shared.divergences);
    movePoints(shared, from, to, total, isEarly);
    meet(shared.barrier, shared.team);
    iteration++;
    if (me === 0) report();
    if (!checks || isEarly) continue;
    const slope = norm(shared.repulsion);
    // Nobody goes on before all have read the same.
    meet(shared.barrier, shared.team);
    if (klDivergence < best.divergence) best = { divergence: klDivergence, at: iteration };
    if (iteration - best.at > PATIENCE || slope <= MIN_GRADIENT) break;
  }
  return { iterations: iteration, klDivergence };
}

function computeForces(shared: SharedDescent, tree: QuadTree, parity: number, checks: boolean): void {
  const { order, leaves } = tree;
  const { repulsion, sums, taken } = shared;
  const push = new Float64Array(3);
  for (;;) {
    const first = Atomics.add(taken, parity, 1) * CHUNK;
    if (first >= leaves) return;
    const last = Math.min(leaves, first + CHUNK);
    for (let leaf = first; leaf < last; leaf++) {
      tree.lookFrom(leaf);
      const end = tree.startOf(leaf + 1);
      for (let at = tree.startOf(leaf); at < end; at++) {
        const i = order[at]!;
        tree.repulsion(at, push);
        repulsion[2 * i] = push[0]!;
        repulsion[2 * i + 1] = push[1]!;
        sums[i] = push[2]!;
        attract(shared, i);
        if (checks) shared.divergences[i] = divergenceOf(shared, i);
      }
    }
  }
}

/** Adds up what pulls a point to its neighbours: p q (x - x'), with q = 1 / (1 + distance^2). */
function attract({ points, attraction, starts, columns, values }: SharedDescent, i: number): void {
  const x = points[2 * i]!;
  const y = points[2 * i + 1]!;
  let pullX = 0;
  let pullY = 0;
  const end = starts[i + 1]!;
  for (let at = starts[i]!; at < end; at++) {
    const j = 2 * columns[at]!;
    const dx = x - points[j]!;
    const dy = y - points[j + 1]!;
    const pull = values[at]! / (1 + dx * dx + dy * dy);
    pullX += pull * dx;
    pullY += pull * dy;
  }
  attraction[2 * i] = pullX;
  attraction[2 * i + 1] = pullY;
}

/** A point's part of sum p log(p / q), where q lacks its division by the sum over all pairs. */
function divergenceOf({ points, starts, columns, values }: SharedDescent, i: number): number {
  let result = 0;
  for (let at = starts[i]!; at < starts[i + 1]!; at++) {
    const p = values[at]!;
    if (p <= 0) continue;
    const dx = points[2 * i]! - points[2 * columns[at]!]!;
    const dy = points[2 * i + 1]! - points[2 * columns[at]! + 1]!;
    result += p * Math.log(p * (1 + dx * dx + dy * dy));
  }
  return result;
}

/** Momentum, and for each coordinate a gain that grows while its gradient keeps its direction. */
function movePoints(shared: SharedDescent, from: number, to: number, total: number, isEarly: boolean): void {
  const { points, velocity, gains, attraction, repulsion, learningRate } = shared;
  const momentum = isEarly ? 0.5 : 0.8;
  const exaggeration = isEarly ? shared.exaggeration : 1;
  for (let c = 2 * from; c < 2 * to; c++) {
    const gradient = 4 * (exaggeration * attraction[c]! - repulsion[c]! / total);
    const turned = velocity[c]! * gradient < 0;
    gains[c] = Math.max(0.01, turned ? gains[c]! + 0.2 : gains[c]! * 0.8);
    velocity[c] = momentum * velocity[c]! - learningRate * gains[c]! * gradient;
    points[c]! += velocity[c]!;
    repulsion[c] = gradient;
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

function norm(values: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! * values[i]!;
  return Math.sqrt(squares);
}
