import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import type { Bundle } from "#src/notebook/display.js";
import { figureBundle } from "#src/notebook/figure.js";
import { recordBundle } from "#src/notebook/record.js";
import { tableBundle } from "#src/notebook/table.js";
import { barChart } from "#src/plots/bars.js";
import type { FigureText } from "#src/plots/figure.js";
import { histogramChart } from "#src/plots/histogram.js";
import { missingChart } from "#src/plots/missing.js";
import { timeSeriesChart } from "#src/plots/time-series.js";
import type { RunRecord } from "#src/runner/history.js";
import { type ReportHeader, renderHtml } from "#src/runner/html.js";
import { renderIndex } from "#src/runner/index-page.js";
import { findNbconverts } from "../runner/nbconvert.js";
import { CHROMIUM_FLAGS, chromiumPath, NO_CHROMIUM } from "./chromium.js";

const HOSTILE = `<script>document.title="hacked"</script><img src="https://example.invalid/x.png"> "quoted" & 'single'`;

const [way] = await findNbconverts();
const skip = !chromiumPath ? NO_CHROMIUM : !way && "nbconvert is not there and cannot be installed";

const folder = mkdtempSync(join(tmpdir(), "insiders-reports-"));
let browser: Browser;

const words: FigureText = {
  title: `A finding that takes more than one line on the screen of a phone, about ${HOSTILE}`,
  subtitle: "What, how many, which period",
  caption: "How to read it, and one caveat.",
};

const figures = [
  barChart(
    [
      { label: HOSTILE, value: 206248.77 },
      { label: "WHITE HANGING HEART T-LIGHT HOLDER", value: 106292.77 },
    ],
    { ...words, measure: "Gross revenue (GBP)", format: "money" },
  ),
  timeSeriesChart(
    [
      { name: HOSTILE, dates: ["2011-01-03", "2011-01-10", "2011-01-17"], values: [1e5, null, 3e5] },
      { name: "b", dates: ["2011-01-03", "2011-01-10"], values: [2e5, 1e5] },
    ],
    { ...words, measure: "Revenue per week (GBP)", format: "money" },
  ),
  histogramChart([{ from: 1, to: 10, count: 5 }], {
    ...words,
    measure: HOSTILE,
    counted: "Orders",
    hasLogAxis: true,
  }),
  missingChart([{ column: "CustomerID", missing: 135080, total: 541909 }], words),
];

const wideTable = tableBundle(
  [
    Object.fromEntries(
      Array.from({ length: 14 }, (_, at) => [`column ${at}`, at === 0 ? HOSTILE : at * 1000]),
    ),
  ],
  { caption: `Lines of ${HOSTILE}` },
);

const header: ReportHeader = {
  title: "What the shop recorded",
  banner: "Synthetic sample data: the figures illustrate the method, not a real shop.",
  startedAt: "2025-11-22T03:53:12.123Z",
  durationSeconds: 83.2,
  status: "completed",
  parameters: { source: "../data/raw/online-retail.csv", note: HOSTILE },
  source: {
    name: "online-retail.csv",
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  },
  versions: { node: "v20.20.2" },
  previous: null,
  next: { href: "02-next.html", title: "Which lines count" },
  index: "index.html",
};

/** A notebook as the runner leaves it: executed, with what it knows about the run. */
function notebook(): object {
  let id = 0;
  const markdown = (source: string): object => ({
    cell_type: "markdown",
    id: `m${id++}`,
    metadata: {},
    source,
  });
  const code = (source: string, ...bundles: Bundle[]): object => ({
    cell_type: "code",
    id: `c${id++}`,
    metadata: {},
    execution_count: 1,
    source,
    outputs: bundles.map((bundle) => ({ output_type: "display_data", metadata: {}, ...bundle })),
  });
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { language_info: { name: "typescript" }, insiders_report: header },
    cells: [
      markdown("# What the shop recorded\n\nAn introduction."),
      markdown("## Columns"),
      code(
        "record(revenue);",
        recordBundle("netRevenue", 9747747.93, "GBP"),
        recordBundle("lines", 541909, "lines"),
      ),
      code(`showTable(rows); // ${HOSTILE} ${"and a long line ".repeat(20)}`, wideTable),
      markdown("### What we see\n\nNothing yet."),
      markdown("## Figures"),
      ...figures.map((figure, at) => code(`showFigure(figures[${at}]);`, figureBundle(figure))),
      markdown("### What we see\n\nFour figures."),
    ],
  };
}

interface OpenPage {
  page: Page;
  /** What went wrong: requests to elsewhere, errors on the console, dialogs. */
  troubles: string[];
}

async function open(file: string, width: number, colorScheme: "light" | "dark" = "light"): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width, height: 844 }, colorScheme });
  const troubles = watch(page);
  await page.goto(pathToFileURL(join(folder, file)).href);
  return { page, troubles };
}

function watch(page: Page): string[] {
  const troubles: string[] = [];
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) troubles.push(`request: ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return troubles;
}

/** Scrolls to each figure in turn and waits until it is drawn. */
async function seeFigures(page: Page): Promise<void> {
  const plots = page.locator(".insiders-plot");
  for (let at = 0; at < (await plots.count()); at++) {
    await plots.nth(at).scrollIntoViewIfNeeded();
    await plots.nth(at).locator("svg.main-svg").first().waitFor();
  }
}

describe("a report in a browser", { skip }, () => {
  before(async () => {
    process.env.INSIDERS_REPORT = "1";
    const path = join(folder, "01-report.ipynb");
    writeFileSync(path, JSON.stringify(notebook()));
    delete process.env.INSIDERS_REPORT;
    await renderHtml([path], { nbconvert: way!.nbconvert, outputDir: folder });
    const row = { title: HOSTILE, keyFigures: [{ name: "netRevenue", value: 9747747.93, unit: "GBP" }] };
    const run: RunRecord = {
      id: "20251122T041001Z-1a2b",
      startedAt: header.startedAt,
      durationSeconds: 83.2,
      status: "completed",
      parameters: {},
      source: header.source,
      versions: {},
      cycles: [],
    };
    writeFileSync(
      join(folder, "index.html"),
      renderIndex({
        title: "Insiders",
        banner: header.banner,
        generatedAt: header.startedAt,
        source: header.source,
        rows: [
          { ...row, href: "01-report.html", status: "completed", durationSeconds: 83.2 },
          { ...row, href: null, status: "failed", error: HOSTILE.repeat(3) },
          { ...row, href: null, status: "pending", note: HOSTILE },
        ],
        runs: [
          { ...run, status: "interrupted", parameters: { currency: HOSTILE } },
          { ...run, parameters: { currency: "GBP" } },
        ],
      }),
    );
    browser = await chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  for (const width of [1440, 390]) {
    it(`opens from a file at ${width} px: all figures, no error, no request, nothing beyond the edge`, async () => {
      const { page, troubles } = await open("01-report.html", width);
      await seeFigures(page);
      assert.equal(await page.locator(".insiders-plot svg.main-svg").count(), figures.length * 3);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.equal(beyond, 0);
      const overhanging = await page
        .locator(".insiders-plot")
        .evaluateAll((plots) =>
          plots.filter((plot) => plot.scrollWidth > plot.clientWidth + 1).map((plot) => plot.ariaLabel),
        );
      assert.deepEqual(overhanging, []);
      assert.deepEqual(troubles, []);
      await page.close();
    });

    it(`lists all reports at ${width} px`, async () => {
      const { page, troubles } = await open("index.html", width);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
      assert.equal(await page.locator("h2").first().textContent(), HOSTILE);
      assert.deepEqual(troubles, []);
      await page.getByRole("link").nth(1).click();
      assert.equal(await page.title(), "What the shop recorded");
      await page.close();
    });
  }

  it("shows markup in the data as text, in tables, titles, code and drawings", async () => {
    const { page } = await open("01-report.html", 1440);
    await seeFigures(page);
    assert.equal(await page.locator("tbody th").textContent(), HOSTILE);
    assert.equal(await page.locator(".insiders-figure-title").first().textContent(), words.title);
    assert.ok((await page.locator(".source").nth(1).textContent())?.includes(HOSTILE));
    const labels = await page.locator(".insiders-plot svg text").allTextContents();
    assert.ok(labels.some((label) => label.includes("<script>document.title")));
    assert.equal(await page.title(), "What the shop recorded");
    assert.equal(await page.locator("main img").count(), 0);
    await page.close();
  });

  it("describes every figure and keeps the order of headings", async () => {
    const { page } = await open("01-report.html", 1440);
    const alts = await page
      .locator('.insiders-plot[role="img"]')
      .evaluateAll((plots) => plots.map((plot) => plot.ariaLabel));
    assert.deepEqual(
      alts,
      figures.map((figure) => figure.alt),
    );
    const levels = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((headings) => headings.map((heading) => Number(heading.localName.slice(1))));
    assert.deepEqual(levels, [1, 2, 3, 2, 3]);
    const ids = await page.locator("[id]").evaluateAll((elements) => elements.map((element) => element.id));
    assert.equal(new Set(ids).size, ids.length);
    await page.close();
  });

  it("folds code, and unfolds it by keyboard, one or all", async () => {
    const { page } = await open("01-report.html", 1440);
    const cells = page.locator("details.code");
    const openCells = page.locator("details.code[open]");
    assert.equal(await openCells.count(), 0);
    await cells.first().locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.equal(await openCells.count(), 1);
    assert.ok(await cells.first().locator(".source").isVisible());
    const button = page.getByRole("button", { name: "Show all code" });
    await button.focus();
    await page.keyboard.press("Space");
    assert.equal(await openCells.count(), await cells.count());
    await page.getByRole("button", { name: "Fold all code" }).click();
    assert.equal(await openCells.count(), 0);
    await page.close();
  });

  it("has contents that lead to sections of the same name, beside the text", async () => {
    const { page } = await open("01-report.html", 1440);
    const links = page.getByRole("navigation", { name: "Contents" }).getByRole("link");
    assert.deepEqual(await links.allTextContents(), ["Columns", "What we see", "Figures", "What we see"]);
    await links.nth(3).click();
    const last = page.locator("h3").last();
    await last.waitFor();
    assert.ok((await last.boundingBox())!.y < 844);
    assert.notEqual(await links.nth(3).getAttribute("href"), await links.nth(1).getAttribute("href"));
    await page.close();
  });

  it("has contents in a menu on a narrow page, which closes when it has led somewhere", async () => {
    const { page } = await open("01-report.html", 390);
    const menu = page.getByRole("navigation", { name: "Contents" });
    const link = menu.getByRole("link", { name: "Figures" });
    assert.equal(await link.isVisible(), false);
    await menu.locator("summary").focus();
    await page.keyboard.press("Enter");
    await link.focus();
    await page.keyboard.press("Enter");
    assert.equal(await link.isVisible(), false);
    assert.match(page.url(), /#Figures$/);
    const heading = (await page.getByRole("heading", { name: "Figures" }).boundingBox())!;
    const bar = (await menu.boundingBox())!;
    assert.ok(heading.y >= bar.y + bar.height, "the menu must not cover the heading");
    await page.close();
  });

  it("skips to the text with the first key", async () => {
    const { page } = await open("01-report.html", 1440);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "report");
    await page.close();
  });

  it("draws in the colours of the page, light or dark", async () => {
    const { page } = await open("01-report.html", 1440, "dark");
    await seeFigures(page);
    const colours = (): Promise<string[]> =>
      page.evaluate(() => {
        const label = document.querySelector(".insiders-plot .ytick text")!;
        return [
          getComputedStyle(label).fill,
          getComputedStyle(document.querySelector(".insiders-plot")!).color,
        ];
      });
    const [dark, darkPage] = await colours();
    assert.equal(dark, darkPage);
    await page.emulateMedia({ colorScheme: "light" });
    await page.waitForFunction((before) => {
      const label = document.querySelector(".insiders-plot .ytick text")!;
      return getComputedStyle(label).fill !== before;
    }, dark!);
    const [light, lightPage] = await colours();
    assert.equal(light, lightPage);
    await page.close();
  });

  it("follows the width of the page", async () => {
    const { page } = await open("01-report.html", 1440);
    await seeFigures(page);
    await page.setViewportSize({ width: 390, height: 844 });
    const narrow = page.locator(".insiders-plot").first().locator("svg.main-svg").first();
    await page.waitForFunction(
      () => Number(document.querySelector("svg.main-svg")?.getAttribute("width")) < 390,
    );
    assert.ok(Number(await narrow.getAttribute("width")) > 200);
    await page.close();
  });

  it("draws all figures before it is printed, as wide as the paper", async () => {
    const { page, troubles } = await open("01-report.html", 1440, "dark");
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const widths = await page
      .locator(".insiders-plot")
      .evaluateAll((plots) => plots.map((plot) => plot.querySelector("svg.main-svg")?.getAttribute("width")));
    assert.deepEqual(
      widths,
      figures.map(() => "660"),
    );
    assert.deepEqual(troubles, []);
    await page.close();
  });

  it("shows the words of a figure where its drawing cannot be made", async () => {
    const { page } = await open("01-report.html", 390);
    await page.route("**/plotly.min.js", (route) => route.abort());
    await page.reload();
    assert.equal(await page.locator(".insiders-plot").first().textContent(), figures[0]!.alt);
    await page.close();
  });
});

describe("a figure in a notebook", { skip: chromiumPath ? false : skip }, () => {
  const address = "http://lab.invalid/base/lab";
  // The first output of a session brings plotly.js; both orders of the two happen in a notebook.
  const first = String(figureBundle(figures[0]!).data["text/html"]);
  const later = String(figureBundle(figures[1]!).data["text/html"]);
  let local: Browser;

  before(async () => {
    local = await chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
  });
  after(() => local?.close());

  /** A page as JupyterLab makes it: loaded first, then given its outputs one by one. */
  async function showOutputs(outputs: string[], head = ""): Promise<{ page: Page; requested: string[] }> {
    const page = await local.newPage();
    const requested: string[] = [];
    await page.route("**/*", (route) => {
      const url = route.request().url();
      if (url === address)
        return route.fulfill({ contentType: "text/html", body: `<!DOCTYPE html>${head}<body>` });
      requested.push(url);
      const library = createRequire(import.meta.url).resolve("plotly.js/dist/plotly-cartesian.min.js");
      return route.fulfill({ contentType: "text/javascript", body: readFileSync(library, "utf8") });
    });
    await page.goto(address);
    for (const html of outputs)
      await page.evaluate((output) => {
        const host = document.createElement("div");
        host.innerHTML = output;
        document.body.append(host);
        // Scripts set as HTML do not run; notebook front ends put copies in their place.
        for (const script of Array.from(host.querySelectorAll("script"))) {
          const copy = document.createElement("script");
          for (const { name, value } of Array.from(script.attributes)) copy.setAttribute(name, value);
          copy.textContent = script.textContent;
          script.replaceWith(copy);
        }
      }, html);
    return { page, requested };
  }

  it("is drawn without a request when its output brings plotly.js", async () => {
    const { page, requested } = await showOutputs([first, later]);
    await seeFigures(page);
    assert.deepEqual(requested, []);
    await page.close();
  });

  it("waits for plotly.js when it stands above the output that brings it", async () => {
    const { page } = await showOutputs([later, first]);
    await seeFigures(page);
    await page.close();
  });

  it("gets past a module loader, which would swallow plotly.js", async () => {
    const loader = `<script>var define = () => { window.swallowed = true; }; define.amd = {};
      var module = { exports: {} }; var exports = module.exports;</script>`;
    const { page } = await showOutputs([first], loader);
    await seeFigures(page);
    assert.equal(await page.evaluate("window.swallowed ?? Object.keys(window.module.exports).length"), 0);
    await page.close();
  });

  it("keeps the plotly.js that a page has", async () => {
    const { page } = await showOutputs([first]);
    await seeFigures(page);
    const kept = await page.evaluate((output) => {
      const library = (window as unknown as { Plotly: unknown }).Plotly;
      const script = document.createElement("script");
      script.textContent = /<script class="insiders-plotly-library">([\s\S]*?)<\/script>/.exec(output)![1]!;
      document.body.append(script);
      return library === (window as unknown as { Plotly: unknown }).Plotly;
    }, first);
    assert.ok(kept);
    await page.close();
  });

  it("asks its Jupyter server for plotly.js when a reload lost the output that brought it", async () => {
    const config = `<script id="jupyter-config-data" type="application/json">{ "baseUrl": "/base/" }</script>`;
    const { page, requested } = await showOutputs([later], config);
    await seeFigures(page);
    assert.deepEqual(requested, [
      "http://lab.invalid/base/files/node_modules/plotly.js/dist/plotly-cartesian.min.js",
    ]);
    await page.close();
  });
});
