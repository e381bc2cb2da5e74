import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "./files.js";
import { isRunRecord, type RunRecord } from "./run-record.js";

export type { CycleRecord, RunRecord } from "./run-record.js";

const RUN_ID = /^\d{8}T\d{6}Z-[0-9a-f]{4}$/;

/**
 * A name for a run, so that names in order are runs in order: `20261122T063853Z-1a2b`. The digits at the end are
 * the part of the second: a run in which nothing has changed takes less than one.
 */
export function newRunId(startedAt: Date): string {
  const time = startedAt.toISOString().replace(/[-:]|\.\d+/g, "");
  const part = Math.floor((startedAt.getUTCMilliseconds() / 1000) * 0x1_0000);
  return `${time}-${part.toString(16).padStart(4, "0")}`;
}

/** Stores a run among the reports; one of the same id is replaced. */
export function saveRun(outputDir: string, run: RunRecord): void {
  writeFileAtomic(runPath(outputDir, run.id), `${JSON.stringify(run)}\n`);
}

/** The ids of all stored runs, oldest first. */
export function listRuns(outputDir: string): string[] {
  const folder = join(outputDir, "runs");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .filter((id) => RUN_ID.test(id))
    .sort();
}

/** A stored run. @throws Error in one line when its file is missing or damaged. */
export function readRun(outputDir: string, id: string): RunRecord {
  try {
    const run: unknown = JSON.parse(readFileSync(runPath(outputDir, id), "utf8"));
    if (!isRunRecord(run) || run.id !== id) throw new Error("its file is damaged");
    return run;
  } catch (cause) {
    throw new Error(`the run ${id} cannot be read (${(cause as Error).message}): delete its file in runs/`, {
      cause,
    });
  }
}

/** The last runs, newest first. One whose file is damaged is left out: it must not keep others from being seen. */
export function lastRuns(outputDir: string, count: number): RunRecord[] {
  const runs: RunRecord[] = [];
  for (const id of listRuns(outputDir).reverse()) {
    if (runs.length === count) break;
    try {
      runs.push(readRun(outputDir, id));
    } catch {}
  }
  return runs;
}

/**
 * Which run somebody means.
 * @param ids - all runs, oldest first.
 * @param called - an id, the beginning of one, `latest` or `previous`.
 * @throws Error in one line that says what there is.
 */
export function findRun(ids: readonly string[], called: string): string {
  if (ids.length === 0) throw new Error("there are no runs yet: insiders report makes one");
  if (called === "latest") return ids.at(-1)!;
  if (called === "previous" && ids.length === 1)
    throw new Error(`there is no previous run: ${ids[0]} is the only one`);
  if (called === "previous") return ids.at(-2)!;
  const found = ids.filter((id) => called !== "" && id.startsWith(called));
  if (found.length === 1) return found[0]!;
  throw new Error(
    found.length > 1
      ? `${called} may be ${enumerate(found)}: write more of it`
      : `there is no run ${called}: there are latest, previous, ${enumerate(ids.toReversed())}`,
  );
}

const SHOWN = 5;

function enumerate(ids: readonly string[]): string {
  const rest = ids.length - SHOWN;
  return [...ids.slice(0, SHOWN), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

function runPath(outputDir: string, id: string): string {
  return join(outputDir, "runs", `${id}.json`);
}
