import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { root } from "../structure/support.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function insiders(...args: string[]): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...args], {
    encoding: "utf8",
    cwd: folder,
  });
}

describe("the command line", () => {
  it("says in one line what it does not know, and where to look", () => {
    for (const [args, complaint] of [
      [["report", "--soource", "x"], "unknown option '--soource' (Did you mean --source?)"],
      [["frob"], "unknown command 'frob'"],
    ] as const) {
      const { status, stderr } = insiders(...args);
      assert.equal(stderr, `insiders: ${complaint}; insiders --help shows what there is\n`);
      assert.equal(status, 1);
    }
  });

  it("says in one line which runs there are, and which notebooks", () => {
    const output = join(folder, "no-reports");
    assert.deepEqual(
      [insiders("compare", "latest", "previous", "--output", output)].map(({ status, stderr }) => [
        status,
        stderr,
      ]),
      [[1, "insiders: there are no runs yet: insiders report makes one\n"]],
    );
    const workspace = join(folder, "no-workspace");
    const { status, stderr } = insiders(
      "report",
      "--only",
      "77",
      "--output",
      output,
      "--workspace",
      workspace,
    );
    assert.match(stderr, /^insiders: there is no notebook 77: there are 00-solution-planning, .*\n$/);
    assert.equal(status, 1);
    assert.ok(!existsSync(output) && !existsSync(workspace));
  });

  it("says in one line that the file of a run is damaged", () => {
    const output = join(folder, "damaged");
    const id = "20261122T063853Z-1a2b";
    mkdirSync(join(output, "runs"), { recursive: true });
    writeFileSync(join(output, "runs", `${id}.json`), JSON.stringify({ id, cycles: [null, {}] }));
    const { status, stderr } = insiders("compare", "latest", "latest", "--output", output);
    assert.equal(
      stderr,
      `insiders: the run ${id} cannot be read (its file is damaged): delete its file in runs/\n`,
    );
    assert.equal(status, 1);
    rmSync(output, { recursive: true });
  });

  it("shows the stack of an error only when asked", () => {
    const args = ["report", "--source", join(folder, "none.csv")];
    assert.match(insiders(...args).stderr, /^insiders: there is no file .*\n$/);
    assert.match(insiders("--verbose", ...args).stderr, /\n {4}at /);
  });

  it("names a sample it cannot write, and leaves nothing behind", () => {
    writeFileSync(join(folder, "file"), "");
    const { status, stderr } = insiders("sample", "--customers", "20", "--output", "file/sample.csv");
    assert.match(stderr, /^insiders: file\/sample\.csv cannot be written \(.*\n$/);
    assert.equal(status, 1);
    assert.deepEqual(readdirSync(folder), ["file"]);
  });
});
