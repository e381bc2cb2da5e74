import { formatNumber } from "../format.js";
import { spearman } from "../statistics/correlation.js";
import type { Figure, FigureText, Json, PlotlyObject, Trace } from "./figure.js";
import { plainLabel, wrapLabel } from "./labels.js";
import { baseLayout, palette } from "./theme.js";

/** A measure of a pair plot. */
export interface PairColumn {
  /** Unique among the columns. */
  label: string;
  /** One for each row, in the same order in all columns; NaN is missing. */
  values: ArrayLike<number>;
  /** True for sizes that span orders of magnitude: values that are not above zero are left out then. */
  hasLogScale?: boolean | undefined;
}

/** Bins of an axis: fine enough to see a shape, coarse enough to be filled by some thousand rows. */
const BINS = 28;
const ROW_HEIGHT = 118;
/** One colour, stronger where more rows lie: it stands out on a light and on a dark page, which no fixed scale does. */
const SHADES: Json = [
  [0, "rgba(0,114,178,0.18)"],
  [1, "rgba(0,114,178,1)"],
];
/** Room between the cells, of the width or height of a cell. */
const GAP = 0.06;

/** A column ready to be drawn: the bin of each row, -1 for none. */
interface Binned {
  label: string;
  bins: Int32Array;
  counts: number[];
}

/**
 * Each measure against each: below the diagonal where the rows lie (stronger cells hold more), on it how each measure is
 * spread, above it the rank correlation.
 * @throws RangeError when there are fewer than two columns, or they differ in length or are called the same.
 */
export function pairPlot(columns: readonly PairColumn[], text: FigureText): Figure {
  checkColumns(columns);
  const binned = columns.map(binColumn);
  const correlations = columns.map((a) => columns.map((b) => spearman(a.values, b.values)));
  const data: Trace[] = [];
  const annotations: PlotlyObject[] = [];
  for (let row = 0; row < columns.length; row++)
    for (let column = 0; column <= row; column++) {
      if (row === column) {
        data.push(spread(binned[row]!, row, columns.length));
        annotations.push(nameOf(binned[row]!.label, row, columns.length));
      } else {
        data.push(density(binned[column]!, binned[row]!, column, row));
        annotations.push(strength(correlations[row]![column]!, row, column, columns.length));
      }
    }
  return {
    title: text.title,
    subtitle: text.subtitle,
    caption: text.caption,
    alt: text.alt ?? describe(columns, correlations),
    height: columns.length * ROW_HEIGHT,
    data,
    layout: {
      ...baseLayout(),
      margin: { l: 4, r: 4, t: 4, b: 4 },
      bargap: 0,
      ...axes(columns.length),
      annotations,
    },
  };
}

function binColumn({ label, values, hasLogScale = false }: PairColumn): Binned {
  const scaled = Float64Array.from(values, (value) =>
    hasLogScale ? (value > 0 ? Math.log10(value) : Number.NaN) : value,
  );
  const finite = scaled.filter((value) => Number.isFinite(value)).sort();
  const from = finite[0] ?? 0;
  const to = finite.at(-1) ?? 0;
  const counts = new Array<number>(BINS).fill(0);
  const bins = Int32Array.from(scaled, (value) => {
    if (!Number.isFinite(value)) return -1;
    const bin = to > from ? Math.min(BINS - 1, Math.floor(((value - from) / (to - from)) * BINS)) : 0;
    counts[bin]!++;
    return bin;
  });
  return { label, bins, counts };
}

/** A measure by itself, its fullest bin as high as two thirds of the cell: its name stands above. */
function spread({ label, counts }: Binned, at: number, size: number): Trace {
  const most = Math.max(1, ...counts);
  return {
    type: "bar",
    x: counts.map((_, bin) => bin),
    y: counts.map((count) => count / most),
    customdata: counts.map((count) => formatNumber(count)),
    hovertemplate: `${plainLabel(label)}: %{customdata}<extra></extra>`,
    marker: { color: palette.grey },
    xaxis: axisId("x", at),
    yaxis: axisId("y", size + at),
  };
}

function density(x: Binned, y: Binned, column: number, row: number): Trace {
  const counts = Array.from({ length: BINS }, () => new Array<number>(BINS).fill(0));
  x.bins.forEach((bin, i) => {
    const other = y.bins[i]!;
    if (bin >= 0 && other >= 0) counts[other]![bin]!++;
  });
  return {
    type: "heatmap",
    // On a logarithmic scale, so that a single row shows beside the fullest cell; empty cells stay clear.
    z: counts.map((line) => line.map((count) => (count === 0 ? null : Math.log10(count)))),
    zmin: 0,
    colorscale: SHADES,
    showscale: false,
    hoverinfo: "skip",
    xaxis: axisId("x", column),
    yaxis: axisId("y", row),
  };
}

function nameOf(label: string, at: number, size: number): PlotlyObject {
  return {
    text: `<b>${wrapLabel(label, 8)}</b>`,
    font: { size: 11 },
    showarrow: false,
    xref: "paper",
    yref: "paper",
    x: centre(at, size),
    xanchor: "center",
    y: 1 - at / size - GAP / size,
    yanchor: "top",
  };
}

/** The number is larger where the measures move together more. */
function strength(value: number, row: number, column: number, size: number): PlotlyObject {
  const isKnown = Number.isFinite(value);
  return {
    text: isKnown ? formatNumber(value, 2) : "–",
    font: { size: isKnown ? Math.round(11 + 13 * Math.abs(value)) : 11 },
    opacity: isKnown ? 0.55 + 0.45 * Math.abs(value) : 0.55,
    showarrow: false,
    xref: "paper",
    yref: "paper",
    x: centre(row, size),
    xanchor: "center",
    y: 1 - centre(column, size),
    yanchor: "middle",
  };
}

/** Axes 1 to n are shared by the cells of a column or row; the y axes after them are those of the diagonal. */
function axes(size: number): PlotlyObject {
  const bare = { showgrid: false, zeroline: false, showticklabels: false, ticks: "", fixedrange: true };
  const frame = { showline: true, linecolor: "rgba(128,128,128,0.35)", mirror: true };
  const layout: Record<string, PlotlyObject> = {};
  for (let at = 0; at < size; at++) {
    const [from, to] = cell(at, size);
    const position = at === 0 ? "" : String(at + 1);
    layout[`xaxis${position}`] = { ...bare, domain: [from, to], range: [-0.5, BINS - 0.5], anchor: "free" };
    layout[`yaxis${position}`] = {
      ...bare,
      domain: [1 - to, 1 - from],
      range: [-0.5, BINS - 0.5],
      anchor: "free",
    };
    layout[`yaxis${size + at + 1}`] = {
      ...bare,
      domain: [1 - to, 1 - from],
      range: [0, 1.6],
      anchor: axisId("x", at),
    };
  }
  const shapes = Array.from({ length: size * size }, (_, i): PlotlyObject => {
    const [x0, x1] = cell(i % size, size);
    const [y0, y1] = cell(Math.floor(i / size), size);
    const line = { color: frame.linecolor, width: 1 };
    return {
      type: "rect",
      xref: "paper",
      yref: "paper",
      x0,
      x1,
      y0: 1 - y1,
      y1: 1 - y0,
      line,
      layer: "below",
    };
  });
  return { ...layout, shapes };
}

function axisId(letter: "x" | "y", at: number): string {
  return at === 0 ? letter : `${letter}${at + 1}`;
}

/** From where to where a cell reaches, of the whole. */
function cell(at: number, size: number): [number, number] {
  return [(at + GAP / 2) / size, (at + 1 - GAP / 2) / size];
}

function centre(at: number, size: number): number {
  return (at + 0.5) / size;
}

function describe(columns: readonly PairColumn[], correlations: readonly (readonly number[])[]): string {
  const pairs = columns.flatMap((a, i) =>
    columns.slice(0, i).map((b, j) => `${b.label} and ${a.label} ${formatNumber(correlations[i]![j]!, 2)}`),
  );
  return `Pair plot of ${columns.map(({ label }) => label).join(", ")}. Rank correlations: ${pairs.join("; ")}.`;
}

function checkColumns(columns: readonly PairColumn[]): void {
  if (columns.length < 2) throw new RangeError(`a pair plot needs at least 2 columns, got ${columns.length}`);
  const lengths = [...new Set(columns.map(({ values }) => values.length))];
  if (lengths.length > 1)
    throw new RangeError(`a pair plot needs columns of one length, got ${lengths.join(" and ")}`);
  const labels = columns.map(({ label }) => label);
  const twice = labels.find((label, i) => labels.indexOf(label) !== i);
  if (twice !== undefined) throw new RangeError(`two columns of a pair plot are called "${twice}"`);
}
