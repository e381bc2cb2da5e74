import { existsSync } from "node:fs";
import { basename } from "node:path";
import { type InspectedSource, isSample } from "../data/source.js";
import type { SourceFacts } from "../data/source-facts.js";
import { Workspace } from "../data/workspace.js";
import { readNotebook } from "../runner/notebook-file.js";
import { declaredAmong } from "../runner/parameters.js";
import { type Selection, selectCycles } from "../runner/selection.js";

/** What pages say of the file they are about. */
export type ToldSource = Pick<InspectedSource, "name" | "sha256" | "isSynthetic">;

/** Whether one of the selected notebooks takes a source; the others know only what a workspace holds. */
export function readsSource(notebooks: readonly string[], selection: Selection): boolean {
  const nameOf = (path: string): string => basename(path, ".ipynb");
  const selected = selectCycles(notebooks.map(nameOf), selection);
  return notebooks.some(
    (path) =>
      selected.includes(nameOf(path)) && "source" in declaredAmong(readNotebook(path), { source: "" }),
  );
}

/** The file a workspace was made from; the other one where it does not say. */
export async function sourceOf(workspace: string, other: ToldSource): Promise<ToldSource> {
  const artifacts = new Workspace(workspace);
  if (!existsSync(artifacts.path("source", "json"))) return other;
  const { name, sha256 } = await artifacts.readJson<SourceFacts>("source");
  return { name, sha256, isSynthetic: isSample(sha256) };
}
