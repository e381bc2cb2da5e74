import { formatNumber } from "../format.js";
import type { Figure, FigureText, PlotlyObject, Trace } from "./figure.js";
import { plainLabel, wrapLabel } from "./labels.js";
import { baseLayout, palette } from "./theme.js";

/** A measure before and after something was done to it. */
export interface BeforeAfter {
  /** Unique among the rows. */
  label: string;
  /** NaN is left out. */
  before: ArrayLike<number>;
  after: ArrayLike<number>;
}

/** What the two columns of a before-and-after figure are called. */
export interface BeforeAfterOptions extends FigureText {
  beforeTitle: string;
  afterTitle: string;
}

const BINS = 40;
const ROW_HEIGHT = 46;
const HEAD = 26;
/** Where names end and the two columns of histograms lie, of the width. */
const NAMES = 0.27;
const COLUMNS: readonly [number, number][] = [
  [NAMES, 0.62],
  [0.65, 1],
];

/**
 * Histograms in two columns, a row a measure: how it was spread before, and how after. Each has a scale of its own from
 * its smallest to its largest value, and its fullest bin reaches the top.
 * @throws RangeError when two rows have the same label.
 */
export function beforeAfterChart(rows: readonly BeforeAfter[], options: BeforeAfterOptions): Figure {
  const { title, subtitle, caption, beforeTitle, afterTitle } = options;
  const labels = rows.map(({ label }) => label);
  const twice = labels.find((label, i) => labels.indexOf(label) !== i);
  if (twice !== undefined) throw new RangeError(`two rows are called "${twice}"`);
  const height = rows.length * ROW_HEIGHT + HEAD;
  const names = rows.map(({ label }, row) => rowName(label, row, rows.length, height));
  return {
    title,
    subtitle,
    caption,
    alt: options.alt ?? `Histograms of ${labels.join(", ")}: ${beforeTitle} beside ${afterTitle}.`,
    height,
    data: rows.flatMap(({ before, after }, row) => [
      histogram(before, 2 * row, palette.grey),
      histogram(after, 2 * row + 1, palette.blue),
    ]),
    layout: {
      ...baseLayout(),
      margin: { l: 0, r: 0, t: 0, b: 0 },
      bargap: 0,
      ...axes(rows.length, height),
      annotations: [heading(beforeTitle, COLUMNS[0]!), heading(afterTitle, COLUMNS[1]!), ...names],
    },
  };
}

function histogram(values: ArrayLike<number>, at: number, color: string): Trace {
  const present = Float64Array.from(values).filter((value) => Number.isFinite(value));
  const sorted = present.slice().sort();
  const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const counts = new Array<number>(BINS).fill(0);
  for (const value of present)
    counts[high > low ? Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS)) : BINS / 2]!++;
  const most = Math.max(1, ...counts);
  return {
    type: "bar",
    x: counts.map((_, bin) => bin),
    // What is there is seen, however little it is.
    y: counts.map((count) => (count === 0 ? 0 : Math.max(0.02, count / most))),
    customdata: counts.map((count) => formatNumber(count)),
    hovertemplate: "%{customdata}<extra></extra>",
    marker: { color },
    xaxis: axisId("x", at),
    yaxis: axisId("y", at),
  };
}

/** From where to where a row reaches, of the height, below the headings. */
function rowDomain(row: number, rows: number, height: number): [number, number] {
  const room = 1 - HEAD / height;
  return [room * (1 - (row + 0.85) / rows), room * (1 - row / rows)];
}

function axes(rows: number, height: number): PlotlyObject {
  const bare = { showgrid: false, zeroline: false, showticklabels: false, ticks: "", fixedrange: true };
  const layout: Record<string, PlotlyObject> = {};
  for (let at = 0; at < 2 * rows; at++) {
    const number = at === 0 ? "" : String(at + 1);
    layout[`xaxis${number}`] = {
      ...bare,
      domain: COLUMNS[at % 2]!,
      range: [-0.5, BINS - 0.5],
      anchor: axisId("y", at),
      showline: true,
      linecolor: "rgba(128,128,128,0.6)",
    };
    layout[`yaxis${number}`] = {
      ...bare,
      domain: rowDomain(Math.floor(at / 2), rows, height),
      range: [0, 1],
      anchor: axisId("x", at),
    };
  }
  return layout;
}

function axisId(letter: "x" | "y", at: number): string {
  return at === 0 ? letter : `${letter}${at + 1}`;
}

function heading(text: string, [from]: readonly [number, number]): PlotlyObject {
  const place = { xref: "paper", yref: "paper", x: from, y: 1, xanchor: "left", yanchor: "top" };
  return { text: `<b>${plainLabel(text)}</b>`, font: { size: 12 }, showarrow: false, ...place };
}

function rowName(label: string, row: number, rows: number, height: number): PlotlyObject {
  const [from, to] = rowDomain(row, rows, height);
  return {
    text: wrapLabel(label, 13),
    font: { size: 11 },
    align: "right",
    showarrow: false,
    xref: "paper",
    yref: "paper",
    x: NAMES - 0.02,
    y: (from + to) / 2,
    xanchor: "right",
    yanchor: "middle",
  };
}
