import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
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
import { after, beforeEach, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { ProfileComparison } from "#src/profiling/compare-profiles.js";
import type { TableProfile } from "#src/profiling/profile.js";
import { root } from "../structure/support.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function insiders(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, "dist/cli/main.js"), "profile", ...args], {
    encoding: "utf8",
    cwd: folder,
    maxBuffer: 1 << 26,
  });
}

const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const SHOP = "id,when,price,city\n1,2024-01-31,2.5,Rome\n2,2024-02-01,,Rome\n3,2024-02-02,3.5,<b>Oslo</b>\n";

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "shop.csv"), SHOP);
});

describe("insiders profile", () => {
  it("writes a page named after the file into this folder, and says so in one line", () => {
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "deep/shop.2024.csv.gz"), gzipSync(SHOP));
    const { status, stdout, stderr } = insiders("deep/shop.2024.csv.gz");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^shop\.2024-profile\.html {3}3 rows x 4 columns, \d+\.\d kB\n$/);
    const page = read("shop.2024-profile.html");
    assert.match(page, /<title>shop\.2024\.csv\.gz: profile<\/title>/);
    assert.match(page, /&lt;b&gt;Oslo/);
    assert.deepEqual(readdirSync(folder).sort(), ["deep", "shop.2024-profile.html", "shop.csv"]);
  });

  it("writes where it is told, the JSON beside the page", () => {
    const { stdout } = insiders("shop.csv", "--output", "out/page.html", "--json", "--title", "My shop");
    assert.match(stdout, /^out\/page\.html .*\nout\/page\.json .*\n$/);
    const profile = JSON.parse(read("out/page.json")) as TableProfile;
    assert.deepEqual([profile.title, profile.overview.rows], ["My shop", 3]);
    assert.deepEqual(
      profile.variables.map(({ kind, type }) => [kind, type]),
      [
        ["number", "BIGINT"],
        ["date", "DATE"],
        ["number", "DOUBLE"],
        ["text", "VARCHAR"],
      ],
    );
  });

  it("writes JSON alone when the output is so named", () => {
    assert.match(insiders("shop.csv", "shop.json").stdout, /^shop\.json {3}3 rows x 4 columns/);
    assert.equal((JSON.parse(read("shop.json")) as TableProfile).format, "insiders-profile/1");
    assert.deepEqual(readdirSync(folder).sort(), ["shop.csv", "shop.json"]);
  });

  it("writes to standard output, the line about it elsewhere", () => {
    const page = insiders("shop.csv", "-");
    assert.match(page.stdout, /^<!DOCTYPE html>/);
    assert.match(page.stderr, /^standard output {3}3 rows x 4 columns/);
    const json = insiders("shop.csv", "-", "--json");
    assert.equal((JSON.parse(json.stdout) as TableProfile).overview.columns, 4);
    assert.deepEqual(readdirSync(folder), ["shop.csv"]);
  });

  it("gives the same bytes again", () => {
    insiders("shop.csv", "a.html");
    insiders("shop.csv", "b.html");
    assert.equal(read("a.html"), read("b.html"));
  });

  it("sets two files side by side", () => {
    writeFileSync(join(folder, "later.csv"), SHOP.replace("3.5", "9.5"));
    const { stdout } = insiders("shop.csv", "--compare", "later.csv", "--json");
    assert.match(stdout, /^shop-and-later-profile\.html {3}3 rows x 4 columns beside 3 rows x 4 columns/);
    const comparison = JSON.parse(read("shop-and-later-profile.json")) as ProfileComparison;
    assert.deepEqual([comparison.left, comparison.right], ["shop.csv", "later.csv"]);
    const price = comparison.columns.find(({ column }) => column === "price")!;
    assert.equal(price.measures.find(({ measure }) => measure === "max")!.change, 6);
  });

  it("says in the page which rows of the file it left out", () => {
    writeFileSync(join(folder, "shop.csv"), `${SHOP}4,2024-02-03,1\n`);
    assert.match(insiders("shop.csv").stdout, / 3 rows x 4 columns/);
    assert.match(read("shop-profile.html"), /1 row of the file is left out, row 4: 3 fields instead of 4\./);
  });

  it("takes thresholds of alerts and limits by name", () => {
    insiders("shop.csv", "p.json", "--threshold", "missing", "0.5", "--limit", "textLength", "3");
    const { alerts, variables } = JSON.parse(read("p.json")) as TableProfile;
    assert.ok(!alerts.some(({ kind }) => kind === "missing"));
    assert.ok(variables[3]!.common.some(({ value }) => value === "Rom…"));
    for (const [args, complaint] of [
      [["--threshold", "mising", "1"], /--threshold has no mising; there are emptyTable, /],
      [["--threshold", "missing", "much"], /--threshold missing needs a number, got much/],
      [["--limit", "texts", "0"], /positive whole limit texts, got 0/],
    ] as const) {
      const { status, stderr } = insiders("shop.csv", ...args);
      assert.deepEqual([status, stderr.split("\n").length], [1, 2]);
      assert.match(stderr, complaint);
    }
  });

  it("refuses in one line what is no table, and writes nothing", () => {
    mkdirSync(join(folder, "sub"));
    const files: Record<string, string | Buffer> = {
      "empty.csv": "",
      "head.csv": "a,b\n",
      "book.xlsx": Buffer.from("PK\x03\x04xx"),
      "bytes.csv": Buffer.from([1, 0, 2]),
      "broken.csv": "a,b,c\n1,2\n",
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const before = readdirSync(folder);
    for (const [name, complaint] of [
      ["none.csv", "there is no file none.csv"],
      ["sub", "sub is a folder"],
      ["empty.csv", "empty.csv is empty (0 bytes)"],
      ["head.csv", "head.csv has a header but no data rows"],
      ["book.xlsx", "book.xlsx is an Excel workbook or a zip archive, not a table of text: save it as CSV"],
      ["bytes.csv", "bytes.csv is a binary file"],
      ["broken.csv", "none of the 1 data rows of broken.csv fits its header of 3 columns"],
    ] as const) {
      const { status, stdout, stderr } = insiders(name);
      assert.deepEqual([status, stdout, stderr.split("\n").length], [1, "", 2], name);
      assert.ok(stderr.startsWith(`insiders: ${complaint}`), stderr);
    }
    assert.deepEqual(readdirSync(folder), before);
  });

  it("does not write over a file that it reads, nor where it cannot", () => {
    for (const args of [
      ["shop.csv", "shop.csv"],
      ["shop.csv", "./shop.csv"],
      ["shop.csv", "x.html", "--compare", "x.html"],
    ])
      assert.match(insiders(...args).stderr, /is a file that is read: name another one to write\n$/);
    assert.equal(read("shop.csv"), SHOP);
    assert.match(insiders("shop.csv", "shop.csv/page.html").stderr, /cannot be written/);
    assert.ok(!existsSync(join(folder, "x.html")));
  });
});
