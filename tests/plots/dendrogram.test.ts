import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { linkage } from "#src/clustering/linkage.js";
import { matrixOf } from "#src/math/matrix.js";
import { type DendrogramOptions, dendrogramChart } from "#src/plots/dendrogram.js";

const options: DendrogramOptions = {
  title: "A finding",
  subtitle: "What, n = 6",
  caption: "How to read it.",
  measure: "Height (single)",
  counted: "Customers",
  nClusters: 2,
};
/** Single linkage merges at 1, 2, 3, 8 and 16. */
const tree = linkage(matrixOf([[0], [1], [4], [20], [22], [30]]), "single");

/** Points of a trace, without gaps. */
function points(figure: ReturnType<typeof dendrogramChart>, at: number): [number, number][] {
  const [x, y] = [figure.data[at]!["x"], figure.data[at]!["y"]] as [number[], number[]];
  return x.flatMap((value, i): [number, number][] => (value === null ? [] : [[value, y[i]!]]));
}

const ticks = (figure: ReturnType<typeof dendrogramChart>): string[] =>
  (figure.layout["yaxis"] as { ticktext: string[] }).ticktext;

describe("dendrogramChart", () => {
  it("draws each merge at its height between the middles of its sides", () => {
    // Single: {0, 1} at 1, {20, 22} at 2, {0, 1, 4} at 3, {20, 22, 30} at 8, all at 16.
    const figure = dendrogramChart(tree, options);
    assert.deepEqual(ticks(figure), ["1", "1", "1", "1", "1", "1"]);
    assert.deepEqual(points(figure, 0), [
      [16, 1.25],
      [16, 4.25],
    ]);
    const wanted = [
      ...[0, 0, 1, 0, 0, 1, 1, 1, 1, 0.5, 3, 0.5, 0, 2, 3, 2, 3, 1.25, 16, 1.25],
      ...[1, 0, 1, 1, 3, 0.5, 3, 2],
    ];
    assert.deepEqual(points(figure, 1).flat(), wanted);
  });

  it("shows the last merges only, with the rows of each branch, and never fewer branches than clusters", () => {
    assert.deepEqual(ticks(dendrogramChart(tree, { ...options, maxLeaves: 3 })), ["3", "2", "1"]);
    assert.deepEqual(ticks(dendrogramChart(tree, { ...options, maxLeaves: 2 })), ["3", "3"]);
    assert.deepEqual(ticks(dendrogramChart(tree, { ...options, maxLeaves: 2, nClusters: 4 })), [
      "2",
      "1",
      "2",
      "1",
    ]);
  });

  it("cuts half way between the last merge that is done and the first that is not", () => {
    const cut = (nClusters: number): number =>
      (dendrogramChart(tree, { ...options, nClusters }).layout["shapes"] as { x0: number }[])[0]!.x0;
    assert.equal(cut(2), 12);
    assert.equal(cut(6), 0.5);
    assert.ok(cut(1) > 16);
  });

  it("gives each cluster its colour by its label", () => {
    const segments = [
      { name: "low", colour: "#111111" },
      { name: "high", colour: "#222222" },
    ];
    const { data, alt } = dendrogramChart(tree, { ...options, segments });
    const drawn = data.slice(1).map((trace) => [trace["name"], (trace["line"] as { color: string }).color]);
    assert.deepEqual(drawn, [
      ["low", "#111111"],
      ["high", "#222222"],
    ]);
    assert.equal(
      alt,
      "Dendrogram of 6 customers by Height (single), its last 6 branches. " +
        "The cut at 12 leaves 2 clusters: low 3, high 3.",
    );
  });

  it("draws one row, and rows that are all equal", () => {
    assert.deepEqual(ticks(dendrogramChart(linkage(matrixOf([[3]]), "ward"), { ...options, nClusters: 1 })), [
      "1",
    ]);
    const equal = dendrogramChart(linkage(matrixOf([[3], [3], [3]]), "ward"), options);
    assert.deepEqual((equal.layout["xaxis"] as { range: number[] }).range, [0, 1]);
  });

  it("refuses other numbers of clusters, leaves and segments", () => {
    assert.throws(() => dendrogramChart(tree, { ...options, nClusters: 7 }), /needs 1 to n clusters, got 7/);
    assert.throws(() => dendrogramChart(tree, { ...options, maxLeaves: 1 }), {
      name: "RangeError",
      message: "dendrogramChart needs 2 leaves or more, got 1",
    });
    assert.throws(
      () => dendrogramChart(tree, { ...options, segments: [{ name: "a", colour: "#111111" }] }),
      /needs 2 segments, got 1/,
    );
  });
});
