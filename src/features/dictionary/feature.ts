import type { FeatureTable } from "../feature-tables.js";

/** One column of `customers`: what it means, and the expression from which it is computed. */
export interface Feature {
  /** The column. */
  name: string;
  /** How tables and figures call it. */
  label: string;
  /** "currency" stands for that of the source; "share" lies in [0, 1] unless the edge case says otherwise. */
  unit: string;
  /** A key says whose row it is; a measure is a number to compute with. */
  role: "key" | "measure" | "category" | "moment";
  definition: string;
  /** The rows the formula summarises for each customer; "customers" for a formula over other features. */
  table: FeatureTable;
  /** The formula, in SQL. The table `customers` is made from it. */
  sql: string;
  /** Type of the column. Money stays decimal; only ratios are doubles. */
  type: "VARCHAR" | "DATE" | "TIMESTAMP" | "BIGINT" | "DECIMAL(18, 4)" | "DOUBLE";
  /** What happens where the definition does not reach. */
  edgeCase: string;
}

/** A feature whose unit and type follow from its kind. */
type Plain = Omit<Feature, "unit" | "role" | "type">;

/** An amount of money. */
export function money(feature: Plain): Feature {
  return { ...feature, unit: "currency", role: "measure", type: "DECIMAL(18, 4)" };
}

/** A whole number of something. */
export function count(unit: string, feature: Plain): Feature {
  return { ...feature, unit, role: "measure", type: "BIGINT" };
}

/** A mean, median, rate or share. */
export function ratio(unit: string, feature: Plain): Feature {
  return { ...feature, unit, role: "measure", type: "DOUBLE" };
}
