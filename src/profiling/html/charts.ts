import { formatDate, formatDateTime, formatNumber } from "../../format.js";
import type { CorrelationMatrix, Histogram, Interaction, MissingPatterns, ValueCount } from "../profile.js";
import { counted, formatShare } from "../wording.js";
import { cell, html, type Markup, Markup as MarkupText, measure, nothing, table } from "./markup.js";

const MS_PER_DAY = 86_400_000;
/** Points are placed on a plane of so many units. */
const PLANE = { width: 400, height: 300 };
/** A cell of a heatmap is coloured by at most this share, so that its number stays readable. */
const STRONGEST = 0.55;
/** Names at the edges of a heatmap are cut beyond so many characters. */
const LONG_NAME = 24;
/** Columns of the picture of gaps. */
const MAX_GAP_COLUMNS = 100;

/** A histogram as bars on a plane of its own; its ends stand below as text. */
export function histogramFigure(name: string, histogram: Histogram, isDate = false, caption = ""): Markup {
  const { edges, counts } = histogram;
  if (counts.length === 0) return nothing;
  const most = Math.max(...counts, 1);
  // A single value stands in the middle of its bin.
  const middle = (edges[0]! + edges[1]!) / 2;
  const ticks = counts.length === 1 ? [isDate ? Math.round(middle) : middle] : edges;
  const isDays = isDate && ticks.every((tick) => tick % MS_PER_DAY === 0);
  const end = (value: number): string => {
    if (!isDate) return measure(value);
    const moment = new Date(value).toISOString();
    return isDays ? formatDate(moment.slice(0, 10)) : formatDateTime(moment.slice(0, 19));
  };
  const ends = [...new Set([ticks[0]!, ticks.at(-1)!])].map(end);
  const fullest = counts.indexOf(most);
  const label =
    counts.length === 1
      ? `Histogram of ${name}: ${counted(most, "row")} with ${ends[0]}.`
      : `Histogram of ${name}: ${counts.length} bins from ${ends[0]} to ${ends[1]}; the fullest, ` +
        `from ${end(edges[fullest]!)} to ${end(edges[fullest + 1]!)}, has ${counted(most, "row")}.`;
  const bars = counts.map((count, i) => bar(i, count === 0 ? 0 : Math.max(0.8, (100 * count) / most)));
  return html`<figure><svg viewBox="0 0 ${counts.length} 104" preserveAspectRatio="none" role="img" aria-label="${label}"><path fill="var(--plus)" d="${bars.join("")}"/></svg><div class="axis">${ends.map((text) => html`<span>${text}</span>`)}</div><figcaption>${caption}${counts.length === 1 ? `one value, ${counted(most, "row")}` : `${counts.length} bins; the fullest has ${counted(most, "row")}`}.</figcaption></figure>`;
}

function bar(at: number, height: number): string {
  return height === 0 ? "" : `M${at + 0.05} 104h.9v${-round(height)}h-.9z`;
}

/** Values with their counts and shares, and a bar for each share. @param full - the share of a full bar; the largest. */
export function countTable(
  label: string,
  counts: readonly ValueCount[],
  head = "value",
  full: number = Math.max(...counts.map(({ share }) => share), 0),
  counted = "rows",
): Markup {
  if (counts.length === 0) return html`<p class="soft">None.</p>`;
  return table(
    label,
    [head, counted, "share", ""],
    counts.map(({ value, count, share }) => [
      html`${cell(value)}`,
      formatNumber(count),
      formatShare(share),
      html`<div class="track" aria-hidden="true"><span class="bar" style="width:${round((100 * share) / (full || 1))}%"></span></div>`,
    ]),
  );
}

/** A matrix of correlations as a table whose cells are coloured: blue for positive, orange for negative. */
export function heatTable(
  label: string,
  columns: readonly string[],
  values: CorrelationMatrix["values"],
): Markup {
  const heads = columns.map((name) => html`<th scope="col"${hint(name)}>${shorten(name)}</th>`);
  const rows = values.map(
    (row, i) =>
      html`<tr><th scope="row"${hint(columns[i]!)}>${shorten(columns[i]!)}</th>${row.map((value) => heatCell(value))}</tr>`,
  );
  return html`<div class="scroll heat" tabindex="0" role="region" aria-label="${label}"><table><thead><tr><td></td>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function shorten(name: string): string {
  return name.length > LONG_NAME ? `${name.slice(0, LONG_NAME)}…` : name;
}

/** The whole of a name that is cut. */
function hint(name: string): Markup {
  return name.length > LONG_NAME ? html` title="${name}"` : nothing;
}

function heatCell(value: number | null): Markup {
  if (value === null) return html`<td class="none">–</td>`;
  const share = Math.round(100 * STRONGEST * Math.min(1, Math.abs(value)));
  const colour = value < 0 ? "minus" : "plus";
  return html`<td style="background:color-mix(in srgb,var(--${colour}) ${share}%,transparent)">${value.toFixed(2).replace(/^-(0\.00)$/, "$1")}</td>`;
}

/** Two columns of numbers against each other. */
export function interactionFigure(interaction: Interaction): Markup {
  const { x, y, xRange, yRange, shown, outside, cells } = interaction;
  const what = cells === null ? "each row a point" : "fuller cells hold more rows";
  const label =
    `${y} against ${x}, ${what}: ${counted(shown, "row")}; ${x} from ${measure(xRange[0])} to ${measure(xRange[1])}, ` +
    `${y} from ${measure(yRange[0])} to ${measure(yRange[1])}.`;
  const left = outside > 0 ? ` ${counted(outside, "row")} beyond the 1st and 99th percentiles left out.` : "";
  return html`<figure class="plot"><div class="axis"><span>↑ ${y}, ${measure(yRange[0])} to ${measure(yRange[1])}</span></div><svg class="plane" viewBox="0 0 ${PLANE.width} ${PLANE.height}" role="img" aria-label="${label}">${drawing(interaction)}</svg><div class="axis"><span></span><span>${x}, ${measure(xRange[0])} to ${measure(xRange[1])} →</span></div><figcaption>${counted(shown, "row")}, ${what}.${left}</figcaption></figure>`;
}

function drawing({ points, cells, size, xRange, yRange }: Interaction): Markup {
  if (cells !== null) return grid(cells, size);
  const place = (value: number, [from, to]: [number, number]): number =>
    to > from ? (value / 2 - from / 2) / (to / 2 - from / 2) : 0.5;
  const path = (points ?? []).map(
    ([x, y]) =>
      `M${Math.round(5 + place(x, xRange) * (PLANE.width - 10))} ${Math.round(PLANE.height - 5 - place(y, yRange) * (PLANE.height - 10))}h0`,
  );
  return html`<path d="${path.join("")}" fill="none" stroke="var(--plus)" stroke-opacity=".5" stroke-width="6" stroke-linecap="round"/>`;
}

/** Cells in five shades, each on a logarithmic scale of counts, as one path a shade. */
function grid(cells: NonNullable<Interaction["cells"]>, size: number): Markup {
  const shades = ["", "", "", "", ""];
  const most = Math.log1p(cells.reduce((max, [, , count]) => Math.max(max, count), 1));
  const [width, height] = [PLANE.width / size, PLANE.height / size];
  for (const [column, row, count] of cells) {
    const shade = Math.min(4, Math.floor((5 * Math.log1p(count)) / most));
    shades[shade] +=
      `M${round(column * width)} ${round(PLANE.height - (row + 1) * height)}h${round(width)}v${round(height)}h-${round(width)}z`;
  }
  const paths = shades.map((path, i) => html`<path d="${path}" fill-opacity="${(i + 1) / 5}"/>`);
  return html`<g fill="var(--plus)">${paths}</g>`;
}

/** Slices of the rows from top to bottom, a column each: filled as far as values are present. */
export function gapFigure(columns: readonly string[], slices: MissingPatterns["slices"]): Markup {
  const shown = Math.min(columns.length, MAX_GAP_COLUMNS);
  const shades = new Map<number, string>();
  slices.forEach(({ present }, row) => {
    for (let column = 0; column < shown; column++) {
      const shade = Math.ceil(present[column]! * 10) / 10;
      if (shade > 0) shades.set(shade, `${shades.get(shade) ?? ""}M${column + 0.05} ${row}h.9v1h-.9z`);
    }
  });
  const paths = [...shades].map(([shade, path]) => html`<path fill-opacity="${shade}" d="${path}"/>`);
  const gappy = columns.filter((_, i) => slices.some(({ present }) => present[i]! < 1));
  const label = `Where values are present, rows from top to bottom, columns from left to right. ${gappy.length === 0 ? "Nothing is missing" : `Gaps in ${gappy.slice(0, 20).join(", ")}`}.`;
  return html`<figure><svg viewBox="0 0 ${shown} ${slices.length}" preserveAspectRatio="none" role="img" aria-label="${label}"><g fill="var(--plus)">${paths}</g></svg><div class="axis"><span>${columns[0] ?? ""}</span><span>${columns[shown - 1] ?? ""}</span></div><figcaption>Rows from top to bottom, columns from left to right${shown < columns.length ? ` (the first ${shown})` : ""}; paler where values are missing.</figcaption></figure>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Marks text as markup that was written by this module. */
export function trusted(text: string): Markup {
  return new MarkupText(text);
}
