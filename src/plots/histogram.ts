import { type FormatOptions, formatNumber, formatValue, type ValueFormat } from "../format.js";
import type { Figure, FigureText, PlotlyObject } from "./figure.js";
import { plainLabel } from "./labels.js";
import { axisLabel, baseLayout, palette, plainAxis, valueAxis } from "./theme.js";

/** How many values lie in [from, to). */
export interface Bin {
  from: number;
  to: number;
  count: number;
}

/** A value worth a line across the histogram. */
export interface Marker {
  value: number;
  label: string;
}

/** How a histogram is drawn. */
export interface HistogramOptions extends FigureText, FormatOptions {
  /** What was measured, with its unit: "Order value (GBP)". */
  measure: string;
  /** What was counted: "Orders". */
  counted: string;
  format?: ValueFormat | undefined;
  /** True where the measured values span several orders of magnitude; bins then start above zero. */
  hasLogAxis?: boolean | undefined;
  markers?: readonly Marker[] | undefined;
}

/** Room for two lines above the drawing: the labels of the markers, and what is counted. */
const MARKED_MARGIN: PlotlyObject = { l: 8, r: 8, t: 50, b: 8 };

/**
 * Counts per bin, from zero.
 * @param bins - ascending, without overlap.
 * @throws RangeError when a bin is empty-sided or, on a log axis, starts at or below zero.
 */
export function histogramChart(bins: readonly Bin[], options: HistogramOptions): Figure {
  const { title, subtitle, caption, measure, counted, format = "number", hasLogAxis = false } = options;
  checkBins(bins, hasLogAxis);
  const scale = hasLogAxis ? Math.log10 : (value: number): number => value;
  const write = (value: number, decimals = options.decimals): string =>
    formatValue(value, format, { ...options, decimals });
  const ranges = bins.map(({ from, to }) => plainLabel(`${write(from)} to ${write(to)}`));
  return {
    title,
    subtitle,
    caption,
    alt: options.alt ?? describe(bins, options, write),
    height: 320,
    data: [
      {
        type: "bar",
        x: bins.map(({ from, to }) => (scale(from) + scale(to)) / 2),
        width: bins.map(({ from, to }) => scale(to) - scale(from)),
        y: bins.map((bin) => bin.count),
        text: bins.map((bin) => formatNumber(bin.count)),
        textposition: "none",
        customdata: ranges,
        marker: { color: palette.blue, line: { color: "rgba(255,255,255,0.7)", width: 1 } },
        hovertemplate: `%{customdata}<br>%{text} ${plainLabel(counted.toLowerCase())}<extra></extra>`,
      },
    ],
    layout: {
      ...baseLayout(),
      bargap: 0,
      xaxis: hasLogAxis
        ? logAxis(bins, measure, write)
        : plainAxis(measure, { tickformat: ",~r", nticks: 8 }),
      yaxis: valueAxis({ title: "", max: Math.max(0, ...bins.map((bin) => bin.count)) }),
      ...annotate(counted, options.markers ?? [], scale),
    },
  };
}

/** Powers of ten as ticks: bars keep their width, which plotly's own log axis would not give them. */
function logAxis(
  bins: readonly Bin[],
  measure: string,
  write: (value: number, decimals: number) => string,
): PlotlyObject {
  const first = Math.ceil(Math.log10(bins[0]?.from ?? 1) - 1e-9);
  const last = Math.floor(Math.log10(bins.at(-1)?.to ?? 1) + 1e-9);
  const all = Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
  // More labels than these would touch on a narrow page.
  const powers = all.length > 6 ? all.filter((power) => power % 2 === 0) : all;
  return plainAxis(`${measure}, log scale`, {
    tickmode: "array",
    tickvals: powers,
    ticktext: powers.map((power) => plainLabel(writePower(power, write))),
    ticks: "outside",
    ticklen: 4,
    tickcolor: "rgba(128,128,128,0.6)",
  });
}

/** 10 to a power, short enough to stand beside its neighbours on a narrow page: "£10", "£1k", "£1m". */
function writePower(power: number, write: (value: number, decimals: number) => string): string {
  if (power < 3) return write(10 ** power, Math.max(0, -power));
  return power < 6 ? `${write(10 ** (power - 3), 0)}k` : `${write(10 ** (power - 6), 0)}m`;
}

/** The name of the vertical axis, and a line with its label at each marker. */
function annotate(
  counted: string,
  markers: readonly Marker[],
  scale: (value: number) => number,
): PlotlyObject {
  const labels = markers.map((marker) => ({
    text: plainLabel(marker.label),
    showarrow: false,
    xref: "x",
    yref: "paper",
    x: scale(marker.value),
    y: 1,
    yanchor: "bottom",
  }));
  if (markers.length === 0) return { annotations: [axisLabel(counted)] };
  return {
    margin: MARKED_MARGIN,
    annotations: [axisLabel(counted, 26), ...labels],
    shapes: markers.map(({ value }) => ({
      type: "line",
      xref: "x",
      yref: "paper",
      x0: scale(value),
      x1: scale(value),
      y0: 0,
      y1: 1,
      line: { color: palette.vermillion, width: 1.5, dash: "dot" },
    })),
  };
}

function describe(bins: readonly Bin[], options: HistogramOptions, write: (value: number) => string): string {
  const { measure, counted, markers = [] } = options;
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (bins.length === 0 || total === 0) return `Histogram of ${measure}: no values.`;
  const fullest = bins.reduce((most, bin) => (bin.count > most.count ? bin : most));
  const lines = [
    `Histogram of ${measure}: ${formatNumber(total)} ${counted.toLowerCase()} from ${write(bins[0]!.from)} to ${write(
      bins.at(-1)!.to,
    )}.`,
    `The fullest bin, ${write(fullest.from)} to ${write(fullest.to)}, holds ${formatNumber(fullest.count)}.`,
    ...markers.map((marker) => `${marker.label} at ${write(marker.value)}.`),
  ];
  return lines.join(" ");
}

function checkBins(bins: readonly Bin[], hasLogAxis: boolean): void {
  for (const { from, to } of bins) {
    if (!(to > from)) throw new RangeError(`a bin ends above its start, got ${from} to ${to}`);
    if (hasLogAxis && from <= 0) throw new RangeError(`a log axis has no place for a bin from ${from}`);
  }
}
