import type { Database } from "../data/database.js";
import { sqlName } from "../data/tables.js";
import { featureDictionary } from "../features/dictionary.js";

/** Features of customers, column by column; ids travel beside them and are no feature. */
export interface CustomerColumns {
  /** Whose row it is, in the order of every column. */
  ids: readonly string[];
  /** Name to values; NaN is missing. */
  columns: Readonly<Record<string, Float64Array>>;
}

/** The features to compute with, in the order of the dictionary. */
export const measureNames: readonly string[] = featureDictionary
  .filter(({ role }) => role === "measure")
  .map(({ name }) => name);

/**
 * Measures of the table `customers`, ordered by customer; NULL becomes NaN.
 * @param names - all measures of the dictionary when left out.
 * @throws RangeError for a name that is no measure.
 */
export async function readCustomerColumns(
  db: Database,
  names: readonly string[] = measureNames,
): Promise<CustomerColumns> {
  names.forEach(requireMeasure);
  const selected = names.map((name) => `${sqlName(name)}::DOUBLE AS ${sqlName(name)}`);
  const rows = await db.rows<Record<string, string | number | null>>(
    `SELECT ${["customer_id::VARCHAR AS customer_id", ...selected].join(", ")} FROM customers ORDER BY customer_id`,
  );
  const columns = names.map((name) => [
    name,
    Float64Array.from(rows, (row) => (row[name] as number | null) ?? Number.NaN),
  ]);
  return { ids: rows.map((row) => row["customer_id"] as string), columns: Object.fromEntries(columns) };
}

/**
 * Refuses what the dictionary knows to be no number to compute with: an id, a date, a country.
 * @throws RangeError that says what it is.
 */
export function requireMeasure(name: string): void {
  const role = featureDictionary.find((feature) => feature.name === name)?.role;
  if (role === undefined || role === "measure") return;
  throw new RangeError(`a preparation fits measures, and ${name} is a ${role}: it stays beside the matrix`);
}

/** A column by name, as long as there are ids. @throws RangeError that names those there are. */
export function columnOf({ ids, columns }: CustomerColumns, name: string): Float64Array {
  const values = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (values === undefined)
    throw new RangeError(`no column ${name} among ${Object.keys(columns).join(", ") || "none"}`);
  if (values.length !== ids.length)
    throw new RangeError(`column ${name} has ${values.length} values for ${ids.length} customers`);
  return values;
}
