import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { exitCode, findProgram, run } from "#src/runner/processes.js";

const node = process.execPath;

describe("a program", () => {
  it("gives its exit code and all it wrote", async () => {
    const code = 'console.log("x".repeat(200_000)); console.error("é"); process.exitCode = 3';
    const { stdout, ...rest } = await run(node, ["-e", code], process.env);
    assert.equal(stdout.length, 200_001);
    assert.deepEqual(rest, { code: 3, stderr: "é\n" });
  });

  it("gives 127 when it cannot be started, as a shell would", async () => {
    assert.equal((await run("/nowhere/program", [], {})).code, 127);
  });

  it("gives 128 and the number of the signal that ended it", async () => {
    assert.equal((await run(node, ["-e", "process.kill(process.pid, 'SIGKILL')"], process.env)).code, 137);
  });

  it("is ended with the process that waits for it", async () => {
    const module = fileURLToPath(import.meta.resolve("#src/runner/processes.js"));
    const waiting = `import { run } from ${JSON.stringify(module)};
      const program = "console.log(process.pid); setInterval(() => {}, 1000)";
      setTimeout(() => process.kill(process.pid, "SIGTERM"), 500);
      await run(process.execPath, ["-e", program], process.env);
      process.exit(99);`;
    const child = spawn(node, ["--input-type=module", "-e", waiting], { stdio: "ignore" });
    assert.equal(await exitCode(child), 143);
  });

  it("is looked for on the PATH, and taken as it is when it has a slash", () => {
    const path = ["/nowhere", fileURLToPath(new URL(".", `file://${node}`))].join(delimiter);
    assert.equal(findProgram("node", { PATH: path }), node);
    assert.equal(findProgram("node", { PATH: "" }), undefined);
    assert.equal(findProgram("node", {}), undefined);
    assert.equal(findProgram(node, {}), node);
    assert.equal(findProgram("/usr", {}), undefined);
  });
});
