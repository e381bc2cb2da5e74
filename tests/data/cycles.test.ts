import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cycles } from "#src/data/cycles.js";
import { readNotebook } from "#src/runner/notebook-file.js";
import { root } from "../structure/support.js";

describe("the cycles", () => {
  it("are numbered in their order and read only what an earlier one writes", () => {
    const written = new Set<string>();
    cycles.forEach(({ name, reads, writes }, position) => {
      assert.match(name, new RegExp(`^${String(position).padStart(2, "0")}-[a-z0-9-]+$`));
      for (const artifact of reads) assert.ok(written.has(artifact), `${name} reads ${artifact}`);
      for (const artifact of writes) {
        assert.ok(!written.has(artifact), `${artifact} is written twice`);
        written.add(artifact);
      }
    });
  });

  it("say the same as the metadata of the notebooks that are there", () => {
    const names = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));
    for (const name of names) {
      const cycle = cycles.find((candidate) => `${candidate.name}.ipynb` === name);
      assert.ok(cycle, `${name} is no cycle`);
      const { insiders } = readNotebook(join(root, "notebooks", name)).metadata;
      assert.deepEqual(insiders, { reads: cycle.reads, writes: cycle.writes }, name);
    }
  });
});
