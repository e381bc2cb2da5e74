import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { silhouettePlot } from "#src/plots/silhouette.js";
import { palette } from "#src/plots/theme.js";

const text = { title: "A finding", subtitle: "What, n = 3", caption: "How to read it." };
const clusters = [
  { label: 7, name: "Champions", colour: palette.green },
  { label: 2, name: "Lost" },
];

type Drawn = ReturnType<typeof silhouettePlot>;
const ticks = (figure: Drawn): string[] => (figure.layout["yaxis"] as { ticktext: string[] }).ticktext;
const fills = (figure: Drawn): unknown[] => figure.data.map((trace) => trace["fillcolor"]);

describe("silhouettePlot", () => {
  const figure = silhouettePlot([7, 2, 7, -1, 2, 7], [0.1, -0.5, 0.3, Number.NaN, 0, 0.2], {
    ...text,
    clusters,
  });

  it("draws a blade a cluster in the order given, its customers from the largest down", () => {
    assert.deepEqual(
      figure.data.map(({ x }) => x),
      [
        [0.3, 0.2, 0.1],
        [0, -0.5],
      ],
    );
    assert.deepEqual(ticks(figure), ["Champions", "Lost"]);
    assert.deepEqual(fills(figure), [palette.green, palette.orange]);
  });

  it("has blades as thick as their clusters are large, the second below the first", () => {
    const [first, second] = figure.data.map((trace) => ({
      from: trace["y0"] as number,
      thickness: (trace["dy"] as number) * ((trace["x"] as number[]).length - 1),
    }));
    assert.ok(Math.abs(first!.thickness / second!.thickness - 3 / 2) < 1e-3);
    assert.ok(second!.from > first!.from + first!.thickness);
  });

  it("has a line at the mean of all in clusters, and tells the means to those who cannot see it", () => {
    const [line] = figure.layout["shapes"] as { x0: number }[];
    assert.ok(Math.abs(line!.x0 - 0.02) < 1e-12);
    assert.equal(
      figure.alt,
      "Silhouette plot, mean 0.02. By cluster: Champions: 0.20 (3 customers, 0 below zero); Lost: -0.25 (2 customers, 1 below zero). In no cluster: 1.",
    );
  });

  it("leaves out clusters without customers, and draws nothing for nobody", () => {
    const one = silhouettePlot([2], [0], { ...text, clusters });
    assert.deepEqual(ticks(one), ["Lost"]);
    assert.deepEqual(one.data[0]!["x"], [0, 0]);
    const none = silhouettePlot([-1], [Number.NaN], { ...text, clusters });
    assert.deepEqual([none.data.length, none.layout["shapes"]], [0, undefined]);
    assert.match(none.alt, /no customers in clusters/);
  });

  it("stays light and keeps room for every name with 25 clusters of 100,000 customers", () => {
    const many = Array.from({ length: 25 }, (_, label) => ({ label, name: `Segment ${label}` }));
    // The first cluster has nearly all, the others ten each.
    const labels = Array.from({ length: 100_000 }, (_, i) => (i < 240 ? 1 + (i % 24) : 0));
    const large = silhouettePlot(
      labels,
      labels.map((_, i) => Math.sin(i)),
      { ...text, clusters: many },
    );
    assert.ok(JSON.stringify({ data: large.data, layout: large.layout }).length < 40_000);
    const { tickvals } = large.layout["yaxis"] as { tickvals: number[] };
    tickvals.forEach((at, i) => {
      if (i > 0) assert.ok(at - tickvals[i - 1]! >= 17);
    });
    assert.ok(large.height! > tickvals.at(-1)!);
    // More clusters than there are categories have shades in their order.
    assert.equal(new Set(fills(large)).size, 25);
  });

  it("refuses clusters without a name or with two, other lengths and values that are no silhouettes", () => {
    const draw = (labels: number[], samples: number[], more = clusters): Drawn =>
      silhouettePlot(labels, samples, { ...text, clusters: more });
    assert.throws(() => draw([7, 3], [0, 0]), /a name for each cluster, got none for 3 beside 7, 2/);
    assert.throws(
      () => draw([7], [0], [...clusters, clusters[0]!]),
      /cluster 7 of a silhouette plot has two names/,
    );
    assert.throws(() => draw([7, 2], [0]), /needs 2 samples, got 1/);
    assert.throws(() => draw([7], [1.5]), /in \[-1, 1\], got 1.5 \(row 0\)/);
    assert.throws(() => draw([7], [Number.NaN]), /got NaN/);
  });
});
