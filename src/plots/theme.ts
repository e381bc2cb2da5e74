import type { Json, PlotlyObject } from "./figure.js";
import { plainLabel } from "./labels.js";

/** The Okabe-Ito colours: told apart with any colour vision. @see Okabe & Ito 2008, jfly.uni-koeln.de/color */
export const palette = {
  blue: "#0072B2",
  orange: "#E69F00",
  green: "#009E73",
  vermillion: "#D55E00",
  sky: "#56B4E9",
  purple: "#CC79A7",
  yellow: "#F0E442",
  grey: "#999999",
} as const;

/** Colours for categories, in order of use; grey stays free for noise and for what is only context. */
export const categoricalColours: readonly string[] = [
  palette.blue,
  palette.orange,
  palette.green,
  palette.vermillion,
  palette.sky,
  palette.purple,
  palette.yellow,
];

/** Viridis from dark to light without its ends and with a lighter start, to be seen on black and on white. @see Smith & van der Walt 2015, CC0. */
const ORDERED: readonly [number, number, number][] = [
  [100, 72, 160],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [216, 226, 25],
];

/** Colours of groups by rank: of categories as long as there are enough, then shades in their order. */
export function groupColours(count: number): string[] {
  if (count <= categoricalColours.length) return categoricalColours.slice(0, count);
  return Array.from({ length: count }, (_, rank) => {
    const place = (rank / (count - 1)) * (ORDERED.length - 1);
    const from = Math.min(Math.floor(place), ORDERED.length - 2);
    const mix = ORDERED[from]!.map((low, channel) => {
      const value = low + (place - from) * (ORDERED[from + 1]![channel]! - low);
      return Math.round(value).toString(16).padStart(2, "0");
    });
    return `#${mix.join("")}`;
  });
}

/** Colour of points without a cluster and of bars that are only context. */
export const contextColour = "rgba(140,140,140,0.55)";

/** Lines of the grid: visible on white and on black, loud on neither. */
const GRID = "rgba(128,128,128,0.22)";
const BASELINE = "rgba(128,128,128,0.6)";

/**
 * What all figures share. Text takes colour and font from the page around it when drawn,
 * so one figure suits a light and a dark page.
 */
export function baseLayout(): PlotlyObject {
  return {
    autosize: true,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    colorway: categoricalColours,
    font: { family: "system-ui, sans-serif", size: 12 },
    margin: { l: 8, r: 8, t: 32, b: 8 },
    showlegend: false,
    hoverlabel: { font: { size: 12 }, namelength: -1 },
    bargap: 0.28,
  };
}

/** A legend above the drawing, under the name of what its series measure. */
export function topLegend(title: string): PlotlyObject {
  return {
    orientation: "h",
    x: 0,
    xanchor: "left",
    y: 1.02,
    yanchor: "bottom",
    itemclick: false,
    itemdoubleclick: false,
    title: { text: plainLabel(title), side: "top", font: { size: 12 } },
  };
}

/** How an axis of amounts is written. */
export interface ValueAxis {
  /** What is measured, with its unit. */
  title: string;
  /** Largest absolute value on it, for the choice of tick labels. */
  max: number;
  /** plotly's format of the tick labels, a d3 format; by size when left out. */
  tickFormat?: string | undefined;
}

/** An axis of amounts, from zero: bars keep their proportions. */
export function valueAxis({ title, max, tickFormat }: ValueAxis): PlotlyObject {
  return {
    ...axis(title),
    rangemode: "tozero",
    fixedrange: true,
    showgrid: true,
    gridcolor: GRID,
    zeroline: true,
    zerolinecolor: BASELINE,
    zerolinewidth: 1,
    nticks: 6,
    ticklabelstandoff: 4,
    tickangle: 0,
    tickformat: tickFormat ?? (max >= 10_000 ? "~s" : ",~r"),
  };
}

/** An axis of days or of measured values, without a grid. */
export function plainAxis(title: string, extra: Record<string, Json> = {}): PlotlyObject {
  return { ...axis(title), showgrid: false, zeroline: false, linecolor: BASELINE, tickangle: 0, ...extra };
}

/**
 * A vertical axis of names, the first on top, for marks at 0, 1, 2 and so on:
 * names may become equal when they are wrapped and cut, positions do not.
 * @param room - pixels between the names and the drawing, for the values of negative bars.
 */
export function nameAxis(labels: readonly string[], room = 0): PlotlyObject {
  return plainAxis("", {
    autorange: "reversed",
    fixedrange: true,
    tickmode: "array",
    tickvals: labels.map((_, position) => position),
    ticktext: labels,
    ticklabelstandoff: 6 + room,
    // A line at the edge would cross the values that stand in that room; the one at zero is enough.
    showline: room === 0,
  });
}

/** Margins of a chart with names to its left and nothing above. */
export const nameMargin: PlotlyObject = { l: 8, r: 8, t: 8, b: 8 };

/** The measure of a vertical axis, written level above it instead of upright beside it. */
export function axisLabel(text: string, lift = 8): PlotlyObject {
  return {
    text: plainLabel(text),
    showarrow: false,
    xref: "paper",
    yref: "paper",
    x: 0,
    y: 1,
    xanchor: "left",
    yanchor: "bottom",
    yshift: lift,
  };
}

function axis(title: string): PlotlyObject {
  return {
    title: { text: plainLabel(title), standoff: 10, font: { size: 12 } },
    automargin: true,
    ticks: "",
    tickfont: { size: 12 },
  };
}
