import { formatNumber, nameToWords } from "../format.js";
import { ALERT_RULES, type AlertKind } from "./alerts.js";
import type { MeasureDifference, ProfileComparison } from "./compare-profiles.js";
import { trusted } from "./html/charts.js";
import { html, type Markup, measure, nothing, table } from "./html/markup.js";
import { PROFILE_STYLE } from "./html/style.js";
import { KIND_NAMES } from "./html/variables.js";
import type { Alert } from "./profile.js";
import { page } from "./render-profile.js";

/** Beyond this size in characters further columns are left to the JSON: the page stays below 3 MB. */
const COLUMNS_BUDGET = 2_000_000;
const MAX_NAMES = 500;

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
  for (const { column, leftKind, rightKind, measures } of columns) {
    if (size > COLUMNS_BUDGET) break;
    const kinds =
      leftKind === rightKind
        ? KIND_NAMES[leftKind]
        : `${KIND_NAMES[leftKind]}, then ${KIND_NAMES[rightKind]}`;
    const card = html`<details class="variable"><summary>${column} (${kinds}): ${formatNumber(measures.filter(differs).length)} measures differ</summary>${differences(column, comparison, measures)}</details>`;
    cards.push(card);
    size += card.text.length;
  }
  const rest = columns.length - cards.length;
  return html`<article class="insiders-profile"><style>${trusted(PROFILE_STYLE)}</style><h1>${title}</h1><section><h2>Tables</h2>${differences("the tables", comparison, overview)}${names(`Only in ${left}`, onlyLeft)}${names(`Only in ${right}`, onlyRight)}</section><section><h2>Alerts that only one of them has</h2>${alertList(left, alertsOnlyLeft)}${alertList(right, alertsOnlyRight)}</section><section><h2>Columns of both</h2>${cards}${rest > 0 ? html`<p class="soft">${formatNumber(rest)} more columns are in the JSON.</p>` : nothing}</section></article>`;
}

function differences(
  what: string,
  { left, right }: ProfileComparison,
  measures: readonly MeasureDifference[],
): Markup {
  const rows = measures.map((difference) => [
    html`${nameToWords(difference.measure)}`,
    shown(difference.left),
    shown(difference.right),
    difference.change === 0 ? html`same` : shown(difference.change),
  ]);
  return table(`Measures of ${what}`, ["measure", left, right, "change"], rows);
}

function shown(value: number | string | null): Markup | string {
  return typeof value === "string" ? html`${value}` : measure(value);
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
