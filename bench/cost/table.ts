import { formatNumber } from "#src/format.js";
import { type Costs, exponentOf, exponentOfSorting, formatBytes, formatSeconds } from "./points.js";

/** Every point as a Markdown table: a row for each number of rows, a column for each method, the exponents at the end. */
export function costTable({ points }: Costs, names: Readonly<Record<string, string>>): string {
  const methods = Object.keys(names).filter((method) => points.some((point) => point.method === method));
  const sizes = [...new Set(points.map(({ rows }) => rows))].sort((a, b) => a - b);
  const cells = sizes.map((size) => [
    formatNumber(size, 0),
    ...methods.map((method) => {
      const point = points.find((one) => one.method === method && one.rows === size);
      if (point === undefined) return "not taken";
      return `${formatSeconds(point.seconds)}, ${formatSeconds(point.cpu)}, ${formatBytes(point.peakBytes)}${showFound(point.found)}`;
    }),
  ]);
  const exponents = methods.map((method) => showExponents(points.filter((one) => one.method === method)));
  const line = (row: readonly string[]): string => `| ${row.join(" | ")} |`;
  return [
    line(["rows", ...methods.map((method) => names[method]!)]),
    `|---:${"|---:".repeat(methods.length)}|`,
    ...cells.map(line),
    line(["exponent (of n log n there)", ...exponents]),
  ].join("\n");
}

function showExponents(points: Costs["points"]): string {
  const [own, sorting] = [exponentOf(points), exponentOfSorting(points)];
  return own === null ? "-" : `${own.toFixed(2)} (${sorting!.toFixed(2)})`;
}

/** An estimate with its interval, where there is one. */
function showFound(found: Record<string, number> | undefined): string {
  if (found?.low === undefined) return "";
  const [mean, low, high] = [found.mean, found.low, found.high].map((value) => value!.toFixed(3));
  return `; ${mean} (${low} to ${high})`;
}
