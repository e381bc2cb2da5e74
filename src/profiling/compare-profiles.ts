import type { Alert, ColumnKind, Histogram, TableProfile, ValueCount, Variable } from "./profile.js";

/** One measure in two tables. */
export interface MeasureDifference {
  measure: string;
  left: number | string | null;
  right: number | string | null;
  /** Right minus left of numbers. */
  change: number | null;
}

/** A column in two tables. */
export interface ColumnComparison {
  column: string;
  leftKind: ColumnKind;
  rightKind: ColumnKind;
  leftShape: ColumnShape;
  rightShape: ColumnShape;
  measures: MeasureDifference[];
}

/** How the values of a column are distributed. */
export interface ColumnShape {
  /** Of numbers, without extremes that would hide everything else, and dates. */
  histogram: Histogram | null;
  isDate: boolean;
  /** Most frequent values. */
  common: ValueCount[];
}

/** What two tables have in common and where they differ; plain data that survives JSON. */
export interface ProfileComparison {
  format: "insiders-profile-comparison/1";
  left: string;
  right: string;
  overview: MeasureDifference[];
  /** Columns of both, in the order of the left table. */
  columns: ColumnComparison[];
  onlyLeft: string[];
  onlyRight: string[];
  /** Alerts of one table only: same kind and same column count as the same alert. */
  alertsOnlyLeft: Alert[];
  alertsOnlyRight: Alert[];
}

/** Measures of a column that are no measure to be compared, or that are compared by their parts. */
const NOT_COMPARED = new Set([
  "name",
  "kind",
  "common",
  "histogram",
  "centre",
  "smallest",
  "largest",
  "words",
]);

/** Two profiles side by side: the measures of the tables, of each column that both have, and what only one of them has. */
export function compareProfiles(left: TableProfile, right: TableProfile): ProfileComparison {
  const others = new Map(right.variables.map((variable) => [variable.name, variable]));
  const names = new Set(left.variables.map(({ name }) => name));
  const shared = left.variables.flatMap((variable) => {
    const other = others.get(variable.name);
    return other === undefined ? [] : [compareColumns(variable, other)];
  });
  return {
    format: "insiders-profile-comparison/1",
    left: left.title,
    right: right.title,
    overview: compareMeasures(plainMeasures(left.overview), plainMeasures(right.overview)),
    columns: shared,
    onlyLeft: [...names].filter((name) => !others.has(name)),
    onlyRight: [...others.keys()].filter((name) => !names.has(name)),
    alertsOnlyLeft: alertsBeyond(left.alerts, right.alerts),
    alertsOnlyRight: alertsBeyond(right.alerts, left.alerts),
  };
}

function compareColumns(left: Variable, right: Variable): ColumnComparison {
  return {
    column: left.name,
    leftKind: left.kind,
    rightKind: right.kind,
    leftShape: shapeOf(left),
    rightShape: shapeOf(right),
    measures: [
      ...compareMeasures(plainMeasures(left), plainMeasures(right)),
      ...compareMeasures(
        { mostFrequent: String(left.common[0]?.value ?? "–") },
        { mostFrequent: String(right.common[0]?.value ?? "–") },
      ),
    ],
  };
}

function shapeOf(variable: Variable): ColumnShape {
  const isDate = variable.kind === "date";
  const histogram =
    variable.kind === "number" ? (variable.centre ?? variable.histogram) : isDate ? variable.histogram : null;
  return { histogram, isDate, common: variable.common };
}

type Measures = Record<string, number | string | null>;

function plainMeasures(record: object): Measures {
  return Object.fromEntries(
    Object.entries(record).filter(
      ([name, value]) =>
        !NOT_COMPARED.has(name) && (value === null || typeof value === "number" || typeof value === "string"),
    ),
  );
}

/** Measures of either side; one that a side's kind of column does not have is `null` there. */
function compareMeasures(left: Measures, right: Measures): MeasureDifference[] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names.map((measure) => {
    const [before, after] = [left[measure] ?? null, right[measure] ?? null];
    const change = typeof before === "number" && typeof after === "number" ? after - before : null;
    return { measure, left: before, right: after, change };
  });
}

function alertsBeyond(alerts: readonly Alert[], others: readonly Alert[]): Alert[] {
  return alerts.filter(
    ({ kind, column }) => !others.some((other) => other.kind === kind && other.column === column),
  );
}
