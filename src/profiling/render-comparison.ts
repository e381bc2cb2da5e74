import { formatNumber, nameToWords } from "../format.js";
import { ALERT_RULES, type AlertKind } from "./alerts.js";
import type { ColumnShape, MeasureDifference, ProfileComparison } from "./compare-profiles.js";
import { countTable, histogramFigure, trusted } from "./html/charts.js";
import { html, type Markup, measure, nothing, table } from "./html/markup.js";
import { PROFILE_STYLE } from "./html/style.js";
import { formatBytes, KIND_NAMES } from "./html/variables.js";
import type { Alert } from "./profile.js";
import { page } from "./render-profile.js";
import { formatShare } from "./wording.js";

/** Beyond this size in characters further columns are left to the JSON: the page stays below 3 MB. */
const COLUMNS_BUDGET = 2_000_000;
const MAX_NAMES = 500;
/** What a reader calls measures whose names do not say it. */
const LABELS: Record<string, string> = {
  count: "present",
  singles: "occur once",
  bytes: "memory",
  bytesPerRow: "memory a row",
  sd: "standard deviation",
  cv: "coefficient of variation",
  min: "minimum",
  max: "maximum",
  p5: "5th percentile",
  q1: "first quartile",
  q3: "third quartile",
  p95: "95th percentile",
  iqr: "interquartile range",
  mad: "median absolute deviation",
  kurtosis: "excess kurtosis",
  monotonicity: "order of rows",
  rangeDays: "range in days",
  trues: "yes",
  falses: "no",
  minLength: "shortest",
  maxLength: "longest",
  blank: "empty or white space",
  padded: "white space around",
  placeholders: "stand for none",
  numeric: "can be read as numbers",
  datelike: "can be read as dates",
  variants: "spelling variants",
};

/** Two tables side by side as HTML to be put into another page; no scripts, styles of its own, below 3 MB. */
export function renderComparisonFragment(comparison: ProfileComparison): string {
  return fragment(comparison, `${comparison.left} and ${comparison.right}`).text;
}

/** Two tables side by side as a page of its own. @param title - of the page; names both tables when left out. */
export function renderComparisonPage(comparison: ProfileComparison, title?: string): string {
  const both = `${comparison.left} and ${comparison.right}`;
  return page(title ?? `${both}: profiles`, fragment(comparison, title ?? both));
}

function fragment(comparison: ProfileComparison, title: string): Markup {
  const { left, right, overview, columns, onlyLeft, onlyRight, alertsOnlyLeft, alertsOnlyRight } = comparison;
  const cards: Markup[] = [];
  let size = 0;
  for (const { column, leftKind, rightKind, leftShape, rightShape, measures } of columns) {
    if (size > COLUMNS_BUDGET) break;
    const kinds =
      leftKind === rightKind
        ? KIND_NAMES[leftKind]
        : `${KIND_NAMES[leftKind]}, then ${KIND_NAMES[rightKind]}`;
    const card = html`<details class="variable"><summary>${column} (${kinds}): ${formatNumber(measures.filter(differs).length)} measures differ</summary><div class="columns">${shapeFigure(left, column, leftShape)}${shapeFigure(right, column, rightShape)}</div>${differences(column, comparison, measures)}</details>`;
    cards.push(card);
    size += card.text.length;
  }
  const rest = columns.length - cards.length;
  return html`<article class="insiders-profile"><style>${trusted(PROFILE_STYLE)}</style><h1>${title}</h1><section><h2>Tables</h2>${differences("the tables", comparison, overview)}${names(`Only in ${left}`, onlyLeft)}${names(`Only in ${right}`, onlyRight)}</section><section><h2>Alerts that only one of them has</h2>${alertList(left, alertsOnlyLeft)}${alertList(right, alertsOnlyRight)}</section><section><h2>Columns of both</h2>${cards}${rest > 0 ? html`<p class="soft">${formatNumber(rest)} more columns are in the JSON.</p>` : nothing}</section></article>`;
}

function shapeFigure(title: string, column: string, { histogram, isDate, common }: ColumnShape): Markup {
  const figure =
    histogram === null
      ? countTable(`Most frequent values of ${column} in ${title}`, common)
      : histogramFigure(`${column} in ${title}`, histogram, isDate);
  return html`<div><h4>${title}</h4>${figure}</div>`;
}

function differences(
  what: string,
  { left, right }: ProfileComparison,
  measures: readonly MeasureDifference[],
): Markup {
  const rows = measures.map(({ measure: name, left: before, right: after, change }) => [
    html`${LABELS[name] ?? nameToWords(name).toLowerCase()}`,
    shown(name, before),
    shown(name, after),
    before === after ? "–" : shown(name, change),
  ]);
  return table(`Measures of ${what}`, ["measure", left, right, "change"], rows);
}

function shown(name: string, value: number | string | null): Markup | string {
  if (typeof value === "string") return html`${value}`;
  if (value === null) return "–";
  if (name.endsWith("Share")) return signed(value, formatShare);
  return name.startsWith("bytes") ? signed(value, formatBytes) : measure(value);
}

function signed(value: number, format: (size: number) => string): string {
  const size = format(Math.abs(value));
  return value < 0 && /[1-9]/.test(size) ? `-${size}` : size;
}

function differs({ left, right }: MeasureDifference): boolean {
  return left !== right;
}

function names(title: string, columns: readonly string[]): Markup {
  if (columns.length === 0) return nothing;
  const rest = columns.length > MAX_NAMES ? ", …" : "";
  return html`<h3>${title}</h3><p>${columns.slice(0, MAX_NAMES).join(", ")}${rest}</p>`;
}

function alertList(title: string, alerts: readonly Alert[]): Markup {
  const rows = alerts
    .slice(0, MAX_NAMES)
    .map(({ kind, column, severity, message }) => [
      html`<span class="${severity}">${ALERT_RULES[kind as AlertKind].title}</span>`,
      html`${column ?? "the table"}`,
      html`${message}`,
    ]);
  return html`<h3>${title}</h3>${rows.length === 0 ? html`<p>None.</p>` : table(`Alerts of ${title}`, ["alert", "column", "what"], rows)}`;
}
