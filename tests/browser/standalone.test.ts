import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { drawFigures, figureBundle } from "#src/notebook/figure.js";
import { barChart } from "#src/plots/bars.js";
import { type ReportHeader, renderHtml } from "#src/runner/html.js";
import type { IndexPage } from "#src/runner/index-page.js";
import { writeStandalone } from "#src/runner/standalone.js";
import { findNbconverts } from "../runner/nbconvert.js";
import { CHROMIUM_FLAGS, chromiumPath, NO_CHROMIUM } from "./chromium.js";

const HOSTILE = `</script><script>document.title="hacked"</script><img src="https://example.invalid/x.png"> id="index" href="index.html"`;

const [way] = await findNbconverts();
const skip = !chromiumPath ? NO_CHROMIUM : !way && "nbconvert is not there and cannot be installed";

const folder = mkdtempSync(join(tmpdir(), "insiders-standalone-"));
/** Holds the one file and nothing else. */
const mailed = join(folder, "mailed");
const file = pathToFileURL(join(mailed, "insiders.html")).href;
let browser: Browser;

const figure = (title: string): string => {
  const chart = barChart([{ label: HOSTILE, value: 2 }], {
    title,
    subtitle: "What, n, period",
    caption: "How to read it.",
    measure: "Gross revenue (GBP)",
    format: "money",
  });
  return String(figureBundle(chart).data["text/html"]);
};

const output = (html: string): object => ({
  output_type: "display_data",
  metadata: {},
  data: { "text/html": html },
});

/** Two notebooks that have all their ids in common. */
function notebook(title: string, header: Partial<ReportHeader>, ending: object): string {
  const markdown = (id: string, source: string): object => ({
    cell_type: "markdown",
    id,
    metadata: {},
    source,
  });
  const code = (id: string, source: string, rest: object = {}): object => ({
    cell_type: "code",
    id,
    metadata: {},
    execution_count: 1,
    source,
    outputs: [],
    ...rest,
  });
  const report = {
    title,
    banner: null,
    startedAt: "2025-11-22T03:53:12.123Z",
    durationSeconds: 83.2,
    status: "completed",
    parameters: { note: HOSTILE },
    source: null,
    versions: {},
    previous: null,
    next: null,
    index: "index.html",
    ...header,
  };
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { language_info: { name: "typescript" }, insiders_report: report },
    cells: [
      markdown("title", `# ${title}\n\nSee [the figure](01-one.html#cell-figure), [here](#What-we-see).`),
      code("imports", `const text = ${JSON.stringify(HOSTILE)};\ntext;`),
      markdown("intent", "## What we see"),
      code("figure", "showFigure(f);", { outputs: [output(figure(title))] }),
      code("scripted", "html(x);", {
        outputs: [
          output(
            `<p id="note" onclick="hack()">A cell's own</p><script>document.title = "hacked"</script><img src="x" alt="" onerror="document.title='hacked'">`,
          ),
        ],
      }),
      markdown("again", `## What we see\n\n${"A long text. ".repeat(900)}`),
      { ...code("close", "check();\nclose();"), ...ending },
    ],
  });
}

const index: IndexPage = {
  title: "Insiders",
  banner: null,
  generatedAt: "2025-11-22T04:12:00Z",
  source: { name: "online-retail.csv", sha256: "9f86d081" },
  rows: [
    { href: "01-one.html", title: "One", status: "completed", keyFigures: [] },
    { href: "02-two.html", title: "Two", status: "failed", error: HOSTILE, keyFigures: [] },
    { href: null, title: "Three", status: "pending", note: "waits for 02-two", keyFigures: [] },
  ],
  runs: [],
};

interface OpenFile {
  page: Page;
  /** Requests but the one for the file, complaints of its policy, errors. */
  troubles: string[];
}

async function open(hash = "", how: BrowserContextOptions = {}): Promise<OpenFile> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 844 }, ...how });
  const troubles: string[] = [];
  await page.route("**/*", (route) => {
    const url = route.request().url();
    if (url.split("#")[0] === file) return route.continue();
    troubles.push(`request: ${url}`);
    return route.abort();
  });
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") troubles.push(message.text());
  });
  await page.goto(`${file}${hash}`);
  return { page, troubles };
}

const shown = (page: Page): Promise<string[]> =>
  page
    .locator(".view")
    .evaluateAll((views) => views.filter((view) => view.checkVisibility()).map((view) => view.id));

describe("all reports in one file", { skip }, () => {
  before(async () => {
    process.env.INSIDERS_REPORT = "1";
    const link = (name: string, title: string): ReportHeader["next"] => ({ href: `${name}.html`, title });
    const error = {
      output_type: "error",
      ename: "RangeError",
      evalue: "too many",
      traceback: ["cell close, line 1"],
    };
    writeFileSync(join(folder, "01-one.ipynb"), notebook("One", { next: link("02-two", "Two") }, {}));
    writeFileSync(
      join(folder, "02-two.ipynb"),
      notebook(
        "Two",
        {
          status: "failed",
          failure: { cell: "close", reason: "RangeError: too many" },
          previous: link("01-one", "One"),
        },
        { outputs: [error] },
      ),
    );
    delete process.env.INSIDERS_REPORT;
    const paths = await renderHtml([join(folder, "01-one.ipynb"), join(folder, "02-two.ipynb")], {
      nbconvert: way!.nbconvert,
      outputDir: folder,
    });
    mkdirSync(mailed);
    writeStandalone({ path: join(mailed, "insiders.html"), scripts: [drawFigures] }, index, [
      { name: "01-one", title: "One", path: paths[0]! },
      { name: "02-two", title: "Two", path: paths[1]! },
    ]);
    browser = await chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  for (const width of [1440, 390])
    it(`opens alone at ${width} px: every figure drawn, no request, nothing beyond the edge`, async () => {
      const { page, troubles } = await open("", { viewport: { width, height: 844 } });
      for (const name of ["index", "01-one", "02-two"]) {
        await page.evaluate((hash) => {
          location.hash = hash;
        }, name);
        await page.locator(`[id="${name}"]`).waitFor();
        assert.deepEqual(await shown(page), [name]);
        for (const plot of await page.locator(`[id="${name}"] .insiders-plot`).all()) {
          await plot.scrollIntoViewIfNeeded();
          await plot.locator("svg.main-svg").first().waitFor();
          assert.ok(await plot.getAttribute("aria-label"));
          assert.ok((await plot.boundingBox())!.width > 250);
        }
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
      }
      // That the file's policy refuses a cell's own script is no trouble.
      assert.deepEqual(
        troubles.filter((trouble) => !/Content Security Policy/.test(trouble)),
        [],
      );
      await page.close();
    });

  it("has each id once, and no link that leads nowhere or to another file", async () => {
    const { page } = await open();
    const ids = await page.locator("[id]").evaluateAll((elements) => elements.map(({ id }) => id));
    assert.equal(new Set(ids).size, ids.length);
    const lost = await page
      .locator("a[href]")
      .evaluateAll((links) =>
        links
          .map((link) => link.getAttribute("href")!)
          .filter(
            (href) => !href.startsWith("#") || !document.getElementById(decodeURIComponent(href.slice(1))),
          ),
      );
    assert.deepEqual(lost, []);
    await page.close();
  });

  it("leads from the index to a report, to the next, and back to where the reader was", async () => {
    const { page } = await open();
    await page.getByRole("link", { name: "One" }).click();
    assert.deepEqual(await shown(page), ["01-one"]);
    assert.equal(await page.title(), "One");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "01-one");
    await page.getByRole("navigation", { name: "Contents" }).getByRole("link").nth(1).click();
    const y = await page.evaluate(() => scrollY);
    assert.ok(y > 300);
    await page.evaluate(() => document.querySelector<HTMLElement>('[id="01-one"] a[rel="next"]')!.click());
    await page.waitForFunction(() => document.title === "Two");
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.goBack();
    await page.waitForFunction((before) => document.title === "One" && scrollY === before, y);
    await page.goBack();
    await page.goBack();
    assert.deepEqual(await shown(page), ["index"]);
    await page.close();
  });

  it("opens at the place that its address names, with the code of a cell unfolded", async () => {
    const { page } = await open("#02-two/cell-imports");
    assert.deepEqual(await shown(page), ["02-two"]);
    assert.ok(await page.locator('[id="02-two/cell-imports"] .source').isVisible());
    await page.close();
    const { page: lost } = await open("#100%-lost");
    assert.deepEqual(await shown(lost), ["index"]);
    await lost.close();
  });

  it("leads between reports and within one from its prose, and from the header to the cell that failed", async () => {
    const { page } = await open("#02-two");
    await page.locator('[id="02-two"]').getByRole("link", { name: "close" }).click();
    assert.match(page.url(), /#02-two\/cell-close$/);
    assert.ok(await page.getByText("The run stopped here.").isVisible());
    await page.locator('[id="02-two"]').getByRole("link", { name: "the figure" }).click();
    assert.deepEqual(await shown(page), ["01-one"]);
    const heading = (await page.locator('[id="01-one/cell-figure"]').boundingBox())!;
    assert.ok(heading.y >= 0 && heading.y < 844);
    await page.close();
  });

  it("is used with the keyboard alone", async () => {
    const { page } = await open();
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press("Tab", "Enter", "Tab", "Enter");
    assert.deepEqual(await shown(page), ["01-one"]);
    await press("Tab", "Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "01-one/report");
    const button = page.getByRole("button", { name: "Show all code" });
    for (let at = 0; at < 10 && !(await button.evaluate((element) => element.matches(":focus"))); at++)
      await press("Tab");
    assert.ok(await button.evaluate((element) => element.matches(":focus-visible")));
    await press("Space");
    await page.locator('button[aria-expanded="true"]').waitFor();
    assert.equal(await page.locator('[id="01-one"] .code:not([open])').count(), 0);
    assert.equal(await page.locator('[id="02-two"] .code[open]').count(), 1);
    await page.close();
  });

  it("runs no script but its own, and shows text from data as text", async () => {
    const { page } = await open("#01-one");
    assert.equal(await page.title(), "One");
    assert.equal(await page.locator("[id='01-one/note']").textContent(), "A cell's own");
    assert.ok(
      (await page.locator('[id="01-one"] .source').first().textContent())!.includes(HOSTILE.slice(0, 9)),
    );
    assert.ok((await page.locator("#index .reason").textContent())!.includes(HOSTILE));
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(
      readFileSync(join(mailed, "insiders.html"), "utf8"),
    )![1]!;
    assert.match(policy, /^default-src 'none'; script-src( 'sha256-[\w+/=]+'){4};/);
    await page.close();
  });

  it("prints the report that is shown, and draws its figures for it", async () => {
    const { page } = await open("#02-two");
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.deepEqual(await shown(page), ["02-two"]);
    assert.equal(await page.locator('[id="02-two"] svg.main-svg').first().getAttribute("width"), "660");
    assert.equal(await page.locator('[id="01-one"] svg.main-svg').count(), 0);
    assert.ok(await page.locator('[id="02-two"] .about dd').first().isVisible());
    await page.close();
  });

  it("shows everything, and its links lead there, where no script runs", async () => {
    const { page } = await open("", { javaScriptEnabled: false });
    for (const name of ["index", "01-one", "02-two"])
      assert.ok(await page.locator(`[id="${name}"] h1`).isVisible(), name);
    assert.ok((await page.locator(".insiders-plot").first().textContent())!.length > 20);
    await page.close();
  });
});
