import { formatNumber } from "../format.js";
import type { Figure, FigureText, Trace } from "./figure.js";
import { plainLabel } from "./labels.js";
import { bareAxis, roundPosition } from "./map.js";
import { baseLayout, contextColour, groupColours, topLegend } from "./theme.js";

/** A group of points, in the order of the legend. */
export interface MapGroup {
  label: number;
  name: string;
  /** That of the same group in other figures; by position when left out. */
  colour?: string | undefined;
}

/** How a map of groups is labelled. */
export interface GroupMapOptions extends FigureText {
  groups: readonly MapGroup[];
  /** What the groups are: "Segment". */
  measure: string;
}

/**
 * Points of a plane, coloured by their group; points of no group are grey and lie below. No axis is drawn, as directions
 * and coordinates mean nothing.
 * @param positions - x and y of each point, one after the other.
 * @param labels - the group of each point.
 * @throws RangeError when there are not two finite positions for each label.
 */
export function groupMapChart(
  positions: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: GroupMapOptions,
): Figure {
  const { title, subtitle, caption, measure, groups } = options;
  const count = labels.length;
  if (positions.length !== 2 * count)
    throw new RangeError(
      `groupMapChart needs 2 positions for each of ${count} labels, got ${positions.length}`,
    );
  const unfit = Array.from(positions).findIndex((value) => !Number.isFinite(value));
  if (unfit >= 0)
    throw new RangeError(
      `groupMapChart needs finite positions, got ${positions[unfit]} (point ${unfit >> 1})`,
    );
  const known = new Set(groups.map(({ label }) => label));
  const rows = Array.from({ length: count }, (_, i) => i);
  const others = rows.filter((i) => !known.has(labels[i]!));
  const sized = groups.map((group) => ({ ...group, rows: rows.filter((i) => labels[i] === group.label) }));
  const trace = (name: string, colour: string, some: readonly number[], hasLegend: boolean): Trace => ({
    type: "scatter",
    mode: "markers",
    name: plainLabel(name),
    showlegend: hasLegend,
    x: some.map((i) => roundPosition(positions[2 * i]!)),
    y: some.map((i) => roundPosition(positions[2 * i + 1]!)),
    hoverinfo: "skip",
    marker: { size: count > 1500 ? 4 : 6, opacity: 0.75, color: colour },
  });
  const colours = groupColours(groups.length);
  const drawn = sized.map(({ name, colour, rows: some }, at) =>
    trace(name, colour ?? colours[at]!, some, true),
  );
  return {
    title,
    subtitle,
    caption,
    alt:
      options.alt ??
      `Map of ${formatNumber(count)} points by ${measure.toLowerCase()}: ${sized.map(({ name, rows: some }) => `${name} ${formatNumber(some.length)}`).join(", ")}.`,
    height: 480,
    data: others.length > 0 ? [trace("none", contextColour, others, true), ...drawn] : drawn,
    layout: {
      ...baseLayout(),
      margin: { l: 4, r: 4, t: 52, b: 4 },
      showlegend: true,
      legend: { ...topLegend(measure), itemsizing: "constant" },
      xaxis: bareAxis({}),
      yaxis: bareAxis({ scaleanchor: "x" }),
    },
  };
}
