import { escapeHtml, formatNumber } from "#src/format.js";
import { categoricalColours } from "#src/plots/theme.js";
import { decadesAround, type LogAxis, logAxis, spread } from "./log-axis.js";
import {
  type CostPoint,
  type Costs,
  exponentOf,
  exponentOfSorting,
  formatBytes,
  formatSeconds,
  isFitted,
} from "./points.js";
import { element, polyline, text, wrap } from "./svg.js";

const WIDTH = 860;
const PLOT = { left: 74, right: 610, height: 380 } as const;
const LINE = 17;
const LABEL_GAP = 32;
/** How far above that of n log n an exponent may be and still be called near it. */
const NEAR = 0.2;

/** Text and ground of its own for a light and a dark page; lines have colours that suit both. */
const STYLE = `text{font-family:system-ui,sans-serif;font-size:13px;fill:#1f2328}
.title{font-size:17px;font-weight:600}.soft{fill:#59636e}.ground{fill:#ffffff}.grid{stroke:#8080804d}
.guide{stroke:#7d8590;stroke-dasharray:5 5}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.soft{fill:#9198a1}.ground{fill:#0d1117}}`;

/**
 * How the cost of methods grows with the rows, as an SVG of its own: both axes logarithmic, a line for each method with
 * its peak memory at the last point, and dashed what n log n and n squared would look like.
 * @param what - the methods together, for the title.
 * @param names - of the methods, in the order of their colours.
 */
export function costFigure(costs: Costs, what: string, names: Readonly<Record<string, string>>): string {
  const methods = Object.keys(names).filter((method) => costs.points.some((one) => one.method === method));
  const series = methods.map((method) => ({
    name: names[method]!,
    colour: categoricalColours[Object.keys(names).indexOf(method) % categoricalColours.length]!,
    points: costs.points.filter((one) => one.method === method),
  }));
  const title = wrap(titleOf(what, series), 80);
  const subtitle = wrap(subtitleOf(costs, series), 112);
  const top = 40 + title.length * 22 + subtitle.length * LINE;
  const sizes = [...new Set(costs.points.map(({ rows }) => rows))].sort((a, b) => a - b);
  const decades = decadesAround(costs.points.map(({ cpu }) => cpu));
  const x = logAxis(sizes[0]!, Math.max(2 * sizes[0]!, sizes.at(-1)!), PLOT.left, PLOT.right);
  const y = logAxis(decades[0]!, decades.at(-1)!, top + PLOT.height, top);
  const height = top + PLOT.height + 56;
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      ...{ viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height, role: "img" },
    },
    element("title", {}, escapeHtml(title.join(" "))),
    element("style", {}, STYLE),
    element("rect", { class: "ground", width: WIDTH, height, rx: 6 }),
    ...title.map((line, i) => text(line, 16, 30 + i * 22, { class: "title" })),
    ...subtitle.map((line, i) => text(line, 16, 32 + title.length * 22 + i * LINE, { class: "soft" })),
    ...drawAxes(x, y, sizes, decades, height),
    ...drawGuides(x, y, series),
    ...series.map(({ colour, points }) => drawLine(x, y, points, colour)),
    ...drawLabels(x, y, series),
  )}\n`;
}

interface Series {
  name: string;
  colour: string;
  points: CostPoint[];
}

/** The finding: which methods grow like n log n, and which faster. */
function titleOf(what: string, series: readonly Series[]): string {
  const told = series.flatMap(({ name, points }) => {
    const exponent = exponentOf(points);
    return exponent === null ? [] : [{ name, excess: exponent - exponentOfSorting(points)! }];
  });
  const namesOf = (excessive: boolean): string[] =>
    told.flatMap(({ name, excess }) => (excess > NEAR === excessive ? [name] : []));
  const [near, steep] = [namesOf(false), namesOf(true)];
  if (told.length === 0) return `Cost of ${what} by rows`;
  if (steep.length === 0) return `Cost of ${what} grows about like n log n, or less`;
  if (near.length === 0) return `Cost of ${what} grows faster than n log n`;
  return `The cost of ${listOf(steep)} grows faster than n log n; not that of ${listOf(near)}`;
}

function subtitleOf({ machine }: Costs, series: readonly Series[]): string {
  const byRange = new Map<string, string[]>();
  for (const { name, points } of series) {
    const exponent = exponentOf(points);
    if (exponent === null) continue;
    const fitted = points.filter(isFitted).map(({ rows }) => formatNumber(rows, 0));
    const range = `from ${fitted[0]} to ${fitted.at(-1)} rows`;
    byRange.set(range, [...(byRange.get(range) ?? []), `${name} ${exponent.toFixed(2)}`]);
  }
  const exponents = [...byRange].map(([range, some]) => `${range}: ${some.join(", ")}`);
  const told = exponents.length > 0 ? `Exponents ${exponents.join("; ")} (n log n: 1.1). ` : "";
  return `${told}Seconds of all threads; real customers drawn with replacement, with noise; ${machine}.`;
}

function listOf(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join("");
}

function drawAxes(
  x: LogAxis,
  y: LogAxis,
  sizes: readonly number[],
  decades: readonly number[],
  height: number,
) {
  const [bottom, top] = [y.at(y.low), y.at(y.high)];
  return [
    ...decades.flatMap((value) => [
      element("line", { class: "grid", x1: PLOT.left, x2: PLOT.right, y1: y.at(value), y2: y.at(value) }),
      text(formatNumber(value, Math.max(0, -Math.round(Math.log10(value)))), PLOT.left - 8, y.at(value) + 4, {
        class: "soft",
        "text-anchor": "end",
      }),
    ]),
    ...sizes.flatMap((rows) => [
      element("line", { class: "grid", x1: x.at(rows), x2: x.at(rows), y1: top, y2: bottom }),
      text(formatNumber(rows, 0), x.at(rows), bottom + 18, { class: "soft", "text-anchor": "middle" }),
    ]),
    text("rows (customers)", (PLOT.left + PLOT.right) / 2, height - 14, { "text-anchor": "middle" }),
    text("CPU seconds", 0, 0, {
      transform: `translate(20 ${(top + bottom) / 2}) rotate(-90)`,
      "text-anchor": "middle",
    }),
  ];
}

/** Both begin where the costs of the fewest rows have their middle, and end at the frame. */
function drawGuides(x: LogAxis, y: LogAxis, series: readonly Series[]): string[] {
  const firsts = series.map(({ points }) => Math.log(points[0]!.cpu));
  const start = Math.exp(firsts.reduce((sum, value) => sum + value, 0) / firsts.length);
  const guide = (name: string, growth: (rows: number) => number): string => {
    const costAt = (rows: number): number => (start * growth(rows)) / growth(x.low);
    const steps = Array.from({ length: 101 }, (_, i) => x.low * (x.high / x.low) ** (i / 100));
    const seen = steps.filter((rows) => costAt(rows) <= y.high);
    const end = seen.at(-1)!;
    const [left, down] = end < x.high ? [24, 12] : [8, -8];
    const label = text(name, x.at(end) - left, y.at(costAt(end)) + down, {
      class: "soft",
      "text-anchor": "end",
    });
    return (
      polyline(
        seen.map((rows) => [x.at(rows), y.at(costAt(rows))] as const),
        { class: "guide" },
      ) + label
    );
  };
  return [guide("n log n", (rows) => rows * Math.log(rows)), guide("n²", (rows) => rows ** 2)];
}

function drawLine(x: LogAxis, y: LogAxis, points: readonly CostPoint[], colour: string): string {
  const places = points.map(({ rows, cpu }) => [x.at(rows), y.at(cpu)] as const);
  const dots = places.map(([cx, cy]) => element("circle", { cx, cy, r: 3.5, fill: colour }));
  return polyline(places, { stroke: colour, "stroke-width": 2.5 }) + dots.join("");
}

/** Each line's name with what its last point took, beside that point or as near as the others let it. */
function drawLabels(x: LogAxis, y: LogAxis, series: readonly Series[]): string[] {
  const ends = series.map(({ points }) => points.at(-1)!);
  const wanted = ends.map(({ cpu }) => y.at(cpu));
  const places = spread(wanted, LABEL_GAP, y.at(y.high), y.at(y.low));
  return series.flatMap(({ name, colour }, i) => {
    const { rows, cpu, peakBytes } = ends[i]!;
    const at = places[i]!;
    const begin = PLOT.right + 26;
    const leader = [
      [x.at(rows), wanted[i]!],
      [PLOT.right + 6, wanted[i]!],
      [begin - 4, at],
    ] as const;
    const last = rows < x.high ? ` at ${formatNumber(rows, 0)}` : "";
    return [
      polyline(leader, {
        stroke: colour,
        "stroke-opacity": 0.7,
        "stroke-dasharray": rows < x.high ? "1 3" : "none",
      }),
      element("rect", { x: begin - 4, y: at - 13, width: 4, height: 27, fill: colour }),
      text(name, begin + 7, at - 1, { "font-weight": "600" }),
      text(`${formatSeconds(cpu)}, ${formatBytes(peakBytes)}${last}`, begin + 7, at + 13, { class: "soft" }),
    ];
  });
}
