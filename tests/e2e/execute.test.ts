import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { type RunOptions, type RunResult, runNotebook } from "#src/runner/execute.js";
import type { CodeCell, Notebook } from "#src/runner/nbformat.js";
import { codeNotebook } from "../runner/notebooks.js";
import { root } from "../structure/support.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-execute-"));
after(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  sources: string[],
  options: Partial<RunOptions> = {},
  tags: Record<number, string[]> = {},
): Promise<RunResult & { cells: CodeCell[]; output: string }> {
  const input = join(mkdtempSync(join(folder, "case-")), "input.ipynb");
  writeFileSync(input, JSON.stringify(codeNotebook(sources, tags)));
  const output = join(input, "..", "output.ipynb");
  const result = await runNotebook(input, output, {
    cwd: join(root, "notebooks"),
    ...options,
  });
  const saved = JSON.parse(readFileSync(output, "utf8")) as Notebook;
  const cells = saved.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  return { ...result, cells, output };
}

const statuses = (cells: CodeCell[]): unknown[] => cells.map((cell) => cell.metadata.papermill!["status"]);
const text = (cell: CodeCell): string =>
  cell.outputs.map((output) => (output.output_type === "stream" ? output.text : "")).join("");

describe("runNotebook", () => {
  it("carries values from cell to cell, and saves outputs, counts and statuses", async () => {
    const { status, cells } = await run([
      'import { seededRandom } from "insiders";\nconst random = seededRandom(1);',
      "const first = await Promise.resolve(random());\nconsole.log(first > 0 && first < 1);",
      "({ answer: 42 })",
    ]);
    assert.equal(status, "completed");
    assert.deepEqual(statuses(cells), ["completed", "completed", "completed"]);
    assert.deepEqual(
      cells.map((cell) => cell.execution_count),
      [1, 2, 3],
    );
    assert.equal(text(cells[1]!), "true\n");
    const result = cells[2]!.outputs[0]!;
    assert.equal("data" in result && result.data["text/plain"], "{ answer: 42 }");
  });

  it("takes short properties that name a variable of an earlier cell", async () => {
    const { cells } = await run([
      'const currency = "GBP";\nconst tell = (o: { currency: string }) => o.currency;',
      "console.log(tell({ currency }));",
      "tell({ currency: 1 }, { currency });",
    ]);
    assert.equal(text(cells[1]!), "GBP\n");
    const error = cells[2]!.outputs.at(-1)!;
    assert.ok(error.output_type === "error");
    assert.match(error.evalue, /^1:23 - Expected 1 arguments, but got 2/);
  });

  it("takes patterns whose names are variables of an earlier cell, within objects and as parameters", async () => {
    const { cells } = await run([
      'const lacks = [{ lacks: "an order" }];',
      "const told = { all: lacks.map(({ lacks: lack }) => lack) };\nconsole.log(told.all[0]);",
      "function say({ lacks: lack }: { lacks: string }) {\n  return lack;\n}\nconsole.log(say(lacks[0]!));",
    ]);
    for (const cell of cells.slice(1)) assert.equal(text(cell), "an order\n");
  });

  it("shows rich output: tslab's own, and a data frame as the last expression", async () => {
    const { cells } = await run([
      'import { display } from "tslab";\ndisplay.html("<b>bold</b>");',
      'import "insiders";\nimport { DataFrame } from "danfojs-node";\nnew DataFrame([{ n: 1 }, { n: 2 }]).head(1)',
    ]);
    const [html, frame] = cells.map((cell) => cell.outputs[0]!);
    assert.ok(html && "data" in html && frame && "data" in frame);
    assert.deepEqual(html.data, { "text/html": "<b>bold</b>" });
    assert.equal(frame.output_type, "execute_result");
    assert.match(String(frame.data["text/html"]), /<table>.*<th scope="col"[^>]*>n/s);
  });

  it("keeps every line of a cell that prints 20,000 in one turn", async () => {
    const { cells } = await run(["for (let i = 0; i < 20_000; i++) console.log(`line ${i}`);"]);
    const lines = text(cells[0]!).trimEnd().split("\n");
    assert.equal(lines.length, 20_000);
    assert.equal(lines.at(-1), "line 19999");
  });

  it("keeps an output of 50 MB whole, and what follows it", async () => {
    const { status, cells } = await run(['console.log("x".repeat(50_000_000));', '"after"']);
    assert.equal(status, "completed");
    assert.equal(text(cells[0]!).length, 50_000_001);
    assert.equal(cells[1]!.outputs.length, 1);
  });

  it("shows what was printed right before an error by its line, in a stack without machinery", async () => {
    const { cells } = await run([
      "function half(n: number): number {\n  if (n % 2) throw new RangeError(`odd: ${n}`);\n  return n / 2;\n}",
      "const all = [2, 3].map(half);",
      "1",
    ]);
    const error = cells[1]!.outputs.at(-1)!;
    assert.ok(error.output_type === "error");
    assert.deepEqual(error.traceback.slice(0, 5), [
      "cell cell-0, line 2",
      "    if (n % 2) throw new RangeError(`odd: ${n}`);",
      "                     ^",
      "RangeError: odd: 3",
      "    at half (cell cell-0:2:20)",
    ]);
    assert.doesNotMatch(error.traceback.join("\n"), /tslab|node:|launcher/);
  });

  it("updates a display from a later cell", async () => {
    const show = (text: string, update: boolean): string =>
      `(globalThis as any)[Symbol.for("jupyter.display")]({ data: { "text/plain": "${text}" }, transient: { display_id: "a" } }, ${update});`;
    const { cells } = await run([show("before", false), show("after", true)]);
    const [output] = cells[0]!.outputs;
    assert.ok(output && "data" in output);
    assert.deepEqual(output.data, { "text/plain": "after" });
    assert.deepEqual(cells[1]!.outputs, []);
  });

  it("leaves out cells without code and those tagged skip-execution", async () => {
    const { status, cells } = await run(
      ["  ", 'throw new Error("not run");', "1"],
      {},
      { 1: ["skip-execution"] },
    );
    assert.equal(status, "completed");
    assert.deepEqual(statuses(cells), ["completed", "completed", "completed"]);
    assert.deepEqual(
      cells.map((cell) => cell.execution_count),
      [null, null, 1],
    );
  });

  it("saves while a cell runs", async () => {
    const input =
      'console.log("begun");\nawait new Promise((r) => setTimeout(r, 2500));\nconsole.log("ended");';
    let output = "";
    const seen: string[] = [];
    const timer = setInterval(() => {
      const folders = readdirSync(folder).filter((name) => name.startsWith("case-"));
      output = join(
        folder,
        folders.sort((a, b) => statSync(join(folder, b)).mtimeMs - statSync(join(folder, a)).mtimeMs)[0]!,
        "output.ipynb",
      );
      if (existsSync(output)) seen.push(readFileSync(output, "utf8"));
    }, 100);
    await run([input], { autosaveCellEvery: 1 });
    clearInterval(timer);
    assert.ok(seen.some((saved) => saved.includes("begun\\n") && !saved.includes("ended\\n")));
    for (const saved of seen) JSON.parse(saved);
  });

  const failures: [title: string, source: string, reason: RegExp][] = [
    ["a type error", 'const n: number = "text";', /^TypeScript: 1:7 - Type 'string' is not assignable/],
    [
      "a wrong call of the package",
      'import { seededRandom } from "insiders";\nseededRandom("x");',
      /^TypeScript: 2:14 - Argument of type 'string'/,
    ],
    ["a thrown error", 'throw new RangeError("out of it");', /^RangeError: out of it \(line 1\)$/],
    ["a rejection nobody handles", 'void Promise.reject(new Error("lost"));', /^Error: lost \(line 1\)$/],
    ["an awaited rejection", 'await Promise.reject(new Error("late"));', /^Error: late \(line 1\)$/],
    ["the end of the kernel", "process.exit(3);", /^KernelDiedError: the kernel exited with 3/],
  ];
  for (const [title, source, reason] of failures) {
    it(`stops at ${title}, keeps what was done and leaves the rest pending`, async () => {
      const { status, failure, cells } = await run(['console.log("before");', source, "1"]);
      assert.equal(status, "failed");
      assert.equal(failure!.cell, "cell-1");
      assert.match(failure!.reason, reason);
      assert.deepEqual(statuses(cells), ["completed", "failed", "pending"]);
      assert.equal(text(cells[0]!), "before\n");
      assert.equal(cells[1]!.outputs.at(-1)!.output_type, "error");
    });
  }

  it("goes on behind a cell that is tagged raises-exception", async () => {
    const { status, cells } = await run(['throw new Error("meant");', "1"], {}, { 0: ["raises-exception"] });
    assert.equal(status, "completed");
    assert.equal(cells[0]!.outputs[0]!.output_type, "error");
    assert.equal(cells[1]!.outputs.length, 1);
  });

  it("ends a cell that computes or waits beyond its time", async () => {
    for (const source of ["while (true) {}", "await new Promise(() => setTimeout(() => {}, 60_000));"]) {
      const { failure } = await run([source], { executionTimeout: 1 });
      assert.match(failure!.reason, /^CellTimeoutError: the cell ran longer than 1 s/);
    }
  });

  it("declares the parameters it is given", async () => {
    const { cells } = await run(
      ['const name = "default";', "console.log(name, typeof name);"],
      { parameters: { name: 'a "quoted"\nname' } },
      { 0: ["parameters"] },
    );
    assert.deepEqual(
      cells.map((cell) => cell.id),
      ["cell-0", "injected-parameters", "cell-1"],
    );
    assert.equal(text(cells[2]!), 'a "quoted"\nname string\n');
  });

  it("leaves no temporary file and no kernel folder", async () => {
    mkdirSync(join(folder, "tmp"));
    const { output } = await run(["1"], { env: { TMPDIR: join(folder, "tmp") } });
    assert.deepEqual(readdirSync(join(output, "..")).sort(), ["input.ipynb", "output.ipynb"]);
  });

  it("says in one line what is wrong with a file that is no notebook", async () => {
    const path = join(folder, "broken.ipynb");
    writeFileSync(path, "{");
    await assert.rejects(runNotebook(path, join(folder, "out.ipynb"), {}), /broken\.ipynb is not a notebook/);
    await assert.rejects(
      runNotebook(join(folder, "none.ipynb"), join(folder, "out.ipynb"), {}),
      /cannot read the notebook .*none\.ipynb: ENOENT/,
    );
  });
});
