import { type Practicality, shortList } from "../clustering/eligible.js";
import type { ModelName } from "../clustering/models.js";
import { type SweepSettings, sweep } from "../clustering/sweep.js";
import type { Database } from "../data/database.js";
import { type SpaceName, type SpacesAtOptions, spacesAt } from "../embedding/spaces-at.js";
import { revenueBetween } from "../features/later-revenue.js";
import { rfmScores } from "../features/rfm.js";
import { readCustomerColumns } from "../preparation/customer-columns.js";
import { type LaterShare, laterShares } from "./later-shares.js";
import { bestByRevenue } from "./revenue-shares.js";

export interface OutOfTimeOptions extends Omit<SpacesAtOptions, "day" | "spaces"> {
  /** `YYYY-MM-DD`: everything is fitted to what was known before this day, */
  cut: string;
  /** and judged by revenue from it to before this one. */
  end: string;
  /** Models and the spaces they are fitted in. */
  pairs: readonly { model: ModelName; space: SpaceName }[];
  /** What each model chooses its setting from. */
  settings: SweepSettings;
  practicality?: Partial<Practicality>;
  nInit?: number | undefined;
  workers?: number | undefined;
}

/** A model that was fitted and chosen before the cut, and what its clusters bring after it. */
export interface OutOfTime {
  model: ModelName;
  space: SpaceName;
  /** Chosen before the cut: the eligible one with the best silhouette in the features' space. */
  setting: number;
  /** Best cluster first, by what was known at the cut. */
  clusters: LaterShare[];
}

/**
 * Goes back to a day, does everything again with what was known then (features, transforms, selection, forest and its
 * target, spaces, models and their settings), and counts what each cluster brings afterwards.
 *
 * Only the counting reads anything from the cut on. Leaves the table `customers` as of the cut.
 * @returns customers known at the cut, and the pairs in their order without those of which nothing was eligible.
 */
export async function outOfTime(
  db: Database,
  options: OutOfTimeOptions,
): Promise<{ customers: number; found: OutOfTime[] }> {
  const { cut, end, pairs, settings, practicality, seed, nInit, workers, signal, onProgress } = options;
  const wanted = new Set<SpaceName>(["features", ...pairs.map(({ space }) => space)]);
  const stages = wanted.size + 1;
  const { ids, spaces } = await spacesAt(db, {
    ...options,
    day: cut,
    spaces: [...wanted],
    onProgress: (done) => onProgress?.(done, stages),
  });
  const past = (await readCustomerColumns(db, ["gross_revenue"])).columns["gross_revenue"]!;
  const rfm = (await rfmScores(db)).map(({ recency, frequency, monetary }) => recency + frequency + monetary);

  const models = new Set(pairs.map(({ model }) => model));
  const tried = Object.fromEntries(
    Object.entries(settings).filter(([model]) => models.has(model as ModelName)),
  );
  const rows = await sweep(spaces, {
    truth: "features",
    settings: tried,
    value: (labels) => bestByRevenue(labels, past),
    seed,
    nInit,
    workers,
    signal,
  });
  const best = shortList(rows, practicality);
  const later = await revenueBetween(db, ids, { from: cut, to: end });
  onProgress?.(stages, stages);
  const found = pairs.flatMap(({ model, space }): OutOfTime[] => {
    const row = best.find((other) => other.model === model && other.space === space);
    if (row === undefined) return [];
    return [{ model, space, setting: row.setting, clusters: laterShares(row.labels, { past, rfm, later }) }];
  });
  return { customers: ids.length, found };
}
