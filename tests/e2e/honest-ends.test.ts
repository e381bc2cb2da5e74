/** Whatever ends a run: what was done is kept, statuses are true, no process is left, the exit code and the last line tell. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { CodeCell } from "#src/runner/nbformat.js";
import { readNotebook, writeNotebook } from "#src/runner/notebook-file.js";
import { codeNotebook } from "../runner/notebooks.js";
import { root } from "../structure/support.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-ends-"));
after(() => rmSync(folder, { recursive: true, force: true }));
chmodSync(folder, 0o755);

/** Processes that were started by a run know it by this variable. */
const MARK = "INSIDERS_TEST_RUN";
const isLinux = existsSync("/proc/self/environ");

interface Run {
  code: number | null;
  /** What stands on the terminal. */
  lines: string[];
  cells: CodeCell[];
  /** The cells' statuses, by the first letter: completed, failed, pending, running. */
  statuses: string;
  output: string;
  mark: string;
}

interface Started {
  child: ChildProcess;
  mark: string;
  output: string;
  /** What it has written to the terminal so far. */
  text: () => string;
  ended: Promise<Run>;
}

interface Options {
  args?: string[];
  outputDir?: string;
  output?: string;
  user?: number;
}

/** Starts `insiders execute` on a notebook of the given cells. */
function start(sources: string[], options: Options = {}): Started {
  const home = mkdtempSync(join(folder, "run-"));
  chmodSync(home, 0o755);
  const input = join(home, "input.ipynb");
  writeNotebook(input, codeNotebook(sources));
  const output = options.output ?? join(options.outputDir ?? home, "output.ipynb");
  const mark = randomUUID();
  const child = spawn(
    process.execPath,
    [join(root, "dist/cli/main.js"), "execute", input, output, ...(options.args ?? [])],
    {
      cwd: join(root, "notebooks"),
      env: { ...process.env, [MARK]: mark, TMPDIR: home },
      stdio: ["ignore", "ignore", "pipe"],
      ...(options.user !== undefined && { uid: options.user, gid: options.user }),
    },
  );
  let text = "";
  child.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const ended = once(child, "close").then(([code]) => {
    const saved = existsSync(output) ? readNotebook(output).cells : [];
    const cells = saved.filter((cell): cell is CodeCell => cell.cell_type === "code");
    const letters = cells.map((cell) => String(cell.metadata.papermill!["status"])[0]);
    return {
      code: code as number | null,
      lines: text.trimEnd().split("\n"),
      cells,
      statuses: letters.join(""),
      output,
      mark,
    };
  });
  return { child, mark, output, text: () => text, ended };
}

function run(sources: string[], options: Options = {}): Promise<Run> {
  return start(sources, options).ended;
}

/** Waits for something that must become true. */
async function until(what: string, isSo: () => boolean, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!isSo()) {
    if (Date.now() > deadline) assert.fail(`waited ${seconds} s for: ${what}`);
    await sleep(50);
  }
}

/** Ids of the processes that a run has started and that are still there. */
function processesOf(mark: string): string[] {
  if (!isLinux) return [];
  return readdirSync("/proc").filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      const isZombie = / Z /.test(readFileSync(`/proc/${id}/stat`, "utf8").replace(/\(.*\)/, ""));
      return !isZombie && readFileSync(`/proc/${id}/environ`, "utf8").includes(mark);
    } catch {
      return false;
    }
  });
}

function text(cell: CodeCell): string {
  return cell.outputs.map((output) => (output.output_type === "stream" ? String(output.text) : "")).join("");
}

/** What holds however a run ends. */
function checkEnd(
  { code, lines, statuses, cells, output, mark }: Run,
  expected: { code: number; line: RegExp; statuses: string },
): void {
  assert.match(lines.at(-1)!, expected.line);
  assert.equal(statuses, expected.statuses);
  assert.equal(code, expected.code);
  assert.equal(text(cells[0]!), "kept\n");
  assert.deepEqual(processesOf(mark), []);
  const left = readdirSync(dirname(output)).filter((name) => /lock|tmp$|kernel/.test(name));
  assert.deepEqual(left, []);
}

/** The last line names the notebook, the cell and this reason. */
function told(cell: number, reason: string): RegExp {
  return new RegExp(`^insiders: .*output\\.ipynb, cell cell-${cell}: ${reason}`);
}

const KEPT = 'console.log("kept");';
const FOREVER = "while (true) {}";

describe("a run ends honestly at", { concurrency: 2 }, () => {
  const cases: [title: string, sources: string[], end: { code: number; line: RegExp; statuses: string }][] = [
    [
      "a type error",
      [KEPT, 'const n: number = "text";', "1"],
      {
        code: 1,
        line: told(1, "TypeScript: 1:7 - Type 'string' is not assignable to type 'number'"),
        statuses: "cfp",
      },
    ],
    [
      "a thrown error",
      [KEPT, 'const a = 1;\nthrow new RangeError("out of it");', "1"],
      { code: 1, line: told(1, "RangeError: out of it \\(line 2\\)$"), statuses: "cfp" },
    ],
    [
      "an error of a function from an earlier cell",
      [`${KEPT}\nfunction check() {\n  throw new Error("no");\n}`, "check();", "1"],
      { code: 1, line: told(1, "Error: no \\(cell cell-0, line 3\\)$"), statuses: "cfp" },
    ],
    [
      "a thrown value that is no error",
      [KEPT, 'throw "a text";', "1"],
      { code: 1, line: told(1, "Thrown: 'a text'$"), statuses: "cfp" },
    ],
    [
      "a rejected promise that nobody handles",
      [KEPT, 'void Promise.reject(new Error("lost"));', "1"],
      { code: 1, line: told(1, "Error: lost \\(line 1\\)$"), statuses: "cfp" },
    ],
    [
      "a late throw, which ends the cell that waits",
      [`${KEPT}\nsetTimeout(() => { throw new Error("late"); }, 600);`, "await new Promise(() => {});", "1"],
      { code: 1, line: told(1, "Error: late, thrown late by cell cell-0 \\(line 2\\)$"), statuses: "cfp" },
    ],
    [
      "a late throw after the last cell",
      [KEPT, 'setTimeout(() => { throw new Error("late"); }, 300);\n"shown"'],
      { code: 1, line: told(1, "Error: late, thrown late by cell cell-1 \\(line 1\\)$"), statuses: "cf" },
    ],
    [
      "process.exit(3)",
      [KEPT, 'console.log("last words"); process.exit(3);', "1"],
      { code: 138, line: told(1, "KernelDiedError: the kernel exited with 3$"), statuses: "cfp" },
    ],
    [
      "the kernel killed with SIGKILL",
      [KEPT, 'process.kill(process.pid, "SIGKILL");', "1"],
      { code: 138, line: told(1, "KernelDiedError: the kernel was ended by SIGKILL$"), statuses: "cfp" },
    ],
  ];
  for (const [title, sources, end] of cases)
    it(title, async () => {
      const result = await run(sources);
      checkEnd(result, end);
      const failed = result.cells[result.statuses.indexOf("f")]!;
      assert.equal(failed.outputs.at(-1)!.output_type, "error");
      assert.equal(failed.metadata.papermill!["exception"], true);
      assert.equal(readNotebook(result.output).metadata.papermill!["exception"], true);
      if (title === "process.exit(3)") assert.equal(text(failed), "last words\n");
    });

  for (const [title, source] of [
    ["that computes", FOREVER],
    ["that waits", "await new Promise(() => {});"],
    ["that computes after it has waited", `await new Promise((r) => setTimeout(r, 50));\n${FOREVER}`],
  ] as const)
    it(`a cell past its timeout ${title}`, async () => {
      const result = await run([KEPT, `console.log("begun");\n${source}`, "1"], {
        args: ["--execution-timeout", "1"],
      });
      checkEnd(result, {
        code: 1,
        line: told(1, "CellTimeoutError: the cell ran longer than 1 s$"),
        statuses: "cfp",
      });
      assert.equal(text(result.cells[1]!), "begun\n");
    });

  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    it(`${signal} to the runner`, async () => {
      const child = 'import { spawn } from "node:child_process";\nspawn("sleep", ["300"]);';
      const started = start([KEPT, `${child}\nconsole.log("begun");\n${FOREVER}`, "1"]);
      await until("the second cell to run", () => readStatuses(started.output) === "crp");
      await sleep(500);
      started.child.kill(signal);
      const result = await started.ended;
      checkEnd(result, {
        code,
        line: told(1, `stopped by ${signal}$`),
        statuses: "cfp",
      });
      assert.equal(text(result.cells[1]!), "begun\n");
    });

  it("what the last cell left running without end", async () => {
    const result = await run([KEPT, "setTimeout(() => { while (true) {} }, 5);\n1"]);
    checkEnd(result, {
      code: 1,
      line: told(1, "CellTimeoutError: what the cells left running keeps the kernel busy$"),
      statuses: "cf",
    });
  });

  it("SIGTERM while the kernel starts", async () => {
    const started = start([KEPT]);
    await until("the output to be there", () => existsSync(started.output));
    started.child.kill("SIGTERM");
    const { code, lines, statuses, mark } = await started.ended;
    assert.equal(code, 143);
    assert.match(lines.at(-1)!, /^insiders: .*output\.ipynb: stopped by SIGTERM$/);
    assert.equal(statuses, "p");
    assert.deepEqual(processesOf(mark), []);
  });

  it("SIGINT twice, which waits for nothing", async () => {
    const started = start([KEPT, FOREVER, "1"]);
    await until("the second cell to run", () => readStatuses(started.output) === "crp");
    started.child.kill("SIGINT");
    await sleep(10);
    started.child.kill("SIGINT");
    const { code, cells, mark, output } = await started.ended;
    assert.equal(code, 130);
    assert.equal(text(cells[0]!), "kept\n");
    await until("the kernel to end", () => processesOf(mark).length === 0, 5);
    assert.deepEqual(
      readdirSync(dirname(output)).filter((name) => /lock|tmp$|kernel/.test(name)),
      [],
    );
  });

  it("SIGKILL to the runner: its kernel ends by itself, and the next run tells of it", async () => {
    const started = start([KEPT, FOREVER, "1"]);
    await until("the second cell to run", () => readStatuses(started.output) === "crp");
    started.child.kill("SIGKILL");
    const { cells, statuses } = await started.ended;
    assert.equal(text(cells[0]!), "kept\n");
    assert.equal(statuses, "crp");
    await until("the kernel to end", () => processesOf(started.mark).length === 0, 10);
    assert.deepEqual(
      readdirSync(dirname(started.output)).filter((name) => name.includes("kernel")),
      [],
    );
    const next = await run([KEPT], { output: started.output });
    assert.match(
      next.lines.join("\n"),
      new RegExp(`an earlier run \\(process ${started.child.pid}, begun 20.*\\) was broken off`),
    );
    assert.equal(next.code, 0);
    assert.equal(next.statuses, "c");
  });

  it("a second run on the same output, which is refused while the first goes on", async () => {
    const first = start([KEPT, "await new Promise((r) => setTimeout(r, 6000));"]);
    await until("the first cell to have run", () => readStatuses(first.output)?.[0] === "c");
    const second = await run([KEPT], { output: first.output });
    assert.equal(second.code, 1);
    assert.match(
      second.lines.at(-1)!,
      new RegExp(
        `^insiders: another run \\(process ${first.child.pid}, since .*\\) is writing .*output.ipynb`,
      ),
    );
    const { code, statuses } = await first.ended;
    assert.deepEqual([code, statuses], [0, "cc"]);
  });

  it("a full disk: the last whole save survives", async (t) => {
    const disk = smallDisk(t);
    if (disk === null) return;
    const result = await run([KEPT, 'console.log("x".repeat(2_000_000));', "1"], { outputDir: disk });
    checkEnd(result, {
      code: 1,
      line: told(1, ".*output\\.ipynb cannot be written \\(the disk is full: make room"),
      statuses: "crp",
    });
  });

  it("an output folder without write permission, as an ordinary user", async (t) => {
    const closed = join(folder, "closed");
    mkdirSync(closed);
    const isRoot = process.getuid?.() === 0;
    chmodSync(closed, 0o555);
    const NOBODY = 65_534;
    if (isRoot && spawnSync("ls", [join(root, "dist")], { uid: NOBODY }).status !== 0)
      return t.skip("the project lies where no ordinary user can read it");
    const result = await run([KEPT], { outputDir: closed, ...(isRoot && { user: NOBODY }) });
    assert.equal(result.code, 1);
    assert.match(
      result.lines.at(-1)!,
      /^insiders: .*closed cannot be written \(this user may not write there: change the permissions/,
    );
    assert.deepEqual(readdirSync(closed), []);
    assert.deepEqual(processesOf(result.mark), []);
  });
});

function readStatuses(output: string): string | undefined {
  if (!existsSync(output)) return undefined;
  const cells = readNotebook(output).cells.filter((cell) => cell.cell_type === "code");
  return cells.map((cell) => String(cell.metadata.papermill!["status"])[0]).join("");
}

/** A file system of one megabyte; null, and the test is skipped, where none can be made. */
function smallDisk(t: TestContext): string | null {
  const disk = mkdtempSync(join(folder, "disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]);
  if (mounted.status !== 0) {
    t.skip("a small file system can be mounted by root only");
    return null;
  }
  t.after(() => spawnSync("umount", [disk]));
  return disk;
}
