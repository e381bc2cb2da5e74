import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, it } from "node:test";
import type { Notebook } from "#src/runner/nbformat.js";
import { root } from "../structure/support.js";

const top = mkdtempSync(join(tmpdir(), "insiders-execute-"));
after(() => rmSync(top, { recursive: true, force: true }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(top, "case-"));
});

const COMMAND = [process.execPath, join(root, "dist/cli/main.js"), "execute"];
const DEFAULTS =
  'const limit: number = 5; // rows to read\nconst name = "x"; // a name\nconst free = compute();';

function writeNotebook(name: string, source: string = DEFAULTS, tags: string[] = ["parameters"]): string {
  const cell = { cell_type: "code", metadata: {}, execution_count: null, outputs: [] };
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } },
    cells: [
      { ...cell, id: "defaults", metadata: { tags }, source },
      { ...cell, id: "work", source: "limit" },
    ],
  };
  const text = JSON.stringify(notebook);
  writeFileSync(join(folder, name), text);
  return text;
}

/** Runs the command; standard input is closed, standard output a socket. */
function execute(...args: string[]): SpawnSyncReturns<string> {
  const stdio = ["ignore", "pipe", "pipe"] as const;
  return spawnSync(COMMAND[0]!, [...COMMAND.slice(1), ...args], {
    encoding: "utf8",
    cwd: folder,
    stdio: [...stdio],
  });
}

/** Runs a line of shell in which `insiders` is the command: only a shell makes pipes as users have them. */
function shell(line: string): SpawnSyncReturns<string> {
  const quoted = COMMAND.map((part) => `'${part}'`).join(" ");
  return spawnSync("sh", ["-c", `insiders() { ${quoted} "$@"; }\n${line}`], {
    encoding: "utf8",
    cwd: folder,
  });
}

function injected(text: string): unknown {
  const { cells } = JSON.parse(text) as Notebook;
  return cells.find(({ id }) => id === "injected-parameters")?.source;
}
const saved = (name: string): string => readFileSync(join(folder, name), "utf8");

describe("insiders execute, called the wrong way", () => {
  it("says why in one line and exits with 2", () => {
    for (const [args, complaint] of [
      [[], "missing argument 'NOTEBOOK_PATH'"],
      [["a", "b", "c"], "too many arguments for 'execute'. Expected 2 arguments but got 3"],
      [["--paramters"], "unknown option '--paramters' (Did you mean --parameters?)"],
      [
        ["-p", "a"],
        /^option '-p, --parameters <name> <value>' argument 'a' is invalid\. It takes a name and a value$/,
      ],
      [["-r"], "option '-r, --parameters_raw <name> <value>' argument missing"],
      [
        ["a", "b", "--start_timeout", "1.5"],
        /argument '1\.5' is invalid\. It is no whole number of seconds$/,
      ],
      [
        ["a", "b", "--execution-timeout", "-1"],
        /argument '-1' is invalid\. It is no whole number of seconds$/,
      ],
      [
        ["a", "b", "--autosave-cell-every", "-1"],
        /argument '-1' is invalid\. It is no whole number of seconds$/,
      ],
      [
        ["a", "b", "--start-timeout", "soon"],
        /argument 'soon' is invalid\. It is no whole number of seconds$/,
      ],
      [
        ["a", "b", "--log-level", "info"],
        /argument 'info' is invalid\. Allowed choices are NOTSET, DEBUG, INFO, /,
      ],
    ] as const) {
      const { status, stderr, stdout } = execute(...args);
      const [, said] = /^insiders: (.*); insiders execute --help shows what there is\n$/.exec(stderr) ?? [];
      if (typeof complaint === "string") assert.equal(said, complaint);
      else assert.match(said!, complaint);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
    }
  });

  it("says why in one line and exits with 1 when notebook or parameters are no good, and writes nothing", () => {
    writeNotebook("a.ipynb");
    writeFileSync(join(folder, "list.yaml"), "- 1");
    mkdirSync(join(folder, "taken"));
    for (const [args, complaint] of [
      [["none.ipynb", "o.ipynb"], "cannot read the notebook none.ipynb: ENOENT"],
      [["list.yaml", "o.ipynb"], /^list\.yaml is not a notebook: /],
      [["a.ipynb", "o_{day}.ipynb"], "in the path o_{day}.ipynb: Missing parameter 'day'"],
      [["{", "o.ipynb"], /^in the path \{: /],
      [["a.ipynb", "o.ipynb", "-f", "list.yaml"], /^list\.yaml is no map of names to values/],
      [["a.ipynb", "o.ipynb", "-f", "none.yaml"], /^the parameters file none\.yaml cannot be read/],
      [["a.ipynb", "o.ipynb", "-p", "id", "9007199254740993"], /^parameter id is 9007199254740993: integers/],
      [["a.ipynb", "o.ipynb", "-p", "a-b", "1"], `a parameter's name is an identifier, got "a-b"`],
      [["a.ipynb", "o.ipynb", "-p", "exports", "1"], /^a parameter cannot be called "exports": the language/],
      [["a.ipynb", "o.ipynb", "--cwd", "none"], "--cwd none does not exist: name a folder"],
      [["a.ipynb", "o.ipynb", "--cwd", "list.yaml"], "--cwd list.yaml is no folder: name a folder"],
      [["a.ipynb", "o.ipynb", "--stdout-file", "taken"], "taken cannot be written (EISDIR)"],
    ] as const) {
      const { status, stderr } = execute(...args, "--prepare-only", "--log-level", "ERROR");
      const [, said] = /^insiders: (.*)\n$/.exec(stderr) ?? [];
      if (typeof complaint === "string") assert.equal(said, complaint);
      else assert.match(String(said), complaint);
      assert.equal(status, 1);
    }
    assert.equal(existsSync(join(folder, "o.ipynb")), false);
  });
});

describe("insiders execute --prepare-only", () => {
  it("writes the notebook with parameters of every source, the later winning", () => {
    writeNotebook("a.ipynb");
    writeFileSync(join(folder, "p.yaml"), "b: file\nc: file\nd: file\ne: file\nf: 2020-01-01");
    const base64 = Buffer.from("a: base64\nb: base64\nPAPERMILL_INPUT_PATH: mine").toString("base64");
    const args = ["-r", "e", "5", "-p", "d", "1_000", "-p", "e", "5", "-y", "{c: yes, d: yaml}"];
    const { status, stderr } = execute(
      "--prepare-only",
      ...args,
      ...["-b", base64, "-f", "p.yaml", "--inject-paths", "a.ipynb", "out_{d:06d}.ipynb"],
    );
    assert.equal(status, 0, stderr);
    assert.equal(
      injected(saved("out_001000.ipynb")),
      `// Parameters
let PAPERMILL_INPUT_PATH = "mine";
let PAPERMILL_OUTPUT_PATH = "out_001000.ipynb";
let a = "base64";
let b = "file";
let c = true;
let d = 1000;
let e = "5";
let f = "2020-01-01";`,
    );
    assert.match(stderr, /^Input Notebook: {2}a\.ipynb\nOutput Notebook: out_001000\.ipynb\n/);
  });

  it("takes floats of any size, which are no integers that lost digits", () => {
    writeNotebook("a.ipynb");
    assert.equal(
      execute("--prepare-only", "-p", "x", "1e20", "-y", "y: 1.5e+17", "a.ipynb", "o.ipynb").status,
      0,
    );
    assert.equal(injected(saved("o.ipynb")), "// Parameters\nlet y = 1.5e+17;\nlet x = 1e+20;");
  });

  it("runs nothing: no outputs, every cell pending", () => {
    writeNotebook("a.ipynb");
    assert.equal(execute("--prepare-execute", "--prepare-only", "a.ipynb", "o.ipynb").status, 0);
    const { cells } = JSON.parse(saved("o.ipynb")) as Notebook;
    assert.deepEqual(
      cells.map((cell) => cell.metadata.papermill?.["status"]),
      ["pending", "pending"],
    );
  });

  it("warns of names the notebook does not declare, unless told to be quiet", () => {
    writeNotebook("a.ipynb");
    const args = ["--prepare-only", "-p", "limt", "6", "a.ipynb", "o.ipynb"];
    assert.match(execute(...args).stderr, /\nPassed unknown parameter: limt\n$/);
    assert.equal(execute(...args, "--log-level", "WARNING").stderr, "Passed unknown parameter: limt\n");
    assert.equal(execute(...args, "--log-level", "ERROR").stderr, "");
  });

  it("writes parameters in the language asked for, and names those there are", () => {
    writeNotebook("a.ipynb");
    const args = ["--prepare-only", "--log-level", "ERROR", "-p", "limit", "6", "a.ipynb", "-", "-l"];
    assert.equal(injected(execute(...args, "typescript").stdout), "// Parameters\nlet limit: number = 6;");
    assert.equal(injected(execute(...args, "javascript").stdout), "// Parameters\nlet limit = 6;");
    const { status, stderr } = execute(...args, "R");
    assert.equal(status, 1);
    assert.match(stderr, /^insiders: parameters are written in typescript or javascript .*got R.*\n$/);
  });
});

describe("insiders execute and pipes", () => {
  it("read the notebook from one and write it to the other, and say nothing else", () => {
    writeNotebook("a.ipynb");
    for (const paths of ["", "-", "- -"]) {
      const { stdout, stderr, status } = shell(
        `cat a.ipynb | insiders ${paths} -p limit 6 --prepare-only | cat`,
      );
      assert.deepEqual({ stderr, status }, { stderr: "", status: 0 }, paths);
      assert.equal(injected(stdout), "// Parameters\nlet limit: number = 6;");
    }
  });

  it("take the one path for the output when a notebook is piped in", () => {
    writeNotebook("a.ipynb");
    const { status, stderr } = shell("cat a.ipynb | insiders o.ipynb -p limit 6 --prepare-only");
    assert.deepEqual(
      { status, stderr },
      { status: 0, stderr: "Input Notebook:  -\nOutput Notebook: o.ipynb\n" },
    );
    assert.equal(injected(saved("o.ipynb")), "// Parameters\nlet limit: number = 6;");
  });

  it("overwrite nothing when the pipe is empty or holds no notebook", () => {
    const before = writeNotebook("a.ipynb");
    for (const source of [":", "echo '[]'", "printf '{'"]) {
      const { status, stderr } = shell(`${source} | insiders a.ipynb --log-level ERROR`);
      assert.equal(status, 1);
      assert.match(stderr, /^insiders: standard input is not an? [^\n]*\n$/);
      assert.equal(saved("a.ipynb"), before);
    }
  });

  it("take standard output for the output when only the notebook is named", () => {
    writeNotebook("a.ipynb");
    const { stdout, stderr } = execute("a.ipynb", "--prepare-only", "-p", "limit", "6");
    assert.equal(injected(stdout), "// Parameters\nlet limit: number = 6;");
    assert.equal(stderr, "");
  });
});

describe("insiders execute --help-notebook", () => {
  it("shows name, type, default and comment of each parameter as papermill does", () => {
    writeNotebook("a.ipynb");
    const { stdout, status } = execute("a.ipynb", "--help-notebook");
    assert.equal(
      stdout,
      `Usage: insiders execute [OPTIONS] NOTEBOOK_PATH [OUTPUT_PATH]

Parameters inferred for notebook 'a.ipynb':
  limit: number (default 5)       rows to read
  name: string (default "x")      a name
  free: Unknown type (default compute())
`,
    );
    assert.equal(status, 0);
  });

  it("moves the help of a long definition to the next line, and keeps a default on one", () => {
    writeNotebook("a.ipynb", "const workspace = {\n  path: 1,\n}; // where it goes");
    assert.match(
      execute("a.ipynb", "--help-notebook").stdout,
      /\n {2}workspace: Unknown type \(default \{ path: 1, \}\)\n {34}where it goes\n$/,
    );
  });

  it("exits with 1 when no cell is tagged, and with 0 when the tagged one declares nothing", () => {
    writeNotebook("a.ipynb", DEFAULTS, []);
    const untagged = execute("a.ipynb", "--help-notebook");
    assert.match(untagged.stdout, /'a\.ipynb':\n\n {2}No cell tagged 'parameters'\n$/);
    assert.equal(untagged.status, 1);
    writeNotebook("a.ipynb", "// nothing yet");
    const empty = execute("a.ipynb", "--help-notebook");
    assert.match(empty.stdout, /\n\n {2}Can't infer anything about this notebook's parameters\./);
    assert.equal(empty.status, 0);
  });
});

describe("insiders execute --version and --help", () => {
  it("tell version, place and Node.js version, as papermill does", () => {
    const { stdout, status } = execute("--version");
    assert.match(stdout, /^\d+\.\d+\.\d+ from \/.*\/dist\/cli\/main\.js \(\d+\.\d+\.\d+\)\n$/);
    assert.equal(status, 0);
  });

  it("name every option of papermill that has a meaning here", () => {
    const { stdout, status } = execute("-h");
    assert.equal(status, 0);
    const options = [
      "-p, --parameters -r, --parameters_raw -f, --parameters_file -y, --parameters_yaml -b, --parameters_base64",
      "--help-notebook --inject-input-path --inject-output-path --inject-paths --request-save-on-cell-execute",
      "--no-request-save-on-cell-execute --autosave-cell-every --prepare-only --prepare-execute -k, --kernel",
      "-l, --language --cwd --progress-bar --no-progress-bar --log-output --no-log-output --stdout-file --stderr-file",
      "--log-level --start-timeout --execution-timeout --report-mode --no-report-mode --version -h, --help",
    ].join(" ");
    for (const option of options.match(/(-\w, )?--[\w-]+/g)!)
      assert.ok(new RegExp(`^ {2}${option}[ \\n]`, "m").test(stdout), option);
  });
});
