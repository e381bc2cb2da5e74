import type { Database } from "../data/database.js";
import { fitForest } from "../embedding/forest.js";
import { fitForestSpace } from "../embedding/forest-space.js";
import { forestTraining } from "../embedding/forest-training.js";
import { fitPca } from "../embedding/pca.js";
import { fitUmap } from "../embedding/umap.js";
import type { LongWork } from "../parallel/long-work.js";
import type { Preparation } from "../preparation/preparation.js";
import type { Points } from "../preparation/prepared-table.js";
import type { ModelSpace } from "./model-space.js";

export interface ModelSpaceOptions extends LongWork {
  /** `YYYY-MM-DD`, the reference date. */
  day: string;
  /** Length of the period whose revenue a forest learns. */
  daysAhead: number;
  /** Of a forest; 200 by default. */
  nTrees?: number;
  /** Of UMAP and a forest's plane; 15 by default. */
  nNeighbors?: number;
  seed: number;
}

/** A space that can place later customers, with the customers it was fitted to and the steps that prepare others. */
export interface FittedModelSpace {
  space: ModelSpace;
  points: Points;
  preparation: Preparation;
}

/**
 * Fits the space of a model as cycle 07 does, and keeps what placing later customers takes.
 *
 * A forest's customers are prepared by steps fitted at its cut; it reads `purchases`, `returns` and `excluded_rows`, and
 * leaves the table `customers` as of the day.
 * @param points - the selected features of all customers, prepared by `preparation`.
 * @throws RangeError as the fits do.
 */
export async function fitModelSpace(
  db: Database,
  kind: ModelSpace["kind"],
  { points, preparation }: { points: Points; preparation: Preparation },
  options: ModelSpaceOptions,
): Promise<FittedModelSpace> {
  const { day, daysAhead, nTrees = 200, nNeighbors = 15, seed, signal, onProgress } = options;
  const work = { nNeighbors, seed, signal, onProgress };
  if (kind === "features" || kind === "pca") onProgress?.(1, 1);
  switch (kind) {
    case "features":
      return { space: { kind }, points, preparation };
    case "pca":
      return { space: { kind, state: fitPca(points.X, { nComponents: 2 }).state }, points, preparation };
    case "umap":
      return { space: { kind, state: (await fitUmap(points.X, work)).state }, points, preparation };
    case "forest": {
      const known = await forestTraining(db, { day, features: points.names, daysAhead });
      const forest = await fitForest(known.X, known.later.map(Math.log1p), { nTrees, seed, signal });
      const { state } = await fitForestSpace(forest, known.now, work);
      const names = known.preparation.features.map(({ name }) => name);
      return {
        space: { kind, state },
        points: { ids: points.ids, names, X: known.now },
        preparation: known.preparation,
      };
    }
  }
}
