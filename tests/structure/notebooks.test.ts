import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  findNotebookProblems,
  findSeriesProblems,
  findTypedResults,
  formatNotebook,
  type Notebook,
  type NotebookCell,
  type NotebookFile,
} from "./notebooks.js";
import { listFiles, readText } from "./support.js";

const HEAD = "# Title\n\n**Business question:** who?\n\n**Success criterion:** a list.";

const prose = (id: string, source: string): NotebookCell => ({
  cell_type: "markdown",
  id,
  metadata: {},
  source,
});
const code = (id: string, source: string, tags?: string[]): NotebookCell => ({
  cell_type: "code",
  execution_count: null,
  id,
  metadata: tags ? { tags } : {},
  outputs: [],
  source,
});

function notebook(...more: NotebookCell[]): Notebook {
  return {
    cells: [prose("title", HEAD), code("parameters", "const seed = 42;", ["parameters"]), ...more],
    metadata: {
      insiders: { reads: [], writes: [] },
      kernelspec: { language: "typescript", name: "tslab" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

const problemsOf = (content: Notebook): string[] =>
  findNotebookProblems({ name: "01-x.ipynb", text: formatNotebook(content) }).map((p) =>
    p.slice("01-x.ipynb: ".length),
  );

describe("the notebooks", () => {
  const files = listFiles("notebooks", ".ipynb")
    .filter((path) => !path.includes("/"))
    .map((name): NotebookFile => ({ name, text: readText(`notebooks/${name}`) }));

  it("are there", () => {
    assert.ok(files.length > 0, "notebooks/ holds no notebook");
  });
  for (const file of files)
    it(`${file.name} is clean`, () => {
      assert.deepEqual(findNotebookProblems(file), []);
    });
  it("read only what an earlier one wrote", () => {
    assert.deepEqual(findSeriesProblems(files), []);
  });
});

describe("the notebook check", () => {
  it("finds nothing in a good notebook", () => {
    assert.deepEqual(
      problemsOf(notebook(prose("why-load", "We load."), code("load-invoices", "load();"))),
      [],
    );
  });

  it("catches another format or kernel and metadata that editors leave", () => {
    const bad = notebook();
    bad.nbformat_minor = 4;
    bad.metadata = { ...bad.metadata, kernelspec: { name: "python3", language: "python" } };
    Object.assign(bad.metadata, { papermill: {} });
    assert.deepEqual(problemsOf(bad), [
      "nbformat is 4.4, not 4.5",
      "kernelspec is python3 (python), not tslab (typescript)",
      "metadata is not for the notebook itself: papermill",
    ]);
  });

  it("catches outputs, execution counts, cell metadata and empty cells", () => {
    const run = { ...code("run", "run();"), execution_count: 3, outputs: [{}], metadata: { execution: {} } };
    assert.deepEqual(problemsOf(notebook(prose("why", " "), run)), [
      'cell "why" is empty',
      'cell "run" keeps outputs',
      'cell "run" keeps an execution count',
      'cell "run" keeps metadata: execution',
    ]);
  });

  it("catches ids that a machine made, that are missing or used twice", () => {
    const cells = ["a1b2c3d4", "Load_Data", "x1", "why", "why"].map((id) => prose(id, "Text."));
    assert.deepEqual(problemsOf(notebook(...cells)), [
      'cell id "a1b2c3d4" is not a readable name',
      'cell id "Load_Data" is not a readable name',
      'cell id "x1" is not a readable name',
      'cell id "why" is used twice',
    ]);
  });

  it("catches a head without title, question, criterion or parameters", () => {
    const bad = notebook();
    bad.cells = [prose("title", "Hello")];
    assert.deepEqual(problemsOf(bad), [
      "does not begin with a title",
      "its first cell states no business question",
      "its first cell states no success criteri",
      '0 cells are tagged "parameters", expected one code cell',
    ]);
  });

  it("catches code that no prose leads to", () => {
    const bad = notebook(code("imports", "load();"), code("table", "show();"), prose("why", "Text."));
    assert.deepEqual(problemsOf(bad), ['no prose leads to cell "table"']);
    const reading = code("reading", "showMarkdown(`We see ${n}`);");
    assert.deepEqual(problemsOf(notebook(code("imports", "load();"), reading, code("next", "go();"))), []);
    bad.cells = bad.cells!.slice(1);
    assert.ok(problemsOf(bad).includes('no prose leads to cell "parameters"'));
  });

  it("catches cells that are too long, alone and on average", () => {
    assert.deepEqual(problemsOf(notebook(code("long", "step();\n".repeat(16)))), [
      'cell "long" has 16 lines, at most 15',
      "its code cells have 8.5 lines on average",
    ]);
    assert.deepEqual(problemsOf(notebook(code("wide", `step("${"x".repeat(192)}");`))), [
      'cell "wide" has a line of 201 characters',
    ]);
  });

  it("catches paths of a machine", () => {
    for (const path of ["home/me", "root/x", "tmp/x", "work/x"])
      assert.equal(problemsOf(notebook(prose("why", `See /${path}/data.`))).length, 1, path);
    assert.equal(problemsOf(notebook(prose("why", `See C:${"\\"}data.`))).length, 1);
    assert.deepEqual(
      problemsOf(notebook(prose("why", "See data/raw, ./tmp/x and https://x.org/home/y."))),
      [],
    );
  });

  it("catches a file that nbformat would write in another way, and one that is not JSON", () => {
    const text = formatNotebook(notebook());
    const [problem] = findNotebookProblems({ name: "x", text: text.trimEnd() });
    assert.match(problem!, /not written the way nbformat does/);
    assert.match(findNotebookProblems({ name: "x", text: "{" })[0]!, /^x: is not JSON/);
  });
});

describe("results typed by hand", () => {
  it("are found: thousands separators and percentages", () => {
    assert.deepEqual(
      findTypedResults("We keep 4,328 customers, 46.0% of revenue and 12 per cent of units."),
      ["4,328", "46.0%", "12 per cent"],
    );
  });

  it("are not code, formulas, links, dates, section numbers or round definitions", () => {
    const text = [
      "See `x = 1,000` and $p = 5%$ in section 2.1 of 2011-12-09, [46.0% of 1,234](https://x.org/1,000%).",
      "The top 10% by revenue, a 95% confidence interval, at least 5% of customers, 10% below the base.",
      "```\n541,909 rows\n```",
    ].join("\n\n");
    assert.deepEqual(findTypedResults(text), []);
  });

  it("may be quoted from prior work where the paragraph links its source, in the plan only", () => {
    const text = "Earlier work reports 56.76% ([Diamond](https://x.org)).\n\nWe got 60.1%.";
    assert.deepEqual(findTypedResults(text, true), ["60.1%"]);
    assert.deepEqual(findTypedResults(text), ["56.76%", "60.1%"]);
  });
});

describe("the series check", () => {
  const step = (name: string, reads: unknown, writes: unknown): NotebookFile => ({
    name,
    text: JSON.stringify({ metadata: { insiders: { reads, writes } } }),
  });

  it("accepts a chain", () => {
    assert.deepEqual(
      findSeriesProblems([step("00-plan.ipynb", [], ["a"]), step("01-use.ipynb", ["a"], ["b"])]),
      [],
    );
  });

  it("catches wrong numbers, missing lists, unknown reads and two writers", () => {
    const files = [
      step("00-plan.ipynb", ["later"], ["a"]),
      step("02-gap.ipynb", [], ["a"]),
      step("02-bare.ipynb", undefined, []),
    ];
    assert.deepEqual(findSeriesProblems(files), [
      "00-plan.ipynb: reads later, which no earlier notebook writes",
      "02-gap.ipynb: expected number 1 and a kebab-case name",
      "02-gap.ipynb: writes a, which 00-plan.ipynb writes too",
      "02-bare.ipynb: metadata.insiders needs reads and writes, lists of artifact names",
    ]);
  });
});
