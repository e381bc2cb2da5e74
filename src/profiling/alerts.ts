import { formatNumber } from "../format.js";
import type { Alert, NumberVariable, TableProfile, TextVariable, Variable } from "./profile.js";
import { counted, formatShare } from "./wording.js";

/** A kind of alert: when it is raised. */
export interface AlertRule {
  title: string;
  severity: Alert["severity"];
  /** The value from which on it is raised (beyond which, where `meaning` says "more than"). */
  threshold: number;
  /** What the threshold is about. */
  meaning: string;
}

export type AlertKind =
  | "emptyTable"
  | "duplicateRows"
  | "allMissing"
  | "constant"
  | "sameColumn"
  | "highMissing"
  | "missing"
  | "missingTogether"
  | "infinite"
  | "unsupported"
  | "numericText"
  | "dateText"
  | "placeholder"
  | "blank"
  | "padded"
  | "variants"
  | "highCorrelation"
  | "skewed"
  | "heavyTails"
  | "outliers"
  | "zeros"
  | "negatives"
  | "imbalance"
  | "highCardinality"
  | "unique"
  | "constantLength"
  | "monotonic";

/** Every kind of alert with its threshold, in the order in which alerts are listed. */
export const ALERT_RULES: Record<AlertKind, AlertRule> = {
  emptyTable: rule("No rows", "warning", 0, "rows, at most"),
  duplicateRows: rule("Duplicate rows", "warning", 0, "rows that equal an earlier one, more than"),
  allMissing: rule("All missing", "warning", 1, "share of rows without a value"),
  constant: rule("Constant", "warning", 1, "different values, with at least 2 present"),
  sameColumn: rule("Same as another column", "warning", 1, "share of rows in which two columns agree"),
  highMissing: rule("Mostly missing", "warning", 0.5, "share of rows without a value, short of all"),
  missing: rule("Missing", "note", 0.01, "share of rows without a value, short of mostly"),
  missingTogether: rule("Missing together", "note", 0.9, "correlation of being missing"),
  infinite: rule("Infinite", "warning", 0, "infinite values, more than"),
  unsupported: rule("Unsupported type", "warning", 0, "columns shown as text only, more than"),
  numericText: rule("Numbers as text", "warning", 0.95, "share of the texts that can be read as numbers"),
  dateText: rule("Dates as text", "warning", 0.95, "share of the texts that can be read as dates"),
  placeholder: rule("Placeholders", "warning", 0, "values such as ?, N/A or null, more than"),
  blank: rule("Blank", "warning", 0, "values of white space only or none at all, more than"),
  padded: rule("White space around", "note", 0, "values that start or end with white space, more than"),
  variants: rule("Spelling variants", "note", 0, "values that differ by case or white space only, more than"),
  highCorrelation: rule("High correlation", "warning", 0.9, "correlation, Cramer's V or Phi-K, either sign"),
  skewed: rule("Skewed", "note", 20, "skewness, either sign, more than"),
  heavyTails: rule("Heavy tails", "note", 100, "excess kurtosis, more than"),
  outliers: rule(
    "Far values",
    "note",
    50,
    "interquartile ranges from the middle half to the farthest value, more than",
  ),
  zeros: rule("Zeros", "note", 0.1, "share of the values that are zero"),
  negatives: rule("Negative values", "note", 0, "negative values beside positive ones, more than"),
  imbalance: rule(
    "Imbalance",
    "note",
    0.5,
    "imbalance of categories, 1 - entropy / log(distinct), more than",
  ),
  highCardinality: rule("Many categories", "note", 50, "different texts that repeat, more than"),
  unique: rule("Unique", "note", 2, "present values, all different"),
  constantLength: rule("Constant length", "note", 2, "characters that each of several different texts has"),
  monotonic: rule("Sorted", "note", 2, "present values that only rise or only fall"),
};

export type AlertThresholds = Record<AlertKind, number>;

/** What alerts are raised from. */
export type AlertInput = Pick<TableProfile, "overview" | "variables" | "correlations" | "missing"> & {
  /** Pairs of columns that agree in every row. */
  sameColumns: readonly [string, string][];
};

/** A finding: its kind, the sentence about it, and whether it holds. */
type Finding = [kind: AlertKind, holds: boolean, message: string];

/**
 * What in a table may mislead, most serious kinds first, then in the order of its columns.
 * @param changed - thresholds other than those of `ALERT_RULES`.
 * @throws RangeError when a threshold is NaN, or is of a kind that there is not.
 */
export function raiseAlerts(input: AlertInput, changed: Partial<AlertThresholds> = {}): Alert[] {
  const limits = thresholds(changed);
  const found: [string | null, Finding][] = [
    ...tableFindings(input, limits).map((finding): [null, Finding] => [null, finding]),
    ...input.variables.flatMap((variable) =>
      variableFindings(variable, limits).map((finding): [string, Finding] => [variable.name, finding]),
    ),
    ...pairFindings(input, limits),
  ];
  const order = Object.keys(ALERT_RULES);
  return found
    .filter(([, [, holds]]) => holds)
    .map(([column, [kind, , message]]) => ({
      kind,
      column,
      severity: ALERT_RULES[kind].severity,
      threshold: limits[kind],
      message,
    }))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function rule(title: string, severity: Alert["severity"], threshold: number, meaning: string): AlertRule {
  return { title, severity, threshold, meaning };
}

function thresholds(changed: Partial<AlertThresholds>): AlertThresholds {
  for (const [kind, value] of Object.entries(changed))
    if (!Object.hasOwn(ALERT_RULES, kind) || Number.isNaN(value))
      throw new RangeError(
        `alerts have no threshold ${kind} = ${value}; kinds: ${Object.keys(ALERT_RULES).join(", ")}`,
      );
  const own = Object.entries(ALERT_RULES).map(([kind, { threshold }]) => [kind, threshold]);
  return { ...(Object.fromEntries(own) as AlertThresholds), ...changed };
}

function tableFindings({ overview }: AlertInput, limits: AlertThresholds): Finding[] {
  const { rows, duplicateRows, duplicateShare } = overview;
  return [
    ["emptyTable", rows <= limits.emptyTable, `The table has ${counted(rows, "row")}.`],
    [
      "duplicateRows",
      duplicateRows > limits.duplicateRows,
      `${counted(duplicateRows, "row")} (${formatShare(duplicateShare)}) ${duplicateRows === 1 ? "equals" : "equal"} an earlier row.`,
    ],
  ];
}

function variableFindings(variable: Variable, limits: AlertThresholds): Finding[] {
  const { count, missing, missingShare, distinct } = variable;
  const rows = count + missing;
  const isEmpty = rows > 0 && missingShare >= limits.allMissing;
  const isMostly = missingShare >= limits.highMissing;
  const gaps = `${formatNumber(missing)} of ${formatNumber(rows)} rows (${formatShare(missingShare)}) have no value.`;
  const common: Finding[] = [
    ["allMissing", isEmpty, "No row has a value."],
    ["constant", count > 1 && distinct <= limits.constant, `All ${formatNumber(count)} values are the same.`],
    ["highMissing", !isEmpty && rows > 0 && isMostly, gaps],
    ["missing", !isMostly && missing > 0 && missingShare >= limits.missing, gaps],
    [
      "unique",
      count >= limits.unique && distinct === count,
      `All ${formatNumber(count)} values are different.`,
    ],
  ];
  if (variable.kind === "number") return [...common, ...numberFindings(variable, limits)];
  if (variable.kind === "date") return [...common, sorted(variable, limits)];
  if (variable.kind === "boolean") return [...common, imbalanced(variable, limits)];
  return [...common, ...textFindings(variable, limits)];
}

function numberFindings(variable: NumberVariable, limits: AlertThresholds): Finding[] {
  const { infinite, skewness, kurtosis, zeros, negatives, count, min, max, q1, q3, iqr } = variable;
  const far = iqr ? Math.max((q1 ?? 0) - (min ?? 0), (max ?? 0) - (q3 ?? 0)) / iqr : 0;
  const share = (part: number): string => `${counted(part, "value")} (${formatShare(part / count)})`;
  return [
    [
      "infinite",
      infinite > limits.infinite,
      `${share(infinite)} ${isOrAre(infinite)} infinite; the measures leave them aside.`,
    ],
    ["skewed", Math.abs(skewness ?? 0) > limits.skewed, `The skewness is ${formatNumber(skewness ?? 0)}.`],
    [
      "heavyTails",
      (kurtosis ?? 0) > limits.heavyTails,
      `The excess kurtosis is ${formatNumber(kurtosis ?? 0)}.`,
    ],
    [
      "outliers",
      far > limits.outliers,
      `The farthest value lies ${formatNumber(far)} interquartile ranges beyond the middle half.`,
    ],
    ["zeros", zeros > 0 && zeros / count >= limits.zeros, `${share(zeros)} ${isOrAre(zeros)} zero.`],
    [
      "negatives",
      negatives > limits.negatives && (max ?? 0) > 0,
      `${share(negatives)} ${isOrAre(negatives)} negative.`,
    ],
    sorted(variable, limits),
  ];
}

function textFindings(variable: TextVariable, limits: AlertThresholds): Finding[] {
  const { kind, count, distinct, blank, padded, placeholders, numeric, datelike, variants } = variable;
  const { minLength, maxLength } = variable;
  const share = (part: number): string => `${counted(part, "value")} (${formatShare(part / count)})`;
  const isText = kind !== "other" && count > 0;
  return [
    [
      "unsupported",
      kind === "other" && 1 > limits.unsupported,
      `Values of type ${variable.type} are shown as text.`,
    ],
    [
      "numericText",
      isText && numeric / count >= limits.numericText,
      `${share(numeric)} can be read as numbers.`,
    ],
    ["dateText", isText && datelike / count >= limits.dateText, `${share(datelike)} can be read as dates.`],
    [
      "placeholder",
      isText && placeholders > limits.placeholder,
      `${share(placeholders)} ${placeholders === 1 ? "says" : "say"} that there is none.`,
    ],
    ["blank", isText && blank > limits.blank, `${share(blank)} ${isOrAre(blank)} empty or white space.`],
    [
      "padded",
      isText && padded > limits.padded,
      `${share(padded)} ${padded === 1 ? "starts or ends" : "start or end"} with white space.`,
    ],
    [
      "variants",
      isText && variants > limits.variants,
      `${formatNumber(variants)} of ${formatNumber(distinct)} different values equal another but for case or white space.`,
    ],
    imbalanced(variable, limits),
    [
      "highCardinality",
      isText && distinct > limits.highCardinality && distinct < count,
      `${formatNumber(distinct)} different values.`,
    ],
    [
      "constantLength",
      isText && distinct > 1 && minLength === maxLength && (minLength ?? 0) >= limits.constantLength,
      `Each value has ${formatNumber(minLength ?? 0)} characters.`,
    ],
  ];
}

function isOrAre(count: number): string {
  return count === 1 ? "is" : "are";
}

function imbalanced(variable: { kind: string; imbalance: number | null }, limits: AlertThresholds): Finding {
  const imbalance = variable.imbalance ?? 0;
  const applies = variable.kind === "category" || variable.kind === "boolean";
  return [
    "imbalance",
    applies && imbalance > limits.imbalance,
    `Few values have nearly all rows: imbalance ${formatNumber(imbalance, 2)} of 1.`,
  ];
}

function sorted(variable: { count: number; monotonicity: string | null }, limits: AlertThresholds): Finding {
  const { count, monotonicity } = variable;
  const holds = monotonicity !== null && monotonicity !== "constant" && count >= limits.monotonic;
  return ["monotonic", holds, `The values are ${monotonicity} from the first row to the last.`];
}

function pairFindings(input: AlertInput, limits: AlertThresholds): [string, Finding][] {
  const found: [string, Finding][] = input.sameColumns.map(([column, other]) => [
    column,
    ["sameColumn", 1 >= limits.sameColumn, `It equals ${other} in every row.`],
  ]);
  const { columns, values } = input.missing.correlation;
  for (const [i, j, value] of upperPairs(columns, values))
    found.push([
      columns[j]!,
      [
        "missingTogether",
        value >= limits.missingTogether,
        `It is missing where ${columns[i]!} is (correlation ${formatNumber(value, 2)}).`,
      ],
    ]);
  const strongest = new Map<string, { column: string; other: string; value: number; measure: string }>();
  for (const { measure, columns: names, values: matrix } of input.correlations)
    for (const [i, j, value] of upperPairs(names, matrix)) {
      const key = JSON.stringify([names[i], names[j]].sort());
      if (Math.abs(value) > Math.abs(strongest.get(key)?.value ?? 0))
        strongest.set(key, { column: names[j]!, other: names[i]!, value, measure });
    }
  for (const { column, other, value, measure } of strongest.values())
    found.push([
      column,
      [
        "highCorrelation",
        Math.abs(value) >= limits.highCorrelation,
        `It moves with ${other} (${MEASURE_NAMES[measure]} ${formatNumber(value, 2)}).`,
      ],
    ]);
  return found;
}

/** What readers call the measures of correlation. */
export const MEASURE_NAMES: Record<string, string> = {
  pearson: "Pearson",
  spearman: "Spearman",
  kendall: "Kendall",
  cramersV: "Cramér's V",
  phiK: "Phi-K",
};

function upperPairs(
  columns: readonly string[],
  values: readonly (readonly (number | null)[])[],
): [number, number, number][] {
  const pairs: [number, number, number][] = [];
  for (let i = 0; i < columns.length; i++)
    for (let j = i + 1; j < columns.length; j++) pairs.push([i, j, values[i]![j] ?? 0]);
  return pairs;
}
