import { cutLinkage, type Linkage } from "../clustering/linkage.js";
import { formatNumber } from "../format.js";
import { type Branch, type Tree, topOfTree } from "./dendrogram-tree.js";
import type { Figure, FigureText, PlotlyObject, Trace } from "./figure.js";
import { plainLabel } from "./labels.js";
import {
  axisLabel,
  baseLayout,
  categoricalColours,
  contextColour,
  nameAxis,
  palette,
  valueAxis,
} from "./theme.js";

/** What a cluster is called and drawn in. */
export interface DendrogramSegment {
  name: string;
  colour: string;
}

/** How a dendrogram is drawn. */
export interface DendrogramOptions extends FigureText {
  /** What the heights measure: "Height of the merge (Ward)". */
  measure: string;
  /** What the rows are: "Customers". */
  counted: string;
  /** Clusters of the cut that is drawn. */
  nClusters: number;
  /** Branches at the bottom, each with the number of its rows; 30 when left out, and never fewer than `nClusters`. */
  maxLeaves?: number | undefined;
  /** One for each label of `cutLinkage(linkage, nClusters)`; colours in turn and no names when left out. */
  segments?: readonly DendrogramSegment[] | undefined;
}

/** Pixels of a branch, of what stands above and below them, and of the names, which stand in one column on a narrow page. */
const LEAF_HEIGHT = 17;
const FRAME_HEIGHT = 100;
const NAME_HEIGHT = 14;

/**
 * The last merges of a linkage, from branches at the left to everybody at the right, cut into clusters. The larger side
 * of a merge stands above the other.
 * @throws RangeError unless there are 1 to n clusters, 2 leaves or more, and one segment a cluster.
 */
export function dendrogramChart(linkage: Linkage, options: DendrogramOptions): Figure {
  const { title, subtitle, caption, measure, counted, nClusters, maxLeaves = 30, segments } = options;
  if (!Number.isInteger(maxLeaves) || maxLeaves < 2)
    throw new RangeError(`dendrogramChart needs 2 leaves or more, got ${maxLeaves}`);
  if (segments !== undefined && segments.length !== nClusters)
    throw new RangeError(`dendrogramChart needs ${nClusters} segments, got ${segments.length}`);
  const labels = cutLinkage(linkage, nClusters);
  const tree = topOfTree(linkage, Math.max(maxLeaves, nClusters), nClusters, labels);
  const cut = cutHeight(linkage.heights, linkage.rows - nClusters);
  const top = Math.max(cut, linkage.heights.at(-1) ?? 0);
  // In the order in which they are read: neighbours have different colours.
  const clusters = [...new Set(tree.leaves.map((leaf) => leaf.cluster))];
  const colourOf = (position: number): string => categoricalColours[position % categoricalColours.length]!;
  const noun = plainLabel(counted.toLowerCase());
  return {
    title,
    subtitle,
    caption,
    alt: options.alt ?? describe(tree, clusters, cut, options),
    height: tree.leaves.length * LEAF_HEIGHT + FRAME_HEIGHT + (segments?.length ?? 0) * NAME_HEIGHT,
    data: [
      { ...trace(tree, -1, noun), line: { color: contextColour, width: 2 }, showlegend: false },
      ...clusters.map((cluster, position): Trace => {
        const segment = segments?.[cluster];
        return {
          ...trace(tree, cluster, noun),
          line: { color: segment?.colour ?? colourOf(position), width: 2 },
          ...(segment === undefined ? {} : { name: plainLabel(segment.name) }),
        };
      }),
    ],
    layout: {
      ...baseLayout(),
      ...(segments === undefined ? {} : { showlegend: true, legend: BOTTOM_LEGEND }),
      // Room for two lines above the drawing: what is counted, and the label of the cut.
      margin: { l: 8, r: 16, t: 50, b: 8 },
      // A little beyond the last joint, which would else be drawn upon the edge.
      xaxis: { ...valueAxis({ title: measure, max: top }), range: [0, top * 1.02 || 1] },
      yaxis: {
        ...nameAxis(tree.leaves.map((leaf) => formatNumber(leaf.size))),
        // Without it a branch at the edge is drawn upon the axis.
        range: [tree.leaves.length - 0.5, -0.5],
        autorange: false,
      },
      annotations: [axisLabel(counted, 26), cutLabel(cut, top, nClusters)],
      shapes: [cutLine(cut)],
    },
  };
}

const BOTTOM_LEGEND: PlotlyObject = {
  orientation: "h",
  x: 0,
  xanchor: "left",
  y: 0,
  yref: "container",
  yanchor: "bottom",
  itemclick: false,
  itemdoubleclick: false,
};

/** Half way between the last merge that is done and the first that is not. */
function cutHeight(heights: Float64Array, merges: number): number {
  const below = heights[merges - 1] ?? 0;
  return (below + (heights[merges] ?? below * 1.1)) / 2;
}

/** The branches and joints of one cluster, or with -1 those above the cut, as one line with gaps. */
function trace({ branches, joints }: Tree, cluster: number, noun: string): Trace {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  const text: string[] = [];
  const line = (from: [number, number], to: [number, number], words: string): void => {
    x.push(from[0], to[0], null);
    y.push(from[1], to[1], null);
    text.push(words, words, "");
  };
  const isOf = (part: { cluster: number }): boolean => part.cluster === cluster;
  for (const { at, from, to, size } of branches.filter(isOf))
    line([from, at], [to, at], `${formatNumber(size)} ${noun}`);
  for (const { height, from, to, size } of joints.filter(isOf))
    line([height, from], [height, to], `${formatNumber(size)} ${noun} from ${formatNumber(height)}`);
  return { type: "scatter", mode: "lines", x, y, text, hovertemplate: "%{text}<extra></extra>" };
}

function cutLine(cut: number): PlotlyObject {
  return {
    type: "line",
    xref: "x",
    yref: "paper",
    x0: cut,
    x1: cut,
    y0: 0,
    y1: 1,
    // Not a colour that a cluster may have.
    line: { color: palette.grey, width: 1.5, dash: "dot" },
  };
}

function cutLabel(cut: number, top: number, nClusters: number): PlotlyObject {
  return {
    text: nClusters === 1 ? "1 cluster" : `${formatNumber(nClusters)} clusters`,
    showarrow: false,
    xref: "x",
    yref: "paper",
    x: cut,
    y: 1,
    // Close to the edge it would be cut off.
    xanchor: cut > 0.85 * top ? "right" : "center",
    yanchor: "bottom",
  };
}

function describe(
  { leaves, rows }: Tree,
  clusters: readonly number[],
  cut: number,
  { counted, measure, segments }: DendrogramOptions,
): string {
  const sizeOf = (cluster: number): number =>
    leaves.reduce((sum, leaf: Branch) => (leaf.cluster === cluster ? sum + leaf.size : sum), 0);
  const sizes = clusters.map((cluster) => {
    const name = segments?.[cluster]?.name;
    return name === undefined ? formatNumber(sizeOf(cluster)) : `${name} ${formatNumber(sizeOf(cluster))}`;
  });
  return (
    `Dendrogram of ${formatNumber(rows)} ${counted.toLowerCase()} by ${measure}, its last ${leaves.length} branches. ` +
    `The cut at ${formatNumber(cut)} leaves ${sizes.length} cluster${sizes.length === 1 ? "" : "s"}: ${sizes.join(", ")}.`
  );
}
