import type { Cell } from "../types.js";
import type { CycleRecord, RunRecord } from "./history.js";
import type { ReportStatus } from "./html.js";
import type { ParameterValue } from "./parameters.js";
import type { RecordedGroups, RecordedValue } from "./records.js";

/** Something that is not the same in two runs; `null` where one of them has it not. */
export interface Change<T> {
  name: string;
  before: T | null;
  after: T | null;
}

/** A recorded value that is not the same in two runs. */
export interface ValueChange extends Change<Cell> {
  cycle: string;
  unit: string;
  /** After minus before; `null` where one is no number. */
  difference: number | null;
  /** Difference by the size of what was before; `null` where that is zero or no number. */
  relative: number | null;
}

/** How a group grew; `null` where a run has no such group. */
export interface SizeChange extends Change<number> {
  difference: number;
}

/** Members that changed from one group into another; `null` for those who joined or left altogether. */
export interface Move {
  from: string | null;
  to: string | null;
  ids: string[];
}

/** How groups changed that a notebook recorded. */
export interface GroupChange {
  cycle: string;
  name: string;
  sizes: SizeChange[];
  moves: Move[];
  /** Members of both runs, and how many of them are in the same group. */
  common: number;
  stayed: number;
}

/** A notebook that ended in another way. */
export interface StatusChange extends Change<ReportStatus> {
  /** Why the later one failed or waits. */
  reason: string | null;
}

/** What changed between two runs; lists are empty where nothing did. */
export interface RunComparison {
  before: Pick<RunRecord, "id" | "startedAt" | "status">;
  after: Pick<RunRecord, "id" | "startedAt" | "status">;
  parameters: Change<ParameterValue>[];
  source: Change<string>[];
  versions: Change<string>[];
  statuses: StatusChange[];
  values: ValueChange[];
  groups: GroupChange[];
  /** Notebooks that not both runs finished: of their values, those in one run only are not listed. */
  unfinished: string[];
}

/** What changed from one run to another. */
export function compareRuns(before: RunRecord, after: RunRecord): RunComparison {
  const pairs = pairCycles(before, after);
  const finished = (cycle: CycleRecord | undefined): boolean =>
    cycle?.status === "completed" || cycle?.status === "cached";
  return {
    before: describe(before),
    after: describe(after),
    parameters: changes(before.parameters, after.parameters),
    source: changes(sourceFacts(before), sourceFacts(after)),
    versions: changes(before.versions, after.versions),
    statuses: pairs.flatMap(({ name, old, now }) => statusChange(name, old, now)),
    values: pairs.flatMap(({ name, old, now }) =>
      changedValues(name, old?.records ?? [], now?.records ?? [], finished(old) && finished(now)),
    ),
    groups: pairs.flatMap(({ name, old, now }) => changedGroups(name, old?.groups ?? [], now?.groups ?? [])),
    unfinished: pairs.filter(({ old, now }) => !finished(old) || !finished(now)).map(({ name }) => name),
  };
}

/** Whether two runs came to the same. */
export function isSame(comparison: RunComparison): boolean {
  const { parameters, source, versions, statuses, values, groups } = comparison;
  return [parameters, source, versions, statuses, values, groups].every((changed) => changed.length === 0);
}

/** Properties that differ, by name. */
export function changes<T>(before: Record<string, T>, after: Record<string, T>): Change<T>[] {
  const value = (values: Record<string, T>, name: string): T | null =>
    Object.hasOwn(values, name) ? values[name]! : null;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => ({ name, before: value(before, name), after: value(after, name) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

interface CyclePair {
  name: string;
  old: CycleRecord | undefined;
  now: CycleRecord | undefined;
}

/** In the order of the later run; what only the earlier one had comes last. */
function pairCycles(before: RunRecord, after: RunRecord): CyclePair[] {
  const names = [...new Set([...after.cycles, ...before.cycles].map(({ name }) => name))];
  const find = ({ cycles }: RunRecord, name: string): CycleRecord | undefined =>
    cycles.find((cycle) => cycle.name === name);
  return names.map((name) => ({ name, old: find(before, name), now: find(after, name) }));
}

/** A notebook that did not have to run again is as completed as one that did. */
function statusChange(
  name: string,
  old: CycleRecord | undefined,
  now: CycleRecord | undefined,
): StatusChange[] {
  const plain = (cycle: CycleRecord | undefined): ReportStatus | null =>
    cycle === undefined ? null : cycle.status === "cached" ? "completed" : cycle.status;
  if (plain(old) === plain(now)) return [];
  return [{ name, before: plain(old), after: plain(now), reason: now?.error ?? null }];
}

function changedValues(
  cycle: string,
  before: readonly RecordedValue[],
  after: readonly RecordedValue[],
  areFinished: boolean,
): ValueChange[] {
  const names = [...new Set([...after, ...before].map(({ name }) => name))];
  return names.flatMap((name) => {
    const old = before.find((record) => record.name === name);
    const now = after.find((record) => record.name === name);
    if (!areFinished && (!old || !now)) return [];
    if (old && now && old.value === now.value && old.unit === now.unit) return [];
    return [
      {
        cycle,
        name,
        unit: (now ?? old)!.unit,
        before: old?.value ?? null,
        after: now?.value ?? null,
        ...difference(old, now),
      },
    ];
  });
}

function difference(
  old: RecordedValue | undefined,
  now: RecordedValue | undefined,
): Pick<ValueChange, "difference" | "relative"> {
  const areNumbers = typeof old?.value === "number" && typeof now?.value === "number";
  if (!areNumbers || old.unit !== now.unit) return { difference: null, relative: null };
  const grown = (now.value as number) - (old.value as number);
  return { difference: grown, relative: old.value === 0 ? null : grown / Math.abs(old.value as number) };
}

function changedGroups(
  cycle: string,
  before: readonly RecordedGroups[],
  after: readonly RecordedGroups[],
): GroupChange[] {
  return after.flatMap(({ name, groups }) => {
    const old = before.find((record) => record.name === name)?.groups;
    if (old === undefined) return [];
    const { moves, common, stayed } = findMoves(membership(old), membership(groups));
    return moves.length === 0
      ? []
      : [{ cycle, name, sizes: sizeChanges(old, groups), moves, common, stayed }];
  });
}

/** Every group of either run, in the order of the later one: those that kept their size are part of the picture. */
function sizeChanges(before: Record<string, string[]>, after: Record<string, string[]>): SizeChange[] {
  const size = (groups: Record<string, string[]>, label: string): number | null =>
    Object.hasOwn(groups, label) ? groups[label]!.length : null;
  return [...new Set([...Object.keys(after), ...Object.keys(before)])].map((name) => {
    const [old, now] = [size(before, name), size(after, name)];
    return { name, before: old, after: now, difference: (now ?? 0) - (old ?? 0) };
  });
}

function membership(groups: Record<string, string[]>): Map<string, string> {
  return new Map(Object.entries(groups).flatMap(([label, ids]) => ids.map((id) => [id, label] as const)));
}

/** The largest moves first. */
function findMoves(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Pick<GroupChange, "moves" | "common" | "stayed"> {
  const moves = new Map<string, Move>();
  let common = 0;
  let stayed = 0;
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [from, to] = [before.get(id) ?? null, after.get(id) ?? null];
    if (from !== null && to !== null) common += 1;
    if (from === to) {
      stayed += 1;
      continue;
    }
    const way = JSON.stringify([from, to]);
    const move = moves.get(way) ?? { from, to, ids: [] };
    moves.set(way, move);
    move.ids.push(id);
  }
  return { moves: [...moves.values()].sort((a, b) => b.ids.length - a.ids.length), common, stayed };
}

function describe({ id, startedAt, status }: RunRecord): RunComparison["before"] {
  return { id, startedAt, status };
}

function sourceFacts({ source }: RunRecord): Record<string, string> {
  return Object.fromEntries(Object.entries(source ?? {}).map(([name, fact]) => [name, String(fact)]));
}
