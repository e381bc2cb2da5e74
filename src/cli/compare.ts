import { resolve } from "node:path";
import { formatDateTime, formatNumber, formatPercent, formatQuantity } from "../format.js";
import type { GroupChange, Move, RunComparison, StatusChange, ValueChange } from "../runner/compare.js";
import { compareRuns, isSame } from "../runner/compare.js";
import { findRun, listRuns, readRun } from "../runner/history.js";

/** What `insiders compare` can be told. */
export interface CompareArguments {
  /** Where the reports are; default: `reports` of the project. */
  output?: string;
  json?: boolean;
}

const SHOWN_MOVES = 12;
const NONE = "–";

/** Shows what changed between two runs. @throws Error when one is not there. */
export function compare(root: string, before: string, after: string, options: CompareArguments = {}): void {
  const output = options.output ? resolve(options.output) : resolve(root, "reports");
  const ids = listRuns(output);
  const [old, now] = [before, after].map((called) => readRun(output, findRun(ids, called)));
  const comparison = compareRuns(old!, now!);
  const text = options.json ? `${JSON.stringify(comparison, null, 2)}\n` : describeComparison(comparison);
  process.stdout.write(text);
}

/** The comparison of two runs as text for a terminal. */
export function describeComparison(comparison: RunComparison): string {
  const { before, after, parameters, source, versions, statuses, values, groups, unfinished } = comparison;
  const heads = [before, after].map(({ id, startedAt, status }) => [
    id,
    `${formatDateTime(startedAt)} UTC`,
    status,
  ]);
  const sections = [
    section(
      "Parameters",
      parameters.map(({ name, before, after }) => [name, literal(before), "->", literal(after)]),
    ),
    section(
      "Source",
      source.map(({ name, before, after }) => [name, shorten(before), "->", shorten(after)]),
    ),
    section(
      "Versions",
      versions.map(({ name, before, after }) => [name, before ?? NONE, "->", after ?? NONE]),
    ),
    section("Notebooks", statuses.map(describeStatus)),
    ...groupBy(values, ({ cycle }) => cycle).map(([cycle, changed]) =>
      section(`Recorded by ${cycle}`, changed.map(describeValue)),
    ),
    ...groups.map(describeGroups),
    unfinished.length === 0
      ? ""
      : `Compared as far as both runs came: not both finished ${unfinished.join(", ")}\n`,
  ].filter((text) => text !== "");
  if (isSame(comparison)) sections.unshift("Nothing changed.\n");
  return [align(heads, ""), ...sections].join("\n");
}

function describeStatus({ name, before, after, reason }: StatusChange): string[] {
  return [name, before ?? "not run", "->", after ?? "not run", ...(reason === null ? [] : [reason])];
}

function describeValue({ name, unit, before, after, difference, relative }: ValueChange): string[] {
  const show = (value: ValueChange["before"]): string =>
    value === null ? NONE : formatQuantity(value, unit);
  // Of two shares the difference is in points; as a share of itself it would be read wrongly.
  const amount =
    difference === null
      ? ""
      : unit === "share" || unit === "%"
        ? `${signed(difference, (size) => formatNumber(unit === "share" ? size * 100 : size, 1))} points`
        : signed(difference, (size) => formatQuantity(size, unit));
  const share = relative === null ? "" : signed(relative, formatPercent);
  return [name, show(before), "->", show(after), amount, share];
}

function describeGroups({ cycle, name, sizes, moves, common, stayed }: GroupChange): string {
  const grown = sizes.map(({ name, before, after, difference }) => [
    name,
    before === null ? NONE : formatNumber(before),
    "->",
    after === null ? NONE : formatNumber(after),
    difference === 0 ? "" : signed(difference, formatNumber),
    difference === 0 || !before ? "" : signed(difference / before, formatPercent),
  ]);
  const rest = moves.slice(SHOWN_MOVES);
  const ways = moves
    .slice(0, SHOWN_MOVES)
    .map((move) => [
      formatNumber(move.ids.length),
      `${describeEnd(move.from, "new")} -> ${describeEnd(move.to, "gone")}`,
    ]);
  if (rest.length > 0)
    ways.push([formatNumber(countMembers(rest)), `on ${rest.length} other ways (--json lists them)`]);
  return [
    section(`Sizes of ${name}, by ${cycle}`, grown),
    section(
      `Moves: ${formatNumber(common - stayed)} of ${formatNumber(common)} in both runs changed group`,
      ways,
    ),
  ].join("\n");
}

function describeEnd(label: string | null, absent: string): string {
  return label ?? `(${absent})`;
}

function countMembers(moves: readonly Move[]): number {
  return moves.reduce((sum, { ids }) => sum + ids.length, 0);
}

function signed(value: number, format: (size: number) => string): string {
  return `${value < 0 ? "-" : "+"}${format(Math.abs(value))}`;
}

function literal(value: unknown): string {
  return value === null || value === undefined ? NONE : JSON.stringify(value);
}

/** A fingerprint is told apart by its beginning. */
function shorten(fact: string | null): string {
  return fact === null ? NONE : /^[0-9a-f]{64}$/.test(fact) ? fact.slice(0, 12) : fact;
}

function section(title: string, rows: readonly string[][]): string {
  return rows.length === 0 ? "" : `${title}\n${align(rows, "  ")}`;
}

/** Rows in columns; a column of figures stands right. */
function align(rows: readonly string[][], indent: string): string {
  const count = Math.max(...rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, at) => rows.map((row) => row[at] ?? ""));
  const widths = columns.map((cells) => Math.max(...cells.map((cell) => cell.length)));
  const isRight = columns.map((cells) =>
    cells.every((cell) => /^([-+]?[£$€]?[\d,.]+%?( \S+)*|–|)$/.test(cell)),
  );
  const line = (row: readonly string[]): string =>
    widths
      .map((width, at) => (isRight[at] ? (row[at] ?? "").padStart(width) : (row[at] ?? "").padEnd(width)))
      .join("  ")
      .trimEnd();
  return rows.map((row) => `${indent}${line(row)}\n`).join("");
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups];
}
