import { existsSync } from "node:fs";
import type { ArtifactHashes, Artifacts } from "./artifacts.js";
import type { ReportHeader } from "./html.js";
import type { Notebook } from "./nbformat.js";
import { readNotebook } from "./notebook-file.js";

/** What a completed notebook keeps of its run: the metadata `insiders_run` of the executed notebook. */
export interface RunStamp {
  /** All that its outcome follows from, as one text. */
  key: string;
  reads: ArtifactHashes;
  writes: ArtifactHashes;
}

/** A notebook as it was last executed. */
export interface LastRun {
  notebook: Notebook;
  /** Missing where it did not complete. */
  stamp: RunStamp | null;
  /** Missing where the run was broken off. */
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
      stamp: (stamp as RunStamp | undefined) ?? null,
      header: (header as ReportHeader | undefined) ?? null,
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
