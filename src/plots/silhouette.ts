import { formatNumber } from "../format.js";
import { quantile } from "../statistics/quantile.js";
import type { Figure, FigureText, PlotlyObject, Trace } from "./figure.js";
import { plainLabel, wrapLabel } from "./labels.js";
import { baseLayout, groupColours, plainAxis, valueAxis } from "./theme.js";

/** How a cluster is called and drawn. */
export interface NamedCluster {
  label: number;
  name: string;
  /** That of the same cluster in other figures; by position when left out. */
  colour?: string | undefined;
}

/** How a silhouette plot is drawn. */
export interface SilhouettePlotOptions extends FigureText {
  /** The clusters, the first on top. */
  clusters: readonly NamedCluster[];
}

/** Customers of one cluster by their silhouette, the largest first. */
interface Blade extends NamedCluster {
  values: Float64Array;
  mean: number;
  colour: string;
  /** In pixels from the top. */
  start: number;
  height: number;
  middle: number;
}

/** Pixels that all blades take together, by which the thickness of each tells its customers. */
const BLADES = 280;
/** Room that the name of a cluster needs, and what lies between two, in pixels. */
const NAME_ROOM = 17;
const GAP = 5;
/** Above the blades for the mean, and below for the axis. */
const HEAD = 26;
const FOOT = 56;
/** Points that blades are drawn with: more than there are pixels say nothing. */
const MOST_POINTS = 1_500;

/**
 * The silhouettes of all customers: a blade for each cluster, its customers from the largest down, as thick as the
 * cluster is large, and a line at the mean of all. Noise has no blade.
 * @param labels - a cluster for each customer, -1 for noise.
 * @param samples - a silhouette for each, NaN for noise.
 * @throws RangeError when labels and samples differ in number, a cluster has no name or two names, or a sample of a
 *   cluster is not in [-1, 1].
 */
export function silhouettePlot(
  labels: ArrayLike<number>,
  samples: ArrayLike<number>,
  options: SilhouettePlotOptions,
): Figure {
  const { title, subtitle, caption } = options;
  const blades = layOut(groupSamples(labels, samples, options.clusters), options.clusters);
  const all = blades.flatMap(({ values }) => [...values]);
  const mean = meanOf(all);
  const last = blades.at(-1);
  const height =
    last === undefined ? NAME_ROOM : Math.max(last.start + last.height, last.middle + NAME_ROOM / 2);
  return {
    title,
    subtitle,
    caption,
    alt: options.alt ?? describe(blades, mean, labels.length - all.length),
    height: Math.round(height) + HEAD + FOOT,
    data: blades.map((blade) => drawBlade(blade, all.length)),
    layout: {
      ...baseLayout(),
      margin: { l: 8, r: 40, t: HEAD, b: 8 },
      xaxis: { ...valueAxis({ title: "Silhouette", max: 1 }), tickformat: ".1f" },
      yaxis: plainAxis("", {
        fixedrange: true,
        range: [Math.round(height), 0],
        tickmode: "array",
        tickvals: blades.map(({ middle }) => middle),
        ticktext: blades.map(({ name }) => wrapLabel(name, 22, 1)),
        ticklabelstandoff: 6,
        showline: false,
      }),
      ...(all.length === 0 ? {} : markMeans(blades, mean)),
    },
  };
}

/** The samples of each label, descending. */
function groupSamples(
  labels: ArrayLike<number>,
  samples: ArrayLike<number>,
  clusters: readonly NamedCluster[],
): Map<number, number[]> {
  if (labels.length !== samples.length)
    throw new RangeError(`a silhouette plot needs ${labels.length} samples, got ${samples.length}`);
  const groups = new Map<number, number[]>();
  for (const { label } of clusters) {
    if (groups.has(label)) throw new RangeError(`cluster ${label} of a silhouette plot has two names`);
    groups.set(label, []);
  }
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === -1) continue;
    const group = groups.get(labels[i]!);
    if (group === undefined)
      throw new RangeError(
        `a silhouette plot needs a name for each cluster, got none for ${labels[i]} beside ${[...groups.keys()].join(", ")}`,
      );
    if (!(Math.abs(samples[i]!) <= 1))
      throw new RangeError(`a silhouette lies in [-1, 1], got ${samples[i]} (row ${i})`);
    group.push(samples[i]!);
  }
  return groups;
}

/** Where each blade lies: centred in a slot that its name fits into. Clusters without customers have none. */
function layOut(groups: ReadonlyMap<number, readonly number[]>, clusters: readonly NamedCluster[]): Blade[] {
  const total = [...groups.values()].reduce((sum, group) => sum + group.length, 0);
  const named = clusters.filter(({ label }) => groups.get(label)!.length > 0);
  const colours = groupColours(named.length);
  let top = 0;
  return named.map(({ label, name, colour }, position) => {
    const values = Float64Array.from(groups.get(label)!).sort();
    const height = (BLADES * values.length) / total;
    const slot = Math.max(height, NAME_ROOM);
    const middle = top + slot / 2;
    top += slot + GAP;
    return {
      ...{ label, name, values, height, middle },
      mean: meanOf(values),
      colour: colour ?? colours[position]!,
      start: middle - height / 2,
    };
  });
}

/** The outline of a blade, filled to zero: its values at even steps, all of them where they are few. */
function drawBlade({ name, values, mean, colour, start, height }: Blade, total: number): Trace {
  const count = Math.max(2, Math.min(values.length, Math.round((MOST_POINTS * values.length) / total)));
  const step = height / (count - 1);
  const text = `${name}: ${formatNumber(values.length)} customers, mean ${formatNumber(mean, 2)}`;
  return {
    type: "scatter",
    mode: "lines",
    x: Array.from({ length: count }, (_, at) => round(quantile(values, 1 - at / (count - 1)))),
    y0: round(start),
    dy: round(step),
    fill: "tozerox",
    fillcolor: colour,
    line: { color: colour, width: 1 },
    hoveron: "fills",
    text: plainLabel(text),
    hoverinfo: "text",
  };
}

/** The mean of each cluster at the right, and a line with the mean of all. */
function markMeans(blades: readonly Blade[], mean: number): PlotlyObject {
  const line = { color: "rgba(128,128,128,0.9)", width: 1.5, dash: "dash" };
  return {
    shapes: [{ type: "line", xref: "x", yref: "paper", x0: mean, x1: mean, y0: 0, y1: 1, line }],
    annotations: [
      {
        text: `mean ${formatNumber(mean, 2)}`,
        ...{ showarrow: false, xref: "x", yref: "paper", x: mean, y: 1, yanchor: "bottom" },
      },
      ...blades.map((blade) => ({
        text: formatNumber(blade.mean, 2),
        font: { size: 11 },
        ...{ showarrow: false, xref: "paper", yref: "y", x: 1, y: blade.middle, xanchor: "left", xshift: 4 },
      })),
    ],
  };
}

function describe(blades: readonly Blade[], mean: number, noise: number): string {
  if (blades.length === 0) return "Silhouette plot: no customers in clusters.";
  const below = (values: Float64Array): number => values.filter((value) => value < 0).length;
  const clusters = blades.map(
    ({ name, values, mean: own }) =>
      `${name}: ${formatNumber(own, 2)} (${formatNumber(values.length)} customers, ${formatNumber(below(values))} below zero)`,
  );
  const left = noise === 0 ? "" : ` In no cluster: ${formatNumber(noise)}.`;
  return `Silhouette plot, mean ${formatNumber(mean, 2)}. By cluster: ${clusters.join("; ")}.${left}`;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
