import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { plainLabel, wrapLabel } from "#src/plots/labels.js";

describe("plainLabel", () => {
  it("turns the markup that plotly knows into letters", () => {
    assert.equal(plainLabel('<b>a</b> & <a href="x">'), '&lt;b&gt;a&lt;/b&gt; &amp; &lt;a href="x"&gt;');
  });
});

describe("wrapLabel", () => {
  it("breaks between words", () => {
    assert.equal(wrapLabel("WHITE HANGING HEART T-LIGHT HOLDER"), "WHITE HANGING HEART<br>T-LIGHT HOLDER");
  });

  it("cuts what needs too many lines and words without end", () => {
    assert.equal(wrapLabel("a b c d", 1, 2), "a<br>b …");
    assert.equal(wrapLabel("x".repeat(100)).length, 40);
  });

  it("escapes each line", () => {
    assert.equal(wrapLabel("<br> tag"), "&lt;br&gt; tag");
  });
});
