import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MindMap } from "#src/business/mind-map.js";
import { mindMapBundle } from "#src/notebook/mind-map.js";

const map: MindMap = {
  title: "One of two holds",
  root: "Who are they?",
  caption: "Unfold it.",
  branches: [
    {
      name: "Purchase",
      note: "how much",
      isTestable: true,
      leaves: [
        { text: "They spend more.", verdict: "holds", effect: "2 times", details: ["p < 0.001", "Do it."] },
        { text: "They come sooner.", verdict: "undecided", effect: "1 time", details: [] },
      ],
    },
    { name: "Marketing", note: "no record", isTestable: false, leaves: [] },
  ],
};
const htmlOf = (of: MindMap): string => String(mindMapBundle(of).data["text/html"]);

describe("a mind map", () => {
  it("is a list of branches, each a list of hypotheses that unfold", () => {
    const html = htmlOf(map);
    assert.equal(html.match(/<ul>/g)!.length, 2);
    assert.equal(html.match(/<li /g)!.length, 4);
    assert.equal(html.match(/<details><summary>/g)!.length, 2);
    assert.match(html, /<div class="insiders-mind-more"><p>p &lt; 0\.001<\/p><p>Do it\.<\/p><\/div>/);
  });

  it("says each verdict by sign and word, and counts them", () => {
    const html = htmlOf(map);
    assert.match(
      html,
      /aria-hidden="true">✓<\/span><span>They spend more\.<\/span>.*?<b>holds<\/b>, 2 times/,
    );
    assert.match(html, /aria-hidden="true">\?<\/span><span>They come sooner\.<\/span>.*?<b>undecided<\/b>/);
    assert.match(
      html,
      /holds: 1<\/span>.*does not hold: 0<\/span>.*the opposite holds: 0<\/span>.*undecided: 1</,
    );
  });

  it("says of a branch without data that it cannot be tested", () => {
    assert.match(htmlOf(map), /insiders-mind-untested"><div>.*Marketing.*cannot be tested here: no record/);
  });

  it("needs no script, no id and nothing from the network", () => {
    assert.doesNotMatch(htmlOf(map), /<script|\sid=|\son[a-z]+=|https?:|url\(|@import/);
  });

  it("shows text from data as text", () => {
    const hostile = `"><script>alert('x')</script>`;
    const leaf = { text: hostile, verdict: "holds", effect: hostile, details: [hostile] } as const;
    const html = htmlOf({
      title: hostile,
      root: hostile,
      caption: hostile,
      branches: [{ name: hostile, note: hostile, isTestable: true, leaves: [leaf] }],
    });
    assert.doesNotMatch(html, /<script/);
    assert.equal(html.match(/&quot;&gt;&lt;script&gt;/g)!.length, 9);
  });

  it("is an indented list where there is no HTML", () => {
    assert.equal(
      mindMapBundle(map).data["text/plain"],
      [
        "One of two holds",
        "Who are they?",
        "  Purchase",
        "    ✓ They spend more. holds, 2 times",
        "    ? They come sooner. undecided, 1 time",
        "  Marketing (cannot be tested here: no record)",
      ].join("\n"),
    );
  });

  it("is there without a branch, too", () => {
    assert.match(htmlOf({ ...map, branches: [] }), /Who are they\?/);
  });
});
