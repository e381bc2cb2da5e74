import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { runNotebook } from "#src/runner/execute.js";
import { readNotebook, writeNotebook } from "#src/runner/notebook-file.js";
import { run } from "#src/runner/processes.js";
import { preparePython } from "../runner/python-tools.js";
import { root } from "../structure/support.js";

/** A cell of two notebooks that do the same, and how it is tagged. */
interface Twin {
  typescript: string;
  python: string;
  type?: "markdown" | "raw";
  tags?: string[];
}

/** What `validity.py` finds in a notebook. */
interface Found {
  problem: string | null;
  format: string;
  isReadAsWritten: boolean;
  run: Record<string, string>;
  cells: { type: string; tags: string[] | null; run: Record<string, string> }[];
}

const both = (source: string, more: Partial<Twin> = {}): Twin => ({
  typescript: source,
  python: source,
  ...more,
});

/** Without a cell tagged `raises-exception`: papermill, unlike nbclient and us, marks the notebook as failed then. */
const COMPLETES: Twin[] = [
  both("# A title", { type: "markdown" }),
  { typescript: 'const own = "";', python: 'own = ""', tags: ["parameters"] },
  both("left to other tools", { type: "raw" }),
  both(""),
  { typescript: 'console.log("out");\nconsole.error("err");', python: 'print("out")' },
  {
    typescript: 'import { display } from "tslab";\ndisplay.html("<b>bold</b>");',
    python: "from IPython.display import HTML, display\ndisplay(HTML('<b>bold</b>'))",
  },
  both("1 + 1"),
  // What others see of the notebook while it runs.
  {
    typescript: 'import { copyFileSync } from "node:fs";\ncopyFileSync(own, own + ".running");',
    python: 'import shutil\nshutil.copy(own, own + ".running")',
  },
  both("3"),
];
const FAILS: Twin[] = [
  ...COMPLETES.slice(0, 2),
  both("1"),
  { typescript: 'throw new RangeError("not meant");', python: "1 / 0" },
  both("3"),
];

const CASES = ["completes", "completes.ipynb.running", "fails", "fails again"];
const folder = mkdtempSync(join(tmpdir(), "insiders-validity-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const tools = await preparePython("test-venv", "tests/requirements.txt");

/** Runs what `CASES` names in a folder of its own: input, output and parameters. */
function plan(language: "typescript" | "python"): { input: string; output: string; own: string }[] {
  const at = join(folder, language);
  mkdirSync(at);
  const kernel = language === "typescript" ? "tslab" : "python3";
  writeFileSync(join(at, "completing.ipynb"), notebookText(COMPLETES, language, kernel));
  writeFileSync(join(at, "failing.ipynb"), notebookText(FAILS, language, kernel));
  const steps = [
    ["completing", "completes"],
    ["failing", "fails"],
    ["fails", "fails again"],
  ];
  return steps.map(([input, output]) => {
    const own = join(at, `${output}.ipynb`);
    return { input: join(at, `${input}.ipynb`), output: own, own };
  });
}

function notebookText(twins: Twin[], language: "typescript" | "python", kernel: string): string {
  const cells = twins.map((twin, at) => ({
    cell_type: twin.type ?? "code",
    id: `cell-${at}`,
    metadata: twin.tags ? { tags: twin.tags } : {},
    source: twin[language],
    ...(!twin.type && { execution_count: null, outputs: [] }),
  }));
  const kernelspec = { name: kernel, display_name: kernel, language };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells });
}

/** What the script finds in the notebooks of `CASES`, after it has run those it is told to. */
async function look(language: string, execute: unknown[]): Promise<Map<string, Found>> {
  const paths = CASES.map((name) => join(folder, language, name.includes(".") ? name : `${name}.ipynb`));
  const found = await describeNotebooks(paths, execute);
  return new Map(CASES.map((name, at) => [name, found[at]!]));
}

async function describeNotebooks(paths: readonly string[], execute: unknown[] = []): Promise<Found[]> {
  const script = join(root, "tests/e2e/validity.py");
  const job = JSON.stringify({ execute, describe: paths });
  const { code, stdout, stderr } = await run(tools.python!, ["-W", "ignore", script, job], process.env);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as Found[];
}

describe("an executed notebook", { skip: tools.missing ?? false }, () => {
  let ours: Map<string, Found>;
  let papermills: Map<string, Found>;

  before(async () => {
    const steps = plan("python").map(({ input, output, own }) => [input, output, { own }]);
    const reference = look("python", steps);
    reference.catch(() => {});
    for (const { input, output, own } of plan("typescript"))
      await runNotebook(input, output, { parameters: { own }, cwd: join(root, "notebooks") });
    ours = await look("typescript", []);
    papermills = await reference;
  });

  for (const name of CASES) {
    describe(`that ${name.endsWith("running") ? "is still running" : name}`, () => {
      it("is valid nbformat 4.5 without any allowance", () => {
        const { problem, format } = ours.get(name)!;
        assert.deepEqual({ problem, format }, { problem: null, format: "4.5" });
      });

      it("is read by papermill as it was written", () => {
        assert.ok(ours.get(name)!.isReadAsWritten);
      });

      it("tells of the run in papermill's names and forms", () => {
        assert.deepEqual(ours.get(name)!.run, papermills.get(name)!.run);
      });

      it("has papermill's cells, tags, names and forms", () => {
        assert.deepEqual(ours.get(name)!.cells, papermills.get(name)!.cells);
      });
    });
  }
});

/** Old minor versions, fields of other types of cells, and what was never valid; a cell with the id of our own note. */
const CARELESS = {
  nbformat: 4,
  metadata: { kernelspec: { name: "tslab" }, language_info: {}, orig_nbformat: 3, title: null },
  worksheets: [],
  cells: [
    { cell_type: "markdown", metadata: null, source: ["# A ", "title"], outputs: [], execution_count: 1 },
    { cell_type: "markdown", source: "", attachments: { "a.png": { "image/png": "AA==" } } },
    {
      cell_type: "code",
      id: "papermill-error-cell",
      source: "1",
      prompt_number: 3,
      metadata: { collapsed: null },
    },
    {
      cell_type: "code",
      id: "papermill-error-cell",
      source: 'throw new Error("x")',
      outputs: [{ output_type: "pyout" }],
    },
    { cell_type: "raw", source: "", metadata: { tags: ["a", "a"] }, level: 1 },
  ],
};

describe("a notebook of an older or careless writer", { skip: tools.missing ?? false }, () => {
  it("is valid nbformat 4.5 once it has been read, prepared or run", async () => {
    const input = join(folder, "careless.ipynb");
    writeFileSync(input, JSON.stringify(CARELESS));
    const outputs = ["careless-read", "careless-prepared", "careless-run"].map((name) =>
      join(folder, `${name}.ipynb`),
    );
    writeNotebook(outputs[0]!, readNotebook(input));
    await runNotebook(input, outputs[1]!, { prepareOnly: true });
    await runNotebook(input, outputs[2]!, { cwd: join(root, "notebooks") });
    for (const { problem, format } of await describeNotebooks(outputs))
      assert.deepEqual({ problem, format }, { problem: null, format: "4.5" });
  });
});
