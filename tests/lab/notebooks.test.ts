/** The notebooks on the sample, by `insiders report` and in JupyterLab: they complete, and come to the same. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { Database } from "#src/data/database.js";
import { cellSource, type Notebook } from "#src/runner/nbformat.js";
import { readNotebook, writeNotebook } from "#src/runner/notebook-file.js";
import { CHROMIUM_FLAGS, chromiumPath, NO_CHROMIUM } from "../browser/chromium.js";
import { type Run, recorded, report, SAMPLE } from "../e2e/report-command.js";
import { root } from "../structure/support.js";
import { Lab } from "./lab.js";

/** These compute longest, and other tests hold what they compute to the same bytes: the lab takes over what they made. */
const LONG = { notebooks: /^0[78]-/, artifacts: ["spaces.parquet", "sweep.json"] };

const ARTIFACTS = [
  "answers.json",
  "assignments.parquet",
  "cleaning.json",
  "customers.parquet",
  "customers_profile.json",
  "excluded_rows.parquet",
  "exploration.json",
  "forecast.json",
  "hypotheses.json",
  "invoice_lines.parquet",
  "member_list.csv",
  "member_list.xlsx",
  "members.parquet",
  "model.json",
  "preparation.json",
  "prepared.parquet",
  "purchases.parquet",
  "rejected_rows.parquet",
  "returns.parquet",
  "segments.json",
  "selection.json",
  "source.json",
  "spaces.parquet",
  "sweep.json",
  "value_scores.parquet",
];

const folder = mkdtempSync(join(tmpdir(), "insiders-notebooks-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const notebooks = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));

/** The report; its tests come first. */
let run: Run;

describe("insiders report on the sample", () => {
  before(() => {
    run = report(folder, "sample", ["--source", SAMPLE, "--standalone"]);
  });

  it("completes and writes one page a notebook, and an index that links them", () => {
    assert.equal(run.stderr, "");
    assert.equal(run.status, 0);
    const index = readFileSync(join(run.output, "index.html"), "utf8");
    for (const notebook of notebooks) {
      const page = notebook.replace(".ipynb", ".html");
      assert.ok(existsSync(join(run.output, page)), page);
      assert.ok(index.includes(`href="${page}"`), page);
    }
  });

  it("opens the index with the nine answers, each led to its evidence, in the one file as well", () => {
    const [index, one] = ["index.html", "insiders.html"].map((name) =>
      readFileSync(join(run.output, name), "utf8"),
    );
    const links = [index!, one!].map((html) => {
      const overview = /<section class="overview"[\s\S]*?<\/section>/.exec(html)![0];
      return Array.from(overview.matchAll(/href="([^":]+)">Evidence/g), ([, href]) => href!);
    });
    assert.equal(links[0]!.length, 9);
    assert.deepEqual(
      links[1],
      links[0]!.map((href) => `#${href.replace(".html#", "/")}`),
    );
    for (const href of links[1]!) assert.ok(one!.includes(`id="${href.slice(1)}"`), href);
  });

  it("tells of every notebook and cell, and where the reports are with the time each took", () => {
    for (const notebook of notebooks) {
      const name = notebook.replace(".ipynb", "");
      assert.match(run.stdout, new RegExp(`\\[\\d+/${notebooks.length}\\] ${name}`));
      assert.match(run.stdout, new RegExp(`completed +(?:\\d+ min )?[\\d.]+ s +\\S*${name}\\.html`));
      for (const cell of readNotebook(join(root, "notebooks", notebook)).cells)
        if (cell.cell_type === "code")
          assert.match(run.stdout, new RegExp(`cell \\d+/\\d+ ${cell.id} [\\d.]+ s`));
    }
  });

  it("gives every figure and picture of every page a text alternative", () => {
    for (const page of readdirSync(run.output).filter((name) => name.endsWith(".html"))) {
      const html = readFileSync(join(run.output, page), "utf8").replace(/<script.*?<\/script>/gs, "");
      const plots = html.match(/<[^<>]*class="insiders-plot"[^<>]*>/g) ?? [];
      const described = plots.filter(
        (plot) => /role="img"/.test(plot) && /aria-label=("[^"]{20,}"|'[^']{20,}')/.test(plot),
      );
      assert.equal(described.length, plots.length, page);
      assert.equal(plots.length, html.match(/<figure class="insiders-figure"/g)?.length ?? 0, page);
      for (const image of html.match(/<img\b[^>]*>/g) ?? []) assert.match(image, /alt="[^"]+"/, page);
      for (const drawing of html.match(/<svg\b[^>]*>/g) ?? [])
        assert.ok(
          /role="img"/.test(drawing) && /aria-label="[^"]{20,}"/.test(drawing),
          `${page}: ${drawing}`,
        );
    }
  });

  it("opens every page, and all in one file, without a request, at 390 px with nothing beyond the edge", {
    skip: !chromiumPath && NO_CHROMIUM,
  }, async () => {
    const browser = await chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
      const troubles: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(pathToFileURL(run.output).href)) troubles.push(request.url());
      });
      page.on("console", (message) => {
        if (message.type() === "error") troubles.push(message.text());
      });
      page.on("pageerror", (error) => troubles.push(error.message));
      const names = readdirSync(run.output).filter((name) => name.endsWith(".html"));
      assert.ok(names.includes("insiders.html"));
      const fits = async (name: string, mostPlots = Number.POSITIVE_INFINITY): Promise<void> => {
        const plots = page.locator(".insiders-plot:visible");
        for (let at = 0; at < Math.min(await plots.count(), mostPlots); at++) {
          await plots.nth(at).scrollIntoViewIfNeeded();
          await plots.nth(at).locator("svg.main-svg").first().waitFor();
        }
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.equal(beyond, 0, name);
      };
      for (const name of names) {
        await page.goto("about:blank");
        await page.goto(`${pathToFileURL(run.output).href}/${name}`);
        await fits(name);
        if (name !== "insiders.html") continue;
        for (const part of notebooks.map((notebook) => notebook.replace(".ipynb", ""))) {
          await page.goto(`${pathToFileURL(run.output).href}/${name}#${part}`);
          await page.locator(`[id="${part}"]:visible`).waitFor();
          await fits(`${name}#${part}`, 1);
        }
      }
      assert.deepEqual(
        troubles.filter((trouble) => trouble !== "about:blank"),
        [],
      );
    } finally {
      await browser.close();
    }
  });

  it("labels every page as synthetic", () => {
    for (const page of readdirSync(run.output).filter((name) => name.endsWith(".html")))
      assert.match(readFileSync(join(run.output, page), "utf8"), /Synthetic sample data/, page);
  });

  it("records figures that a query over the file itself confirms", async () => {
    const db = await Database.open();
    const file = `read_csv('${SAMPLE}', all_varchar = true, encoding = 'latin-1')`;
    const raw = await db.row<{ rows: number; unread: number; nobody: number }>(
      `SELECT count(*) AS rows, count_if(NOT regexp_full_match(Quantity, '-?[0-9]+')
         OR NOT regexp_full_match(UnitPrice, '-?[0-9]+([.][0-9]{1,4})?')
         OR try_strptime(InvoiceDate, '%m/%d/%Y %H:%M') IS NULL OR InvoiceNo IS NULL OR StockCode IS NULL) AS unread, count_if(CustomerID IS NULL) AS nobody FROM ${file}`,
    );
    const figures = recorded(run);
    assert.equal(figures.get("rows"), raw.rows);
    assert.equal(figures.get("rejected rows"), raw.unread);
    const parts = await db.row<{ rows: number }>(
      `SELECT sum(rows) AS rows FROM (${["rejected_rows", "excluded_rows", "purchases", "returns"]
        .map((name) => `SELECT count(*) AS rows FROM '${join(run.workspace, name)}.parquet'`)
        .join(" UNION ALL ")})`,
    );
    assert.equal(parts.rows, raw.rows);
    db.close();
  });

  it("tells of the file that the workspace was made from when no notebook of the run reads one", () => {
    const other = join(folder, "other.csv");
    writeFileSync(
      other,
      "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n1,11111,1,2024-01-13 10:00:00,3,7\n",
    );
    const part = report(folder, "sample", ["--only", "05"], { INSIDERS_SOURCE: other });
    assert.equal(part.status, 0, part.stderr);
    assert.doesNotMatch(part.stdout, /install/);
    assert.match(part.stdout, /^source +online-retail-sample.csv \(what the workspace was made from\)$/m);
    const page = readFileSync(join(part.output, "05-data-preparation.html"), "utf8");
    assert.match(page, /Synthetic sample data/);
    const named = report(folder, "sample", ["--only", "05", "--source", other]);
    assert.match(
      named.stderr,
      /^insiders: the workspace was made from online-retail-sample.csv, which is not other.csv/,
    );
    assert.equal(named.status, 1);
  });
});

describe("JupyterLab on the sample", { skip: chromiumPath ? false : NO_CHROMIUM }, () => {
  let lab: Lab;
  before(async () => {
    lab = await Lab.start("lab-notebooks");
    mkdirSync(join(lab.folder, "interim"));
    for (const name of LONG.artifacts)
      copyFileSync(join(run.workspace, name), join(lab.folder, "interim", name));
    for (const name of inLab)
      writeNotebook(join(lab.folder, name), onSample(readNotebook(join(root, "notebooks", name))));
  });
  after(() => lab?.stop());

  const inLab = notebooks.filter((name) => !LONG.notebooks.test(name));
  for (const name of inLab)
    it(`runs every cell of ${name}`, async () => {
      await (name === inLab[0] ? lab.open(name) : lab.openNext(name));
      await lab.runAll();
      const ran = await lab.savedWhen(name, (cells) => cells.every((code) => code.execution_count !== null));
      assert.deepEqual(
        ran
          .filter((code) => code.outputs.some((output) => output.output_type === "error"))
          .map(({ id }) => id),
        [],
      );
      assert.ok(ran.some((code) => code.outputs.length > 0));
    });

  it("comes to the artifacts of the report, to the byte", () => {
    const hashes = (workspace: string): Record<string, string> =>
      Object.fromEntries(
        readdirSync(workspace)
          .sort()
          .map((name) => [
            name,
            createHash("sha256")
              .update(readFileSync(join(workspace, name)))
              .digest("hex"),
          ]),
      );
    const found = hashes(join(lab.folder, "interim"));
    assert.deepEqual(Object.keys(found), ARTIFACTS);
    assert.deepEqual(found, hashes(run.workspace));
  });

  /** A copy that reads the sample, and leaves the artifacts of the last report alone. */
  function onSample(book: Notebook): Notebook {
    for (const code of book.cells)
      if (code.metadata.tags?.includes("parameters"))
        code.source = cellSource(code)
          .replace('source = ""', `source = "${relative(root, SAMPLE)}"`)
          .replace('workspace = "data/interim"', `workspace = "${relative(root, lab.folder)}/interim"`);
    return book;
  }
});
