import type { Database } from "../data/database.js";
import { InputError } from "../data/errors.js";
import { replaceTable, sqlName } from "../data/tables.js";
import { definitionHash } from "../features/definition-hash.js";
import { featureDictionary } from "../features/dictionary.js";
import { readCustomerColumns } from "../preparation/customer-columns.js";
import type { Prepared } from "../preparation/preparation.js";
import { assignSegments } from "./assign-segments.js";
import type { Model } from "./model.js";

/** How many customers are in a segment. */
export interface SegmentSize {
  segment: string;
  customers: number;
  share: number;
}

/** What came of scoring a table of customers. */
export interface CustomerScores {
  customers: number;
  /** In the model's order, the empty ones included. */
  segments: SegmentSize[];
  /** Features of which values were filled in, and of how many customers. */
  imputed: Record<string, number>;
}

/**
 * Makes the table `scores` of the table `customers`: `customer_id`, `segment`, `distance` to the own centre,
 * `next_distance` to the nearest other one (NULL when there is none), and the model's features; ordered by customer.
 * Nothing is fitted.
 * @throws InputError when a feature is unknown here or defined otherwise, or a value cannot be prepared.
 */
export async function scoreCustomers(db: Database, model: Model): Promise<CustomerScores> {
  requireDefinitions(model);
  const names = model.features.map(({ name }) => name);
  const prepared = prepare(model, await readCustomerColumns(db, names));
  const { labels, segments, distances, nextDistances } = assignSegments(model, prepared.X);
  const assigned = {
    ids: prepared.ids,
    segments,
    distances: Array.from(distances),
    // NaN becomes null.
    next: Array.from(nextDistances),
  };
  const texts = Object.entries(assigned).map(([name, values]) => [name, JSON.stringify(values)]);
  await db.run(
    `CREATE OR REPLACE TEMP TABLE scores__assigned AS
     SELECT unnest($ids::JSON::VARCHAR[]) AS customer_id, unnest($segments::JSON::VARCHAR[]) AS segment,
       unnest($distances::JSON::DOUBLE[]) AS distance, unnest($next::JSON::DOUBLE[]) AS next_distance`,
    Object.fromEntries(texts) as Record<string, string>,
  );
  const columns = ["customer_id", "segment", "distance", "next_distance", ...names].map(sqlName).join(", ");
  await replaceTable(
    db,
    "scores",
    `SELECT ${columns} FROM scores__assigned JOIN customers USING (customer_id) ORDER BY customer_id`,
  );
  await db.run("DROP TABLE scores__assigned");
  const imputed = names.map((name, j) => [name, prepared.imputed[j]!] as const);
  return {
    customers: prepared.ids.length,
    segments: sizesOf(model.clustering.segments, labels),
    imputed: Object.fromEntries(imputed.filter(([, count]) => count > 0)),
  };
}

/** @throws InputError that names the features which this version does not compute as the model's did. */
export function requireDefinitions({ features, productVersion }: Model): void {
  const isKnown = (name: string): boolean =>
    featureDictionary.some((feature) => feature.name === name && feature.role === "measure");
  const unknown = features.filter(({ name }) => !isKnown(name));
  const changed = features.filter(
    ({ name, definition }) => isKnown(name) && definitionHash(name) !== definition,
  );
  const list = (some: typeof features): string => some.map(({ name }) => name).join(", ");
  const advice = `fit the model again, or use version ${productVersion}, which made it`;
  if (unknown.length > 0)
    throw new InputError(`the model needs ${list(unknown)}, which this version does not compute: ${advice}`);
  if (changed.length > 0)
    throw new InputError(`the model knows another definition of ${list(changed)}: ${advice}`);
}

function prepare({ preparation }: Model, table: Parameters<Model["preparation"]["transform"]>[0]): Prepared {
  try {
    return preparation.transform(table);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InputError(`the model cannot take a value of these customers: ${cause.message}`, { cause });
  }
}

function sizesOf(names: readonly string[], labels: Int32Array): SegmentSize[] {
  const counts = new Array<number>(names.length).fill(0);
  for (const label of labels) counts[label]!++;
  return names.map((segment, i) => ({ segment, customers: counts[i]!, share: counts[i]! / labels.length }));
}
