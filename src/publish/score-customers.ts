import type { Database } from "../data/database.js";
import { InputError } from "../data/errors.js";
import { replaceTable, sqlName } from "../data/tables.js";
import { definitionHash } from "../features/definition-hash.js";
import { featureDictionary } from "../features/dictionary.js";
import { readCustomerColumns } from "../preparation/customer-columns.js";
import type { Prepared } from "../preparation/preparation.js";
import { assignSegments } from "./assign-segments.js";
import { type Drift, measureDrift, segmentShares } from "./drift.js";
import type { Model } from "./model.js";

/** How many customers are in a segment. */
export interface SegmentSize {
  segment: string;
  customers: number;
  share: number;
  /** Of the customers that the model was fitted to. */
  trainingShare: number;
}

/** What came of scoring a table of customers. */
export interface CustomerScores {
  customers: number;
  /** In the model's order, the empty ones included. */
  segments: SegmentSize[];
  /** Features of which values were filled in, and of how many customers. */
  imputed: Record<string, number>;
  /** How far the shares are from the model's; null of too few customers to say. */
  drift: Drift | null;
}

/**
 * Makes the table `scores` of the table `customers`: `customer_id`, `segment`, how clear it is, and the model's features;
 * ordered by customer. K-Means says `distance` to the own centre and `next_distance` to the nearest other one (NULL when
 * there is none), a mixture the `probability` of the own segment. Nothing is fitted.
 * @throws InputError when a feature is unknown here or defined otherwise, or a value cannot be prepared.
 */
export async function scoreCustomers(db: Database, model: Model): Promise<CustomerScores> {
  requireDefinitions(model);
  const names = model.features.map(({ name }) => name);
  const prepared = prepare(model, await readCustomerColumns(db, names));
  const { labels, ...found } = assignSegments(model, prepared.X);
  const clearness: Record<string, Float64Array> =
    model.clustering.kind === "kmeans"
      ? { distance: found.distances, next_distance: found.nextDistances }
      : { probability: found.probabilities };
  // NaN becomes null.
  const numbers = Object.entries(clearness).map(([name, values]) => [name, JSON.stringify([...values])]);
  await db.run(
    `CREATE OR REPLACE TEMP TABLE scores__assigned AS
     SELECT unnest($ids::JSON::VARCHAR[]) AS customer_id, unnest($segments::JSON::VARCHAR[]) AS segment,
       ${numbers.map(([name]) => `unnest($${name}::JSON::DOUBLE[]) AS ${name}`).join(", ")}`,
    {
      ids: JSON.stringify(prepared.ids),
      segments: JSON.stringify(found.segments),
      ...(Object.fromEntries(numbers) as Record<string, string>),
    },
  );
  const columns = ["customer_id", "segment", ...Object.keys(clearness), ...names].map(sqlName).join(", ");
  await replaceTable(
    db,
    "scores",
    `SELECT ${columns} FROM scores__assigned JOIN customers USING (customer_id) ORDER BY customer_id`,
  );
  await db.run("DROP TABLE scores__assigned");
  const imputed = names.map((name, j) => [name, prepared.imputed[j]!] as const);
  const sizes = sizesOf(model, labels);
  const shares = sizes.map(({ share }) => share);
  return {
    customers: prepared.ids.length,
    segments: sizes,
    drift: measureDrift(model.training.shares, shares, labels.length),
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

function sizesOf({ clustering, training }: Model, labels: Int32Array): SegmentSize[] {
  return segmentShares(labels, clustering.segments.length).map((share, i) => ({
    segment: clustering.segments[i]!,
    customers: Math.round(share * labels.length),
    share,
    trainingShare: training.shares[i]!,
  }));
}
