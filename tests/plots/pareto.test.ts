import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { paretoChart } from "#src/plots/pareto.js";

const options = {
  ...{ title: "A finding", subtitle: "What, n = 3", caption: "How to read it." },
  x: { title: "Silhouette", decimals: 2 },
  y: { title: "Share of revenue", format: "percent" },
  colour: { title: "Stability", decimals: 1 },
} as const;
const candidate = (
  name: string,
  x: number,
  y: number,
  colourValue = 0,
): Parameters<typeof paretoChart>[0][number] => ({
  ...{ name, x, y, colourValue },
});
const three = [candidate("b", 0.3, 0.5, 0.9), candidate("a", 0.1, 0.6), candidate("c", 0.2, 0.4, Number.NaN)];

describe("paretoChart", () => {
  it("draws every candidate, the front from left to right, and a ring with a name around the chosen one", () => {
    const [front, all, chosen] = paretoChart(three, { ...options, chosen: "c" }).data;
    assert.deepEqual(
      [front!["x"], front!["y"]],
      [
        [0.1, 0.3],
        [0.6, 0.5],
      ],
    );
    assert.deepEqual(all!["x"], [0.3, 0.1, 0.2]);
    assert.deepEqual([chosen!["x"], chosen!["y"], chosen!["name"]], [[0.2], [0.4], "chosen: c"]);
    const { color, size } = all!["marker"] as { color: number[]; size: number[] };
    // Without a value the lowest colour; who is on the front is larger.
    assert.deepEqual(color, [0.9, 0, 0]);
    assert.ok(size[0]! > size[2]! && size[0] === size[1]);
  });

  it("tells front and choice to those who cannot see it", () => {
    assert.equal(
      paretoChart(three, { ...options, chosen: "c" }).alt,
      "3 candidates by Silhouette and Share of revenue. No other one betters a (Silhouette: 0.10, Share of revenue: 60.0%, Stability: 0.0); b (Silhouette: 0.30, Share of revenue: 50.0%, Stability: 0.9). Chosen: c (Silhouette: 0.20, Share of revenue: 40.0%, Stability: –).",
    );
  });

  it("draws candidates of one colour, one that nobody chose, and none", () => {
    const [, all, ...more] = paretoChart([candidate("a", 1, 1, 5)], options).data;
    const { cmin, cmax } = all!["marker"] as { cmin: number; cmax: number };
    assert.ok(cmax > cmin);
    assert.equal(more.length, 0);
    assert.match(paretoChart([], options).alt, /^0 candidates .* No other one betters none\.$/);
  });

  it("refuses equal names, a choice of nobody and objectives that are not finite", () => {
    assert.throws(() => paretoChart([three[0]!, three[0]!], options), /two candidates are called "b"/);
    assert.throws(() => paretoChart(three, { ...options, chosen: "d" }), /no candidate is called "d"/);
    assert.throws(
      () => paretoChart([candidate("a", Number.NaN, 1)], options),
      /finite objectives, got NaN and 1 for "a"/,
    );
  });
});
