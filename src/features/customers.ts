import { type Database, sqlText } from "../data/database.js";
import { replaceTable } from "../data/tables.js";
import type { Feature } from "./dictionary/feature.js";
import { featureDictionary } from "./dictionary.js";
import { FEATURE_TABLES, type FeatureTable } from "./feature-tables.js";
import { type KeyedLinesAt, type ReferenceOptions, withKeyedLinesAt } from "./lines-at.js";

/** What became of everybody the shop had identified by the reference date; the four counts add up to `identified`. */
export interface CustomersSummary {
  /** `YYYY-MM-DD` */
  referenceDate: string;
  /** Different customer ids on lines before the reference date. */
  identified: number;
  /** Rows of `customers`. */
  customers: number;
  /** Their only sales were cancelled. */
  cancelledOnly: number;
  /** They brought goods back, but bought none within the data. */
  returnsOnly: number;
  /** All of their lines were excluded by other rules: postage, corrections, gifts. */
  excludedOnly: number;
}

/**
 * Makes the table `customers`: one row for each identified customer with a standing order at the reference date, the
 * columns of `featureDictionary`, ordered by customer.
 *
 * Reads `purchases`, `returns` and `excluded_rows`, none of their lines on or after the reference date. Money is
 * decimal to the last digit, ratios are doubles.
 * @throws RangeError for a date that is none, or when there is no line to take the default date from.
 */
export async function buildCustomers(
  db: Database,
  options: ReferenceOptions = {},
): Promise<CustomersSummary> {
  return withKeyedLinesAt(db, options, async (lines) => {
    await replaceTable(db, "customers", customersQuery(lines));
    return summarise(db, lines);
  });
}

/** The query written by the dictionary: intermediate tables, one summary of each, then what follows from those. */
function customersQuery({ table, referenceDate, tables: lineTables }: KeyedLinesAt): string {
  const known = `known AS (SELECT DATE ${sqlText(referenceDate)} AS reference_date,
    coalesce((SELECT max(invoiced_at::TIME) FROM parts) > TIME '00:00:00', false) AS has_times)`;
  const tables = FEATURE_TABLES.flatMap(({ name, sql }) => {
    if (name === "customers") return [];
    // All lines of a part have one time, and parts are few.
    const before = name === "orders" ? [known] : [];
    const kept = name === "lines" ? "NOT MATERIALIZED" : "MATERIALIZED";
    return [...before, `${name} AS ${kept} (${sql ?? `FROM ${table}`})`];
  });
  const summaries = FEATURE_TABLES.flatMap(({ name }) => {
    const features = featuresOf(name).filter((feature) => feature.name !== "customer_id");
    if (name === "customers" || features.length === 0) return [];
    return [{ name: `by_${name}`, columns: features.map(column) }];
  });
  const ctes = summaries.map(
    ({ name, columns }) =>
      `${name} AS (SELECT customer_id, ${columns.join(", ")} FROM ${name.slice("by_".length)} GROUP BY customer_id)`,
  );
  // by_orders comes first: who has no order has no row, whatever else is known of them.
  const others = summaries.filter(({ name }) => name !== "by_orders");
  const joined = others.map(({ name }) => `JOIN ${name} USING (customer_id)`).join(" ");
  const typed = featureDictionary.map(({ name, type }) => `${name}::${type} AS ${name}`);
  const customers = `SELECT *, ${featuresOf("customers").map(column).join(", ")} FROM by_orders ${joined}`;
  return `WITH ${[...tables, ...ctes].join(",\n")}
    SELECT ${typed.join(", ")} FROM (${lineTables.withTexts(customers, ["customer_id", "country"])}) ORDER BY customer_id`;
}

function featuresOf(table: FeatureTable): Feature[] {
  return featureDictionary.filter((feature) => feature.table === table);
}

function column({ sql, name }: Feature): string {
  return `${sql} AS ${name}`;
}

async function summarise(
  db: Database,
  { table, referenceDate, tables }: KeyedLinesAt,
): Promise<CustomersSummary> {
  const counts = await db.row<Omit<CustomersSummary, "referenceDate">>(
    `WITH seen AS (
       SELECT customer_id, bool_or(kind = 'sale') AS bought, bool_or(kind = 'cancelled') AS cancelled FROM ${table}
       GROUP BY customer_id
     ), identified AS (
       SELECT customer_id FROM seen UNION SELECT customer_id FROM ${tables.from("excluded_rows")}
       WHERE customer_id IS NOT NULL AND invoiced_at < DATE ${sqlText(referenceDate)}
     )
     SELECT count(*) AS identified, count(*) FILTER (bought) AS customers,
       count(*) FILTER (cancelled AND NOT bought) AS "cancelledOnly",
       count(*) FILTER (NOT cancelled AND NOT bought) AS "returnsOnly",
       count(*) FILTER (bought IS NULL) AS "excludedOnly"
     FROM identified LEFT JOIN seen USING (customer_id)`,
  );
  return { referenceDate, ...counts };
}
