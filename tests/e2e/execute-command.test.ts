import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { Notebook } from "#src/runner/nbformat.js";
import { root } from "../structure/support.js";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "insiders-command-")));
after(() => rmSync(folder, { recursive: true, force: true }));

const MAIN = join(root, "dist/cli/main.js");
const DEFAULTS = `import { EOL } from "node:os";
interface Options { depth: number }
const limit: number = 5; // rows
const mode: "fast" | "exact" = "fast";
const name = "lille";
const options: Options = { depth: 1 };
const end: typeof EOL = EOL;
const any = {};`;

/** Writes a notebook of these cells, the first with the parameters, and gives its path. */
function writeNotebook(name: string, ...sources: string[]): string {
  const cells = sources.map((source, at) => ({
    cell_type: "code",
    id: at === 0 ? "defaults" : `work-${at}`,
    metadata: { tags: at === 0 ? ["parameters"] : [] },
    source,
    execution_count: null,
    outputs: [],
  }));
  const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells }));
  return path;
}

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  lastLine: string | undefined;
}

/** Runs `insiders execute`; `onStderr` sees what it says while it runs. */
async function execute(
  args: string[],
  onStderr: (text: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, "execute", ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.stderr += text;
    onStderr(said.stderr, child);
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const code = await new Promise<number | null>((done) => child.once("close", done));
  clearTimeout(limit);
  return { code, ...said, lastLine: said.stderr.trimEnd().split("\n").at(-1) };
}

function printed(notebook: string): string[] {
  return (JSON.parse(notebook) as Notebook).cells.map((cell) =>
    cell.cell_type !== "code"
      ? ""
      : cell.outputs.map((output) => (output.output_type === "stream" ? output.text : "")).join(""),
  );
}
const saved = (name: string): string => readFileSync(join(folder, name), "utf8");

describe("parameters in the kernel", () => {
  it("arrive as they were given, typed as the notebook declares them, comparable in later cells", async () => {
    const input = writeNotebook(
      "given.ipynb",
      DEFAULTS,
      'if (name === "other") console.log("other"); else console.log(mode === "exact", limit + options.depth);',
      "console.log(JSON.stringify([name, any]), Object.is(any.zero, -0), Number.isNaN(any.nan));",
      "const late = () => [name, limit, end]; console.log(JSON.stringify(late()));",
    );
    const text = "\"'`${x}`\\\n\u2028\u202e😀";
    const any = '{"__proto__": {"a b": [1, null, true]}, "zero": -0.0, "nan": .nan, "text": "\\ud83d"}';
    const { code, lastLine } = await execute(
      [
        input,
        "given-out.ipynb",
        "-r",
        "name",
        text,
        "-p",
        "limit",
        "7",
        "-y",
        "{mode: exact, options: {depth: 2}}",
      ].concat(["-y", `any: ${any}`, "-r", "end", "-"]),
    );
    assert.equal(code, 0, lastLine);
    assert.match(lastLine!, /^completed in /);
    const [, , compared, values, late] = printed(saved("given-out.ipynb"));
    assert.equal(compared, "true 9\n");
    const expected = `{"__proto__":{"a b":[1,null,true]},"zero":0,"nan":null,"text":"\\ud83d"}`;
    assert.equal(values, `[${JSON.stringify(text)},${expected}] true true\n`);
    assert.equal(late, `${JSON.stringify([text, 7, "-"])}\n`);
  });

  it("of a wrong type fail the type check, and the last line names the parameter", async () => {
    const input = writeNotebook("wrong.ipynb", DEFAULTS, "limit");
    const { code, lastLine } = await execute([input, "wrong-out.ipynb", "-p", "limit", "many"]);
    assert.equal(code, 1);
    assert.equal(
      lastLine,
      "insiders: wrong-out.ipynb, cell injected-parameters: parameter limit: Type 'string' is not assignable to type 'number'.",
    );
  });

  it("reach a notebook of JavaScript without types", async () => {
    const input = writeNotebook("script.ipynb", "const limit = 5;", "console.log(limit + 1);");
    const { code, lastLine, stdout } = await execute([input, "-", "-k", "jslab", "-p", "limit", "7"]);
    assert.equal(code, 0, lastLine);
    assert.equal(printed(stdout)[2], "8\n");
  });
});

describe("insiders execute", () => {
  it("exits with 1 when a cell fails or takes too long, and the last line says where and why", async () => {
    const thrower = writeNotebook(
      "thrower.ipynb",
      "",
      'console.log("on");',
      'throw new RangeError("out of it");',
      "1",
    );
    const failed = await execute([thrower, "thrower-out.ipynb"]);
    assert.equal(failed.code, 1);
    assert.match(failed.lastLine!, /^insiders: thrower-out\.ipynb, cell work-2: RangeError: out of it/);
    assert.ok(printed(saved("thrower-out.ipynb")).includes("on\n"));
    const slow = writeNotebook("slow.ipynb", "", "while (true) {}");
    const late = await execute([slow, "slow-out.ipynb", "--execution-timeout", "1"]);
    assert.equal(late.code, 1);
    assert.match(late.lastLine!, /^insiders: slow-out\.ipynb, cell work-1: CellTimeoutError: /);
  });

  it("exits with 138 when the kernel dies, as papermill does", async () => {
    const input = writeNotebook("dying.ipynb", "", "process.exit(3);");
    const { code, lastLine } = await execute([input, "dying-out.ipynb"]);
    assert.equal(code, 138);
    assert.match(lastLine!, /^insiders: dying-out\.ipynb, cell work-1: KernelDiedError: /);
  });

  for (const [signal, expected] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    it(`exits with ${expected} on ${signal}, and what was done is saved`, async () => {
      const input = writeNotebook("waiting.ipynb", 'console.log("done");', "while (true) {}");
      let sent = false;
      const { code, lastLine } = await execute(
        [input, "waiting-out.ipynb", "--log-output"],
        (text, child) => {
          if (!sent && text.includes("Executing Cell 2 work-1")) sent = child.kill(signal);
        },
      );
      assert.equal(code, expected);
      assert.match(lastLine!, new RegExp(`^insiders: waiting-out\\.ipynb, cell work-1: .*${signal}`));
      assert.ok(printed(saved("waiting-out.ipynb")).includes("done\n"));
    });

  it("logs outputs, and writes them to the files named", async () => {
    const input = writeNotebook("talking.ipynb", "", 'console.log("é out"); console.error("err");', "6 * 7");
    const { code, stderr, stdout } = await execute([
      input,
      "talking-out.ipynb",
      "--log-output",
      "--stdout-file",
      "out.txt",
      "--stderr-file",
      "err.txt",
    ]);
    assert.equal(code, 0);
    assert.match(
      stderr,
      /\nExecuting Cell \d work-1 -+\n(é out\nerr|err\né out)\nEnding Cell \d work-1 -+\nExecuting Cell \d work-2 -+\n42\nEnding/,
    );
    assert.equal(stdout, "");
    assert.deepEqual([saved("out.txt"), saved("err.txt")], ["é out\n", "err\n"]);
  });

  it("keeps standard output for the notebook, with progress beside it when asked for", async () => {
    const input = writeNotebook("piped.ipynb", "", 'console.log("text");');
    const quiet = await execute([input, "-"]);
    assert.deepEqual([quiet.code, quiet.stderr], [0, ""]);
    assert.deepEqual(printed(quiet.stdout), ["", "text\n"]);
    const shown = await execute([input, "-", "--progress-bar"]);
    assert.match(shown.stderr, /cell \d\/\d work-1 .*\ncompleted in /);
    assert.deepEqual(printed(shown.stdout), ["", "text\n"]);
  });

  it("runs the notebook in the folder named, and paths stay those of the caller", async () => {
    const input = writeNotebook("here.ipynb", "", "console.log(process.cwd());");
    const elsewhere = mkdtempSync(join(folder, "cwd-"));
    const { code, lastLine } = await execute([input, "here-out.ipynb", "--cwd", elsewhere]);
    assert.equal(code, 0, lastLine);
    assert.equal(printed(saved("here-out.ipynb"))[1], `${elsewhere}\n`);
    assert.equal(existsSync(join(elsewhere, "here-out.ipynb")), false);
  });
});
