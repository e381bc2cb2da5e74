import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, it } from "node:test";
import { type ScoreArguments, score as scoreHere } from "#src/cli/score.js";
import { Database } from "#src/data/database.js";
import type { Drift } from "#src/publish/drift.js";
import { modelToJson } from "#src/publish/model-file.js";
import { HEADER } from "../data/support.js";
import { linesOfEvery, shopModel } from "../publish/support.js";
import { root } from "../structure/support.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function score(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, "dist/cli/main.js"), "score", ...args], {
    encoding: "utf8",
    cwd: folder,
  });
}

/** The same in this process, which is quicker. @returns what it writes to its streams. */
async function scored(
  file: string,
  options: Partial<ScoreArguments> = {},
): Promise<{ stdout: string; stderr: string }> {
  const written = { stdout: "", stderr: "" };
  const into = (name: "stdout" | "stderr") => ({ write: (text: string) => (written[name] += text) });
  const home = process.cwd();
  process.chdir(folder);
  try {
    const streams = { stdout: into("stdout"), stderr: into("stderr") };
    await scoreHere(file, { model: "model.json", ...options }, streams);
  } finally {
    process.chdir(home);
  }
  return written;
}

/** The same where it must fail. @returns the line that it would end with. */
async function complaintOf(
  file: string,
  model: string,
  options: Partial<ScoreArguments> = {},
): Promise<string> {
  try {
    await scored(file, { model, ...options });
  } catch (error) {
    const { message } = error as Error;
    assert.ok(!message.includes("\n"), message);
    return message;
  }
  return "nothing";
}

const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);

const SHOP = [HEADER, ...linesOfEvery(6), ""].join("\n");
write("shop.csv", SHOP);
const { model, segments } = await shopModel(join(folder, "shop.csv"), "pca");
const MODEL = modelToJson(model);
const expected = [...segments].map(([id, segment]) => `${id},${segment}`);

/** Customer and segment of each line of a table. */
function assigned(csv: string): string[] {
  const [head, ...lines] = csv.trimEnd().split("\n");
  assert.equal(head, "customer_id,segment,distance,next_distance,gross_revenue,recency_days,orders");
  return lines.map((line) => line.split(",").slice(0, 2).join(","));
}

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  write("shop.csv", SHOP);
  write("model.json", MODEL);
});

describe("insiders score", () => {
  it("writes the segments of the model's own customers beside no other file, and says so in one line", () => {
    const { status, stdout, stderr } = score("shop.csv", "--model", "model.json");
    // The sample has a row of "twelve" units.
    assert.match(stderr, /^insiders: 1 of [\d,]+ rows of shop\.csv could not be read\n$/);
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^shop-segments\.csv {3}\d+ customers at the start of \d+ Dec 2011: Insiders \d+, B \d+, C \d+, D \d+\n$/,
    );
    assert.deepEqual(assigned(read("shop-segments.csv")), expected);
    assert.deepEqual(readdirSync(folder).sort(), ["model.json", "shop-segments.csv", "shop.csv"]);
    assert.deepEqual([read("model.json"), read("shop.csv")], [MODEL, SHOP]);
  });

  it("writes Parquet and a summary where it is told", async () => {
    await scored("shop.csv", { output: "out/scores.parquet", json: "out/summary.json" });
    const db = await Database.open();
    const rows = await db.rows(`FROM '${join(folder, "out/scores.parquet")}'`);
    db.close();
    assert.deepEqual(
      rows.map((row) => `${row["customer_id"]},${row["segment"]}`),
      expected,
    );
    const summary = JSON.parse(read("out/summary.json")) as Record<string, unknown>;
    assert.deepEqual(
      [summary["format"], summary["customers"], summary["referenceDate"]],
      ["insiders-scores/1", expected.length, model.training.referenceDate],
    );
    const { checksum } = summary["model"] as { checksum: string };
    assert.ok(MODEL.includes(`"checksum": "${checksum}"`));
    assert.ok(!JSON.stringify(summary).includes(folder));
  });

  it("writes the table or the summary to standard output, the line about it elsewhere", async () => {
    const table = score("shop.csv", "--model", "model.json", "--output", "-");
    assert.deepEqual(assigned(table.stdout), expected);
    assert.match(table.stderr, /^standard output {3}\d+ customers/);
    const summary = await scored("shop.csv", { referenceDate: "2011-06-01", json: "-" });
    assert.match(summary.stderr, /^shop-segments\.csv {3}\d+ customers at the start of 1 Jun 2011: /);
    const { customers } = JSON.parse(summary.stdout) as { customers: number };
    assert.ok(customers > 10 && customers < expected.length);
    assert.equal(assigned(read("shop-segments.csv")).length, customers);
  });

  it("disarms ids that a spreadsheet would compute, warns of dates that could be read otherwise and of rows lost", async () => {
    const line = (units: string): string =>
      `1,85123A,HEART,${units},1/2/2011 8:26,2.5,"=HYPERLINK(""x"",1)",France`;
    write("shop.csv", [HEADER, line("6"), line("?"), ""].join("\n"));
    const { stdout, stderr } = await scored("shop.csv");
    assert.match(stdout, /1 customer at the start of 3 Jan 2011/);
    assert.match(read("shop-segments.csv"), /\n"'=HYPERLINK\(""x"",1\)",/);
    assert.equal(
      stderr,
      "insiders: no row of shop.csv tells day from month; read as month/day/year (see --date-format)\n" +
        "insiders: 1 of 2 rows of shop.csv could not be read\n",
    );
    const told = await scored("shop.csv", { dateFormat: "day/month/year" });
    assert.match(told.stdout, / at the start of 2 Feb 2011/);
    assert.ok(!told.stderr.includes("day from month"));
  });

  it("refuses in one line what cannot be used, and writes nothing", async () => {
    mkdirSync(join(folder, "sub"));
    write("nobody.csv", `${HEADER}\n1,85123A,HEART,6,2011-01-10,2.5,,France\n`);
    write("cut.json", MODEL.slice(0, 500));
    write("changed.json", MODEL.replace('"Insiders"', '"Outsiders"'));
    write("other.json", '{"format": "insiders-selection/1"}');
    const before = readdirSync(folder);
    const m = "model.json";
    for (const [file, model, options, complaint] of [
      ["none.csv", m, {}, "there is no file none.csv"],
      ["sub", m, {}, "sub is a folder"],
      ["model.json", m, {}, "model.json has no column for invoice number"],
      ["nobody.csv", m, {}, "nobody.csv names no customer before 2011-01-11"],
      ["shop.csv", "none.json", {}, "there is no model none.json"],
      ["shop.csv", "sub", {}, "sub is a folder: name the model.json in it"],
      ["shop.csv", "shop.csv", {}, "shop.csv is not JSON"],
      ["shop.csv", "cut.json", {}, "cut.json is cut off"],
      ["shop.csv", "changed.json", {}, "changed.json was changed after it was written"],
      ["shop.csv", "other.json", {}, "other.json is JSON, but no model"],
      ["shop.csv", m, { referenceDate: "tomorrow" }, "a reference date is a day such as 2011-12-10"],
      ["shop.csv", m, { referenceDate: "2001-01-01" }, "shop.csv names no customer before 2001-01-01"],
      ["shop.csv", m, { dateFormat: "x" }, '--date-format has no "x"; there are month/day/year, '],
      ["shop.csv", m, { output: "x.xlsx" }, "x.xlsx is neither .csv nor .parquet"],
      ["shop.csv", m, { output: "./shop.csv" }, "./shop.csv is a file that is read"],
      ["shop.csv", m, { json: "model.json" }, "model.json is a file that is read"],
      ["shop.csv", m, { output: "a.csv", json: "./a.csv" }, "./a.csv is written twice"],
      ["shop.csv", m, { output: "-", json: "-" }, "standard output takes the table or the summary"],
      ["shop.csv", m, { output: "shop.csv/x.csv" }, "shop.csv/x.csv cannot be written"],
    ] as const) {
      const found = await complaintOf(file, model, options);
      assert.ok(found.startsWith(complaint), found);
    }
    const { status, stdout, stderr } = score("shop.csv", "--model", "cut.json");
    assert.deepEqual([status, stdout, stderr.split("\n").length], [1, "", 2], stderr);
    assert.ok(stderr.startsWith("insiders: cut.json is cut off"), stderr);
    assert.deepEqual(readdirSync(folder), before);
  });

  it("warns in one line that the shares of 100 customers or more are not the model's, and says so in the summary", async () => {
    const { training } = model;
    assert.ok(expected.length >= 100);
    for (const [shares, warned] of [
      [training.shares, false],
      [[0.97, 0.01, 0.01, 0.01], true],
    ] as const) {
      write("drift.json", modelToJson({ ...model, training: { ...training, shares } }));
      const { stderr } = await scored("shop.csv", { model: "drift.json", json: "summary.json" });
      const { drift } = JSON.parse(read("summary.json")) as { drift: Drift };
      assert.deepEqual([drift.hasDrifted, drift.threshold], [warned, 0.25]);
      const lines = stderr.split("\n").filter((line) => line.includes("stability index"));
      assert.equal(lines.length, warned ? 1 : 0, stderr);
      if (!warned) assert.equal(drift.index, 0);
      else
        assert.match(
          lines[0]!,
          /^insiders: .* \(population stability index \d\.\d\d, above 0\.25\): fit the/,
        );
    }
  });

  it("leaves the table that is there when it fails", async () => {
    write("shop-segments.csv", "old");
    write("shop.csv", `${HEADER}\n`);
    assert.match(await complaintOf("shop.csv", "model.json"), /^shop\.csv has a header but no data rows/);
    assert.equal(read("shop-segments.csv"), "old");
  });
});
