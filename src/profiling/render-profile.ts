import { formatNumber } from "../format.js";
import { trusted } from "./html/charts.js";
import { html, type Markup } from "./html/markup.js";
import {
  alertsSection,
  correlationsSection,
  duplicatesSection,
  interactionsSection,
  missingSection,
  overviewSection,
  sampleSection,
  variablesSection,
} from "./html/sections.js";
import { PROFILE_STYLE } from "./html/style.js";
import type { TableProfile } from "./profile.js";
import { counted } from "./wording.js";

/**
 * A profile as HTML to be put into another page, such as a notebook's: styles of its own that reach nothing else, no
 * scripts, nothing from the network, below 3 MB.
 * @param idPrefix - what ids start with; give each of several profiles in one page its own.
 */
export function renderProfileFragment(profile: TableProfile, idPrefix = "profile"): string {
  return fragment(profile, idPrefix).text;
}

/** A profile as a page of its own, one file that opens offline, below 3 MB. */
export function renderProfilePage(profile: TableProfile): string {
  return page(`${profile.title}: profile`, fragment(profile, "profile"));
}

/** A whole page around a fragment. Scripts and requests are refused, whatever text from a table may hold. */
export function page(title: string, content: Markup): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><style>body{margin:0}@media(prefers-color-scheme:dark){body{background:#0d1117}}</style></head><body>${content}</body></html>
`.text;
}

function fragment(profile: TableProfile, prefix: string): Markup {
  const { rows, columns } = profile.overview;
  const idOf = (column: number): string => `${prefix}-column-${column + 1}`;
  const sections: [name: string, title: string, content: Markup][] = [
    ["overview", "Overview", overviewSection(profile)],
    ["alerts", `Alerts (${formatNumber(profile.alerts.length)})`, alertsSection(profile, idOf)],
    ["columns", "Columns", variablesSection(profile, idOf)],
    ["interactions", "Interactions", interactionsSection(profile)],
    ["correlations", "Correlations", correlationsSection(profile)],
    ["missing", "Missing values", missingSection(profile)],
    ["duplicates", "Duplicate rows", duplicatesSection(profile)],
    ["sample", "First and last rows", sampleSection(profile)],
  ];
  const links = sections.map(([name, title]) => html`<a href="#${prefix}-${name}">${title}</a>`);
  const bodies = sections.map(
    ([name, title, content]) => html`<section><h2 id="${prefix}-${name}">${title}</h2>${content}</section>`,
  );
  return html`<article class="insiders-profile"><style>${trusted(PROFILE_STYLE)}</style><h1>${profile.title}</h1><p class="soft">${counted(rows, "row")}, ${counted(columns, "column")}</p><nav aria-label="Sections of the profile">${links}</nav>${bodies}</article>`;
}
