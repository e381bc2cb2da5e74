import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { escapeMarkdown, showMarkdown } from "#src/notebook/markdown.js";
import { captureOutputs, part } from "./outputs.js";

describe("showMarkdown", () => {
  it("keeps markdown and shows tags as text", () => {
    const [output] = captureOutputs(() => showMarkdown("**5%** with p < 0.05 <script>alert(1)</script>"));
    assert.equal(part(output, "text/markdown"), "**5%** with p < 0.05 &lt;script>alert(1)&lt;/script>");
  });

  it("prints plain text where there is no notebook", (context) => {
    const log = context.mock.method(console, "log", () => {});
    showMarkdown("**5%**");
    assert.deepEqual(log.mock.calls[0]?.arguments, ["**5%**"]);
  });
});

describe("escapeMarkdown", () => {
  it("leaves nothing for markdown or HTML to read", () => {
    assert.equal(
      escapeMarkdown("a*b_c [x](y) `<i>` & $1|2"),
      "a\\*b\\_c \\[x\\]\\(y\\) \\`&#60;i\\>\\` &#38; &#36;1\\|2",
    );
  });
});
