import { type FormatOptions, formatValue, type ValueFormat } from "../format.js";
import type { Figure, FigureText } from "./figure.js";
import { plainLabel, wrapLabel } from "./labels.js";
import { baseLayout, contextColour, nameAxis, nameMargin, palette, valueAxis } from "./theme.js";

/** One part of an account. */
export interface AccountPart {
  label: string;
  value: number;
  /** True for what the analysis goes on with, false for what it leaves behind. */
  isKept: boolean;
}

/** An account: a total and the parts it divides into. */
export interface Account {
  total: { label: string; value: number };
  parts: readonly AccountPart[];
}

/** How an account is drawn. */
export interface AccountChartOptions extends FigureText, FormatOptions {
  /** What is counted, with its unit: "Invoice lines". */
  measure: string;
  format?: ValueFormat | undefined;
}

const ROW_HEIGHT = 40;
/** Doubles that add up to the same money may differ by this share of it. */
const TOLERANCE = 1e-9;

/**
 * A total on top and below it, step by step, the parts it divides into: a row account that closes.
 * @throws RangeError when the parts do not add up to the total.
 */
export function accountChart(account: Account, options: AccountChartOptions): Figure {
  const { title, subtitle, caption, measure, format = "integer" } = options;
  checkClosed(account);
  const rows = [{ ...account.total, isKept: true, start: 0, isTotal: true }];
  let start = 0;
  for (const part of account.parts) {
    rows.push({ ...part, start, isTotal: false });
    start += part.value;
  }
  const write = (value: number): string => formatValue(value, format, options);
  const texts = rows.map((row) => write(row.value));
  const shares = rows.map((row) =>
    row.isTotal || account.total.value === 0
      ? ""
      : ` (${formatValue(row.value / account.total.value, "percent")})`,
  );
  const ends = rows.flatMap((row) => [row.start, row.start + row.value]);
  return {
    title,
    subtitle,
    caption,
    alt:
      options.alt ??
      `Account of ${measure}: ${account.total.label} ${texts[0]} = ${rows
        .slice(1)
        .map((row, position) => `${row.label} ${texts[position + 1]}`)
        .join(" + ")}.`,
    height: rows.length * ROW_HEIGHT + 74,
    data: [
      {
        type: "bar",
        orientation: "h",
        base: rows.map((row) => row.start),
        x: rows.map((row) => row.value),
        y: rows.map((_, position) => position),
        text: texts.map((text, position) => plainLabel(text + shares[position])),
        textposition: "none",
        marker: {
          color: rows.map((row) => (row.isTotal ? palette.sky : row.isKept ? palette.blue : contextColour)),
        },
        customdata: rows.map((row) => plainLabel(row.label)),
        hovertemplate: "%{customdata}<br>%{text}<extra></extra>",
      },
    ],
    layout: {
      ...baseLayout(),
      margin: nameMargin,
      bargap: 0.45,
      xaxis: valueAxis({ title: measure, max: Math.max(...ends.map(Math.abs)) }),
      yaxis: nameAxis(
        rows.map(
          (row, position) =>
            `${wrapLabel(row.label)}<br><b>${plainLabel(texts[position]!)}</b>${shares[position]}`,
        ),
      ),
    },
  };
}

function checkClosed({ total, parts }: Account): void {
  const sum = parts.reduce((running, part) => running + part.value, 0);
  const size = parts.reduce((running, part) => running + Math.abs(part.value), Math.abs(total.value));
  if (!(Math.abs(sum - total.value) <= TOLERANCE * size))
    throw new RangeError(
      `an account closes: ${total.label} is ${total.value}, its parts add up to ${sum} (${parts
        .map((part) => `${part.label} ${part.value}`)
        .join(", ")})`,
    );
}
