import { availableParallelism } from "node:os";
import { requireBetween, requireWhole } from "../math/checks.js";
import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import type { Neighbours } from "../math/neighbours.js";
import type { LongWork } from "../parallel/long-work.js";
import { runTasks } from "../parallel/run-tasks.js";
import { findNeighbours } from "./find-neighbours.js";
import { fitPca } from "./pca.js";
import { jointProbabilities } from "./tsne/affinities.js";
import { type DescentEnd, type SharedDescent, shareDescent } from "./tsne/descent.js";
import type { DescentInput } from "./tsne/descent-task.js";

export interface TsneOptions extends LongWork {
  /** About how many neighbours count for each point; 30 by default, or less for few rows. */
  perplexity?: number;
  /** Iterations in all; 1,000 by default. */
  nIter?: number;
  /** How coarsely far points are seen: with the error that Barnes-Hut has at this angle; 0.5 by default, 0 for exact sums. */
  angle?: number;
  /** "auto" is n over exaggeration over 4, and at least 50. */
  learningRate?: number | "auto";
  /** By how much neighbours attract each other more at first; 12 by default. */
  earlyExaggeration?: number;
  /** n x 2 positions to start at; the first two principal components by default, scaled to a deviation of 1e-4. */
  init?: Matrix;
  /** The nearest others of each row, when they are known; at least 3 x perplexity. */
  neighbours?: Neighbours;
  /** Threads that share the work; one for each processor by default. The result is the same for any number. */
  workers?: number;
}

/** Customers on a plane. */
export interface TsneResult {
  /** n x 2. */
  embedding: Matrix;
  /** How far the plane's neighbourhoods are from those of the data, in nats; lower is closer. */
  klDivergence: number;
  nIterations: number;
  perplexity: number;
}

/**
 * Rows on a plane so that neighbours stay neighbours: t-SNE with forces from a tree, in worker threads.
 * Nothing is drawn at random: the start is that of PCA.
 * @param X - n x d, rows are customers, scaled, finite; at least 4 rows.
 * @throws RangeError for fewer rows or options without meaning; the signal's reason once it is aborted.
 * @see van der Maaten 2014, JMLR 15:3221-3245; defaults of sklearn.manifold.TSNE (init="pca", method="barnes_hut").
 * Where that looks from each point for cells that count as one, here cells look at cells (`tsne/repulsion.ts`).
 */
export async function tsne(X: Matrix, options: TsneOptions = {}): Promise<TsneResult> {
  const n = X.rows;
  if (n < 4) throw new RangeError(`tsne needs at least 4 rows, got ${n}`);
  requireFinite("tsne", X);
  const perplexity = options.perplexity ?? Math.min(30, (n - 1) / 3);
  requireBetween("tsne", "a perplexity", perplexity, 1, n - 1);
  const { nIter = 1_000, angle = 0.5, earlyExaggeration = 12, learningRate = "auto" } = options;
  requireWhole("tsne", "iterations", nIter, 1, 1e6);
  requireBetween("tsne", "an angle", angle, 0, 0.7);
  requireBetween("tsne", "an early exaggeration", earlyExaggeration, 1, 1e3);
  options.signal?.throwIfAborted();
  const k = Math.min(n - 1, Math.floor(3 * perplexity + 1));
  const { workers, signal } = options;
  const neighbours =
    takeNearest(options.neighbours, n, k) ?? (await findNeighbours(X, k, { workers, signal }));
  const P = jointProbabilities(neighbours, perplexity);
  const team = Math.min(options.workers ?? availableParallelism(), Math.ceil(n / 64));
  requireWhole("tsne", "workers", team, 1, 1_024);
  const shared = shareDescent(P, startAt(options.init ?? principalStart(X), n), {
    team,
    angle,
    learningRate: learningRate === "auto" ? Math.max(50, n / earlyExaggeration / 4) : learningRate,
    exaggeration: earlyExaggeration,
    iterations: nIter,
  });
  const end = await runDescent(shared, options);
  const embedding = { rows: n, columns: 2, data: new Float64Array(shared.points) };
  return { embedding, klDivergence: end.klDivergence, nIterations: end.iterations, perplexity };
}

async function runDescent(shared: SharedDescent, { onProgress, signal }: LongWork): Promise<DescentEnd> {
  const inputs = Array.from({ length: shared.team }, (_, me): DescentInput => ({ me, shared }));
  const ends = await runTasks<DescentInput, DescentEnd>(
    new URL("./tsne/descent-task.js", import.meta.url),
    inputs,
    {
      workers: shared.team,
      onProgress: (done) => onProgress?.(done, shared.iterations),
      signal,
    },
  );
  return ends[0]!;
}

/** The first `k` of neighbours that are known. */
function takeNearest(known: Neighbours | undefined, n: number, k: number): Neighbours | undefined {
  if (known === undefined || (known.rows === n && known.k === k)) return known;
  if (known.rows !== n || known.k < k)
    throw new RangeError(`tsne needs ${k} neighbours of ${n} rows, got ${known.k} of ${known.rows}`);
  const indices = new Int32Array(n * k);
  const distances = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    indices.set(known.indices.subarray(i * known.k, i * known.k + k), i * k);
    distances.set(known.distances.subarray(i * known.k, i * known.k + k), i * k);
  }
  return { rows: n, k, indices, distances };
}

function startAt({ rows, columns, data }: Matrix, n: number): Float64Array {
  if (rows !== n || columns !== 2)
    throw new RangeError(`tsne needs an init of ${n} x 2, got ${rows} x ${columns}`);
  return data;
}

/** Two principal components, the first with a deviation of 1e-4. */
function principalStart(X: Matrix): Matrix {
  const nComponents = Math.min(2, X.columns);
  const scores = fitPca(X, { nComponents }).transform(X);
  const data = new Float64Array(2 * X.rows);
  let squares = 0;
  for (let i = 0; i < X.rows; i++) squares += scores.data[i * nComponents]! ** 2;
  const deviation = Math.sqrt(squares / X.rows);
  for (let i = 0; i < X.rows; i++)
    for (let c = 0; c < nComponents; c++)
      data[2 * i + c] = deviation > 0 ? (scores.data[i * nComponents + c]! / deviation) * 1e-4 : 0;
  return { rows: X.rows, columns: 2, data };
}
