import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { costFigure } from "../../bench/cost/figure.js";
import { decadesAround, logAxis, spread } from "../../bench/cost/log-axis.js";
import {
  type CostPoint,
  type Costs,
  exponentOf,
  exponentOfSorting,
  formatBytes,
  mergeCosts,
} from "../../bench/cost/points.js";
import { wrap } from "../../bench/cost/svg.js";
import { costTable } from "../../bench/cost/table.js";

const SIZES = [1_000, 4_000, 16_000, 50_000];
const NAMES = { plain: "Plain & simple", square: "Square", unknown: "Never taken" };
const pointsOf = (method: string, cpuOf: (rows: number) => number, sizes = SIZES): CostPoint[] =>
  sizes.map((rows) => ({ method, rows, seconds: cpuOf(rows) / 2, cpu: cpuOf(rows), peakBytes: 2 ** 26 }));
const sorting = (rows: number): number => 1e-6 * rows * Math.log(rows);
const costs: Costs = {
  machine: "2 cores of something",
  points: [...pointsOf("plain", sorting), ...pointsOf("square", (rows) => 1e-8 * rows ** 2)],
};

describe("the exponent of a cost", () => {
  it("is that of a power, whatever happens below 4,000 rows", () => {
    const points = pointsOf("square", (rows) => (rows < 4_000 ? 9 : 3e-7 * rows ** 1.7));
    assert.ok(Math.abs(exponentOf(points)! - 1.7) < 1e-12);
  });

  it("of n log n lies a little above 1", () => {
    const own = exponentOf(pointsOf("plain", sorting))!;
    assert.ok(Math.abs(exponentOfSorting(pointsOf("plain", () => 1))! - own) < 1e-12);
    assert.ok(own > 1.09 && own < 1.12, `${own}`);
  });

  it("is unknown with one point or none", () => {
    assert.equal(exponentOf(pointsOf("plain", sorting, [1_000, 2_000, 8_000])), null);
    assert.equal(exponentOf([]), null);
  });
});

describe("points taken anew", () => {
  it("replace those of their method and rows, and stand in the order of methods and rows", () => {
    const anew = pointsOf("plain", () => 7, [4_000, 2_000]);
    const merged = mergeCosts(costs, { ...costs, points: anew }, ["square", "plain"]);
    assert.deepEqual(
      merged.points.map(({ method, rows }) => `${method} ${rows}`),
      [
        ...SIZES.map((rows) => `square ${rows}`),
        ...[1_000, 2_000, 4_000, 16_000, 50_000].map((rows) => `plain ${rows}`),
      ],
    );
    assert.deepEqual(
      merged.points.filter(({ cpu }) => cpu === 7).map(({ rows }) => rows),
      [2_000, 4_000],
    );
  });

  it("do not stand beside those of another machine or of a method that is no more", () => {
    const [point] = costs.points;
    assert.deepEqual(mergeCosts(costs, { machine: "another", points: [point!] }, ["plain"]).points, [point]);
    assert.ok(mergeCosts(costs, costs, ["plain"]).points.every(({ method }) => method === "plain"));
    assert.deepEqual(mergeCosts(null, costs, ["plain", "square"]).points, costs.points);
  });
});

describe("a logarithmic axis", () => {
  it("has the same length for the same factor", () => {
    const axis = logAxis(1, 100, 0, 200);
    for (const [value, place] of [
      [1, 0],
      [10, 100],
      [100, 200],
    ] as const)
      assert.ok(Math.abs(axis.at(value) - place) < 1e-9);
  });

  it("has powers of ten around all values", () => {
    assert.deepEqual(decadesAround([0.03, 7]), [0.01, 0.1, 1, 10]);
    assert.deepEqual(decadesAround([10]), [10, 100]);
  });
});

describe("labels beside lines", () => {
  it("stay where they are wanted as long as there is space", () => {
    assert.deepEqual(spread([90, 10, 50], 20, 0, 100), [90, 10, 50]);
  });

  it("make way for each other around the middle of the crowd, in order and within the frame", () => {
    assert.deepEqual(spread([50, 50], 20, 0, 100), [40, 60]);
    assert.deepEqual(spread([100, 99, 70], 20, 0, 100), [100, 80, 60]);
    assert.deepEqual(spread([0, 5, 100], 20, 0, 100), [0, 20, 100]);
    // Two crowds that meet become one.
    assert.deepEqual(spread([40, 40, 55], 20, 0, 100), [25, 45, 65]);
  });
});

describe("the figure of costs", () => {
  const svg = costFigure(costs, "the methods", NAMES);

  it("says which methods grow like n log n and which faster, with their exponents", () => {
    assert.match(
      svg,
      /<title>The cost of Square grows faster than n log n; not that of Plain &amp; simple<\/title>/,
    );
    assert.match(svg, /Exponents from 4,000 to 50,000 rows: Plain &amp; simple 1\.11, Square 2\.00/);
    const alike = costFigure({ ...costs, points: costs.points.slice(0, 4) }, "the methods", NAMES);
    assert.match(alike, /<title>Cost of the methods grows about like n log n, or less<\/title>/);
  });

  it("has a line and a name for each method that was taken, with its memory, and two guides", () => {
    assert.equal(svg.match(/<circle/g)!.length, 8);
    assert.equal(svg.match(/class="guide"/g)!.length, 2);
    assert.equal(svg.match(/64 MiB</g)!.length, 2);
    assert.ok(!svg.includes("Never taken"));
  });

  it("keeps everything within its frame, both axes logarithmic", () => {
    const [, width, height] = /viewBox="0 0 (\d+) ([\d.]+)"/.exec(svg)!;
    for (const [, points] of svg.matchAll(/points="([^"]+)"/g))
      for (const place of points!.split(" ")) {
        const [x, y] = place.split(",").map(Number) as [number, number];
        assert.ok(x > 0 && x < Number(width) && y > 0 && y < Number(height), place);
      }
    const circles = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].slice(4);
    const [a, b, c] = circles.map(([, x, y]) => [Number(x), Number(y)] as const);
    // 1,000 to 4,000 to 16,000 rows of a square: the same step twice, up and to the right.
    assert.ok(Math.abs(b![0] - a![0] - (c![0] - b![0])) < 0.1 && b![0] > a![0]);
    assert.ok(Math.abs(b![1] - a![1] - (c![1] - b![1])) < 0.1 && b![1] < a![1]);
  });

  it("stands with a single point", () => {
    const one = costFigure({ ...costs, points: costs.points.slice(0, 1) }, "the methods", NAMES);
    assert.match(one, /<title>Cost of the methods by rows<\/title>/);
    assert.ok(!one.includes("NaN"));
  });
});

describe("the table of costs", () => {
  it("has a row for each size with what was not taken, and the exponents", () => {
    const table = costTable({ ...costs, points: costs.points.slice(0, 7) }, NAMES).split("\n");
    assert.equal(table.length, 7);
    assert.match(table[0]!, /^\| rows \| Plain & simple \| Square \|$/);
    assert.match(table[5]!, /^\| 50,000 \| .* \| not taken \|$/);
    assert.match(table[6]!, /1\.11 \(1\.11\) \| 2\.00 \(1\.11\) \|$/);
  });

  it("shows an estimate with its interval", () => {
    const found = { mean: 0.2, low: 0.19, high: 0.21 };
    const table = costTable({ ...costs, points: [{ ...costs.points[0]!, found }] }, NAMES);
    assert.match(table, /64 MiB; 0\.200 \(0\.190 to 0\.210\)/);
  });
});

describe("words of a figure", () => {
  it("break between words only", () => {
    assert.deepEqual(wrap("one two three", 7), ["one two", "three"]);
    assert.deepEqual(wrap("extraordinary", 4), ["extraordinary"]);
  });

  it("name memory in the unit that suits", () => {
    assert.deepEqual([2 ** 26, 3 * 2 ** 30, null].map(formatBytes), ["64 MiB", "3.0 GiB", "memory not seen"]);
  });
});
