import type { KDistances } from "../clustering/k-distances.js";
import { formatNumber, formatPercent } from "../format.js";
import type { Figure, FigureText, PlotlyObject } from "./figure.js";
import { plainLabel } from "./labels.js";
import { axisLabel, baseLayout, contextColour, palette, plainAxis, valueAxis } from "./theme.js";

/** How the curve is labelled. */
export interface KDistanceOptions extends FigureText {
  /** What the distances measure: "Distance to the 9th nearest customer". */
  measure: string;
  /** What the rows are: "Customers". */
  counted: string;
}

/** Points of the curve that are drawn: more could not be told apart. */
const MOST_POINTS = 400;

/** Distances to the k-th nearest row in ascending order, with the knee that `kDistances` proposes as `eps` and the chord it is farthest from. */
export function kDistanceChart(curve: KDistances, options: KDistanceOptions): Figure {
  const { title, subtitle, caption, measure, counted } = options;
  const { distances, knee, eps } = curve;
  const last = distances.length - 1;
  const ranks = drawnRanks(last, knee);
  const [most, least] = [distances[last]!, distances[0]!];
  return {
    title,
    subtitle,
    caption,
    alt: options.alt ?? describe(curve, options),
    height: 320,
    data: [
      {
        type: "scatter",
        mode: "lines",
        x: [1, last + 1],
        y: [least, most],
        line: { color: contextColour, width: 1.5, dash: "dash" },
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "lines",
        x: ranks.map((at) => at + 1),
        y: ranks.map((at) => distances[at]!),
        text: ranks.map((at) => `${formatNumber(at + 1)}: ${formatNumber(distances[at]!)}`),
        hovertemplate: "%{text}<extra></extra>",
        line: { color: palette.blue, width: 2 },
      },
      {
        type: "scatter",
        mode: "markers",
        x: [knee + 1],
        y: [eps],
        marker: { color: palette.vermillion, size: 9 },
        hoverinfo: "skip",
      },
    ],
    layout: {
      ...baseLayout(),
      margin: { l: 8, r: 16, t: 32, b: 8 },
      xaxis: plainAxis(`${counted}, nearest first`, { tickformat: ",~r", nticks: 6, fixedrange: true }),
      yaxis: valueAxis({ title: "", max: most }),
      annotations: [axisLabel(measure), kneeLabel(knee, eps, last)],
      shapes: [
        {
          type: "line",
          xref: "paper",
          yref: "y",
          x0: 0,
          x1: 1,
          y0: eps,
          y1: eps,
          line: { color: palette.vermillion, width: 1.5, dash: "dot" },
        },
      ],
    },
  };
}

/** Evenly spread, but every one of the last: there the curve rises. */
function drawnRanks(last: number, knee: number): number[] {
  const half = MOST_POINTS / 2;
  const step = Math.max(1, (last - half) / half);
  const ranks = new Set([knee, last]);
  for (let at = 0; at < last - half; at += step) ranks.add(Math.floor(at));
  for (let at = Math.max(0, last - half); at < last; at++) ranks.add(at);
  return [...ranks].sort((a, b) => a - b);
}

/** On the side of the knee where there is room for it. */
function kneeLabel(knee: number, eps: number, last: number): PlotlyObject {
  const isLate = knee > last / 2;
  return {
    text: plainLabel(`eps ${formatNumber(eps)}`),
    showarrow: false,
    x: knee + 1,
    y: eps,
    xanchor: isLate ? "right" : "left",
    xshift: isLate ? -8 : 8,
    yanchor: "bottom",
    yshift: 2,
  };
}

function describe({ distances, knee, eps, k }: KDistances, { measure, counted }: KDistanceOptions): string {
  const within = (knee + 1) / distances.length;
  return (
    `${measure} for ${formatNumber(distances.length)} ${counted.toLowerCase()} in ascending order (k = ${k}): ` +
    `from ${formatNumber(distances[0]!)} to ${formatNumber(distances.at(-1)!)}. ` +
    `The knee is at ${formatNumber(eps)}, where ${formatPercent(within)} are within.`
  );
}
