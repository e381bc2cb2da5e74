import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Nbconvert, type ReportHeader, renderHtml } from "#src/runner/html.js";
import { readOverview } from "#src/runner/overview.js";
import { findNbconverts, type NbconvertWay } from "./nbconvert.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-html-"));
after(() => rmSync(folder, { recursive: true }));

const ways = await findNbconverts();
/** The one that a suite is about. */
let nbconvert: Nbconvert;

const hostile = `<script>document.title="x"</script>"'{{ 1 + 1 }}`;

/** A nbconvert of the given JavaScript; `args` are what it is called with. */
function fake(name: string, body: string): Nbconvert {
  const script = join(folder, `${name}.cjs`);
  writeFileSync(
    script,
    `const fs = require("node:fs"), path = require("node:path"), args = process.argv.slice(2);
const dir = args.find((a) => a.startsWith("--output-dir=")).slice(13);
const write = (input) => fs.writeFileSync(path.join(dir, path.basename(input, ".ipynb") + ".html"), input);
const inputs = args.filter((a) => a.endsWith(".ipynb"));
${body}`,
  );
  return { command: process.execPath, args: [script] };
}

function header(overrides: Partial<ReportHeader>): ReportHeader {
  return {
    title: "Report",
    banner: null,
    startedAt: "2025-11-22T03:53:12.123Z",
    durationSeconds: 83.2,
    status: "completed",
    parameters: {},
    source: null,
    versions: {},
    previous: null,
    next: null,
    index: null,
    ...overrides,
  };
}

/** Renders cells and gives the page. */
async function renderCells(name: string, cells: object[], report?: ReportHeader): Promise<string> {
  const path = join(folder, `${name}.ipynb`);
  const metadata = { language_info: { name: "typescript" }, ...(report && { insiders_report: report }) };
  const numbered = cells.map((cell, at) => ({ id: `c${at}`, metadata: {}, ...cell }));
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: numbered }));
  const [page] = await renderHtml([path], { nbconvert, outputDir: join(folder, name) });
  return readFileSync(page!, "utf8");
}

const code = (source: string, ...outputs: object[]): object => ({
  cell_type: "code",
  execution_count: 1,
  source,
  outputs,
});
const markdown = (source: string): object => ({ cell_type: "markdown", source });

describe("renderHtml", () => {
  it("calls nbconvert once and names the pages after the notebooks", async () => {
    const counting = fake(
      "counting",
      'inputs.forEach(write); fs.appendFileSync(__filename + ".calls", "1");',
    );
    const outputDir = join(folder, "several");
    const pages = await renderHtml(["a/01-x.ipynb", "b/02-y.ipynb"], { nbconvert: counting, outputDir });
    assert.deepEqual(pages, [join(outputDir, "01-x.html"), join(outputDir, "02-y.html")]);
    assert.equal(readFileSync(join(folder, "counting.cjs.calls"), "utf8"), "1");
    assert.deepEqual(readdirSync(outputDir).sort(), ["01-x.html", "02-y.html", "assets"]);
  });

  it("fails in one line with nbconvert's last one, keeps finished pages and leaves no remains", async () => {
    const failing = fake(
      "failing",
      'write(inputs[0]); console.error("Traceback\\n  in x\\nKeyError: y\\n"); process.exitCode = 1;',
    );
    const outputDir = join(folder, "half");
    await assert.rejects(renderHtml(["01-x.ipynb", "02-y.ipynb"], { nbconvert: failing, outputDir }), {
      message: "nbconvert did not render 02-y.html: KeyError: y",
    });
    assert.deepEqual(readdirSync(outputDir).sort(), ["01-x.html", "assets"]);
  });

  it("notices a page that silently did not appear", async () => {
    await assert.rejects(
      renderHtml(["01-x.ipynb"], { nbconvert: fake("silent", ""), outputDir: join(folder, "silent") }),
      /did not render 01-x\.html: it gave no reason/,
    );
  });

  it("names a program that is not there", async () => {
    const missing = { command: join(folder, "no-such-program"), args: [] };
    await assert.rejects(
      renderHtml(["01-x.ipynb"], { nbconvert: missing, outputDir: join(folder, "none") }),
      /cannot run nbconvert as .*no-such-program: there is no such program/,
    );
  });

  it("refuses two notebooks of one name and is content with none", async () => {
    const unused = fake("unused", "process.exitCode = 1;");
    const options = { nbconvert: unused, outputDir: join(folder, "unused") };
    await assert.rejects(renderHtml(["a/x.ipynb", "b/x.ipynb"], options), /both become x\.html/);
    assert.deepEqual(await renderHtml([], options), []);
  });

  it("stops when asked to", async () => {
    const slow = fake("slow", "setTimeout(() => {}, 60_000);");
    const stop = AbortSignal.timeout(200);
    await assert.rejects(
      renderHtml(["01-x.ipynb"], { nbconvert: slow, outputDir: join(folder, "slow"), signal: stop }),
    );
  });

  it("copies plotly.js only when it changed", async () => {
    const outputDir = join(folder, "library");
    const library = join(outputDir, "assets", "plotly.min.js");
    const options = { nbconvert: fake("library", "inputs.forEach(write);"), outputDir };
    await renderHtml(["01-x.ipynb"], options);
    const past = new Date("2020-01-01");
    utimesSync(library, past, past);
    await renderHtml(["01-x.ipynb"], options);
    assert.equal(statSync(library).mtimeMs, past.getTime());
    writeFileSync(library, "outdated");
    await renderHtml(["01-x.ipynb"], options);
    assert.ok(statSync(library).size > 1_000_000);
  });
});

describe("a report", { skip: ways.length === 0 && "nbconvert is not there and cannot be installed" }, () => {
  for (const way of ways) describe(`rendered by ${way.name}`, { concurrency: 2 }, () => aboutReports(way));
});

function aboutReports(way: NbconvertWay): void {
  before(() => {
    nbconvert = way.nbconvert;
  });

  it("has one h1, the notebook's own title, and no request but its shared library", async () => {
    const html = await renderCells("title", [
      markdown("# What the shop recorded\n\nIntroduction."),
      code("showFigure(f)", {
        output_type: "display_data",
        metadata: {},
        data: { "text/html": '<figure><div class="insiders-plot"></div></figure>' },
      }),
      markdown("# Another top heading"),
    ]);
    assert.equal(html.match(/<h1/g)?.length, 1);
    assert.match(html, /<h1>What the shop recorded<\/h1>/);
    assert.match(html, /<p>Introduction\.<\/p>/);
    assert.deepEqual(html.match(/(src|href)="[^#"][^"]*"/g), ['src="assets/plotly.min.js"']);
    assert.doesNotMatch(html, /https?:\/\//);
  });

  it("marks what its summary cells show, sanitized as all prose is, for the index page", async () => {
    const shows = (text: string): object => ({
      output_type: "display_data",
      metadata: {},
      data: { "text/markdown": text },
    });
    const html = await renderCells("summary", [
      markdown("# Answers"),
      code("other()", shows("Not this")),
      {
        ...code("answers()", shows(`**In short** ${hostile} [why](#cell-c1)`)),
        metadata: { tags: ["summary"] },
      },
    ]);
    const overview = readOverview(html, "summary.html");
    assert.match(overview, /<strong>In short<\/strong>/);
    assert.match(overview, /href="summary\.html#cell-c1"/);
    assert.doesNotMatch(overview, /Not this|<script/);
  });

  it("loads plotly.js only where there is a figure to draw with it", async () => {
    const inline = '<div class="insiders-plot"></div><script class="insiders-plotly-library"></script>';
    const none = await renderCells("none", [markdown("# No figure")]);
    const carried = await renderCells("carried", [
      code("x", { output_type: "display_data", metadata: {}, data: { "text/html": inline } }),
    ]);
    assert.doesNotMatch(none, /plotly\.min\.js/);
    assert.doesNotMatch(carried, /plotly\.min\.js/);
  });

  it("shows what the runner knows about the run", async () => {
    const html = await renderCells(
      "header",
      [code("x")],
      header({
        banner: "Synthetic sample data",
        parameters: { seed: 42, source: "x.csv", isSample: true, list: [1, "a"] },
        source: { name: "online-retail.csv", sha256: "9f86d081884c7d659a2f", rows: 541909 },
        versions: { node: "v20.20.2" },
        previous: { href: "00-a.html", title: "Before" },
        next: { href: "02-b.html", title: "After" },
        index: "index.html",
      }),
    );
    assert.match(html, /class="status completed">Completed<\/span>/);
    assert.match(html, />22 Nov 2025, 03:53 UTC<\/time>/);
    assert.match(html, /<span>1 min 23 s<\/span>/);
    assert.match(html, /<p class="banner">Synthetic sample data<\/p>/);
    assert.match(html, /<dt>seed<\/dt><dd>42<\/dd>/);
    assert.match(html, /<dt>isSample<\/dt><dd>true<\/dd>/);
    assert.match(html, /title="9f86d081884c7d659a2f">9f86d081884c<\/dd>/);
    for (const link of ["00-a.html", "02-b.html", "index.html"])
      assert.ok(html.includes(`href="${link}"`), link);
  });

  it("shows metadata, source code and plain outputs as text", async () => {
    const html = await renderCells(
      "hostile",
      [
        code(
          `// ${hostile}\nconst x = ${JSON.stringify(hostile)};`,
          { output_type: "stream", name: "stdout", text: hostile },
          { output_type: "stream", name: "stderr", text: hostile },
          { output_type: "display_data", metadata: {}, data: { "text/plain": hostile } },
          { output_type: "error", ename: hostile, evalue: hostile, traceback: [hostile, hostile] },
        ),
      ],
      header({
        title: hostile,
        banner: hostile,
        startedAt: hostile,
        parameters: { [hostile]: hostile, list: [hostile] },
        source: { name: hostile, sha256: hostile },
        versions: { [hostile]: hostile },
        previous: { href: hostile, title: hostile },
        next: { href: hostile, title: hostile },
        index: hostile,
      }),
    );
    assert.doesNotMatch(html, /<script>document/);
    assert.doesNotMatch(html, /"'\{\{ 2/);
    assert.match(html, /\{\{ 1 \+ 1 \}\}/);
  });

  it("folds code behind one line, opens what failed, and knows parameters", async () => {
    const failure = {
      output_type: "error",
      ename: "RangeError",
      evalue: "too many",
      traceback: ["\u001b[31mRangeError: too many\u001b[39m", "    at f (cell:1)"],
    };
    const html = await renderCells("folded", [
      code("const a = 1;\nconst b = 2;"),
      { ...code("// Parameters\nconst seed = 42;"), metadata: { tags: ["injected-parameters"] } },
      { ...code("import {\n  showTable,\n} from 'insiders';"), id: "first-rows" },
      { ...code("// Why\nwhy();"), id: "reasons" },
      code("fail();", failure),
    ]);
    assert.match(
      html,
      /<details class="code">\s*<summary>.*Code<\/span> <code>const a = 1;<\/code> .*2 lines/,
    );
    assert.match(html, /Code<\/span> <span class="code-name">first rows<\/span> .*3 lines/);
    assert.match(html, /Code<\/span> <code>Why<\/code> .*2 lines/);
    assert.match(html, /Parameters of this run<\/span> <code>const seed = 42;<\/code>/);
    assert.match(html, /<details class="code" open(="")?>/);
    assert.match(html, /<p class="error-title">RangeError: too many<\/p>/);
    assert.match(html, /The run stopped at <a href="#cell-c4">c4<\/a>/);
    assert.equal(html.match(/RangeError: too many/g)?.length, 1);
  });

  it("says where a run stopped and why, marks what was not run, and leaves out papermill's notes of it", async () => {
    const papermill = (status: string): object => ({ metadata: { papermill: { status } } });
    const marker = { ...markdown("**The run failed** at"), metadata: { tags: ["papermill-error-cell-tag"] } };
    const error = {
      output_type: "error",
      ename: "RangeError",
      evalue: "<b>",
      traceback: ["a\nRangeError: <b>\nb"],
    };
    const cells = [
      { ...marker, id: "papermill-error-cell" },
      markdown("# The title"),
      { ...code("a;"), ...papermill("completed") },
      { ...marker, id: "papermill-error-cell-before" },
      { ...code("b();", error), ...papermill("failed"), id: "close-it" },
      { ...code("c;"), ...papermill("pending") },
    ];
    const failure = { cell: "close-it", reason: hostile };
    const html = await renderCells("stopped", cells, header({ status: "failed", failure }));
    assert.match(html, /<h1>The title<\/h1>/);
    assert.match(html, /The run stopped at <a href="#cell-close-it">close it<\/a>:<\/strong> &lt;script&gt;/);
    assert.match(
      html,
      /id="cell-close-it">\s*<p[^>]*><strong>The run stopped here\.<\/strong> 1 cell was not run\./,
    );
    assert.equal(html.match(/The run stopped/g)?.length, 2);
    assert.doesNotMatch(html, /The run failed/);
    assert.equal(html.match(/class="not-run"/g)?.length, 1);
    assert.match(html, /<pre tabindex="0">a\nb\n?<\/pre>/);
  });

  it("says why a run failed that no cell is to blame for, and takes no meant error for a failure", async () => {
    const meant = { output_type: "error", ename: "Error", evalue: "meant", traceback: [] };
    const cells = [{ ...code("a;", meant), metadata: { tags: ["raises-exception"] } }];
    assert.doesNotMatch(await renderCells("meant", cells, header({})), /The run/);
    const failure = { cell: null, reason: "it did not write a" };
    const html = await renderCells("promise", cells, header({ status: "failed", failure }));
    assert.match(html, /<strong>The run failed:<\/strong> it did not write a/);
    assert.doesNotMatch(html, /The run stopped/);
  });

  it("sets recorded values side by side", async () => {
    const html = await renderCells("records", [
      code("record()", {
        output_type: "display_data",
        metadata: {},
        data: { "application/vnd.insiders.record+json": {}, "text/html": "<p>1</p>", "text/plain": "1" },
      }),
    ]);
    assert.match(html, /<div class="output record">\s*<p>1<\/p>/);
  });

  it("needs no metadata and no cells", async () => {
    assert.match(await renderCells("empty", []), /<h1>empty<\/h1>/);
  });
}
