import type { Matrix } from "../math/matrix.js";
import type { LongWork } from "../parallel/long-work.js";
import { runTasks } from "../parallel/run-tasks.js";
import { shareFloats } from "../parallel/shared.js";
import { countLabels } from "./measures/clusters.js";
import { calinskiHarabasz, daviesBouldin } from "./measures/dispersion.js";
import { SAMPLED_FROM_ROWS, sampledSilhouettesInParallel } from "./measures/sampled-silhouettes.js";
import { silhouettesInParallel } from "./measures/silhouettes-in-parallel.js";
import type { ModelName, ModelOptions } from "./models.js";
import type { Fit, FitInput } from "./sweep/fit-task.js";
import { type SweepSettings, sweepUnits, type Unit } from "./sweep/units.js";

export type { SweepSettings };

/** How well a labelling separates its customers in one space; null where it has fewer than 2 clusters. */
export interface Separation {
  /** Mean over clustered customers, from -1 to 1. */
  silhouette: number | null;
  /** Where the mean is an estimate from a sample, its interval at 95% confidence; null where it is exact. */
  silhouetteInterval: { low: number; high: number } | null;
  calinskiHarabasz: number | null;
  /** Lower is better. */
  daviesBouldin: number | null;
}

/** One model with one setting in one space, and all that was measured of it. */
export interface SweepRow<Value = null> {
  model: ModelName;
  /** The space it was fitted in. */
  space: string;
  /** K, or what `SETTING_OF` says. */
  setting: number;
  nClusters: number;
  /** Share of customers in no cluster. */
  noiseShare: number;
  /** Customers of the smallest cluster, as a share of all. */
  smallestShare: number;
  /** In the space named by `truth`. */
  inTruth: Separation;
  /** In the space it was fitted in. */
  inSpace: Separation;
  inertia: number | null;
  bic: number | null;
  /** What the function given as `value` says. */
  value: Value;
  labels: Int32Array;
}

/** Keeps finished pieces of work by key, as a `Checkpoint` does. */
export interface SweepMemory {
  get(key: string): unknown;
  put(key: string, value: unknown): void;
}

export interface SweepOptions<Value> extends ModelOptions, LongWork {
  /** Name of the space in which all labellings are compared. */
  truth: string;
  settings: SweepSettings;
  /** What a labelling is worth, in terms that clustering knows nothing of. */
  value: (labels: Int32Array) => Value;
  /** Silhouettes are exact up to so many customers and estimated from a sample beyond; 20,000 by default. */
  sampledFromRows?: number | undefined;
  /** Customers in that sample, the same for all labellings; 2,000 by default. */
  sampleSize?: number | undefined;
  /** Threads; one for each processor by default. The result is the same for any number. */
  workers?: number | undefined;
  /** Where a run that was ended goes on. */
  memory?: SweepMemory | undefined;
}

/**
 * Fits every model with every setting in every space, and measures each labelling where it was fitted and in one space
 * for all.
 *
 * Silhouettes of all labellings are taken from one pass over the distances of a space, which are never held at once. Of
 * very many customers they are estimated from the distances of some, the same for every labelling, with intervals.
 * @param spaces - by name, n x d each, the same customers in the same order.
 * @returns by space, model and setting, in the order given; the same for any number of workers.
 * @throws RangeError when rows differ or `truth` names no space; what a model throws; the signal's reason.
 */
export async function sweep<Value>(
  spaces: ReadonlyMap<string, Matrix>,
  options: SweepOptions<Value>,
): Promise<SweepRow<Value>[]> {
  requireSpaces(spaces, options.truth);
  const { value, truth } = options;
  const shared = new Map([...spaces].map(([name, X]) => [name, { ...X, data: shareFloats(X.data) }]));
  const units = sweepUnits(shared, options.settings);
  const progress = sweepProgress(units, shared.size, options.onProgress);
  const fits = await fitUnits(shared, units, options, progress.fitted);
  const found = units.flatMap(({ model, space }, u) => fits[u]!.map((fit) => ({ model, space, ...fit })));

  const separations = async (name: string, some: typeof found): Promise<Separation[]> => {
    const measured = await separationsIn(
      shared.get(name)!,
      some.map(({ labels }) => labels),
      options,
    );
    progress.measured();
    return measured;
  };
  const inTruth = await separations(truth, found);
  const inSpace = new Map(found.map((fit, at) => [fit, inTruth[at]!]));
  for (const name of shared.keys()) {
    if (name === truth) continue;
    const some = found.filter(({ space }) => space === name);
    const own = await separations(name, some);
    for (const [at, fit] of some.entries()) inSpace.set(fit, own[at]!);
  }
  return found.map((fit, at) => {
    const { nClusters, noiseShare, smallest } = countLabels(fit.labels);
    const smallestShare = smallest / fit.labels.length;
    const measures = { inTruth: inTruth[at]!, inSpace: inSpace.get(fit)!, value: value(fit.labels) };
    return { ...fit, nClusters, noiseShare, smallestShare, ...measures };
  });
}

/** The fits of each unit: from memory, or by workers, the longest first. */
async function fitUnits(
  spaces: ReadonlyMap<string, Matrix>,
  units: readonly Unit[],
  { nInit, minSamples, seed, workers, signal, memory }: SweepOptions<unknown>,
  onFitted: (unit: Unit) => void,
): Promise<Fit[][]> {
  const fits = new Map<Unit, Fit[]>();
  for (const unit of units) {
    const known = memory?.get(unit.key) as Fit[] | undefined;
    if (known === undefined) continue;
    fits.set(
      unit,
      known.map((fit) => ({ ...fit, labels: Int32Array.from(fit.labels) })),
    );
    onFitted(unit);
  }
  const left = units.filter((unit) => !fits.has(unit)).sort((a, b) => b.cost - a.cost);
  const inputs = left.map(({ space, model, settings }): FitInput => {
    return { X: spaces.get(space)!, model, settings, nInit, minSamples, seed };
  });
  const onOutput = (output: Fit[], position: number): void => {
    const unit = left[position]!;
    memory?.put(
      unit.key,
      output.map((fit) => ({ ...fit, labels: Array.from(fit.labels) })),
    );
    fits.set(unit, output);
    onFitted(unit);
  };
  const task = new URL("./sweep/fit-task.js", import.meta.url);
  await runTasks<FitInput, Fit[]>(task, inputs, { workers, signal, onOutput });
  return units.map((unit) => fits.get(unit)!);
}

/** Measures of labellings in one space. */
async function separationsIn(
  X: Matrix,
  labellings: readonly Int32Array[],
  options: SweepOptions<unknown>,
): Promise<Separation[]> {
  const isMeasurable = labellings.map((labels) => {
    const { nClusters, noiseShare } = countLabels(labels);
    return nClusters >= 2 && nClusters < Math.round((1 - noiseShare) * labels.length);
  });
  const measurable = labellings.filter((_, at) => isMeasurable[at]);
  const found = (await silhouettesOf(X, measurable, options)).values();
  return labellings.map((labels, at) => {
    if (!isMeasurable[at])
      return { silhouette: null, silhouetteInterval: null, calinskiHarabasz: null, daviesBouldin: null };
    return {
      ...found.next().value!,
      calinskiHarabasz: calinskiHarabasz(X, labels),
      daviesBouldin: daviesBouldin(X, labels),
    };
  });
}

/** Mean silhouettes: exact, or of very many customers estimated. */
async function silhouettesOf(
  X: Matrix,
  labellings: readonly Int32Array[],
  { sampledFromRows = SAMPLED_FROM_ROWS, sampleSize, seed, workers, signal }: SweepOptions<unknown>,
): Promise<Pick<Separation, "silhouette" | "silhouetteInterval">[]> {
  if (X.rows <= sampledFromRows) {
    const exact = await silhouettesInParallel(X, labellings, { workers, signal });
    return exact.map(({ mean }) => ({ silhouette: mean, silhouetteInterval: null }));
  }
  const estimated = await sampledSilhouettesInParallel(X, labellings, { sampleSize, seed, workers, signal });
  return estimated.map(({ mean, interval: [low, high] }) => ({
    // Where nobody in a cluster was drawn there is no mean.
    silhouette: Number.isNaN(mean) ? null : mean,
    silhouetteInterval: { low, high },
  }));
}

/** Progress in pieces of work, weighed by what they cost; then one pass over the distances of each space. */
function sweepProgress(
  units: readonly Unit[],
  spaces: number,
  onProgress: LongWork["onProgress"],
): { fitted: (unit: Unit) => void; measured: () => void } {
  const fitting = units.reduce((sum, { cost }) => sum + cost, 0);
  const measuring = fitting / 4;
  const pieces = units.length + spaces;
  let [cost, count] = [0, 0];
  const add = (more: number): void => {
    cost += more;
    count++;
    onProgress?.(count === pieces ? pieces : Math.min(0.999, cost / (fitting + measuring)) * pieces, pieces);
  };
  return { fitted: ({ cost: more }) => add(more), measured: () => add(measuring / spaces) };
}

function requireSpaces(spaces: ReadonlyMap<string, Matrix>, truth: string): void {
  const known = spaces.get(truth);
  if (known === undefined)
    throw new RangeError(
      `sweep compares in a space it is given, got "${truth}" among ${[...spaces.keys()].join(", ")}`,
    );
  for (const [name, { rows }] of spaces)
    if (rows !== known.rows)
      throw new RangeError(
        `sweep needs the same customers in each space, got ${known.rows} and ${rows} (${name})`,
      );
}
