import { type FormatOptions, formatNumber, formatValue, type ValueFormat } from "../format.js";
import type { Figure, FigureText, PlotlyObject, Trace } from "./figure.js";
import { plainLabel } from "./labels.js";
import { axisLabel, baseLayout, categoricalColours, plainAxis, topLegend, valueAxis } from "./theme.js";

/** One model or space, measured for several numbers of clusters. */
export interface KneeCurve {
  name: string;
  /** Numbers of clusters, ascending. */
  xs: ArrayLike<number>;
  /** A value for each; NaN leaves a gap. */
  ys: ArrayLike<number>;
  /** The x to be marked, one of `xs`: the knee, or another choice. None when null or left out. */
  knee?: number | null | undefined;
  /** By position when left out. */
  colour?: string | undefined;
}

/** How a chart of curves over numbers of clusters is labelled. */
export interface KneeChartOptions extends FigureText, FormatOptions {
  /** What is measured: "Inertia". */
  measure: string;
  /** What runs along; "Number of clusters (K)" when left out. */
  xTitle?: string | undefined;
  /** What is marked, for those who cannot see it; "knee" when left out. */
  mark?: string | undefined;
  format?: ValueFormat | undefined;
  /** False for values whose zero means nothing, such as BIC; true when left out. */
  startsAtZero?: boolean | undefined;
}

/** Points of a curve that are drawn one by one; more of them touch. */
const MOST_MARKERS = 40;

/**
 * Curves over the number of clusters, one for each model or space, each with its knee in a ring.
 * @throws RangeError when a curve has not one value for every x, or its knee is none of them.
 */
export function kneeChart(curves: readonly KneeCurve[], options: KneeChartOptions): Figure {
  const { title, subtitle, caption, measure, format = "number" } = options;
  const write = (value: number): string => formatValue(value, format, options);
  curves.forEach(checkCurve);
  const hasMany = curves.length > 1;
  const values = curves.flatMap(({ ys }) => Array.from(ys).filter(Number.isFinite));
  return {
    title,
    subtitle,
    caption,
    alt:
      options.alt ??
      `${measure} by ${(options.xTitle ?? "number of clusters").toLowerCase()}. ${curves.map((c) => describe(c, options, write)).join(" ")}`,
    height: 340,
    data: curves.flatMap((curve, position): Trace[] => {
      const colour = curve.colour ?? categoricalColours[position % categoricalColours.length]!;
      return [drawCurve(curve, colour, write, options.xTitle, hasMany), ...drawKnee(curve, colour)];
    }),
    layout: {
      ...baseLayout(),
      ...(hasMany ? { showlegend: true, legend: topLegend(measure) } : {}),
      annotations: [...(hasMany ? [] : [axisLabel(measure)]), ...curves.flatMap(nameKnee)],
      xaxis: plainAxis(options.xTitle ?? "Number of clusters (K)", { fixedrange: true, tickformat: "d" }),
      yaxis: {
        ...valueAxis({
          title: "",
          max: values.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
          tickFormat: format === "percent" ? ".0%" : undefined,
        }),
        rangemode: (options.startsAtZero ?? true) ? "tozero" : "normal",
      },
    },
  };
}

function checkCurve({ name, xs, ys, knee }: KneeCurve): void {
  if (xs.length !== ys.length)
    throw new RangeError(`curve "${name}" has ${xs.length} xs and ${ys.length} ys`);
  if (knee === undefined || knee === null) return;
  const at = Array.from(xs).indexOf(knee);
  if (at < 0 || !Number.isFinite(ys[at]))
    throw new RangeError(`curve "${name}" has no value at its knee ${knee}`);
}

function drawCurve(
  { name, xs, ys }: KneeCurve,
  color: string,
  write: (value: number) => string,
  xTitle: string | undefined,
  hasMany: boolean,
): Trace {
  const where = xTitle === undefined ? "K = %{x}" : `${plainLabel(xTitle)}: %{x}`;
  return {
    type: "scatter",
    mode: xs.length > MOST_MARKERS ? "lines" : "lines+markers",
    name: plainLabel(name),
    x: Array.from(xs),
    y: Array.from(ys, (y) => (Number.isFinite(y) ? y : null)),
    text: Array.from(ys, (y) => (Number.isFinite(y) ? plainLabel(write(y)) : "")),
    connectgaps: false,
    line: { color, width: 2 },
    marker: { color, size: 5 },
    hovertemplate: `${where}<br>%{text}<extra>${hasMany ? plainLabel(name) : ""}</extra>`,
  };
}

/** A ring around the point. */
function drawKnee({ xs, ys, knee }: KneeCurve, color: string): Trace[] {
  if (knee === undefined || knee === null) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      x: [knee],
      y: [ys[Array.from(xs).indexOf(knee)]!],
      showlegend: false,
      hoverinfo: "skip",
      marker: { symbol: "circle-open", size: 15, color, line: { width: 2.5 } },
    },
  ];
}

function nameKnee({ xs, ys, knee }: KneeCurve): PlotlyObject[] {
  if (knee === undefined || knee === null) return [];
  return [
    {
      text: `<b>${formatNumber(knee)}</b>`,
      ...{ showarrow: false, x: knee, y: ys[Array.from(xs).indexOf(knee)]!, yanchor: "bottom", yshift: 9 },
    },
  ];
}

/** First, last, best-known point in words. */
function describe(
  { name, xs, ys, knee }: KneeCurve,
  { mark = "knee" }: KneeChartOptions,
  write: (value: number) => string,
): string {
  const points = Array.from(xs, (x, at) => ({ x, y: ys[at]! })).filter(({ y }) => Number.isFinite(y));
  if (points.length === 0) return `${name}: no values.`;
  const say = ({ x, y }: { x: number; y: number }): string => `${write(y)} at ${formatNumber(x)}`;
  const marked = points.find(({ x }) => x === knee);
  const ends = `${name}: ${say(points[0]!)}, ${say(points.at(-1)!)}`;
  return `${ends}${marked === undefined ? "" : `; ${mark} ${say(marked)}`}.`;
}
