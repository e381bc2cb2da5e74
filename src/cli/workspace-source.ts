import { existsSync } from "node:fs";
import { type InspectedSource, isSample } from "../data/source.js";
import type { SourceFacts } from "../data/source-facts.js";
import { Workspace } from "../data/workspace.js";
import { readCycle } from "../runner/cycle.js";
import { orderCycles } from "../runner/cycle-graph.js";
import { declaredAmong } from "../runner/parameters.js";
import { type Selection, selectCycles } from "../runner/selection.js";

/** What pages say of the file they are about. */
export type ToldSource = Pick<InspectedSource, "name" | "sha256" | "isSynthetic">;

/** Whether one of the selected notebooks takes a source; the others know only what a workspace holds. */
export function readsSource(notebooks: readonly string[], selection: Selection): boolean {
  const cycles = orderCycles(notebooks.map(readCycle));
  const selected = selectCycles(
    cycles.map(({ name }) => name),
    selection,
  );
  return cycles.some(
    ({ name, notebook }) => selected.includes(name) && "source" in declaredAmong(notebook, { source: "" }),
  );
}

/** The file a workspace was made from; the other one where it does not say. */
export async function sourceOf(workspace: string, other: ToldSource): Promise<ToldSource> {
  const artifacts = new Workspace(workspace);
  if (!existsSync(artifacts.path("source", "json"))) return other;
  const { name, sha256 } = await artifacts.readJson<SourceFacts>("source");
  return { name, sha256, isSynthetic: isSample(sha256) };
}
