import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";
import { root } from "./support.js";

/** Runs a program of node_modules on the checkout; what it prints, empty when it is content. */
async function complaints(program: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(root, "node_modules", program), ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [[code], stdout, stderr] = await Promise.all([
    once(child, "close"),
    text(child.stdout),
    text(child.stderr),
  ]);
  return code === 0 ? "" : `exit code ${code}\n${stdout}${stderr}`;
}

describe("lint", { concurrency: 2 }, () => {
  it("biome finds nothing to mend", async () => {
    const found = await complaints(
      "@biomejs/biome/bin/biome",
      "check",
      "--error-on-warnings",
      "--colors=off",
    );
    assert.ok(found === "", found);
  });

  const kernels = ["clustering", "data"].map((module) => `src/${module}/kernels/assembly`);
  for (const project of [".", "tests", "bench", ...kernels])
    it(`the compiler finds no error in the project ${project}`, async () => {
      const readOnly = [
        "--noEmit",
        "--composite",
        "false",
        "--incremental",
        "false",
        "--tsBuildInfoFile",
        "null",
      ];
      const found = await complaints(
        "typescript/lib/tsc.js",
        "-p",
        project,
        ...readOnly,
        "--pretty",
        "false",
      );
      assert.ok(found === "", found);
    });
});
