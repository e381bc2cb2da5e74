import { formatNumber, formatPercent } from "../format.js";
import type { Figure, FigureText } from "./figure.js";
import { plainLabel, wrapLabel } from "./labels.js";
import { baseLayout, contextColour, nameAxis, nameMargin, palette, valueAxis } from "./theme.js";

/** How many values of a column are missing. */
export interface MissingValues {
  column: string;
  missing: number;
  total: number;
}

const ROW_HEIGHT = 32;

/** Share of missing values per column, with counts. */
export function missingChart(columns: readonly MissingValues[], text: FigureText): Figure {
  const shares = columns.map(({ missing, total }) => (total === 0 ? 0 : missing / total));
  const words = columns.map(({ missing }, at) =>
    missing === 0 ? "complete" : `${formatPercent(shares[at]!)} (${formatNumber(missing)})`,
  );
  const positions = columns.map((_, position) => position);
  const bars = { type: "bar", orientation: "h", y: positions, hoverinfo: "skip" } as const;
  return {
    title: text.title,
    subtitle: text.subtitle,
    caption: text.caption,
    alt:
      text.alt ??
      `Missing values per column. ${columns.map(({ column }, at) => `${column}: ${words[at]}`).join("; ")}.`,
    height: columns.length * ROW_HEIGHT + 74,
    data: [
      { ...bars, x: shares, marker: { color: palette.vermillion } },
      { ...bars, x: shares.map((share) => 1 - share), marker: { color: contextColour, opacity: 0.35 } },
    ],
    layout: {
      ...baseLayout(),
      barmode: "stack",
      // The last tick label stands half outside of the axis.
      margin: { ...nameMargin, r: 20 },
      xaxis: {
        ...valueAxis({ title: "Share of rows", max: 1, tickFormat: ".0%" }),
        range: [0, 1],
        showgrid: false,
        dtick: 0.25,
      },
      yaxis: nameAxis(columns.map(({ column }) => wrapLabel(column))),
      annotations: words.map((word, position) => ({
        x: 1,
        y: position,
        xanchor: "right",
        xshift: -6,
        text: plainLabel(word),
        showarrow: false,
      })),
    },
  };
}
