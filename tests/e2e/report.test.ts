/** `insiders report` on what shops bring. */
import assert from "node:assert/strict";
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
import { after, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { readNotebook } from "#src/runner/notebook-file.js";
import { type Run, recorded, report, SAMPLE } from "./report-command.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-report-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What the cells of all executed notebooks show, as text. */
function shownTexts(run: Run): string[] {
  return readdirSync(join(run.output, "notebooks"))
    .flatMap((name) => readNotebook(join(run.output, "notebooks", name)).cells)
    .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    .flatMap((output) => ("data" in output ? [output.data["text/plain"], output.data["text/markdown"]] : []))
    .flatMap((text) => (typeof text === "string" ? [text] : []));
}

describe("insiders report on the files of other shops", () => {
  /** Runs the notebooks from the first that reads the file to the one that makes customers of it. */
  function reportOn(title: string, content: readonly string[]): Run {
    const path = join(folder, `${title}.csv`);
    writeFileSync(path, `${content.join("\n")}\n`);
    const run = report(folder, title, ["--source", path, "--only", "01..03"]);
    assert.ok(existsSync(join(run.output, "02-data-filtering.html")));
    for (const text of shownTexts(run)) assert.doesNotMatch(text, /\b(NaN|undefined|Infinity)\b/);
    return run;
  }

  it("reads one without country and description, day first, with semicolons and decimal commas", () => {
    const run = reportOn("little", [
      "Order ID;SKU;Qty;Order Date;Price;Client ID",
      "1;11111;2;13/01/2024 10:00;1,50;7",
      "1;22222;1;13/01/2024 10:00;20;7",
      "2;11111;-2;14/01/2024 09:00;1,50;7",
      "3;33333;4;31/01/2024 18:30;2,25;8",
    ]);
    assert.equal(run.status, 0, run.stderr);
    const figures = recorded(run);
    assert.deepEqual(
      ["rows", "rejected rows", "customers named"].map((name) => figures.get(name)),
      [4, 0, 2],
    );
  });

  it("reads one of a single line", () => {
    const header = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID";
    const run = reportOn("single", [header, "1,11111,1,2024-01-13 10:00:00,3,7"]);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(recorded(run).get("rows"), 1);
  });

  it("ends one where nobody is known and everything came back at the first notebook that has nothing to say", () => {
    const run = reportOn("returned", [
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
      "C1,11111,CUP,-1,2024-01-13T10:00:00+01:00,3,,France",
      "C2,11111,CUP,-2,2024-02-13T10:00:00+01:00,3,,France",
    ]);
    assert.match(
      run.stderr,
      /^insiders: 03-feature-engineering, cell build: Error: nobody had bought before 2024-02-14: choose a later/,
    );
    assert.equal(run.status, 1);
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
      const run = report(folder, title.replaceAll(" ", "-"), ["--source", path]);
      assert.match(run.stderr, message);
      assert.equal(run.stderr.trimEnd().split("\n").length, 1);
      assert.match(run.stderr, /^insiders: /);
      assert.equal(run.status, 1);
      assert.ok(!existsSync(run.output) && !existsSync(run.workspace));
    });
  }

  it("says so of a folder", () => {
    mkdirSync(join(folder, "a-folder"));
    const run = report(folder, "folder", ["--source", join(folder, "a-folder")]);
    assert.match(run.stderr, /^insiders: .*folder.*\n$/);
    assert.equal(run.status, 1);
  });

  it("takes names of files as they are, not as patterns or statements", () => {
    const odd = join(folder, "it's [1] * ?.csv");
    writeFileSync(odd, readFileSync(SAMPLE));
    assert.equal(report(folder, "odd", ["--only", "01"], { INSIDERS_SOURCE: odd }).status, 0);
  });
});

const real = process.env["INSIDERS_SOURCE"];
describe("insiders report on the real data", { skip: real ? false : "INSIDERS_SOURCE names no file" }, () => {
  it("completes with the counts of the UCI data set", () => {
    const run = report(folder, "real", ["--source", real!, "--only", "01..02"]);
    assert.equal(run.status, 0, run.stderr);
    const figures = recorded(run);
    assert.equal(figures.get("rows"), 541_909);
    assert.equal(figures.get("rejected rows"), 0);
    assert.equal(Math.round(Number(figures.get("lines without a customer")) * 541_909), 135_080);
    assert.equal(figures.get("customers named"), 4_372);
    assert.doesNotMatch(readFileSync(join(run.output, "index.html"), "utf8"), /Synthetic/);
  });
});
