import type { Database } from "../data/database.js";
import { buildCustomers } from "../features/customers.js";
import { daysBefore } from "../features/days.js";
import { revenueBetween } from "../features/later-revenue.js";
import type { Matrix } from "../math/matrix.js";
import { choosePlan } from "../preparation/choose-plan.js";
import { readCustomerColumns } from "../preparation/customer-columns.js";
import { fitPreparation, type Preparation } from "../preparation/preparation.js";

export interface ForestTrainingOptions {
  /** `YYYY-MM-DD`: nothing of this day or later is read. */
  day: string;
  /** Columns of `customers`. */
  features: readonly string[];
  /** Length of the period before `day` whose revenue is the target. */
  daysAhead: number;
}

/** What a forest learns from, and the customers it then places. */
export interface ForestTraining {
  /** The day that parts features from target, `YYYY-MM-DD`. */
  cut: string;
  /** Customers who were known at the cut. */
  ids: readonly string[];
  /** Their features as of the cut, prepared by steps fitted there; columns that were constant then are left out. */
  X: Matrix;
  /** What each bought from the cut to the day. */
  later: Float64Array;
  /** Those steps. */
  preparation: Preparation;
  /** The features of all customers as of the day, in the order of the ids, prepared by the same steps. */
  now: Matrix;
}

/**
 * Features as of an earlier day, what came after it, and today's features in the same terms: a target that no feature
 * contains. Leaves the table `customers` as of `day`.
 * @throws RangeError for a date that is none, a column that is no measure, or when nobody was known at the cut.
 */
export async function forestTraining(
  db: Database,
  { day, features, daysAhead }: ForestTrainingOptions,
): Promise<ForestTraining> {
  const cut = daysBefore(day, daysAhead);
  await buildCustomers(db, { referenceDate: cut });
  const before = await readCustomerColumns(db, features);
  if (before.ids.length === 0)
    throw new RangeError(`a forest needs customers known on ${cut}, there are none`);
  const { preparation, prepared } = fitPreparation(before, choosePlan(before).plan);
  const later = await revenueBetween(db, before.ids, { from: cut, to: day });
  await buildCustomers(db, { referenceDate: day });
  const now = preparation.transform(await readCustomerColumns(db, prepared.names));
  return { cut, ids: before.ids, X: prepared.X, later, preparation, now: now.X };
}
