import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { readNotebook, writeNotebook } from "#src/runner/notebook-file.js";
import { codeNotebook } from "../runner/notebooks.js";
import { root } from "../structure/support.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-closed-pipes-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Runs `insiders` in a shell, whose pipes are those that users have.
 * @param reader - what reads from its pipe.
 * @returns its exit code, what it said to `stderr`, and what the reader printed.
 */
function pipe(
  args: string,
  reader: string,
  stderr: "to the pipe" | "apart" = "apart",
): { code: string; stderr: string; stdout: string } {
  const command = `'${process.execPath}' '${join(root, "dist/cli/main.js")}' ${args}`;
  const redirect = stderr === "apart" ? "2>stderr" : "2>&1";
  const line = `: >stderr; { ${command} ${redirect}; echo $? >code; } | ${reader}`;
  const { stdout } = spawnSync("sh", ["-c", line], { encoding: "utf8", cwd: folder, timeout: 60_000 });
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  return { code: read("code").trim(), stderr: read("stderr"), stdout };
}

function statuses(name: string): unknown[] {
  return readNotebook(join(folder, name)).cells.map((cell) => cell.metadata.papermill?.["status"]);
}

const BYTES = 3_000_000;
const SLOW = 'await new Promise((done) => setTimeout(done, 300)); console.log("next");';

describe("a reader who leaves early", () => {
  it("does not end the run", () => {
    writeNotebook(join(folder, "a.ipynb"), codeNotebook(['console.log("first");', SLOW, SLOW]));
    const { code, stdout } = pipe("execute a.ipynb o.ipynb --log-output", "head -1", "to the pipe");
    assert.deepEqual([code, stdout], ["0", "Input Notebook:  a.ipynb\n"]);
    assert.deepEqual(statuses("o.ipynb"), ["completed", "completed", "completed"]);
  });

  it("of what cells write has what he wanted", () => {
    writeNotebook(join(folder, "a.ipynb"), codeNotebook(['console.log("first");', SLOW, SLOW]));
    const { code, stdout, stderr } = pipe(
      "execute a.ipynb o.ipynb --stdout-file - --no-progress-bar",
      "head -1",
    );
    assert.deepEqual([code, stdout], ["0", "first\n"], stderr);
    assert.deepEqual(statuses("o.ipynb"), ["completed", "completed", "completed"]);
  });

  it("is told of when it was the notebook that he should have read", () => {
    writeNotebook(join(folder, "a.ipynb"), codeNotebook(["1"]));
    const { code, stderr } = pipe("execute a.ipynb -", "true");
    assert.equal(code, "1");
    assert.match(
      stderr,
      /^insiders: a\.ipynb: standard output was closed before the notebook was written \(E\w+\)\n$/,
    );
  });

  it("does not end any other command", () => {
    const { code } = pipe("sample --customers 20 --output sample.csv", "true", "to the pipe");
    assert.equal(code, "0");
    assert.ok(readFileSync(join(folder, "sample.csv")).length > 0);
  });
});

describe("a slow reader", () => {
  it("gets all that cells write", () => {
    const lines = `for (let i = 0; i < 30; i++) console.log("x".repeat(${BYTES / 30 - 1}));`;
    writeNotebook(join(folder, "a.ipynb"), codeNotebook([lines]));
    const { code, stdout, stderr } = pipe("execute a.ipynb o.ipynb --stdout-file -", "(sleep 3; wc -c)");
    assert.deepEqual([code, stdout.trim()], ["0", String(BYTES)], stderr);
  });
});
