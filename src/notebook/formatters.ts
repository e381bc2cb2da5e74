import { formatNumber } from "../format.js";
import { type Figure, isFigure } from "../plots/figure.js";
import { type DataFrameLike, isDataFrame } from "./data-frame.js";
import type { Bundle } from "./display.js";
import { figureBundle } from "./figure.js";
import { tableBundle } from "./table.js";

/** Renders the values it matches when they are the last expression of a cell. */
interface Formatter {
  name: string;
  matches(value: unknown): boolean;
  bundle(value: unknown): Bundle;
}

const FORMATTERS = Symbol.for("jupyter.formatters");

const ours: readonly Formatter[] = [
  { name: "insiders.figure", matches: isFigure, bundle: (value) => figureBundle(value as Figure) },
  {
    name: "insiders.data-frame",
    matches: isDataFrame,
    bundle: (value) => dataFrameBundle(value as DataFrameLike),
  },
];

/** Lets a cell that ends in a figure, a danfojs DataFrame or a Series show it without a call. */
export function registerFormatters(): void {
  const kernel = globalThis as { [FORMATTERS]?: Formatter[] };
  kernel[FORMATTERS] ??= [];
  const list = kernel[FORMATTERS];
  // A package loaded again, after a rebuild, takes the place of its former self.
  for (const formatter of ours) {
    const at = list.findIndex(({ name }) => name === formatter.name);
    list.splice(at < 0 ? list.length : at, at < 0 ? 0 : 1, formatter);
  }
}

function dataFrameBundle(frame: DataFrameLike): Bundle {
  const [rows = 0, columns = 1] = frame.shape;
  const name = frame.constructor.name === "Series" ? "Series" : "DataFrame";
  const plural = (count: number, noun: string): string =>
    `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
  return tableBundle(frame, { caption: `${name}: ${plural(rows, "row")}, ${plural(columns, "column")}` });
}
