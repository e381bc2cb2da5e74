import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { sqlText, withDatabase } from "#src/data/database.js";
import { InputError } from "#src/data/errors.js";
import { inspectSource, resolveSource } from "#src/data/source.js";
import { temporaryFolder } from "./support.js";

/** A project folder that holds these files. */
function project(...files: string[]): string {
  const root = temporaryFolder();
  for (const file of files) {
    mkdirSync(join(root, file, ".."), { recursive: true });
    writeFileSync(join(root, file), "x");
  }
  return root;
}

const SAMPLE = "data/sample/online-retail-sample.csv";
const env = {};

describe("the source", () => {
  it("is the argument before all else, relative to the project", () => {
    const root = project("data/raw/a.csv", SAMPLE);
    assert.deepEqual(resolveSource(" my/shop.csv ", { root, env: { INSIDERS_SOURCE: "b.csv" } }), {
      path: join(root, "my/shop.csv"),
      name: "shop.csv",
      origin: "argument",
      isSynthetic: false,
    });
  });

  it("is what the environment names when no argument is given", () => {
    const root = project("data/raw/a.csv");
    const source = resolveSource("", { root, env: { INSIDERS_SOURCE: join(root, "b.csv.gz") } });
    assert.equal(source.path, join(root, "b.csv.gz"));
    assert.equal(source.origin, "environment");
  });

  it("is not an empty environment variable", () => {
    const root = project(SAMPLE);
    assert.equal(resolveSource("", { root, env: { INSIDERS_SOURCE: " " } }).origin, "sample");
  });

  for (const name of ["a.csv", "A.CSV.GZ", "a.tsv", "a.txt", "a.parquet"])
    it(`is the one data file in data/raw, ${name} beside a README and hidden files`, () => {
      const root = project(`data/raw/${name}`, "data/raw/README.md", "data/raw/readme.txt", "data/raw/.keep");
      mkdirSync(join(root, "data/raw/folder.csv"));
      const source = resolveSource("", { root, env });
      assert.deepEqual([source.path, source.origin], [join(root, "data/raw", name), "data/raw"]);
    });

  it("is never guessed among several files in data/raw", () => {
    const root = project("data/raw/b.csv", "data/raw/a.parquet", SAMPLE);
    assert.throws(
      () => resolveSource("", { root, env }),
      new InputError("data/raw holds 2 data files (a.parquet, b.csv): name one with --source"),
    );
  });

  it("is not the sample when data/raw holds a workbook nobody can read", () => {
    const root = project("data/raw/shop.xlsx", SAMPLE);
    assert.throws(
      () => resolveSource("", { root, env }),
      new InputError("data/raw holds shop.xlsx, which is not CSV, TSV or Parquet: save it as CSV beside it"),
    );
  });

  it("is the bundled sample, known as synthetic, when nothing is named", () => {
    const root = project(SAMPLE);
    assert.deepEqual(resolveSource("", { root, env }), {
      path: join(root, SAMPLE),
      name: "online-retail-sample.csv",
      origin: "sample",
      isSynthetic: true,
    });
  });

  it("is known as synthetic when the sample is named", () => {
    assert.equal(resolveSource(SAMPLE, { root: project(SAMPLE), env }).isSynthetic, true);
  });

  it("is missing, with three ways out, when there is nothing at all", () => {
    assert.throws(
      () => resolveSource("", { root: project(), env }),
      new InputError(
        "there is no data: put a file into data/raw, name one with --source, or run npm run sample",
      ),
    );
  });
});

describe("a look at the source", () => {
  const line = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n1,2,3,2011-01-01,4,5\n";

  it("adds size and checksum of the file", async () => {
    const root = project("shop.csv");
    writeFileSync(join(root, "shop.csv"), line);
    const source = await inspectSource("shop.csv", { root, env });
    assert.equal(source.bytes, line.length);
    assert.equal(source.sha256, createHash("sha256").update(line).digest("hex"));
  });

  it("stops at a file without a needed column or without rows", async () => {
    const root = project("shop.csv");
    writeFileSync(join(root, "shop.csv"), "InvoiceNo,StockCode\n1,2\n");
    await assert.rejects(inspectSource("shop.csv", { root, env }), /no column for quantity/);
    writeFileSync(join(root, "shop.csv"), `${line.split("\n")[0]}\n\n`);
    await assert.rejects(inspectSource("shop.csv", { root, env }), /no data rows/);
  });

  it("stops at a pipe or a device, which may never come to an end", async () => {
    const pipe = join(temporaryFolder(), "shop.csv");
    assert.equal(spawnSync("mkfifo", [pipe]).status, 0);
    for (const path of [pipe, "/dev/zero"])
      await assert.rejects(
        inspectSource(path, { env }),
        new InputError(`${path} is a pipe or a device: save what it gives as a file and name that`),
      );
  });

  it("stops at a file of blank lines", async () => {
    const path = join(temporaryFolder(), "shop.csv");
    writeFileSync(path, "\n \r\n\n");
    await assert.rejects(inspectSource(path, { env }), /^InputError: shop.csv holds blank lines only/);
  });

  it("stops at a Parquet file that is damaged or lacks a needed column", async () => {
    const root = project("shop.parquet", "broken.parquet");
    await withDatabase((db) =>
      db.run(`COPY (SELECT 1 AS InvoiceNo) TO ${sqlText(join(root, "shop.parquet"))} (FORMAT parquet)`),
    );
    await assert.rejects(inspectSource("shop.parquet", { root, env }), /no column for stock code/);
    writeFileSync(join(root, "broken.parquet"), "PAR1 and nothing");
    await assert.rejects(inspectSource("broken.parquet", { root, env }), /damaged Parquet/);
  });

  it("stops at a file that is not there", async () => {
    await assert.rejects(inspectSource("shop.csv", { root: project(), env }), InputError);
  });
});
