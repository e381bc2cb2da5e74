import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kneeChart } from "#src/plots/knee.js";

const text = { title: "A finding", subtitle: "What, n = 3", caption: "How to read it." };

describe("kneeChart", () => {
  const kmeans = { name: "K-Means", xs: [2, 3, 4], ys: [9, 4, 3], knee: 3 };
  const ward = { name: "Ward", xs: [2, 3, 4], ys: [10, Number.NaN, 5], knee: null, colour: "#123456" };

  it("rings the knee of each curve that has one and writes it there", () => {
    const figure = kneeChart([kmeans, ward], { ...text, measure: "Inertia" });
    assert.deepEqual(
      figure.data.map(({ x, y }) => [x, y]),
      [
        [
          [2, 3, 4],
          [9, 4, 3],
        ],
        [[3], [4]],
        [
          [2, 3, 4],
          [10, null, 5],
        ],
      ],
    );
    const notes = figure.layout["annotations"] as { text: string; x: number; y: number }[];
    assert.deepEqual(
      notes.map((note) => [note.text, note.x, note.y]),
      [["<b>3</b>", 3, 4]],
    );
    assert.equal((figure.data[2]!["line"] as { color: string }).color, "#123456");
    assert.equal(
      figure.alt,
      "Inertia by number of clusters. K-Means: 9 at 2, 3 at 4; knee 4 at 3. Ward: 10 at 2, 5 at 4.",
    );
  });

  it("has a legend for several curves only, and starts at zero unless zero means nothing", () => {
    const rangemode = (startsAtZero?: boolean): unknown =>
      (kneeChart([ward], { ...text, measure: "BIC", startsAtZero }).layout["yaxis"] as { rangemode: string })
        .rangemode;
    assert.deepEqual([rangemode(), rangemode(true), rangemode(false)], ["tozero", "tozero", "normal"]);
    assert.equal(kneeChart([ward], { ...text, measure: "BIC" }).layout["showlegend"], false);
    assert.equal(kneeChart([ward, kmeans], { ...text, measure: "BIC" }).layout["showlegend"], true);
  });

  it("draws curves without values, and none", () => {
    assert.match(kneeChart([{ name: "a", xs: [], ys: [] }], { ...text, measure: "m" }).alt, /a: no values/);
    assert.equal(kneeChart([], { ...text, measure: "m" }).data.length, 0);
  });

  it("refuses a knee where the curve has no value, and other lengths", () => {
    const draw = (curve: object): unknown => kneeChart([{ ...kmeans, ...curve }], { ...text, measure: "m" });
    assert.throws(() => draw({ knee: 5 }), /curve "K-Means" has no value at its knee 5/);
    assert.throws(() => draw({ ys: [1, Number.NaN, 2] }), /no value at its knee 3/);
    assert.throws(() => draw({ ys: [1, 2] }), /has 3 xs and 2 ys/);
  });
});
