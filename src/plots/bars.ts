import { type FormatOptions, formatValue, type ValueFormat } from "../format.js";
import type { Figure, FigureText } from "./figure.js";
import { plainLabel, wrapLabel } from "./labels.js";
import { baseLayout, contextColour, nameAxis, nameMargin, palette, valueAxis } from "./theme.js";

/** One bar. */
export interface Bar {
  label: string;
  value: number;
}

/** How a bar chart is labelled. */
export interface BarChartOptions extends FigureText, FormatOptions {
  /** What the bars measure, with its unit: "Net revenue (GBP)". */
  measure: string;
  /** How values are written beside the bars; `number` when left out. */
  format?: ValueFormat | undefined;
  /** Labels of the bars the title speaks of; the others turn grey. All are coloured when left out. */
  highlight?: readonly string[] | undefined;
}

/** Room of one bar, in pixels, by the lines of its label. */
const BAR_HEIGHT = [30, 30, 36, 48];
/** Of the digits that values are written with, in pixels. */
const CHARACTER_WIDTH = 6;

/**
 * Horizontal bars, the first on top, each with its label and value.
 * @param bars - in the order of reading, labels unique.
 * @throws RangeError when two bars have the same label or a value is not finite.
 */
export function barChart(bars: readonly Bar[], options: BarChartOptions): Figure {
  const { title, subtitle, caption, measure, format = "number", highlight } = options;
  checkBars(bars);
  const labels = bars.map((bar) => wrapLabel(bar.label));
  const values = bars.map((bar) => bar.value);
  const decimals = decimalsOf(values, options);
  const texts = values.map((value) => formatValue(value, format, { ...options, decimals }));
  const colour = (bar: Bar): string =>
    highlight === undefined || highlight.includes(bar.label) ? palette.blue : contextColour;
  return {
    title,
    subtitle,
    caption,
    alt: options.alt ?? `Bar chart of ${measure}. ${listBars(bars, texts)}`,
    height: labels.reduce((sum, label) => sum + BAR_HEIGHT[label.split("<br>").length]!, 52),
    data: [
      {
        type: "bar",
        orientation: "h",
        x: values,
        y: bars.map((_, position) => position),
        text: texts.map(plainLabel),
        textposition: "outside",
        cliponaxis: false,
        marker: { color: bars.map(colour) },
        customdata: bars.map((bar) => plainLabel(bar.label)),
        hovertemplate: "%{customdata}<br>%{text}<extra></extra>",
      },
    ],
    layout: {
      ...baseLayout(),
      // Values stand outside of their bars: to the right of the drawing and, below zero, between it and the names.
      margin: { ...nameMargin, r: values.some((value) => value >= 0) ? 64 : 8 },
      xaxis: {
        ...valueAxis({ title: measure, max: Math.max(0, ...values.map(Math.abs)) }),
        showgrid: false,
        showticklabels: false,
      },
      yaxis: nameAxis(labels, widestBelowZero(values, texts)),
    },
  };
}

/** Decimals that all bars share: amounts of money from 1,000 on make the cents of the small ones noise. */
function decimalsOf(values: readonly number[], { format, decimals }: BarChartOptions): number | undefined {
  if (decimals !== undefined || format !== "money") return decimals;
  return values.some((value) => Math.abs(value) >= 1000) ? 0 : 2;
}

/** Pixels that the longest value of a negative bar takes, 0 where no bar is negative. */
function widestBelowZero(values: readonly number[], texts: readonly string[]): number {
  const lengths = texts.filter((_, at) => values[at]! < 0).map((text) => text.length);
  return lengths.length === 0 ? 0 : Math.max(...lengths) * CHARACTER_WIDTH + 6;
}

function listBars(bars: readonly Bar[], texts: readonly string[]): string {
  return `${bars.map((bar, position) => `${bar.label}: ${texts[position]}`).join("; ")}.`;
}

function checkBars(bars: readonly Bar[]): void {
  const seen = new Set<string>();
  for (const { label, value } of bars) {
    if (!Number.isFinite(value))
      throw new RangeError(`a bar needs a finite value, got ${value} for "${label}"`);
    if (seen.has(label)) throw new RangeError(`two bars are called "${label}"`);
    seen.add(label);
  }
}
