import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ArtifactHashes } from "./artifacts.js";
import { cellSource, type Notebook } from "./nbformat.js";
import { hasTag, type Parameters } from "./parameters.js";

/** All that the outcome of a notebook follows from. */
export interface CycleInputs {
  notebook: Notebook;
  /** Those it is given. */
  parameters: Parameters;
  /** SHA-256 of the data. */
  source: string | null;
  /** Fingerprint of the package it imports. */
  build: string;
  /** Version of Node; a new patch changes nothing. */
  node: string;
  /** What it reads from the workspace. */
  reads: ArtifactHashes;
}

/** One text for all that the outcome of a notebook follows from: equal inputs, equal key. */
export function cycleKey({ notebook, parameters, source, build, node, reads }: CycleInputs): string {
  const content = {
    cells: notebook.cells
      .filter((cell) => !hasTag(cell, "injected-parameters"))
      .map((cell) => [cell.cell_type, cell.id, cell.metadata.tags ?? [], cellSource(cell)]),
    graph: notebook.metadata.insiders ?? null,
    kernel: notebook.metadata.kernelspec?.name ?? null,
    parameters,
    source,
    build,
    node: /\d+/.exec(node)?.[0] ?? node,
    reads,
  };
  return createHash("sha256").update(JSON.stringify(content, sortKeys)).digest("hex");
}

/** A hash of the compiled package and the versions of all it needs. */
export function buildFingerprint(root: string): string {
  const hash = createHash("sha256");
  const compiled = readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => join("dist", name));
  for (const name of [...compiled.sort(), "package-lock.json"]) {
    const content = readFileSync(join(root, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** The order in which somebody wrote properties means nothing; JSON would take NaN and infinities for null. */
function sortKeys(_: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
