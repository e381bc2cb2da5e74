import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readOverview, renderOverview } from "#src/runner/overview.js";

const marked = (html: string): string =>
  `<p>before</p><!-- summary -->\n${html}\n<!-- /summary --><p>after</p>`;
const read = (html: string): string => readOverview(html, "11-answers.html");

describe("readOverview", () => {
  it("takes what stands between the marks, of all cells in their order, and nothing else", () => {
    assert.equal(read(marked("<p>1</p>") + marked("<p>2</p>")), "<p>1</p>\n<p>2</p>");
    assert.equal(read("<p>a report without a summary</p>"), "");
    assert.equal(read("<!-- summary --><p>cut off"), "");
  });

  it("leads links within the report to the report, and leaves others alone", () => {
    assert.equal(
      read(marked(`<a href="#cell-x">x</a> <a class="y" href='10-b.html#cell-y'>y</a>`)),
      `<a href="11-answers.html#cell-x">x</a> <a class="y" href='10-b.html#cell-y'>y</a>`,
    );
  });

  it("changes no text that looks like a link", () => {
    const html = `<p> href="#a"</p>`;
    assert.equal(read(marked(html)), html);
  });

  it("brings no script along", () => {
    assert.equal(
      read(marked(`a<script>"<p>"</script>b<SCRIPT type="application/json">{}</SCRIPT >c`)),
      "abc",
    );
  });
});

describe("renderOverview", () => {
  const overview = { title: "Answers", href: "11-answers.html", html: "<p>1</p>", isOld: false };

  it("says which report it comes from, and whether that is of an earlier run", () => {
    assert.match(
      renderOverview(overview),
      /<p>1<\/p>\n<p class="note">From <a href="11-answers.html">Answers</,
    );
    assert.match(renderOverview({ ...overview, isOld: true }), /From an earlier run of <a/);
  });

  it("shows titles as text", () => {
    const hostile = `"><script>`;
    assert.doesNotMatch(renderOverview({ ...overview, title: hostile, href: hostile }), /<script/);
  });
});
