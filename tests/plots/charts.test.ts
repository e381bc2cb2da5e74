import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kDistances } from "#src/clustering/k-distances.js";
import { linkage } from "#src/clustering/linkage.js";
import { matrixOf } from "#src/math/matrix.js";
import { barChart } from "#src/plots/bars.js";
import { beforeAfterChart } from "#src/plots/before-after.js";
import { dendrogramChart } from "#src/plots/dendrogram.js";
import { isFigure } from "#src/plots/figure.js";
import { groupMapChart } from "#src/plots/group-map.js";
import { heatmapChart } from "#src/plots/heatmap.js";
import { histogramChart } from "#src/plots/histogram.js";
import { kDistanceChart } from "#src/plots/k-distances.js";
import { kneeChart } from "#src/plots/knee.js";
import { mapChart } from "#src/plots/map.js";
import { missingChart } from "#src/plots/missing.js";
import { pairPlot } from "#src/plots/pair-plot.js";
import { paretoChart } from "#src/plots/pareto.js";
import { silhouettePlot } from "#src/plots/silhouette.js";
import { palette } from "#src/plots/theme.js";
import { timeSeriesChart } from "#src/plots/time-series.js";

const text = { title: "A finding", subtitle: "What, n = 3", caption: "How to read it." };
const hostile = "<img src=x onerror=alert(1)>";

const charts = {
  bars: barChart(
    [
      { label: hostile, value: 2 },
      { label: "b", value: 1 },
    ],
    { ...text, measure: "Revenue (GBP)" },
  ),
  "time series": timeSeriesChart([{ name: hostile, dates: ["2011-01-03"], values: [1] }], {
    ...text,
    measure: hostile,
  }),
  histogram: histogramChart([{ from: 0, to: 1, count: 2 }], {
    ...text,
    measure: hostile,
    counted: "Orders",
    markers: [{ value: 0.5, label: hostile }],
  }),
  heatmap: heatmapChart([[0.5, null]], {
    ...text,
    rowLabels: [hostile],
    columnLabels: [hostile, "2"],
    rowTitle: hostile,
    columnTitle: hostile,
    measure: "Share",
  }),
  "pair plot": pairPlot(
    [
      { label: hostile, values: [1, 2, 3] },
      { label: "b", values: [10, 100, 0], hasLogScale: true },
    ],
    text,
  ),
  "before and after": beforeAfterChart([{ label: hostile, before: [1, 2, 9], after: [0, 1, 2] }], {
    ...text,
    beforeTitle: hostile,
    afterTitle: "after",
  }),
  dendrogram: dendrogramChart(linkage(matrixOf([[0], [1], [5]]), "ward"), {
    ...text,
    measure: hostile,
    counted: hostile,
    nClusters: 2,
    segments: [
      { name: hostile, colour: palette.blue },
      { name: "b", colour: palette.green },
    ],
  }),
  "k-distances": kDistanceChart(kDistances(matrixOf([[0], [1], [5]]), 1), {
    ...text,
    measure: hostile,
    counted: hostile,
  }),
  map: mapChart([0, 0, 1, 1], [1, 100], { ...text, measure: hostile, hasLogColour: true }),
  "group map": groupMapChart([0, 0, 1, 1], [0, -1], {
    ...text,
    measure: hostile,
    groups: [{ label: 0, name: hostile }],
  }),
  "missing values": missingChart([{ column: hostile, missing: 1, total: 2 }], text),
  silhouette: silhouettePlot([0, 0, -1], [0.5, 0.2, Number.NaN], {
    ...text,
    clusters: [{ label: 0, name: hostile }],
  }),
  knee: kneeChart([{ name: hostile, xs: [2, 3], ys: [1, Number.NaN], knee: 2 }], {
    ...text,
    measure: hostile,
    xTitle: hostile,
  }),
  pareto: paretoChart([{ name: hostile, x: 1, y: 2, colourValue: Number.NaN }], {
    ...text,
    x: { title: hostile },
    y: { title: hostile },
    colour: { title: hostile },
    chosen: hostile,
  }),
};

describe("every chart", () => {
  for (const [name, figure] of Object.entries(charts)) {
    it(`${name}: has its words, is plain data and the same for the same input`, () => {
      assert.ok(isFigure(figure));
      assert.ok(figure.alt.length > 10);
      assert.deepEqual(JSON.parse(JSON.stringify(figure)), figure);
    });

    it(`${name}: shows markup in the data as text`, () => {
      assert.doesNotMatch(JSON.stringify({ data: figure.data, layout: figure.layout }), /<img/);
    });

    it(`${name}: leaves colour and background of the page alone`, () => {
      assert.equal(figure.layout["paper_bgcolor"], "rgba(0,0,0,0)");
      assert.equal((figure.layout["font"] as { color?: string }).color, undefined);
    });
  }
});

describe("isFigure", () => {
  it("asks for data, layout and words", () => {
    assert.equal(isFigure({ data: [], layout: {} }), false);
    assert.equal(isFigure(null), false);
    assert.equal(isFigure("figure"), false);
  });
});

describe("barChart", () => {
  it("starts at zero and colours what the title speaks of", () => {
    const bars = [
      { label: "postage", value: 5 },
      { label: "teapot", value: 4 },
    ];
    const figure = barChart(bars, { ...text, measure: "Revenue (GBP)", highlight: ["postage"] });
    const [first, second] = (figure.data[0]!["marker"] as { color: string[] }).color;
    assert.equal(first, palette.blue);
    assert.notEqual(second, palette.blue);
    assert.equal((figure.layout["xaxis"] as { rangemode: string }).rangemode, "tozero");
  });

  it("tells its values to those who cannot see it", () => {
    const figure = barChart([{ label: "UK", value: 9025222.08 }], {
      ...text,
      measure: "Revenue (GBP)",
      format: "money",
    });
    assert.equal(figure.alt, "Bar chart of Revenue (GBP). UK: £9,025,222.");
    assert.equal(barChart([], { ...text, measure: "x", alt: "nothing" }).alt, "nothing");
  });

  it("keeps room between names and drawing for the values of negative bars, and only for those", () => {
    const draw = (...values: number[]): { ticklabelstandoff: number; showline: boolean } => {
      const bars = values.map((value, at) => ({ label: `choice ${at}`, value }));
      const figure = barChart(bars, { ...text, measure: "GBP", format: "money" });
      return figure.layout["yaxis"] as { ticklabelstandoff: number; showline: boolean };
    };
    const [none, short, long] = [draw(5, 184235), draw(5, -18), draw(5, -184235)];
    assert.ok(none.showline && !long.showline);
    assert.ok(none.ticklabelstandoff < 10);
    // "-£184,235" takes about 60 pixels.
    assert.ok(long.ticklabelstandoff > 60 && long.ticklabelstandoff > short.ticklabelstandoff);
  });

  it("writes all amounts of money with the same decimals", () => {
    const write = (...values: number[]): unknown =>
      barChart(
        values.map((value, at) => ({ label: `${at}`, value })),
        { ...text, measure: "GBP", format: "money" },
      ).data[0]!["text"];
    assert.deepEqual(write(388459.4, 0, -21.5), ["£388,459", "£0", "-£22"]);
    assert.deepEqual(write(2, 0.5), ["£2.00", "£0.50"]);
  });

  it("grows with the lines of its labels", () => {
    const height = (label: string): number =>
      barChart([{ label, value: 1 }], { ...text, measure: "x" }).height!;
    assert.ok(height("one two three four five six seven eight nine ten") > height("one"));
  });

  it("refuses equal labels and values that are no numbers", () => {
    const twice = [
      { label: "a", value: 1 },
      { label: "a", value: 2 },
    ];
    assert.throws(() => barChart(twice, { ...text, measure: "x" }), /two bars are called "a"/);
    assert.throws(
      () => barChart([{ label: "a", value: Number.NaN }], { ...text, measure: "x" }),
      /finite value, got NaN for "a"/,
    );
  });
});

describe("timeSeriesChart", () => {
  const dates = ["2011-01-03", "2011-01-10", "2011-01-17"];

  it("leaves a gap where a value is missing and says lowest and highest", () => {
    const figure = timeSeriesChart([{ name: "Revenue", dates, values: [5, null, 7] }], {
      ...text,
      measure: "GBP",
    });
    assert.deepEqual(figure.data[0]!["y"], [5, null, 7]);
    assert.equal(
      figure.alt,
      "GBP over time. Revenue: 5 on 3 Jan 2011, 7 on 17 Jan 2011; lowest 5 on 3 Jan 2011, highest 7 on 17 Jan 2011.",
    );
  });

  it("needs a legend only for several series", () => {
    const one = { name: "a", dates, values: [1, 2, 3] };
    const options = { ...text, measure: "GBP" };
    assert.equal(timeSeriesChart([one], options).layout["showlegend"], false);
    assert.equal(timeSeriesChart([one, { ...one, name: "b" }], options).layout["showlegend"], true);
  });

  it("refuses a series with other than one value a date", () => {
    assert.throws(
      () => timeSeriesChart([{ name: "a", dates, values: [1] }], { ...text, measure: "GBP" }),
      /series "a" has 3 dates and 1 values/,
    );
  });

  it("draws a series without values", () => {
    assert.match(
      timeSeriesChart([{ name: "a", dates: [], values: [] }], { ...text, measure: "GBP" }).alt,
      /a: no values/,
    );
  });
});

describe("histogramChart", () => {
  const options = { ...text, measure: "Order value (GBP)", counted: "Orders", format: "money" as const };

  it("gives bins of equal ratio equal width on a log axis", () => {
    const bins = [
      { from: 1, to: 10, count: 3 },
      { from: 10, to: 100, count: 5 },
    ];
    const figure = histogramChart(bins, { ...options, hasLogAxis: true });
    assert.deepEqual(figure.data[0]!["width"], [1, 1]);
    assert.deepEqual(figure.data[0]!["x"], [0.5, 1.5]);
    assert.deepEqual((figure.layout["xaxis"] as { ticktext: string[] }).ticktext, ["£1", "£10", "£100"]);
  });

  it("writes large powers of ten short, and every second one where all of them would touch", () => {
    const ticks = (from: number, to: number): string[] => {
      const figure = histogramChart([{ from, to, count: 1 }], { ...options, hasLogAxis: true });
      return (figure.layout["xaxis"] as { ticktext: string[] }).ticktext;
    };
    assert.deepEqual(ticks(10, 1e6), ["£10", "£100", "£1k", "£10k", "£100k", "£1m"]);
    assert.deepEqual(ticks(0.001, 1e6), ["£0.01", "£1", "£100", "£10k", "£1m"]);
  });

  it("says how many values lie where", () => {
    const bins = [
      { from: 0, to: 10, count: 3 },
      { from: 10, to: 30, count: 5 },
    ];
    assert.equal(
      histogramChart(bins, { ...options, markers: [{ value: 12, label: "median" }] }).alt,
      "Histogram of Order value (GBP): 8 orders from £0.00 to £30.00. " +
        "The fullest bin, £10.00 to £30.00, holds 5. median at £12.00.",
    );
    assert.match(histogramChart([], options).alt, /no values/);
  });

  it("refuses bins without width and, on a log axis, bins from zero", () => {
    assert.throws(
      () => histogramChart([{ from: 1, to: 1, count: 1 }], options),
      /ends above its start, got 1 to 1/,
    );
    assert.throws(
      () => histogramChart([{ from: 0, to: 1, count: 1 }], { ...options, hasLogAxis: true }),
      /no place for a bin from 0/,
    );
  });
});

describe("missingChart", () => {
  it("writes shares with counts and knows complete columns", () => {
    const columns = [
      { column: "CustomerID", missing: 135080, total: 541909 },
      { column: "Country", missing: 0, total: 541909 },
    ];
    assert.equal(
      missingChart(columns, text).alt,
      "Missing values per column. CustomerID: 24.9% (135,080); Country: complete.",
    );
  });

  it("has no share of an empty table", () => {
    assert.deepEqual(missingChart([{ column: "a", missing: 0, total: 0 }], text).data[0]!["x"], [0]);
  });
});

describe("heatmapChart", () => {
  const labels = {
    ...text,
    rowLabels: ["Jan", "Feb"],
    columnLabels: ["1", "2"],
    rowTitle: "First order",
    columnTitle: "Months later",
    measure: "share who order again",
    format: "percent",
    decimals: 0,
  } as const;

  it("writes values into cells, marks those asked for and leaves those without a value empty", () => {
    const figure = heatmapChart(
      [
        [0.5, 0.25],
        [0.1, null],
      ],
      {
        ...labels,
        isMarked: (row, column) => row + column === 1,
      },
    );
    assert.deepEqual(figure.data[0]!["text"], [
      ["50%", "25%*"],
      ["10%*", ""],
    ]);
    assert.equal(figure.data[0]!["zmin"], 0);
    assert.deepEqual(figure.data[1]!["text"], ["50%", "25%*", "10%*"]);
    assert.deepEqual((figure.data[1]!["textfont"] as { color: string[] }).color, ["#000", "#000", "#fff"]);
    assert.equal(
      figure.alt,
      "Heatmap of share who order again by first order and Months later 1, 2. Jan: 50%, 25%*; Feb: 10%*, none.",
    );
  });

  it("refuses a matrix of another shape and values below zero", () => {
    assert.throws(() => heatmapChart([[1, 2]], labels), /each of its 2 x 2 cells, got 1 rows of 2/);
    assert.throws(() => heatmapChart([[1], [1]], labels), /got 2 rows of 1/);
    assert.throws(
      () =>
        heatmapChart(
          [
            [1, -1],
            [0, 0],
          ],
          labels,
        ),
      /starts at zero and needs finite values, got -1/,
    );
  });
});

describe("pairPlot", () => {
  const columns = [
    { label: "a", values: [1, 2, 3, 4, Number.NaN] },
    { label: "b", values: [1, 10, 100, 1000, 5], hasLogScale: true },
    { label: "c", values: [4, 3, 2, 1, 0] },
  ];
  const figure = pairPlot(columns, text);

  it("draws each pair once below the diagonal and each measure on it", () => {
    assert.deepEqual(
      figure.data.map(({ type }) => type),
      ["bar", "heatmap", "bar", "heatmap", "heatmap", "bar"],
    );
  });

  it("places every row that both measures have, and no other", () => {
    const rows = (at: number): number =>
      (figure.data[at]!["z"] as (number | null)[][])
        .flat()
        .reduce<number>((sum, value) => sum + (value === null ? 0 : Math.round(10 ** value)), 0);
    assert.deepEqual([rows(1), rows(3), rows(4)], [4, 4, 5]);
  });

  it("tells the rank correlations in its text alternative", () => {
    assert.match(figure.alt, /a and b 1\.00; a and c -1\.00; b and c -0\.40/);
  });

  it("leaves out what a logarithmic scale cannot show", () => {
    const zeros = pairPlot(
      [
        { label: "a", values: [1, 2] },
        { label: "b", values: [0, -1], hasLogScale: true },
      ],
      text,
    );
    assert.deepEqual(
      (zeros.data[1]!["z"] as unknown[][]).flat().filter((value) => value !== null),
      [],
    );
  });

  it("refuses fewer than two columns, columns of two lengths and two of one name", () => {
    assert.throws(() => pairPlot(columns.slice(0, 1), text), /at least 2 columns, got 1/);
    assert.throws(
      () => pairPlot([columns[0]!, { label: "d", values: [1] }], text),
      /one length, got 5 and 1/,
    );
    assert.throws(
      () => pairPlot([columns[0]!, columns[0]!], text),
      /two columns of a pair plot are called "a"/,
    );
  });
});

describe("beforeAfterChart", () => {
  const titles = { ...text, beforeTitle: "before", afterTitle: "after" };
  const heights = (values: number[]): number[] => {
    const figure = beforeAfterChart([{ label: "a", before: values, after: [] }], titles);
    return (figure.data[0]!["y"] as number[]).filter((height) => height > 0);
  };

  it("shows every value that is there, the fullest bin to the top and the rarest at least as a line", () => {
    assert.deepEqual(heights([0, 0, 0, 0, 10, Number.NaN]), [1, 0.25]);
    assert.deepEqual(heights([...new Array<number>(999).fill(0), 1]), [1, 0.02]);
  });

  it("draws a constant in the middle and nothing for no values", () => {
    assert.deepEqual(heights([7, 7]), [1]);
    assert.deepEqual(heights([]), []);
  });

  it("refuses two rows of one name", () => {
    const row = { label: "a", before: [1], after: [1] };
    assert.throws(() => beforeAfterChart([row, row], titles), /two rows are called "a"/);
  });
});

describe("mapChart", () => {
  const options = { ...text, measure: "Revenue (GBP)" };
  const marker = (figure: ReturnType<typeof mapChart>): { color: number[]; cmin: number; cmax: number } =>
    figure.data[0]!["marker"] as never;

  it("draws every point, large values last, a step as long upwards as sideways", () => {
    const figure = mapChart([0, 10, 1, 11, 2, 12], [5, 9, 1], options);
    assert.deepEqual(figure.data[0]!["x"], [2, 0, 1]);
    assert.deepEqual(figure.data[0]!["y"], [12, 10, 11]);
    assert.equal((figure.layout["yaxis"] as { scaleanchor: string }).scaleanchor, "x");
  });

  it("lets a few extremes not take the colours of all others", () => {
    const values = Array.from({ length: 200 }, (_, i) => (i === 0 ? 1e9 : i));
    const { color, cmax } = marker(
      mapChart(
        values.flatMap((value) => [value, 0]),
        values,
        options,
      ),
    );
    assert.ok(cmax < 200);
    assert.equal(Math.max(...color), cmax);
  });

  it("gives what has no value, or none on a logarithmic scale, the lowest colour", () => {
    const { color, cmin } = marker(
      mapChart(new Array(8).fill(0), [0, Number.NaN, 10, 1000], { ...options, hasLogColour: true }),
    );
    assert.deepEqual(color, [1, 1, 1, 3]);
    assert.equal(cmin, 1);
  });

  it("draws points without any value, and no points", () => {
    assert.deepEqual(marker(mapChart([0, 0], [Number.NaN], options)).color, [0]);
    assert.deepEqual(mapChart([], [], options).data[0]!["x"], []);
  });

  it("refuses positions that do not fit the values or are not finite", () => {
    assert.throws(() => mapChart([1], [1], options), /2 positions for each of 1 values, got 1/);
    assert.throws(() => mapChart([1, Number.NaN], [1], options), /finite positions, got NaN \(point 0\)/);
  });
});

describe("groupMapChart", () => {
  const options = {
    ...text,
    measure: "Segment",
    groups: [
      { label: 7, name: "first", colour: "#123456" },
      { label: 2, name: "second" },
    ],
  };

  it("draws groups in the order given, by name and not by number, and what is in none below them in grey", () => {
    const { data, alt } = groupMapChart([0, 0, 1, 1, 2, 2, 3, 3], [2, 7, -1, 7], options);
    assert.deepEqual(
      data.map(({ name, x }) => [name, x]),
      [
        ["none", [2]],
        ["first", [1, 3]],
        ["second", [0]],
      ],
    );
    assert.equal((data[1]!["marker"] as { color: string }).color, "#123456");
    assert.equal(alt, "Map of 4 points by segment: first 2, second 1.");
  });

  it("needs no grey where everybody is in a group", () => {
    assert.equal(groupMapChart([0, 0], [7], options).data.length, 2);
  });

  it("refuses positions that do not fit the labels or are not finite", () => {
    assert.throws(() => groupMapChart([1], [7], options), /2 positions for each of 1 labels, got 1/);
    assert.throws(() => groupMapChart([1, Infinity], [7], options), /got Infinity \(point 0\)/);
  });
});
