import { setImmediate } from "node:timers/promises";
import type { Database } from "../data/database.js";
import { formatNumber } from "../format.js";
import { binUniform } from "../statistics/contingency.js";
import { type RankCodes, recode } from "../statistics/ranks.js";
import { type AlertThresholds, raiseAlerts } from "./alerts.js";
import { compareNumbers } from "./compare-numbers.js";
import {
  type Categories,
  type CodedColumn,
  computeAhead,
  correlateCodes,
  kendallStep,
  type NamedValues,
  type PhiK,
  rememberedPhiK,
} from "./correlate.js";
import { describeDateColumn } from "./describe-date.js";
import { measureNumbers } from "./describe-number.js";
import { describeTextColumns } from "./describe-text.js";
import { findRepeated, type RepeatedRows } from "./duplicates.js";
import { findMissingPatterns } from "./missing-patterns.js";
import { Places } from "./places.js";
import { type ProfileLimits, storedCell, type TableProfile, type Variable } from "./profile.js";
import type { MeasuredColumn, ProfiledColumn, ProfiledTable } from "./profiled-table.js";

const SAMPLE_ROWS = 10;
/** Bins of numbers and dates for Phi-K. */
const BINS = 10;
/** Columns of numbers that are fetched together. */
const READ_AT_ONCE = 8;

/** What a table is called, and what else its profile is told. */
export interface DescribeOptions {
  title: string;
  thresholds?: Partial<AlertThresholds>;
  notes?: readonly string[];
}

/** A column with its description, and what comparisons need of it. */
interface Described {
  column: ProfiledColumn;
  variable: Variable;
  /** For each row the place of its value among the different ones in ascending order; -1 for none. */
  places: Int32Array;
  /** Numbers and dates, ranked. */
  ranks: RankCodes | undefined;
  /** Which of the different texts say yes, when all say yes or no. */
  truths: boolean[] | undefined;
  note: string | undefined;
}

/** What `profileTable` says of a table. @param limits - all positive whole numbers. */
export async function describeTable<C extends ProfiledColumn>(
  db: Database,
  table: ProfiledTable<C>,
  limits: ProfileLimits,
  options: DescribeOptions,
): Promise<TableProfile> {
  const { rows } = table;
  const places = new Places(table.columns);
  const measured = measureColumns(table, places);
  const texts = describeTexts(db, table, limits, places);
  // While the database looks at texts, the numbers and then the rows are compared.
  const [compared, described, { sample, duplicates }] = await allOf([
    measured.then((some) => compareMeasured(some, rows, limits)),
    inTableOrder(table.columns, measured, texts),
    places.all(measured, texts).then((all) => showRows(table, findRepeated(all, rows), limits)),
  ]);
  const { numbers, interactions, bins, phiK } = compared;
  const codes = codesOf(wantedOf(described, limits), bins);
  const correlations = [...compared.correlations, ...correlateCodes(codes, rows, limits, phiK)];
  const variables = described.map(variableOf);
  const missing = findMissingPatterns(
    described.map(({ column, places: values }) => ({ name: column.name, values })),
    variables,
    rows,
  );
  const sameColumns = await findSameColumns(db, table, described);
  const overview = overviewOf(variables, rows, duplicates);
  return {
    format: "insiders-profile/1",
    title: options.title,
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
async function measureColumns<C extends ProfiledColumn>(
  table: ProfiledTable<C>,
  places: Places,
): Promise<Described[]> {
  const measured = table.columns.filter(isMeasured);
  const described: Described[] = [];
  for (let from = 0; from < measured.length; from += READ_AT_ONCE) {
    const some = measured.slice(from, from + READ_AT_ONCE);
    for (const [i, found] of (await table.measure(some)).entries()) {
      places.add(some[i]!, found.places);
      described.push(describeMeasured(some[i]!, found));
      // The database, at work on what was asked of it before, gets its next statement.
      await setImmediate();
    }
  }
  return described;
}

function isMeasured({ family }: ProfiledColumn): boolean {
  return family === "number" || family === "date";
}

function describeMeasured(column: ProfiledColumn, found: MeasuredColumn): Described {
  const { name, type } = column;
  const { ranks, places, ends } = found;
  const variable: Variable =
    ends === undefined
      ? { name, type, kind: "number", ...measureNumbers(found) }
      : describeDateColumn(column, found, ends);
  return { column, variable, places, ranks, truths: undefined, note: undefined };
}

/** The columns that are neither numbers nor dates, described some at a time. */
async function describeTexts<C extends ProfiledColumn>(
  db: Database,
  table: ProfiledTable<C>,
  limits: ProfileLimits,
  places: Places,
): Promise<Described[]> {
  const columns = table.columns.filter((column) => !isMeasured(column));
  const described: Described[] = [];
  for (let from = 0; from < columns.length; from += READ_AT_ONCE) {
    const some = columns.slice(from, from + READ_AT_ONCE);
    await table.withTexts(some, async (texts) => {
      for (const [i, each] of texts.entries()) places.add(some[i]!, each.places);
      const tables = texts.map((each) => each.table);
      const found = await describeTextColumns(db, tables, some, table.rows, limits);
      for (const [i, { variable, isTruncated, truths }] of found.entries()) {
        const note = isTruncated
          ? `${variable.name}: words are those of its ${formatNumber(limits.texts)} most frequent texts, of ${formatNumber(variable.distinct)}.`
          : undefined;
        const own = { places: texts[i]!.places, ranks: undefined };
        described.push({ column: some[i]!, variable, ...own, truths, note });
      }
    });
  }
  return described;
}

async function inTableOrder(
  columns: readonly ProfiledColumn[],
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
  bins: ReadonlyMap<ProfiledColumn, Categories>;
  phiK: PhiK;
}

async function compareMeasured(
  measured: readonly Described[],
  rows: number,
  limits: ProfileLimits,
): Promise<Compared> {
  const numbers = numbersOf(measured);
  const { correlations, interactions } = await compareNumbers(numbers, rows, limits);
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

/** @param bins - of the columns of numbers and dates. */
function codesOf(wanted: readonly Described[], bins: ReadonlyMap<ProfiledColumn, Categories>): CodedColumn[] {
  return wanted.map((each) => ({
    name: each.variable.name,
    values: bins.get(each.column) ?? categoriesOf(each),
    isCategory: isCategory(each),
  }));
}

function categoriesOf({ variable, places, truths }: Described): Categories {
  return truths === undefined
    ? { codes: places, size: variable.distinct }
    : { codes: recode(places, Int32Array.from(truths, Number)), size: 2 };
}

/** Bins by row; the different values are binned, of which there are fewer. */
function binsOf({ codes, values }: RankCodes): Categories {
  return { codes: recode(codes, binUniform(values, BINS)), size: BINS };
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
async function findSameColumns<C extends ProfiledColumn>(
  db: Database,
  table: ProfiledTable<C>,
  described: readonly Described[],
): Promise<[string, string][]> {
  const same: [string, string][] = [];
  const alike = new Map<string, number[]>();
  for (const [at, { column, variable, places }] of described.entries()) {
    if (variable.distinct < 2) continue;
    const { count, distinct, singles, common } = variable;
    const signature = JSON.stringify([column.family, count, distinct, singles, common]);
    const others = alike.get(signature) ?? [];
    alike.set(signature, [...others, at]);
    for (const other of others) {
      if (!places.every((place, row) => place === described[other]!.places[row])) continue;
      // Which values are where agrees; what is left is that they are the same.
      const [mine, theirs] = [at, other].map((each) => table.valuesOf(table.columns[each]!));
      const { different } = await db.row<{ different: boolean }>(
        `SELECT EXISTS (FROM ${mine} EXCEPT FROM ${theirs}) AS different`,
      );
      if (different) continue;
      same.push([variable.name, described[other]!.variable.name]);
      break;
    }
  }
  return same;
}

/** The first and last rows, and those that occur most often. */
async function showRows(
  table: ProfiledTable,
  repeated: RepeatedRows,
  { textLength }: ProfileLimits,
): Promise<Pick<TableProfile, "sample" | "duplicates">> {
  const { rows, columns } = table;
  const lastFrom = Math.max(SAMPLE_ROWS, rows - SAMPLE_ROWS);
  const first = Array.from({ length: Math.min(SAMPLE_ROWS, rows) }, (_, row) => row);
  const last = Array.from({ length: Math.max(0, rows - lastFrom) }, (_, i) => lastFrom + i);
  const common = repeated.common.map(({ row }) => row);
  const wanted = [...new Set([...first, ...last, ...common])].sort((a, b) => a - b);
  const cells = await table.cells(wanted);
  const shown = new Map(wanted.map((row, i) => [row, cells[i]!.map((cell) => storedCell(cell, textLength))]));
  return {
    sample: {
      columns: columns.map(({ name }) => name),
      first: first.map((row) => shown.get(row)!),
      last: last.map((row) => shown.get(row)!),
      lastFromRow: lastFrom + 1,
    },
    duplicates: {
      rows: repeated.rows,
      share: rows === 0 ? 0 : repeated.rows / rows,
      groups: repeated.groups,
      common: repeated.common.map(({ row, count }) => ({ values: shown.get(row)!, count })),
    },
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
