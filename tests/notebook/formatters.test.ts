import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { registerFormatters } from "#src/notebook/formatters.js";
import { barChart } from "#src/plots/bars.js";
import { part } from "./outputs.js";

interface Formatter {
  matches(value: unknown): boolean;
  bundle(value: unknown): { data: Record<string, unknown> };
}

const scope = globalThis as Record<symbol, unknown>;
const formatters = (): Formatter[] => scope[Symbol.for("jupyter.formatters")] as Formatter[];

describe("registerFormatters", () => {
  registerFormatters();
  registerFormatters();

  it("registers each formatter once, however often the package is loaded", () => {
    assert.equal(formatters().length, 2);
  });

  it("shows a data frame as a table", () => {
    const frame = { columns: ["a"], values: [[1], [2]], index: [0, 1], shape: [2, 1] };
    const html = part(
      formatters()
        .find((f) => f.matches(frame))
        ?.bundle(frame),
      "text/html",
    );
    assert.match(html, /<caption>DataFrame: 2 rows, 1 column<\/caption>/);
  });

  it("shows a figure as a figure", () => {
    const figure = barChart([{ label: "a", value: 1 }], {
      title: "T",
      subtitle: "",
      caption: "",
      measure: "m",
    });
    const html = part(
      formatters()
        .find((f) => f.matches(figure))
        ?.bundle(figure),
      "text/html",
    );
    assert.match(html, /<figure class="insiders-figure"/);
  });

  it("leaves other values to the kernel", () => {
    for (const value of [1, "text", null, undefined, {}, [1, 2], new Map()])
      assert.equal(
        formatters().find((f) => f.matches(value)),
        undefined,
      );
  });
});
