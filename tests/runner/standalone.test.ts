import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { IndexPage } from "#src/runner/index-page.js";
import { keepApart, writeStandalone } from "#src/runner/standalone.js";

const names = ["index", "01-a", "02-b"];
const apart = (html: string): string => keepApart(html, "01-a", names);

describe("keepApart", () => {
  it("gives each id of a page the page's name, and all that refers to it", () => {
    assert.equal(
      apart('<h2 class="x" id="Why?">Why <a href="#Why?">¶</a></h2>'),
      '<h2 class="x" id="01-a/Why?">Why <a href="#01-a/Why?">¶</a></h2>',
    );
    assert.equal(
      apart('<label for="a"><td headers="a b" aria-labelledby="c">'),
      '<label for="01-a/a"><td headers="01-a/a 01-a/b" aria-labelledby="01-a/c">',
    );
  });

  it("takes attributes in either quotes, and leaves alone what stands in the value of another", () => {
    assert.equal(
      apart(`<h2 id='On-"x"' title=' id="a" href="#a"'>`),
      `<h2 id='01-a/On-"x"' title=' id="a" href="#a"'>`,
    );
  });

  it("turns links to pages of the file into links to places in it, and leaves others alone", () => {
    assert.equal(apart('<a href="02-b.html">'), '<a href="#02-b">');
    assert.equal(apart('<a href="02-b.html#cell-x">'), '<a href="#02-b/cell-x">');
    assert.equal(apart('<a href="index.html#">'), '<a href="#index">');
    for (const other of ['<a href="03-c.html">', '<a href="https://a.example/#b">', '<a data-id="x">'])
      assert.equal(apart(other), other);
  });

  it("changes no text, whatever it looks like", () => {
    for (const text of [
      '<p title="1 > 2 id=&quot;x&quot;">id="x" href="index.html" 1 < 2</p>',
      '<script type="application/json">{"a":"<p id=\\"x\\">"}</script>',
      '<!-- <p id="x"> -->',
    ])
      assert.equal(apart(text), text);
  });

  it("leaves out scripts", () => {
    assert.equal(apart('a<script>if (1 < 2) "<p id=x>"</script>b<SCRIPT src="x.js"></SCRIPT >c'), "abc");
  });
});

describe("writeStandalone", () => {
  const folder = mkdtempSync(join(tmpdir(), "insiders-one-file-"));
  after(() => rmSync(folder, { recursive: true }));

  it("refuses a page that our template did not render, and writes nothing", () => {
    const path = join(folder, "01-a.html");
    writeFileSync(path, "<html>");
    const index: IndexPage = {
      title: "Insiders",
      banner: null,
      generatedAt: "2025-11-22T04:12:00Z",
      source: null,
      rows: [],
      runs: [],
    };
    const write = (): void =>
      writeStandalone({ path: join(folder, "insiders.html"), scripts: [] }, index, [
        { name: "01-a", title: "A", path },
      ]);
    assert.throws(write, /01-a\.html is no page of ours: run the notebooks with --force$/);
    assert.deepEqual(readdirSync(folder), ["01-a.html"]);
  });
});
