import type { Database } from "../data/database.js";
import { buildCustomers } from "../features/customers.js";
import { column, type Matrix, matrixOfColumns } from "../math/matrix.js";
import type { LongWork } from "../parallel/long-work.js";
import { choosePlan } from "../preparation/choose-plan.js";
import { readCustomerColumns } from "../preparation/customer-columns.js";
import { fitPreparation } from "../preparation/preparation.js";
import { type SelectionThresholds, selectFeatures } from "../preparation/selection/select-features.js";
import { fitForest } from "./forest.js";
import { fitForestSpace } from "./forest-space.js";
import { forestTraining } from "./forest-training.js";
import { fitPca } from "./pca.js";
import { tsne } from "./tsne.js";
import { fitUmap } from "./umap.js";

/** The spaces in which customers are grouped: their selected features, and planes made of them. */
export const SPACE_NAMES = ["features", "pca", "umap", "tsne", "forest"] as const;

export type SpaceName = (typeof SPACE_NAMES)[number];

/** How readers know them. */
export const SPACE_LABELS: Readonly<Record<SpaceName, string>> = {
  features: "features",
  pca: "PCA",
  umap: "UMAP",
  tsne: "t-SNE",
  forest: "forest",
};

export interface SpacesAtOptions extends LongWork, Partial<SelectionThresholds> {
  /** `YYYY-MM-DD`: nothing of this day or later is read. */
  day: string;
  /** Which to make. */
  spaces: readonly SpaceName[];
  /** Length of the period whose revenue the forest learns. */
  daysAhead: number;
  /** Of the forest; 200 by default. */
  nTrees?: number;
  /** Of UMAP, the forest's plane and the selection; 15 by default. */
  nNeighbors?: number;
  /** A measure missing for more than this share is left out; 0.25 by default. */
  mostMissing?: number;
  seed: number;
}

/** Customers in several spaces, as they could have been known on a day. */
export interface SpacesAt {
  ids: readonly string[];
  /** The selected features. */
  features: readonly string[];
  /** One matrix for each space asked for, rows in the order of the ids. */
  spaces: Map<SpaceName, Matrix>;
}

/**
 * Does again, with nothing but what was known at the start of a day, what cycles 03 to 07 do: features, transforms,
 * selection, forest and spaces. Leaves the table `customers` as of that day.
 * @throws RangeError when too few customers were known for a space; the signal's reason once it is aborted.
 */
export async function spacesAt(db: Database, options: SpacesAtOptions): Promise<SpacesAt> {
  const { day, daysAhead, nTrees = 200, nNeighbors = 15, mostMissing = 0.25, seed } = options;
  const { signal, onProgress } = options;
  await buildCustomers(db, { referenceDate: day });
  const table = await readCustomerColumns(db);
  const { prepared } = fitPreparation(table, choosePlan(table, { mostMissing }).plan);
  const features = selectFeatures(prepared.X, prepared.names, { ...options, nNeighbors })
    .filter(({ verdict }) => verdict === "selected")
    .map(({ name }) => name);
  const X = matrixOfColumns(features.map((name) => column(prepared.X, prepared.names.indexOf(name))));

  const makeForest = async (): Promise<Matrix> => {
    const known = await forestTraining(db, { day, features, daysAhead });
    const forest = await fitForest(known.X, known.later.map(Math.log1p), { nTrees, seed, signal });
    return (await fitForestSpace(forest, known.now, { nNeighbors, seed, signal })).embedding;
  };
  const make: Record<SpaceName, () => Matrix | Promise<Matrix>> = {
    features: () => X,
    pca: () => fitPca(X, { nComponents: 2 }).transform(X),
    umap: async () => (await fitUmap(X, { nNeighbors, seed, signal })).embedding,
    tsne: async () => (await tsne(X, { signal })).embedding,
    forest: makeForest,
  };
  const spaces = new Map<SpaceName, Matrix>();
  for (const name of options.spaces) {
    signal?.throwIfAborted();
    spaces.set(name, await make[name]());
    onProgress?.(spaces.size, options.spaces.length);
  }
  return { ids: table.ids, features, spaces };
}
