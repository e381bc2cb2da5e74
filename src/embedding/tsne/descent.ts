import type { SparseMatrix } from "../../math/sparse.js";
import { BARRIER_SLOTS, meet } from "../../parallel/barrier.js";
import { sharedFloats, sharedIntegers, shareFloats } from "../../parallel/shared.js";
import { attract, divergenceOf, gatherPulls, type Pairs, SLICES, sharePairs } from "./attraction.js";
import { QuadTree } from "./quadtree.js";
import { Repulsion } from "./repulsion.js";

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
  /** Once the points have moved, the gradient. */
  repulsion: Float64Array;
  /** What each point adds to the sum over all pairs. */
  sums: Float64Array;
  pairs: Pairs;
  /** What pulls the points, slice by slice of the pairs, n x 2 each. */
  pulls: Float64Array;
  /** What each slice adds to the divergence. */
  divergences: Float64Array;
  barrier: Int32Array;
  /** Jobs taken, of the even and of the odd iterations. */
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
    repulsion: sharedFloats(2 * P.rows),
    sums: sharedFloats(P.rows),
    pairs: sharePairs(P),
    pulls: sharedFloats(SLICES * 2 * P.rows),
    divergences: sharedFloats(SLICES),
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
  const tree = new QuadTree(n);
  const repulsion = new Repulsion(tree, shared.angle);
  const pull = new Float64Array(2 * n);
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
    const checks = (!isEarly && (iteration + 1) % CHECK_EVERY === 0) || iteration + 1 === shared.iterations;
    tree.build(shared.points);
    computeForces(shared, tree, repulsion, iteration & 1, checks);
    meet(shared.barrier, shared.team);
    if (me === 0) Atomics.store(shared.taken, iteration & 1, 0);
    const total = Math.max(sum(shared.sums), Number.EPSILON);
    if (checks) klDivergence = Math.log(total) + sum(shared.divergences);
    movePoints(shared, pull, from, to, total, isEarly);
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

/** Takes job after job while there are some: slices of the pairs, which take longer, then groups of points. */
function computeForces(
  shared: SharedDescent,
  tree: QuadTree,
  repulsion: Repulsion,
  parity: number,
  checks: boolean,
): void {
  const { points, pairs } = shared;
  for (;;) {
    const job = Atomics.add(shared.taken, parity, 1);
    if (job >= SLICES + tree.groupCount) return;
    if (job >= SLICES) repulsion.ofGroup(job - SLICES, shared.repulsion, shared.sums);
    else {
      attract(pairs, points, job, shared.pulls);
      if (checks) shared.divergences[job] = divergenceOf(pairs, points, job);
    }
  }
}

/** Momentum, and for each coordinate a gain that grows while its gradient keeps its direction. */
function movePoints(
  shared: SharedDescent,
  pull: Float64Array,
  from: number,
  to: number,
  total: number,
  isEarly: boolean,
): void {
  const { points, velocity, gains, repulsion, learningRate } = shared;
  gatherPulls(shared.pairs, shared.pulls, from, to, pull);
  const momentum = isEarly ? 0.5 : 0.8;
  const exaggeration = isEarly ? shared.exaggeration : 1;
  for (let c = 2 * from; c < 2 * to; c++) {
    const gradient = 4 * (exaggeration * pull[c]! - repulsion[c]! / total);
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
