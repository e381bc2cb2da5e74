import { readFileSync } from "node:fs";
import { showTable } from "./table.js";

/** Packages whose version may change a figure or how it looks. */
const NAMED = ["tslab", "@duckdb/node-api", "danfojs-node", "plotly.js"];

/** Shows what a result depends on besides its input: versions, and the seed (`null` where nothing is random). */
export function showVersions({ seed }: { seed: number | null }): void {
  const { version, dependencies } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  ) as { version: string; dependencies: Record<string, string> };
  showTable(
    [
      { name: "insiders", version },
      { name: "Node.js", version: process.versions.node },
      ...NAMED.map((name) => ({ name, version: dependencies[name] })),
      { name: "seed", version: seed === null ? "nothing is random here" : String(seed) },
    ],
    {
      caption: "Versions and seed",
      columns: { name: "Name", version: { label: "Version", format: "text" } },
    },
  );
}
