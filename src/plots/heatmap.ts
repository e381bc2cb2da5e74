import { type FormatOptions, formatValue, type ValueFormat } from "../format.js";
import type { Figure, FigureText, Trace } from "./figure.js";
import { plainLabel } from "./labels.js";
import { axisLabel, baseLayout, nameAxis, plainAxis } from "./theme.js";

/** How a heatmap is labelled. */
export interface HeatmapOptions extends FigureText, FormatOptions {
  /** Of the rows, the first on top. */
  rowLabels: readonly string[];
  columnLabels: readonly string[];
  /** What the rows are: "First order". */
  rowTitle: string;
  columnTitle: string;
  /** What the cells measure, for those who cannot see it: "Share who order again". */
  measure: string;
  /** How values are written in the cells; `number` when left out. */
  format?: ValueFormat | undefined;
  /** Cells whose value is followed by an asterisk; the caption says what it means. */
  isMarked?: ((row: number, column: number) => boolean) | undefined;
}

const ROW_HEIGHT = 27;
/** Where on the scale white and black text stand out alike, both above 4.5 to 1. */
const EQUAL_CONTRAST = 0.47;

/**
 * A matrix of values from zero as colours, each cell with its value.
 * @param values - rows x columns; a cell without a value is `null` and stays empty.
 * @throws RangeError when values and labels differ in number, or a value is below zero or not finite.
 */
export function heatmapChart(
  values: readonly (readonly (number | null)[])[],
  options: HeatmapOptions,
): Figure {
  const { title, subtitle, caption, rowLabels, columnLabels, rowTitle, columnTitle } = options;
  checkShape(values, options);
  const texts = values.map((row, i) => row.map((value, j) => writeCell(value, i, j, options)));
  const columns = columnLabels.map((_, position) => position);
  const highest = Math.max(0, ...values.flat().map((value) => value ?? 0));
  return {
    title,
    subtitle,
    caption,
    alt: options.alt ?? describe(texts, options),
    height: rowLabels.length * ROW_HEIGHT + 96,
    data: [
      {
        type: "heatmap",
        x: columns,
        y: rowLabels.map((_, position) => position),
        z: values,
        zmin: 0,
        zmax: highest === 0 ? 1 : highest,
        text: texts,
        customdata: rowLabels.map((row) =>
          columnLabels.map((column) => plainLabel(`${row}, ${columnTitle.toLowerCase()} ${column}`)),
        ),
        hovertemplate: "%{customdata}<br>%{text}<extra></extra>",
        hoverongaps: false,
        colorscale: "Cividis",
        showscale: false,
        xgap: 1,
        ygap: 1,
      },
      writeTexts(values, texts, highest, columnLabels.map(plainLabel)),
    ],
    layout: {
      ...baseLayout(),
      xaxis: plainAxis(columnTitle, {
        fixedrange: true,
        showline: false,
        tickmode: "array",
        tickvals: columns,
        ticktext: columnLabels.map(plainLabel),
      }),
      yaxis: { ...nameAxis(rowLabels.map(plainLabel)), showline: false },
      annotations: [axisLabel(rowTitle)],
    },
  };
}

function writeCell(value: number | null, row: number, column: number, options: HeatmapOptions): string {
  if (value === null) return "";
  const text = plainLabel(formatValue(value, options.format ?? "number", options));
  return options.isMarked?.(row, column) ? `${text}*` : text;
}

/** plotly's own text in cells is dark grey on middle tones; here it is white or black, whichever stands out more. */
function writeTexts(
  values: readonly (readonly (number | null)[])[],
  texts: readonly (readonly string[])[],
  highest: number,
  columnLabels: readonly string[],
): Trace {
  const cells = values.flatMap((row, y) =>
    row.flatMap((value, x) => (value === null ? [] : [{ x, y, value, text: texts[y]![x]! }])),
  );
  return {
    type: "scatter",
    mode: "text",
    x: cells.map(({ x }) => x),
    y: cells.map(({ y }) => y),
    text: cells.map(({ text }) => text),
    textfont: {
      size: 11,
      color: cells.map(({ value }) => (value < highest * EQUAL_CONTRAST ? "#fff" : "#000")),
    },
    hoverinfo: "skip",
    // The page leaves the texts out where its columns are too narrow for them.
    meta: { columns: columnLabels },
  };
}

function describe(texts: readonly (readonly string[])[], options: HeatmapOptions): string {
  const rows = options.rowLabels.map(
    (label, i) => `${label}: ${texts[i]!.map((text) => (text === "" ? "none" : text)).join(", ")}`,
  );
  const columns = `${options.columnTitle} ${options.columnLabels.join(", ")}`;
  return `Heatmap of ${options.measure} by ${options.rowTitle.toLowerCase()} and ${columns}. ${rows.join("; ")}.`;
}

function checkShape(
  values: readonly (readonly (number | null)[])[],
  { rowLabels, columnLabels }: HeatmapOptions,
): void {
  const widths = [...new Set(values.map((row) => row.length))];
  if (values.length !== rowLabels.length || widths.some((width) => width !== columnLabels.length))
    throw new RangeError(
      `a heatmap needs a value or null for each of its ${rowLabels.length} x ${columnLabels.length} cells, got ${values.length} rows of ${widths.join(" or ")}`,
    );
  const unfit = values.flat().find((value) => value !== null && !(value >= 0 && value < Infinity));
  if (unfit !== undefined)
    throw new RangeError(`a heatmap starts at zero and needs finite values, got ${unfit}`);
}
