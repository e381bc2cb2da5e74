import type { Matrix } from "../../math/matrix.js";
import { MODEL_NAMES, type ModelName } from "../models.js";

/** Which settings each model is tried with; a model without any is left out. */
export type SweepSettings = Readonly<Partial<Record<ModelName, readonly number[]>>>;

/** One piece of work: what a worker does at a time, and what a resumed run finds done. */
export interface Unit {
  key: string;
  space: string;
  model: ModelName;
  settings: readonly number[];
  /** About how long it takes, in nanoseconds. */
  cost: number;
}

/** Settings that no other setting shares work with go alone, so that workers end together. */
const APART: readonly ModelName[] = ["kmeans", "gmm"];

/** The sweep's pieces of work, in the order of its result: by space, model and setting. */
export function sweepUnits(spaces: ReadonlyMap<string, Matrix>, settings: SweepSettings): Unit[] {
  return [...spaces].flatMap(([space, X]) =>
    MODEL_NAMES.flatMap((model) => {
      const all = settings[model] ?? [];
      const groups = APART.includes(model) ? all.map((setting) => [setting]) : all.length > 0 ? [all] : [];
      return groups.map((group) => ({
        key: `${space}/${model}/${group.join(",")}`,
        space,
        model,
        settings: group,
        cost: costOf(model, group, X),
      }));
    }),
  );
}

/** What was measured on some thousand rows; only the order of work and the progress depend on it. */
function costOf(model: ModelName, settings: readonly number[], { rows, columns }: Matrix): number {
  const size = rows * columns;
  switch (model) {
    case "kmeans":
      return size * settings[0]! * 120;
    case "gmm":
      return size * settings[0]! * (columns + 10) * 8;
    case "ward":
    case "hdbscan":
      return size * rows * 2;
    case "dbscan":
      return size * rows * 2 * settings.length;
  }
}
