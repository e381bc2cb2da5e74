import { escapeHtml } from "../format.js";

/** What the cells of a notebook tagged `summary` show: it opens the index page. */
export interface Overview {
  /** Of the report it comes from. */
  title: string;
  /** Where that report is, relative to the index page. */
  href: string;
  /** Markup as the report shows it, without scripts. */
  html: string;
  /** The notebook was not part of this run. */
  isOld: boolean;
}

const START = "<!-- summary -->";
const END = "<!-- /summary -->";
const SCRIPT = /<script\b[\s\S]*?<\/script\s*>/gi;
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const LINK_WITHIN = /(\shref=["'])#/gi;

/**
 * What the summary cells of a report show, for a page beside it: its links lead to the report, and no script comes along.
 * @param page - as our template rendered it, with marks around the outputs of such cells.
 * @param href - of the report.
 * @returns nothing for a report without such a cell.
 */
export function readOverview(page: string, href: string): string {
  const parts: string[] = [];
  for (let from = page.indexOf(START); from >= 0; from = page.indexOf(START, from)) {
    const to = page.indexOf(END, from);
    if (to < 0) break;
    parts.push(page.slice(from + START.length, to).trim());
    from = to;
  }
  const target = escapeHtml(href);
  return parts
    .join("\n")
    .replaceAll(SCRIPT, "")
    .replaceAll(TAG, (tag) => tag.replace(LINK_WITHIN, (_, start: string) => `${start}${target}#`));
}

/** An overview as a section of the index page. */
export function renderOverview({ title, href, html, isOld }: Overview): string {
  const from = isOld ? "From an earlier run of" : "From";
  return `<section class="overview" aria-label="Summary: ${escapeHtml(title)}">
${html}
<p class="note">${from} <a href="${escapeHtml(href)}">${escapeHtml(title)}</a></p>
</section>`;
}
