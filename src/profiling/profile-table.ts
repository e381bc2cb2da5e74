import { setImmediate } from "node:timers/promises";
import { type Database, sqlText } from "../data/database.js";
import { formatNumber } from "../format.js";
import { binUniform } from "../statistics/contingency.js";
import { type RankCodes, rankCodes } from "../statistics/ranks.js";
import type { Cell } from "../types.js";
import { type AlertThresholds, raiseAlerts } from "./alerts.js";
import { correlate, kendallStep, type NamedValues } from "./correlate.js";
import { describeDateColumn } from "./describe-date.js";
import { measureNumbers } from "./describe-number.js";
import { describeTextColumn, saysYes } from "./describe-text.js";
import { findDuplicates } from "./duplicates.js";
import { interact } from "./interact.js";
import { findMissingPatterns } from "./missing-patterns.js";
import {
  defaultLimits,
  type ProfileLimits,
  storedCell,
  type TableProfile,
  type Variable,
} from "./profile.js";
import { type StagedColumn, withStaged } from "./staging.js";

const SAMPLE_ROWS = 10;
/** Columns of numbers that are fetched together. */
const READ_AT_ONCE = 8;

/** What a profile may be told. */
export interface ProfileOptions {
  /** What the table is; its name when left out. */
  title?: string;
  /** Thresholds of alerts that differ from `ALERT_RULES`. */
  thresholds?: Partial<AlertThresholds>;
  /** Limits that differ from `defaultLimits`. */
  limits?: Partial<ProfileLimits>;
  /** What was left out before the table was there, in sentences; told before what the profile leaves out. */
  notes?: readonly string[];
}

/** A column with its description, and what correlations need of it. */
interface Described {
  column: StagedColumn;
  variable: Variable;
  /** Numbers and dates, ranked. */
  ranks: RankCodes | undefined;
  note: string | undefined;
}

/**
 * Everything about a table or view at a glance: overview, alerts, each column, interactions, correlations, gaps,
 * duplicates and first and last rows, as plain data that survives JSON.
 *
 * Numbers that no computation could give are `null`. What a limit left out is said in `limits`.
 * @param table - name of a table or view with any columns; it is read once.
 * @throws RangeError for a limit that is not a positive whole number, or a threshold of no kind of alert.
 * @throws Error when there is no such table.
 */
export async function profileTable(
  db: Database,
  table: string,
  options: ProfileOptions = {},
): Promise<TableProfile> {
  const limits = checkLimits({ ...defaultLimits, ...options.limits });
  return withStaged(db, table, async (staged, columns) => {
    const { rows } = await db.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${staged}`);
    const described = await describeColumns(db, staged, columns, rows, limits);
    const variables = described.map(({ variable }) => variable);
    const numbers = numbersOf(described);
    const codable = codableOf(described, limits);
    const codes = await codeColumns(db, staged, codable, limits);
    const asked = Promise.all([
      findDuplicates(db, staged, columns, rows, limits.textLength),
      findMissingPatterns(db, staged, columns, variables, rows),
      findSameColumns(db, staged, described),
      sampleRows(db, staged, columns, rows, limits),
    ]);
    asked.catch(() => {});
    // Computed while the database is at the above.
    const correlations = await correlate(
      { rows, numbers, categories: codes.filter((column) => column.isCategory), binned: codes },
      limits,
    );
    const interactions = interact(numbers.slice(0, limits.interactionColumns));
    const [duplicates, missing, sameColumns, sample] = await asked;
    const overview = overviewOf(variables, rows, duplicates);
    return {
      format: "insiders-profile/1",
      title: options.title ?? table,
      overview,
      alerts: raiseAlerts({ overview, variables, correlations, missing, sameColumns }, options.thresholds),
      variables,
      interactions,
      correlations,
      missing,
      duplicates,
      sample,
      limits: [
        ...(options.notes ?? []),
        ...described.flatMap(({ note }) => note ?? []),
        ...limitNotes(described, numbers.length, codable, rows, limits),
      ],
    };
  });
}

function checkLimits(limits: ProfileLimits): ProfileLimits {
  for (const [name, value] of Object.entries(limits))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`profileTable needs a positive whole limit ${name}, got ${value}`);
  return limits;
}

/** Numbers are read some columns at a time and described while the database is at the texts. */
async function describeColumns(
  db: Database,
  staged: string,
  columns: readonly StagedColumn[],
  rows: number,
  limits: ProfileLimits,
): Promise<Described[]> {
  const measured = columns.filter(({ family }) => family === "number" || family === "date");
  const others = columns.filter((column) => !measured.includes(column));
  const described = new Map<StagedColumn, Described>();
  const describeOthers = async (): Promise<void> => {
    for (const column of others) described.set(column, await describeTexts(db, staged, column, rows, limits));
  };
  const texts = describeOthers();
  // Should numbers fail first, the failure of texts is nobody's to hear.
  texts.catch(() => {});
  for (let from = 0; from < measured.length; from += READ_AT_ONCE) {
    const some = measured.slice(from, from + READ_AT_ONCE);
    const expressions = some.map(({ family, key }) =>
      family === "date" ? `epoch_us(${key}) / 1000 AS ${key}` : key,
    );
    const values = await db.columns(`SELECT ${expressions.join(", ")} FROM ${staged}`);
    for (const [i, column] of some.entries()) {
      described.set(column, await describeMeasured(db, staged, column, values[i]!));
      await setImmediate();
    }
  }
  await texts;
  return columns.map((column) => described.get(column)!);
}

async function describeMeasured(
  db: Database,
  staged: string,
  column: StagedColumn,
  values: Float64Array,
): Promise<Described> {
  const { name, type, family } = column;
  const ranks = rankCodes(values);
  const variable: Variable =
    family === "date"
      ? await describeDateColumn(db, staged, column, values, ranks)
      : { name, type, kind: "number", ...measureNumbers(values, ranks) };
  return { column, variable, ranks, note: undefined };
}

async function describeTexts(
  db: Database,
  staged: string,
  column: StagedColumn,
  rows: number,
  limits: ProfileLimits,
): Promise<Described> {
  const { variable, isTruncated } = await describeTextColumn(db, staged, column, rows, limits);
  const note = isTruncated
    ? `${column.name}: words are those of its ${formatNumber(limits.texts)} most frequent texts, of ${formatNumber(variable.distinct)}.`
    : undefined;
  return { column, variable, ranks: undefined, note };
}

/** Columns of numbers that vary. */
function numbersOf(described: readonly Described[]): NamedValues<RankCodes>[] {
  return described.flatMap(({ variable, ranks }) =>
    variable.kind === "number" && variable.distinct > 1 && ranks !== undefined
      ? [{ name: variable.name, values: ranks }]
      : [],
  );
}

interface CodedColumn extends NamedValues<Int32Array> {
  isCategory: boolean;
}

/** Columns that can be binned or are few enough categories; others with too many different texts are left out. */
function codableOf(described: readonly Described[], limits: ProfileLimits): Described[] {
  return described.filter(
    ({ variable: { distinct }, ranks }) =>
      distinct > 1 && (ranks !== undefined || distinct <= limits.associatedCategories),
  );
}

function isCategory({ variable: { kind } }: Described): boolean {
  return kind === "category" || kind === "boolean";
}

/** Columns in bins or categories, in table order: those that Phi-K or Cramer's V will look at. */
async function codeColumns(
  db: Database,
  staged: string,
  codable: readonly Described[],
  limits: ProfileLimits,
): Promise<CodedColumn[]> {
  const wanted = new Set([
    ...codable.slice(0, limits.correlatedColumns),
    ...codable.filter(isCategory).slice(0, limits.correlatedColumns),
  ]);
  const coded: CodedColumn[] = [];
  for (const each of codable.filter((one) => wanted.has(one))) {
    const { column, variable, ranks } = each;
    coded.push({
      name: variable.name,
      values:
        ranks === undefined
          ? await readCodes(db, staged, column, variable.kind === "boolean")
          : binsOf(ranks),
      isCategory: isCategory(each),
    });
  }
  return coded;
}

async function readCodes(
  db: Database,
  staged: string,
  { key }: StagedColumn,
  isBoolean: boolean,
): Promise<Int32Array> {
  const text = `${key}::VARCHAR`;
  let expression = `CASE WHEN ${key} IS NOT NULL THEN (${saysYes(key)})::INTEGER END`;
  if (!isBoolean) {
    const values = await db.rows<{ v: string }>(
      `SELECT DISTINCT ${text} AS v FROM ${staged} WHERE ${key} IS NOT NULL ORDER BY v`,
    );
    expression = `enum_code(${text}::ENUM(${values.map(({ v }) => sqlText(v)).join(", ")}))`;
  }
  const codes = await db.numbers(`SELECT coalesce(${expression}, -1) FROM ${staged}`);
  return new Int32Array(codes);
}

/** Bins by row; the different values are binned, of which there are fewer. */
function binsOf({ codes, values }: RankCodes): Int32Array {
  const binOf = binUniform(values);
  const binned = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) binned[row] = codes[row]! < 0 ? -1 : binOf[codes[row]!]!;
  return binned;
}

function overviewOf(
  variables: readonly Variable[],
  rows: number,
  duplicates: TableProfile["duplicates"],
): TableProfile["overview"] {
  const cells = rows * variables.length;
  const missingCells = variables.reduce((sum, { missing }) => sum + missing, 0);
  const bytes = variables.reduce((sum, variable) => sum + variable.bytes, 0);
  const kinds: TableProfile["overview"]["kinds"] = {};
  for (const { kind } of variables) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    rows,
    columns: variables.length,
    cells,
    missingCells,
    missingShare: cells === 0 ? 0 : missingCells / cells,
    duplicateRows: duplicates.rows,
    duplicateShare: duplicates.share,
    bytes,
    bytesPerRow: rows === 0 ? 0 : bytes / rows,
    kinds,
  };
}

/** Pairs of columns that agree in every row; only those with the same counts and frequent values are compared. */
async function findSameColumns(
  db: Database,
  staged: string,
  described: readonly Described[],
): Promise<[string, string][]> {
  const same: [string, string][] = [];
  const alike = new Map<string, Described[]>();
  for (const each of described) {
    if (each.variable.distinct < 2) continue;
    const { count, distinct, singles, common } = each.variable;
    const signature = JSON.stringify([each.column.family, count, distinct, singles, common]);
    const others = alike.get(signature) ?? [];
    alike.set(signature, [...others, each]);
    for (const other of others) {
      const { different } = await db.row<{ different: boolean }>(
        `SELECT EXISTS (SELECT 1 FROM ${staged} WHERE ${each.column.key} IS DISTINCT FROM ${other.column.key}) AS different`,
      );
      if (different) continue;
      same.push([each.variable.name, other.variable.name]);
      break;
    }
  }
  return same;
}

async function sampleRows(
  db: Database,
  staged: string,
  columns: readonly StagedColumn[],
  rows: number,
  limits: ProfileLimits,
): Promise<TableProfile["sample"]> {
  const lastFrom = Math.max(SAMPLE_ROWS, rows - SAMPLE_ROWS);
  const found = await db.rows<Record<string, Cell>>(
    `SELECT rowid AS at, * FROM ${staged} WHERE rowid < ${SAMPLE_ROWS} OR rowid >= ${lastFrom} ORDER BY rowid`,
  );
  const cells = found.map((row) => columns.map(({ key }) => storedCell(row[key], limits.textLength)));
  return {
    columns: columns.map(({ name }) => name),
    first: cells.slice(0, SAMPLE_ROWS),
    last: cells.slice(SAMPLE_ROWS),
    lastFromRow: lastFrom + 1,
  };
}

function limitNotes(
  described: readonly Described[],
  numbers: number,
  codable: readonly Described[],
  rows: number,
  limits: ProfileLimits,
): string[] {
  const wide = described.flatMap(({ variable, ranks }) =>
    ranks === undefined && variable.distinct > limits.associatedCategories ? [variable.name] : [],
  );
  const step = kendallStep(rows, Math.min(numbers, limits.correlatedColumns), limits);
  const most = Math.max(numbers, codable.length);
  const notes: [boolean, string][] = [
    [
      wide.length > 0,
      `Cramér's V and Phi-K leave out columns of more than ${limits.associatedCategories} different texts: ${wide.slice(0, 20).join(", ")}${wide.length > 20 ? ", …" : ""}.`,
    ],
    [
      most > limits.correlatedColumns,
      `Each correlation takes the first ${limits.correlatedColumns} columns it applies to.`,
    ],
    [step > 1, `Kendall's correlation is computed from every ${formatNumber(step)}th row.`],
    [
      numbers > limits.interactionColumns,
      `Interactions show the first ${limits.interactionColumns} of ${formatNumber(numbers)} columns of numbers.`,
    ],
  ];
  return notes.flatMap(([holds, note]) => (holds ? [note] : []));
}
