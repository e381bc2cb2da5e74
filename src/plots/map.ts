import { type FormatOptions, formatValue, type ValueFormat } from "../format.js";
import type { Figure, FigureText, PlotlyObject } from "./figure.js";
import { plainLabel } from "./labels.js";
import { baseLayout } from "./theme.js";

/** How a map is labelled. */
export interface MapOptions extends FigureText, FormatOptions {
  /** What the colours measure, with its unit: "Net revenue (GBP)". */
  measure: string;
  /** How the values beside the colours are written; `number` when left out. */
  format?: ValueFormat | undefined;
  /** True for sizes that span orders of magnitude; values that are not above zero get the lowest colour. */
  hasLogColour?: boolean | undefined;
}

/** Ends of the colours, as shares of the values: a few extremes would leave one colour for all others. */
const ENDS: readonly [number, number] = [0.02, 0.98];
const DECIMALS = 1000;

/**
 * Points of a plane, coloured by a measure. Directions and coordinates mean nothing, so that no axis is drawn; a step
 * is as long upwards as sideways.
 * @param positions - x and y of each point, one after the other.
 * @param values - of the points, NaN for none.
 * @throws RangeError when there are not two positions for each value, or one is not finite.
 */
export function mapChart(
  positions: ArrayLike<number>,
  values: ArrayLike<number>,
  options: MapOptions,
): Figure {
  const { title, subtitle, caption, measure, format = "number", hasLogColour = false } = options;
  const count = values.length;
  if (positions.length !== 2 * count)
    throw new RangeError(`mapChart needs 2 positions for each of ${count} values, got ${positions.length}`);
  for (let at = 0; at < positions.length; at++)
    if (!Number.isFinite(positions[at]))
      throw new RangeError(
        `mapChart needs finite positions, got ${positions[at]} (point ${Math.floor(at / 2)})`,
      );
  const points = Array.from({ length: count }, (_, i) => i);
  const scale = (value: number): number => (hasLogColour ? Math.log10(value) : value);
  const sorted = Float64Array.from(values, scale).filter(Number.isFinite).sort();
  const [low, high] = ENDS.map((share) => sorted[Math.round(share * (sorted.length - 1))] ?? 0) as [
    number,
    number,
  ];
  // Large values are drawn last: they are few, and what a reader looks for.
  points.sort((a, b) => colourOf(scale(values[a]!), low) - colourOf(scale(values[b]!), low) || a - b);
  const write = (value: number): string => formatValue(hasLogColour ? 10 ** value : value, format, options);
  const ticks = [low, (low + high) / 2, high];
  return {
    title,
    subtitle,
    caption,
    alt:
      options.alt ?? `Map of ${count} points coloured by ${measure}, from ${write(low)} to ${write(high)}.`,
    height: 460,
    data: [
      {
        type: "scatter",
        mode: "markers",
        x: points.map((i) => roundPosition(positions[2 * i]!)),
        y: points.map((i) => roundPosition(positions[2 * i + 1]!)),
        hoverinfo: "skip",
        // On a dark page the page turns the scale round, so that large values stand out there too.
        meta: { standsOut: "high" },
        marker: {
          size: count > 1500 ? 4 : 6,
          opacity: 0.8,
          color: points.map((i) => roundPosition(Math.min(high, colourOf(scale(values[i]!), low)))),
          cmin: low,
          cmax: high > low ? high : low + 1,
          colorscale: "Viridis",
          reversescale: true,
          colorbar: colourBar(measure, ticks, ticks.map(write)),
        },
      },
    ],
    layout: {
      ...baseLayout(),
      margin: { l: 4, r: 4, t: 4, b: 4 },
      xaxis: bareAxis({}),
      yaxis: bareAxis({ scaleanchor: "x" }),
    },
  };
}

/** What has no value, or none on a logarithmic scale, has the lowest colour. */
function colourOf(value: number, low: number): number {
  return Number.isFinite(value) ? Math.max(low, value) : low;
}

function colourBar(measure: string, values: readonly number[], texts: readonly string[]): PlotlyObject {
  return {
    orientation: "h",
    thickness: 10,
    len: 0.9,
    y: -0.02,
    yanchor: "top",
    outlinewidth: 0,
    title: { text: plainLabel(measure), side: "top", font: { size: 12 } },
    tickmode: "array",
    tickvals: values,
    ticktext: texts.map(plainLabel),
  };
}

/** An axis that is not drawn. */
export function bareAxis(extra: Record<string, string>): PlotlyObject {
  return { showgrid: false, zeroline: false, showticklabels: false, ticks: "", ...extra };
}

/** Thousandths: more could not be seen. */
export function roundPosition(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
