import { existsSync } from "node:fs";
import type { Artifacts } from "./artifacts.js";
import type { ReportHeader } from "./html.js";
import type { Notebook } from "./nbformat.js";
import { readNotebook } from "./notebook-file.js";
import { isReportHeader, isRunStamp, type RunStamp } from "./run-record.js";

/** A notebook as it was last executed. */
export interface LastRun {
  notebook: Notebook;
  /** Missing where it did not complete, or where it is no stamp. */
  stamp: RunStamp | null;
  /** Missing where the run was broken off, or where it is no header. */
  header: ReportHeader | null;
}

/** The last execution of a notebook; null where there is none that can be read. */
export function readLastRun(path: string): LastRun | null {
  if (!existsSync(path)) return null;
  try {
    const notebook = readNotebook(path);
    const { insiders_run: stamp, insiders_report: header } = notebook.metadata;
    return {
      notebook,
      stamp: isRunStamp(stamp) ? stamp : null,
      header: isReportHeader(header) ? header : null,
    };
  } catch {
    return null;
  }
}

/** Whether running a notebook again would come to the same, and all that it wrote is still there. */
export async function isUnchanged(last: LastRun | null, key: string, artifacts: Artifacts): Promise<boolean> {
  if (!last?.stamp || last.stamp.key !== key) return false;
  const written = Object.entries(last.stamp.writes);
  const there = await artifacts.hash(written.map(([name]) => name));
  return written.every(([name, hash]) => there[name] === hash);
}
