import { type FormatOptions, formatDate, formatValue, type ValueFormat } from "../format.js";
import type { Figure, FigureText, Trace } from "./figure.js";
import { plainLabel } from "./labels.js";
import { axisLabel, baseLayout, categoricalColours, plainAxis, topLegend, valueAxis } from "./theme.js";

/** One measure over time. */
export interface Series {
  name: string;
  /** ISO days, ascending. */
  dates: readonly string[];
  /** One value a date; `null` leaves a gap. */
  values: readonly (number | null)[];
  colour?: string | undefined;
}

/** How a time series is drawn. */
export interface TimeSeriesOptions extends FigureText, FormatOptions {
  /** What is measured, with its unit: "Net revenue per week (GBP)". */
  measure: string;
  format?: ValueFormat | undefined;
  /** Bars for sums over a period, lines for levels; lines when left out. */
  mark?: "line" | "bar" | undefined;
}

/**
 * Measures over time, from zero.
 * @throws RangeError when a series has not one value for every date.
 */
export function timeSeriesChart(series: readonly Series[], options: TimeSeriesOptions): Figure {
  const { title, subtitle, caption, measure, format = "number", mark = "line" } = options;
  for (const { name, dates, values } of series)
    if (dates.length !== values.length)
      throw new RangeError(`series "${name}" has ${dates.length} dates and ${values.length} values`);
  const write = (value: number): string => formatValue(value, format, options);
  const all = series.flatMap(({ values }) => values.filter((value) => value !== null));
  return {
    title,
    subtitle,
    caption,
    alt: options.alt ?? `${measure} over time. ${series.map((s) => describe(s, write)).join(" ")}`,
    height: 320,
    data: series.map((one, position): Trace => {
      const colour = one.colour ?? categoricalColours[position % categoricalColours.length]!;
      return {
        ...(mark === "bar"
          ? { type: "bar", marker: { color: colour }, textposition: "none" }
          : { type: "scatter", mode: "lines", line: { color: colour, width: 2 }, connectgaps: false }),
        name: plainLabel(one.name),
        x: one.dates,
        y: one.values,
        text: one.values.map((value) => (value === null ? "" : plainLabel(write(value)))),
        hovertemplate: `%{x|%a %-d %b %Y}<br>%{text}<extra>${series.length > 1 ? plainLabel(one.name) : ""}</extra>`,
      };
    }),
    layout: {
      ...baseLayout(),
      // The legend of several series says what they measure; a single one has it above its axis.
      ...(series.length > 1
        ? { showlegend: true, legend: topLegend(measure) }
        : { annotations: [axisLabel(measure)] }),
      barmode: "stack",
      bargap: 0.15,
      xaxis: plainAxis("", { type: "date", tickformat: "%b\n%Y", nticks: 8 }),
      yaxis: valueAxis({
        title: "",
        max: Math.max(0, ...all.map(Math.abs)),
        tickFormat: format === "percent" ? ".0%" : undefined,
      }),
    },
  };
}

/** First, last, lowest and highest value in words. */
function describe({ name, dates, values }: Series, write: (value: number) => string): string {
  const points = dates.flatMap((date, at) => (values[at] === null ? [] : [{ date, value: values[at]! }]));
  if (points.length === 0) return `${name}: no values.`;
  const say = (point: { date: string; value: number }): string =>
    `${write(point.value)} on ${formatDate(point.date)}`;
  const lowest = points.reduce((least, point) => (point.value < least.value ? point : least));
  const highest = points.reduce((most, point) => (point.value > most.value ? point : most));
  return `${name}: ${say(points[0]!)}, ${say(points.at(-1)!)}; lowest ${say(lowest)}, highest ${say(highest)}.`;
}
