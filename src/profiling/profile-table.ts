import { setImmediate } from "node:timers/promises";
import { type Database, sqlText } from "../data/database.js";
import { formatNumber } from "../format.js";
import { binUniform } from "../statistics/contingency.js";
import { type RankCodes, rankCodes } from "../statistics/ranks.js";
import type { Cell } from "../types.js";
import { type AlertThresholds, raiseAlerts } from "./alerts.js";
import {
  type CodedColumn,
  computeAhead,
  correlateCodes,
  correlateNumbers,
  kendallStep,
  type NamedValues,
  type PhiK,
  rememberedPhiK,
} from "./correlate.js";
import { type DateEnds, describeDateColumn, findDateEnds } from "./describe-date.js";
import { measureNumbers } from "./describe-number.js";
import { describeTextColumns, saysYes } from "./describe-text.js";
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
    const measured = measureColumns(db, staged, columns);
    const texts = describeTexts(db, staged, columns, rows, limits);
    const all = inTableOrder(columns, measured, texts);
    // While the database is at one, the numbers that it gave before are compared.
    const [compared, [described, categories, missing, sameColumns], duplicates, sample] = await allOf([
      measured.then((some) => compareMeasured(some, rows, limits)),
      all.then((some) =>
        allOf([
          all,
          readCategories(db, staged, wantedOf(some, limits)),
          findMissingPatterns(db, staged, columns, some.map(variableOf), rows),
          findSameColumns(db, staged, some),
        ]),
      ),
      findDuplicates(db, staged, columns, rows, limits.textLength),
      sampleRows(db, staged, columns, rows, limits),
    ]);
    const { numbers, interactions, bins, phiK } = compared;
    const codes = codesOf(wantedOf(described, limits), new Map([...categories, ...bins]));
    const correlations = [...compared.correlations, ...correlateCodes(codes, rows, limits, phiK)];
    const variables = described.map(variableOf);
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
        ...limitNotes(described, numbers, rows, limits),
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

/** What all of them give; fails when all have come to an end, so that nothing is asked of a database closed meanwhile. */
async function allOf<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as unknown as T;
}

function variableOf({ variable }: Described): Variable {
  return variable;
}

/** The numbers and dates among the columns, read some at a time. */
async function measureColumns(
  db: Database,
  staged: string,
  columns: readonly StagedColumn[],
): Promise<Described[]> {
  const measured = columns.filter(isMeasured);
  const described: Described[] = [];
  for (let from = 0; from < measured.length; from += READ_AT_ONCE) {
    const some = measured.slice(from, from + READ_AT_ONCE);
    const expressions = some.map(({ family, key }) =>
      family === "date" ? `epoch_us(${key}) / 1000 AS ${key}` : key,
    );
    const dates = some.filter(({ family }) => family === "date");
    const [values, ends] = await allOf([
      db.columns(`SELECT ${expressions.join(", ")} FROM ${staged}`),
      findDateEnds(db, staged, dates),
    ]);
    for (const [i, column] of some.entries()) {
      described.push(describeMeasured(column, values[i]!, ends.get(column)));
      // The database, at work on what was asked of it before, gets its next statement.
      await setImmediate();
    }
  }
  return described;
}

function isMeasured({ family }: StagedColumn): boolean {
  return family === "number" || family === "date";
}

function describeMeasured(column: StagedColumn, values: Float64Array, ends: DateEnds | undefined): Described {
  const { name, type } = column;
  const ranks = rankCodes(values);
  const variable: Variable =
    ends === undefined
      ? { name, type, kind: "number", ...measureNumbers(values, ranks) }
      : describeDateColumn(column, values, ranks, ends);
  return { column, variable, ranks, note: undefined };
}

/** The columns that are neither numbers nor dates, described some at a time. */
async function describeTexts(
  db: Database,
  staged: string,
  columns: readonly StagedColumn[],
  rows: number,
  limits: ProfileLimits,
): Promise<Described[]> {
  const texts = columns.filter((column) => !isMeasured(column));
  const described: Described[] = [];
  for (let from = 0; from < texts.length; from += READ_AT_ONCE) {
    const some = texts.slice(from, from + READ_AT_ONCE);
    const found = await describeTextColumns(db, staged, some, rows, limits);
    for (const [i, { variable, isTruncated }] of found.entries()) {
      const note = isTruncated
        ? `${variable.name}: words are those of its ${formatNumber(limits.texts)} most frequent texts, of ${formatNumber(variable.distinct)}.`
        : undefined;
      described.push({ column: some[i]!, variable, ranks: undefined, note });
    }
  }
  return described;
}

async function inTableOrder(
  columns: readonly StagedColumn[],
  ...parts: Promise<Described[]>[]
): Promise<Described[]> {
  const described = (await allOf(parts)).flat();
  const byColumn = new Map(described.map((each) => [each.column, each]));
  return columns.map((column) => byColumn.get(column)!);
}

/** How numbers and dates go together: all that can be told before texts are described. */
interface Compared extends Pick<TableProfile, "correlations" | "interactions"> {
  /** Columns of numbers that vary. */
  numbers: number;
  bins: Map<StagedColumn, Int32Array>;
  phiK: PhiK;
}

async function compareMeasured(
  measured: readonly Described[],
  rows: number,
  limits: ProfileLimits,
): Promise<Compared> {
  const numbers = numbersOf(measured);
  const correlations = await correlateNumbers(numbers, rows, limits);
  const interactions = await interact(numbers.slice(0, limits.interactionColumns));
  const bins = new Map(
    wantedOf(measured, limits).map(({ column, ranks }) => [column, binsOf(ranks!)] as const),
  );
  const phiK = rememberedPhiK();
  await computeAhead([...bins.values()], phiK);
  return { correlations, interactions, numbers: numbers.length, bins, phiK };
}

/** Columns of numbers that vary. */
function numbersOf(described: readonly Described[]): NamedValues<RankCodes>[] {
  return described.flatMap(({ variable, ranks }) =>
    variable.kind === "number" && variable.distinct > 1 && ranks !== undefined
      ? [{ name: variable.name, values: ranks }]
      : [],
  );
}

/**
 * Columns that Phi-K or Cramer's V could look at: those that can be binned or are few enough categories; others with too
 * many different texts are left out.
 */
function codableOf(described: readonly Described[], limits: ProfileLimits): Described[] {
  return described.filter(
    ({ variable: { distinct }, ranks }) =>
      distinct > 1 && (ranks !== undefined || distinct <= limits.associatedCategories),
  );
}

function isCategory({ variable: { kind } }: Described): boolean {
  return kind === "category" || kind === "boolean";
}

/** Columns that Phi-K or Cramer's V will look at, in table order. */
function wantedOf(described: readonly Described[], limits: ProfileLimits): Described[] {
  const { correlatedColumns } = limits;
  const codable = codableOf(described, limits);
  const wanted = new Set([
    ...codable.slice(0, correlatedColumns),
    ...codable.filter(isCategory).slice(0, correlatedColumns),
  ]);
  return codable.filter((one) => wanted.has(one));
}

/** The numbers of the categories of columns that are no numbers. */
async function readCategories(
  db: Database,
  staged: string,
  wanted: readonly Described[],
): Promise<Map<StagedColumn, Int32Array>> {
  const codes = new Map<StagedColumn, Int32Array>();
  for (const { column, variable, ranks } of wanted)
    if (ranks === undefined)
      codes.set(column, await readCodes(db, staged, column, variable.kind === "boolean"));
  return codes;
}

/** @param codes - bins and categories of columns. */
function codesOf(wanted: readonly Described[], codes: ReadonlyMap<StagedColumn, Int32Array>): CodedColumn[] {
  return wanted.map((each) => ({
    name: each.variable.name,
    values: codes.get(each.column)!,
    isCategory: isCategory(each),
  }));
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
  rows: number,
  limits: ProfileLimits,
): string[] {
  const wide = described.flatMap(({ variable, ranks }) =>
    ranks === undefined && variable.distinct > limits.associatedCategories ? [variable.name] : [],
  );
  const step = kendallStep(rows, Math.min(numbers, limits.correlatedColumns), limits);
  const most = Math.max(numbers, codableOf(described, limits).length);
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
