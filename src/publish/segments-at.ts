import type { Database } from "../data/database.js";
import type { SegmentsAt } from "../segments/migration.js";
import { customersAtDays } from "../segments/replay-rules.js";
import { assignSegments } from "./assign-segments.js";
import type { Model } from "./model.js";

/**
 * Which segment of a model each customer was in at the start of each day. Nothing is fitted, so that what changes between
 * two days is the customer. Leaves the table `customers` as of the last day.
 * @throws RangeError for a day that is none.
 */
export async function segmentsAtDays(
  db: Database,
  model: Model,
  days: readonly string[],
): Promise<SegmentsAt[]> {
  const history = await customersAtDays(
    db,
    days,
    model.features.map(({ name }) => name),
  );
  return history.map(({ customers }) => {
    const { ids, X } = model.preparation.transform(customers);
    return { ids, segments: assignSegments(model, X).segments };
  });
}
