import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { figureBundle, showFigure } from "#src/notebook/figure.js";
import type { Figure } from "#src/plots/figure.js";
import { captureOutputs, part } from "./outputs.js";

const figure: Figure = {
  data: [{ type: "bar", x: [1], y: ["</script><script>alert(1)</script>"] }],
  layout: {},
  title: "5% of customers & <b>half</b> of revenue",
  subtitle: 'Revenue "net"',
  caption: "Read it.",
  alt: 'Bars. "quoted" <i>',
  height: 200,
};

describe("showFigure", () => {
  it("brings plotly.js with the first figure of a session only", () => {
    const [first, second] = captureOutputs(() => {
      showFigure(figure);
      showFigure(figure);
    });
    assert.match(part(first, "text/html"), /class="insiders-plotly-library"/);
    assert.ok(part(first, "text/html").length > 1_000_000);
    assert.ok(part(second, "text/html").length < 20_000);
  });

  it("carries its words as text", () => {
    const html = part(figureBundle(figure), "text/html");
    assert.match(html, /5% of customers &amp; &lt;b&gt;half&lt;\/b&gt; of revenue/);
    assert.match(html, /role="img" aria-label="Bars. &quot;quoted&quot; &lt;i&gt;"/);
    assert.match(html, /<figcaption>Read it\.<\/figcaption>/);
    assert.equal(part(figureBundle(figure), "text/plain"), `${figure.title}\n${figure.alt}`);
  });

  it("keeps its data inside their script element", () => {
    const html = part(figureBundle(figure), "text/html");
    const json = /<script type="application\/json">(.*?)<\/script>/.exec(html)?.[1] ?? "";
    assert.deepEqual(JSON.parse(json), { data: figure.data, layout: figure.layout });
    assert.doesNotMatch(json, /</);
  });

  it("has an id that tells order and content", () => {
    const id = (shown: Figure): string[] =>
      /id="figure-(\d+)-(\w{8})"/.exec(part(figureBundle(shown), "text/html"))!.slice(1);
    const [order, hash] = id(figure);
    const [nextOrder, nextHash] = id(figure);
    assert.equal(Number(nextOrder), Number(order) + 1);
    assert.equal(nextHash, hash);
    assert.notEqual(id({ ...figure, title: "another" })[1], hash);
  });

  it("leaves style and library to the report in a headless run", () => {
    process.env.INSIDERS_REPORT = "1";
    try {
      const html = part(figureBundle(figure), "text/html");
      assert.match(html, /^<figure/);
      assert.doesNotMatch(html, /<style>|insiders-plotly-library/);
    } finally {
      delete process.env.INSIDERS_REPORT;
    }
  });
});
