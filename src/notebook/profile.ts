import { escapeHtml, formatNumber } from "../format.js";
import type { ProfileComparison } from "../profiling/compare-profiles.js";
import type { TableProfile } from "../profiling/profile.js";
import { renderComparisonFragment } from "../profiling/render-comparison.js";
import { renderProfileFragment } from "../profiling/render-profile.js";
import { display } from "./display.js";

/** Shows the profile of a table, folded: the reader opens it. */
export function showProfile(profile: TableProfile): void {
  const { rows, columns } = profile.overview;
  const size = `${formatNumber(rows)} rows, ${formatNumber(columns)} columns`;
  const summary = `Profile of ${profile.title}: ${size}, ${formatNumber(profile.alerts.length)} alerts`;
  fold(summary, renderProfileFragment(profile, `profile-${idOf(profile.title)}`));
}

/** Shows two tables side by side, folded: the reader opens it. */
export function showComparison(comparison: ProfileComparison): void {
  fold(`${comparison.left} and ${comparison.right}, side by side`, renderComparisonFragment(comparison));
}

function fold(summary: string, content: string): void {
  const html = `<details class="insiders-fold"><summary>${escapeHtml(summary)}</summary>\n${content}\n</details>`;
  display({ data: { "text/html": html, "text/plain": summary } });
}

function idOf(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
