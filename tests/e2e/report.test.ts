import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { Database } from "#src/data/database.js";
import { readNotebook } from "#src/runner/notebook-file.js";
import { recordedValues } from "#src/runner/records.js";
import { CHROMIUM_FLAGS, chromiumPath, NO_CHROMIUM } from "../browser/chromium.js";
import { root } from "../structure/support.js";
import { LITTLE } from "./least.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-report-"));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
  output: string;
  workspace: string;
}

function report(name: string, args: string[], env: NodeJS.ProcessEnv = {}): Run {
  const output = join(folder, name, "reports");
  const workspace = join(folder, name, "interim");
  const main = join(root, "dist/cli/main.js");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [main, "report", "--output", output, "--workspace", workspace, ...args],
    { encoding: "utf8", env: { ...process.env, INSIDERS_SOURCE: "", ...env }, cwd: folder },
  );
  return { status, stdout, stderr, output, workspace };
}

function recorded(run: Run): Map<string, unknown> {
  const values = readdirSync(join(run.output, "notebooks"))
    .filter((name) => name.endsWith(".ipynb"))
    .flatMap((name) => recordedValues(readNotebook(join(run.output, "notebooks", name))));
  return new Map(values.map(({ name, value }) => [name, value]));
}

/** What the cells of all executed notebooks show, as text. */
function shownTexts(run: Run): string[] {
  return readdirSync(join(run.output, "notebooks"))
    .flatMap((name) => readNotebook(join(run.output, "notebooks", name)).cells)
    .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    .flatMap((output) => ("data" in output ? [output.data["text/plain"], output.data["text/markdown"]] : []))
    .flatMap((text) => (typeof text === "string" ? [text] : []));
}

const notebooks = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));

describe("insiders report on the sample", () => {
  const sample = join(root, "data/sample/online-retail-sample.csv");
  let run: Run;
  before(() => {
    run = report("sample", ["--source", sample, "--standalone"]);
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
      assert.match(run.stdout, new RegExp(`completed +[\\d.]+ s +\\S*${name}\\.html`));
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
      const parts = notebooks.map((notebook) => `insiders.html#${notebook.replace(".ipynb", "")}`);
      assert.ok(names.includes("insiders.html"));
      for (const name of [...names, ...parts]) {
        await page.goto("about:blank");
        await page.goto(`${pathToFileURL(run.output).href}/${name}`);
        const plots = page.locator(".insiders-plot:visible");
        for (let at = 0; at < (await plots.count()); at++) {
          await plots.nth(at).scrollIntoViewIfNeeded();
          await plots.nth(at).locator("svg.main-svg").first().waitFor();
        }
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.equal(beyond, 0, name);
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

  it("writes the same artifacts when it runs again, and prepares nothing again", () => {
    const little = Object.entries(LITTLE).flatMap(([name, value]) => ["-p", name, String(value)]);
    const again = report("again", ["--source", sample, ...little]);
    assert.equal(again.status, 0);
    assert.doesNotMatch(again.stdout, /install/);
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
    assert.deepEqual(hashes(again.workspace), hashes(run.workspace));
    assert.deepEqual(Object.keys(hashes(run.workspace)), [
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
    ]);
  });

  it("records figures that a query over the file itself confirms", async () => {
    const db = await Database.open();
    const file = `read_csv('${sample}', all_varchar = true, encoding = 'latin-1')`;
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
    const part = report("sample", ["--only", "05"], { INSIDERS_SOURCE: other });
    assert.equal(part.status, 0, part.stderr);
    assert.match(part.stdout, /^source +online-retail-sample.csv \(what the workspace was made from\)$/m);
    const page = readFileSync(join(part.output, "05-data-preparation.html"), "utf8");
    assert.match(page, /Synthetic sample data/);
    const named = report("sample", ["--only", "05", "--source", other]);
    assert.match(
      named.stderr,
      /^insiders: the workspace was made from online-retail-sample.csv, which is not other.csv/,
    );
    assert.equal(named.status, 1);
  });
});

describe("insiders report on the files of other shops", () => {
  /** Too small for all notebooks to say something: each ends at the first that cannot, with a line that tells why. */
  const shops: [title: string, content: string, reason: RegExp][] = [
    [
      "without country and description, day first, semicolons and decimal commas",
      [
        "Order ID;SKU;Qty;Order Date;Price;Client ID",
        "1;11111;2;13/01/2024 10:00;1,50;7",
        "1;22222;1;13/01/2024 10:00;20;7",
        "2;11111;-2;14/01/2024 09:00;1,50;7",
        "3;33333;4;31/01/2024 18:30;2,25;8",
      ].join("\n"),
      /^insiders: 07-eda-2-embedding-space, cell read: Error: a space needs at least 60 customers, there are 2: give/,
    ],
    [
      "where nobody is known and everything came back",
      [
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        "C1,11111,CUP,-1,2024-01-13T10:00:00+01:00,3,,France",
        "C2,11111,CUP,-2,2024-02-13T10:00:00+01:00,3,,France",
      ].join("\n"),
      /^insiders: 03-feature-engineering, cell build: Error: nobody had bought before 2024-02-14: choose a later/,
    ],
    [
      "of a single line",
      "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n1,11111,1,2024-01-13 10:00:00,3,7\n",
      /^insiders: 05-data-preparation, cell plan: Error: no measure differs between the 1 customers: give a file/,
    ],
  ];
  for (const [title, content, reason] of shops)
    it(`says what is missing for one ${title}`, () => {
      const name = title.slice(0, 20).replaceAll(" ", "-");
      const path = join(folder, `${name}.csv`);
      writeFileSync(path, content);
      const run = report(name, ["--source", path]);
      assert.match(run.stderr, reason);
      assert.equal(run.status, 1);
      assert.ok(existsSync(join(run.output, "02-data-filtering.html")));
      for (const text of shownTexts(run)) assert.doesNotMatch(text, /\b(NaN|undefined|Infinity)\b/);
    });
});

describe("insiders report on what it cannot use", () => {
  const header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  const cases: [title: string, content: string | Buffer | null, message: RegExp][] = [
    ["a missing file", null, /there is no file .*missing/],
    ["an empty file", "", /empty/],
    ["a header without rows", header, /no data rows/],
    [
      "a file without a needed column",
      "InvoiceNo,StockCode,Quantity\n1,2,3\n",
      /unit price .*InvoiceNo, StockCode, Quantity/,
    ],
    ["an Excel workbook", Buffer.from("PK\u0003\u0004rest of a workbook\0\0"), /Excel/],
    ["a binary file", Buffer.from([1, 0, 2, 0, 255, 254, 0]), /binary|no text/],
    ["a truncated gzip file", gzipSync(header.repeat(500)).subarray(0, 60), /damaged|truncated|gzip/],
  ];
  for (const [title, content, message] of cases) {
    it(`says in one line what is wrong with ${title}, exits with 1 and writes nothing`, () => {
      const path = join(folder, `${title.replaceAll(" ", "-")}.csv`);
      if (content !== null) writeFileSync(path, content);
      const run = report(title.replaceAll(" ", "-"), ["--source", path]);
      assert.match(run.stderr, message);
      assert.equal(run.stderr.trimEnd().split("\n").length, 1);
      assert.match(run.stderr, /^insiders: /);
      assert.equal(run.status, 1);
      assert.ok(!existsSync(run.output) && !existsSync(run.workspace));
    });
  }

  it("says so of a folder", () => {
    mkdirSync(join(folder, "a-folder"));
    const run = report("folder", ["--source", join(folder, "a-folder")]);
    assert.match(run.stderr, /^insiders: .*folder.*\n$/);
    assert.equal(run.status, 1);
  });

  it("takes names of files as they are, not as patterns or statements", () => {
    const odd = join(folder, "it's [1] * ?.csv");
    writeFileSync(odd, readFileSync(join(root, "data/sample/online-retail-sample.csv")));
    assert.equal(report("odd", ["--only", "01..02"], { INSIDERS_SOURCE: odd }).status, 0);
  });
});

const real = process.env["INSIDERS_SOURCE"];
describe("insiders report on the real data", { skip: real ? false : "INSIDERS_SOURCE names no file" }, () => {
  it("completes with the counts of the UCI data set", () => {
    const run = report("real", ["--source", real!, "--only", "00..06"]);
    assert.equal(run.status, 0, run.stderr);
    const figures = recorded(run);
    assert.equal(figures.get("rows"), 541_909);
    assert.equal(figures.get("rejected rows"), 0);
    assert.equal(Math.round(Number(figures.get("lines without a customer")) * 541_909), 135_080);
    assert.equal(figures.get("customers named"), 4_372);
    assert.doesNotMatch(readFileSync(join(run.output, "index.html"), "utf8"), /Synthetic/);
  });
});
