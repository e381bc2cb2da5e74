import type { Cell } from "../types.js";

/** What a column holds; it decides which measures are taken. */
export type ColumnKind = "number" | "boolean" | "category" | "text" | "date" | "other";

/** A value and how often it occurs. */
export interface ValueCount {
  value: Cell;
  count: number;
  /** Of the values present, in [0, 1]. */
  share: number;
}

/** Counts in bins of equal width: bin i reaches from edge i to edge i + 1, the last one with its end. */
export interface Histogram {
  /** One more than the counts; milliseconds since 1970 (UTC) for dates. */
  edges: number[];
  counts: number[];
}

/** What every column has. Measures that the values cannot tell are `null`. */
export interface VariableBase {
  name: string;
  /** Type in the database. */
  type: string;
  kind: ColumnKind;
  /** Values present. */
  count: number;
  /** NULL, and NaN among numbers. */
  missing: number;
  /** Of all rows, in [0, 1]. */
  missingShare: number;
  distinct: number;
  /** Of the values present, in [0, 1]; 0 without any. */
  distinctShare: number;
  /** Values that occur once. */
  singles: number;
  /** Estimate of what the values take up: 8 bytes a number or date, 1 a boolean, 16 a text and those beyond 12. */
  bytes: number;
  /** Most frequent first; equally frequent ones in ascending order. */
  common: ValueCount[];
}

/** A column of numbers. All measures but counts are about the finite values. */
export interface NumberVariable extends VariableBase {
  kind: "number";
  infinite: number;
  zeros: number;
  negatives: number;
  sum: number;
  mean: number | null;
  sd: number | null;
  /** sd over mean. */
  cv: number | null;
  min: number | null;
  p5: number | null;
  q1: number | null;
  median: number | null;
  q3: number | null;
  p95: number | null;
  max: number | null;
  range: number | null;
  iqr: number | null;
  /** Median of the distances to the median. */
  mad: number | null;
  skewness: number | null;
  kurtosis: number | null;
  /** How the values run from the first row to the last; `null` when they go up and down, or are fewer than 2. */
  monotonicity: Monotonicity | null;
  histogram: Histogram;
  /** The same from the 5th to the 95th percentile, where extremes would hide everything else. */
  centre: Histogram | null;
  /** Smallest first, then largest first. */
  smallest: ValueCount[];
  largest: ValueCount[];
}

export type Monotonicity =
  | "constant"
  | "increasing"
  | "strictly increasing"
  | "decreasing"
  | "strictly decreasing";

/** A column of texts, of few (category) or many (text) different ones, or of values shown as text (other). */
export interface TextVariable extends VariableBase {
  kind: "category" | "text" | "other";
  /** In characters. */
  minLength: number | null;
  meanLength: number | null;
  medianLength: number | null;
  maxLength: number | null;
  /** Words in lower case without punctuation around them, most frequent first; share of all words. */
  words: ValueCount[];
  /** Different words. */
  distinctWords: number;
  /** 0 when all values are equally frequent, near 1 when one has nearly all: 1 - entropy / log(distinct). */
  imbalance: number | null;
  /** Values of nothing but white space. */
  blank: number;
  /** Values that start or end with white space. */
  padded: number;
  /** Values that stand for none: "?", "N/A", "null", ... */
  placeholders: number;
  /** Values that can be read as numbers, and as dates. */
  numeric: number;
  datelike: number;
  /** Different values that equal another one but for case and white space around them. */
  variants: number;
}

/** A column of yes and no, or of texts that say so. */
export interface BooleanVariable extends VariableBase {
  kind: "boolean";
  trues: number;
  falses: number;
  imbalance: number | null;
}

/** A column of days or moments. */
export interface DateVariable extends VariableBase {
  kind: "date";
  /** `YYYY-MM-DD HH:MM:SS`. */
  min: string | null;
  max: string | null;
  rangeDays: number | null;
  /** True when no value has a time of day. */
  isWholeDays: boolean;
  monotonicity: Monotonicity | null;
  histogram: Histogram;
}

export type Variable = NumberVariable | TextVariable | BooleanVariable | DateVariable;

export type CorrelationMeasure = "pearson" | "spearman" | "kendall" | "cramersV" | "phiK";

/** How strongly columns move together, each with each. */
export interface CorrelationMatrix {
  measure: CorrelationMeasure;
  columns: string[];
  /** columns x columns; `null` where it cannot be told. */
  values: (number | null)[][];
  /** Rows it is computed from, fewer than all when a limit says so. */
  rows: number;
}

/** Two columns of numbers against each other: points up to 1,000 rows, a grid of counts beyond. */
export interface Interaction {
  x: string;
  y: string;
  xRange: [number, number];
  yRange: [number, number];
  /** x, y of each row; for up to 1,000. */
  points: [number, number][] | null;
  /** Column, row and count of each cell that is not empty, of `size` x `size`. */
  cells: [number, number, number][] | null;
  size: number;
  /** Rows shown, and rows left out because they lie beyond the 1st and 99th percentiles of a grid. */
  shown: number;
  outside: number;
}

/** Where values are missing. */
export interface MissingPatterns {
  /** Slices of the rows in their order; for each column (in table order) the share that is present. */
  slices: { fromRow: number; toRow: number; present: number[] }[];
  /** Pearson correlation of being missing, for columns that miss some values but not all. */
  correlation: { columns: string[]; values: (number | null)[][] };
  /** Most frequent combinations of missing columns; none missing is an empty list. */
  combinations: { missing: string[]; rows: number }[];
}

/** Rows that equal an earlier row in every column. */
export interface Duplicates {
  rows: number;
  share: number;
  /** Different rows that occur more than once. */
  groups: number;
  /** Those that occur most often. */
  common: { values: Cell[]; count: number }[];
}

export interface Alert {
  kind: string;
  /** `null` for the table. */
  column: string | null;
  severity: "warning" | "note";
  /** From which value on it was raised, or beyond which; `ALERT_RULES` says of what. */
  threshold: number;
  /** A sentence with the numbers. */
  message: string;
}

/** A table described; plain data that survives JSON. */
export interface TableProfile {
  format: "insiders-profile/1";
  title: string;
  overview: {
    rows: number;
    columns: number;
    cells: number;
    missingCells: number;
    missingShare: number;
    duplicateRows: number;
    duplicateShare: number;
    bytes: number;
    bytesPerRow: number;
    kinds: Partial<Record<ColumnKind, number>>;
  };
  alerts: Alert[];
  variables: Variable[];
  interactions: Interaction[];
  correlations: CorrelationMatrix[];
  missing: MissingPatterns;
  duplicates: Duplicates;
  sample: { columns: string[]; first: Cell[][]; last: Cell[][]; lastFromRow: number };
  /** What was left out or cut short, and why. */
  limits: string[];
}

/** How many values a profile names or looks at. */
export interface ProfileLimits {
  /** A text column of at most so many different values, on average at least two rows each, is a category: 50. */
  categories: number;
  /** Columns with more different texts take no part in Cramer's V and Phi-K: 100. */
  associatedCategories: number;
  /** Columns in a correlation matrix: 30. */
  correlatedColumns: number;
  /** Rows times pairs of columns for Kendall, which then takes evenly spaced rows: 4 million. */
  kendallRowPairs: number;
  /** Number columns in interactions: 8. */
  interactionColumns: number;
  /** Different texts whose words are counted, the most frequent: 100,000. */
  texts: number;
  /** Characters of a text that are kept in the profile: 200. */
  textLength: number;
}

export const defaultLimits: ProfileLimits = {
  categories: 50,
  associatedCategories: 100,
  correlatedColumns: 30,
  kendallRowPairs: 4_000_000,
  interactionColumns: 8,
  texts: 100_000,
  textLength: 200,
};

/** A number as JSON can hold it. */
export function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** A cell as JSON can hold it, long texts cut. */
export function storedCell(value: Cell | undefined, textLength: number): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return typeof value === "string" && value.length > textLength ? `${value.slice(0, textLength)}…` : value;
}
