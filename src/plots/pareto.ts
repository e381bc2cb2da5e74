import { paretoFront } from "../clustering/measures/pareto.js";
import { type FormatOptions, formatNumber, formatValue, type ValueFormat } from "../format.js";
import type { Figure, FigureText, PlotlyObject, Trace } from "./figure.js";
import { plainLabel } from "./labels.js";
import { baseLayout, palette, plainAxis, topLegend, valueAxis } from "./theme.js";

/** One of several to choose from. */
export interface Candidate {
  /** Unique: "K-Means, K = 8". */
  name: string;
  /** Larger is better, of `y` too. */
  x: number;
  y: number;
  /** What the colour tells; NaN for none. */
  colourValue: number;
}

/** What is measured along an axis or by colour, with its unit, and how its values are written. */
export interface MeasureText extends FormatOptions {
  title: string;
  /** `number` when left out. */
  format?: ValueFormat | undefined;
}

/** How a chart of candidates is labelled. */
export interface ParetoChartOptions extends FigureText {
  x: MeasureText;
  y: MeasureText;
  colour: MeasureText;
  /** Name of the candidate that was chosen. */
  chosen?: string | undefined;
}

/** The line of the front: seen on white and on black. */
const FRONT = "rgba(128,128,128,0.8)";

/**
 * Candidates by two objectives, coloured by a third measure, with the line of those that no other one betters in both
 * of the two, and the chosen one in a ring.
 * @throws RangeError when two candidates have the same name, none has that of the chosen one, or an objective is not
 *   finite.
 */
export function paretoChart(candidates: readonly Candidate[], options: ParetoChartOptions): Figure {
  const { title, subtitle, caption, x, y } = options;
  check(candidates, options.chosen);
  const { front } = paretoFront({
    x: candidates.map((candidate) => candidate.x),
    y: candidates.map((candidate) => candidate.y),
  });
  const onFront = Array.from(front, (at) => candidates[at]!).sort((a, b) => a.x - b.x || b.y - a.y);
  const chosen = candidates.find(({ name }) => name === options.chosen);
  return {
    title,
    subtitle,
    caption,
    alt: options.alt ?? describe(candidates, onFront, chosen, options),
    height: 440,
    data: [
      drawFront(onFront),
      drawCandidates(candidates, onFront, options),
      ...(chosen === undefined ? [] : [drawChosen(chosen)]),
    ],
    layout: {
      ...baseLayout(),
      xaxis: { ...plainAxis(x.title), tickformat: x.format === "percent" ? ".0%" : ",~r", nticks: 7 },
      yaxis: {
        ...valueAxis({
          title: "",
          max: candidates.reduce((most, candidate) => Math.max(most, Math.abs(candidate.y)), 0),
          tickFormat: y.format === "percent" ? ".0%" : undefined,
        }),
        rangemode: "normal",
        fixedrange: false,
        zeroline: false,
      },
      // A name beside its point would lie over other points.
      showlegend: true,
      legend: topLegend(y.title),
    },
  };
}

/** A staircase: what lies on its inner side is bettered by somebody. */
function drawFront(onFront: readonly Candidate[]): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name: "bettered by nobody in both",
    x: onFront.map(({ x }) => x),
    y: onFront.map(({ y }) => y),
    line: { color: FRONT, width: 1.5, shape: "vh" },
    hoverinfo: "skip",
  };
}

function drawCandidates(
  candidates: readonly Candidate[],
  onFront: readonly Candidate[],
  { x, y, colour }: ParetoChartOptions,
): Trace {
  const values = candidates.map(({ colourValue }) => colourValue);
  const known = values.filter(Number.isFinite);
  const low = known.reduce((least, value) => Math.min(least, value), Infinity);
  const high = known.reduce((most, value) => Math.max(most, value), -Infinity);
  const [from, to] = known.length === 0 ? [0, 1] : [low, high > low ? high : low + 1];
  const isOnFront = new Set(onFront);
  return {
    type: "scatter",
    mode: "markers",
    showlegend: false,
    x: candidates.map((candidate) => candidate.x),
    y: candidates.map((candidate) => candidate.y),
    text: candidates.map((candidate) =>
      listMeasures(candidate, { x, y, colour }).map(plainLabel).join("<br>"),
    ),
    hovertemplate: "%{text}<extra></extra>",
    // On a dark page the page turns the scale round, so that large values stand out there too.
    meta: { standsOut: "high" },
    marker: {
      size: candidates.map((candidate) => (isOnFront.has(candidate) ? 11 : 7)),
      color: values.map((value) => (Number.isFinite(value) ? value : from)),
      cmin: from,
      cmax: to,
      colorscale: "Viridis",
      reversescale: true,
      line: { color: FRONT, width: candidates.map((candidate) => (isOnFront.has(candidate) ? 1.5 : 0)) },
      colorbar: colourBar(colour, known.length === 0 ? [] : [from, (from + to) / 2, to]),
    },
  };
}

function colourBar(colour: MeasureText, ticks: readonly number[]): PlotlyObject {
  return {
    orientation: "h",
    thickness: 10,
    len: 0.9,
    y: -0.2,
    yanchor: "top",
    outlinewidth: 0,
    title: { text: plainLabel(colour.title), side: "top", font: { size: 12 } },
    tickmode: "array",
    tickvals: ticks,
    ticktext: ticks.map((value) => plainLabel(writeMeasure(value, colour))),
  };
}

/** A ring around the point. */
function drawChosen({ name, x, y }: Candidate): Trace {
  return {
    type: "scatter",
    mode: "markers",
    name: plainLabel(`chosen: ${name}`),
    x: [x],
    y: [y],
    hoverinfo: "skip",
    marker: { symbol: "circle-open", size: 19, color: palette.vermillion, line: { width: 3 } },
  };
}

function writeMeasure(value: number, measure: MeasureText): string {
  return Number.isFinite(value) ? formatValue(value, measure.format ?? "number", measure) : "–";
}

function listMeasures(
  { name, x, y, colourValue }: Candidate,
  measures: Pick<ParetoChartOptions, "x" | "y" | "colour">,
): string[] {
  return [
    name,
    `${measures.x.title}: ${writeMeasure(x, measures.x)}`,
    `${measures.y.title}: ${writeMeasure(y, measures.y)}`,
    `${measures.colour.title}: ${writeMeasure(colourValue, measures.colour)}`,
  ];
}

function describe(
  candidates: readonly Candidate[],
  onFront: readonly Candidate[],
  chosen: Candidate | undefined,
  options: ParetoChartOptions,
): string {
  const say = (candidate: Candidate): string => {
    const [name, ...measures] = listMeasures(candidate, options);
    return `${name} (${measures.join(", ")})`;
  };
  return [
    `${formatNumber(candidates.length)} candidates by ${options.x.title} and ${options.y.title}.`,
    `No other one betters ${onFront.map(say).join("; ") || "none"}.`,
    ...(chosen === undefined ? [] : [`Chosen: ${say(chosen)}.`]),
  ].join(" ");
}

function check(candidates: readonly Candidate[], chosen: string | undefined): void {
  const seen = new Set<string>();
  for (const { name, x, y } of candidates) {
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new RangeError(`a candidate needs finite objectives, got ${x} and ${y} for "${name}"`);
    if (seen.has(name)) throw new RangeError(`two candidates are called "${name}"`);
    seen.add(name);
  }
  if (chosen !== undefined && !seen.has(chosen))
    throw new RangeError(`no candidate is called "${chosen}", which was chosen`);
}
