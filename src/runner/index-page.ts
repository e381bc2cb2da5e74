import { escapeHtml, formatDateTime, formatDuration, formatQuantity, nameToWords } from "../format.js";
import { changes } from "./compare.js";
import type { RunRecord } from "./history.js";
import type { ReportSource, ReportStatus } from "./html.js";
import { type Overview, renderOverview } from "./overview.js";
import { pageShell } from "./page-shell.js";
import type { RecordedValue } from "./records.js";

/** One report on the index page. */
export interface IndexRow {
  /** Relative to the index page; null where there is no report yet. */
  href: string | null;
  title: string;
  /** What the report answers, in a sentence. */
  summary?: string;
  status: ReportStatus;
  durationSeconds?: number | null;
  /** ISO 8601, UTC. */
  startedAt?: string;
  keyFigures: readonly RecordedValue[];
  /** Why the run failed, in one line. */
  error?: string;
  /** What else there is to say of its status: what it waits for. */
  note?: string;
  /** The notebook was not part of this run. */
  isOld?: boolean;
}

/** What the index page shows. */
export interface IndexPage {
  title: string;
  /** A warning that every reader should see first. */
  banner: string | null;
  /** ISO 8601, UTC. */
  generatedAt: string;
  source: ReportSource | null;
  /** What opens the page; nothing when left out. */
  overviews?: readonly Overview[];
  rows: readonly IndexRow[];
  /** The last runs, newest first: one more than is shown, for the last to be compared with. */
  runs: readonly RunRecord[];
}

/** How many values of a notebook are shown before the reader asks for more. */
const KEY_FIGURES = 4;

/** How many runs the page shows. */
export const HISTORY_LENGTH = 20;

/** The page that lists all reports with their key figures, and the runs they come from. */
export function renderIndex(page: IndexPage): string {
  return pageShell({
    title: page.title,
    policy: "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    body: [renderIndexBody(page), "\n"],
  }).join("");
}

/** What the index page shows, without its head. */
export function renderIndexBody(page: IndexPage): string {
  const { title, banner, generatedAt, source, overviews = [], rows, runs } = page;
  const current = rows.filter((row) => row.isOld !== true);
  const facts = [
    `<span class="status ${overallStatus(current)}">${escapeHtml(countStatuses(current))}</span>`,
    `<span>${escapeHtml(formatDateTime(generatedAt))} UTC</span>`,
    ...(source === null
      ? []
      : [`<span title="sha256 ${escapeHtml(source.sha256)}">${escapeHtml(source.name)}</span>`]),
  ];
  return `<a class="skip" href="#reports">Skip to the reports</a>
<div class="page">
<main id="reports" tabindex="-1">
<header class="masthead">
<h1>${escapeHtml(title)}</h1>
<p class="run">${facts.join(" ")}</p>${banner === null ? "" : `\n<p class="banner">${escapeHtml(banner)}</p>`}
</header>
${overviews.map((overview) => `${renderOverview(overview)}\n`).join("")}<ol class="reports">
${rows.map(renderRow).join("\n")}
</ol>${renderHistory(runs)}
</main>
</div>`;
}

function renderRow(row: IndexRow): string {
  const { href, title, summary, status, durationSeconds, startedAt, keyFigures, error, note } = row;
  const name = escapeHtml(title);
  const run = [`<span class="status ${status}">${nameToWords(status)}</span>`];
  if (typeof durationSeconds === "number") run.push(`<span>${formatDuration(durationSeconds)}</span>`);
  if (startedAt !== undefined)
    run.push(`<time datetime="${escapeHtml(startedAt)}">${escapeHtml(formatDateTime(startedAt))}</time>`);
  const lines = [
    "<li>",
    `<div><h2>${href === null ? name : `<a href="${escapeHtml(href)}">${name}</a>`}</h2>`,
    !summary ? "" : `<p class="summary">${escapeHtml(summary)}</p>`,
    error === undefined ? "" : `<p class="reason">${escapeHtml(error)}</p>`,
    note === undefined ? "" : `<p class="note">${escapeHtml(note)}</p>`,
    "</div>",
    `<p class="run">${run.join(" ")}</p>`,
    renderKeyFigures(keyFigures),
    "</li>",
  ];
  return lines.filter((line) => line !== "").join("\n");
}

/** A notebook records the most telling values first; the rest is a click away. */
function renderKeyFigures(figures: readonly RecordedValue[]): string {
  const list = (some: readonly RecordedValue[]): string =>
    `<dl class="key-figures">${some.map(renderKeyFigure).join("")}</dl>`;
  // One more takes no more room than the line that would hide it.
  const shown = figures.length <= KEY_FIGURES + 1 ? figures.length : KEY_FIGURES;
  if (shown === 0) return "";
  if (shown === figures.length) return list(figures);
  const rest = figures.slice(shown);
  return `${list(figures.slice(0, shown))}
<details class="more-figures"><summary>${rest.length} more figures</summary>${list(rest)}</details>`;
}

function renderKeyFigure({ name, value, unit }: RecordedValue): string {
  const label = escapeHtml(nameToWords(name));
  return `<div><dt>${label}</dt><dd>${escapeHtml(formatQuantity(value, unit))}</dd></div>`;
}

function overallStatus(rows: readonly IndexRow[]): ReportStatus {
  if (rows.some((row) => row.status === "failed")) return "failed";
  return rows.some((row) => row.status === "pending") ? "pending" : "completed";
}

/** The runs as lines: when, how it ended, how long it took, on what, and what was set otherwise than before. */
function renderHistory(runs: readonly RunRecord[]): string {
  if (runs.length === 0) return "";
  const lines = runs.slice(0, HISTORY_LENGTH).map((run, at) => renderRun(run, runs[at + 1]));
  return `
<section class="history" aria-labelledby="runs">
<h2 id="runs">Runs</h2>
<ol class="runs">
${lines.join("\n")}
</ol>
</section>`;
}

function renderRun(run: RunRecord, before: RunRecord | undefined): string {
  const { id, startedAt, durationSeconds, status, source, parameters } = run;
  const differences = before ? changes(before.parameters, parameters) : [];
  const facts = [
    `<time datetime="${escapeHtml(startedAt)}">${escapeHtml(formatDateTime(startedAt))}</time>`,
    `<span class="status ${status}">${nameToWords(status)}</span>`,
    `<span class="duration">${formatDuration(durationSeconds)}</span>`,
    source === null
      ? "<span></span>"
      : `<span title="sha256 ${escapeHtml(source.sha256)}">${escapeHtml(source.name)}</span>`,
    `<code>${escapeHtml(id)}</code>`,
  ];
  const changed = differences.map(
    ({ name, before, after }) =>
      `<li><span>${escapeHtml(name)}</span> ${showParameter(before)} → ${showParameter(after)}</li>`,
  );
  const list = changed.length === 0 ? "" : `\n<ul class="changed">${changed.join("")}</ul>`;
  return `<li>${facts.join(" ")}${list}</li>`;
}

/** A parameter that is not set has the notebook's own value. */
function showParameter(value: unknown): string {
  return value === null ? "default" : escapeHtml(typeof value === "string" ? value : JSON.stringify(value));
}

/** "12 reports", or how many are done, failed and pending. */
function countStatuses(rows: readonly IndexRow[]): string {
  const count = (...statuses: ReportStatus[]): number =>
    rows.filter((row) => statuses.includes(row.status)).length;
  const done = count("completed", "cached");
  if (done === rows.length) {
    const cached = count("cached");
    const unchanged = cached === 0 ? "" : `, ${cached === done ? "nothing changed" : `${cached} unchanged`}`;
    return `${done} ${done === 1 ? "report" : "reports"}, all completed${unchanged}`;
  }
  const rest = [
    { word: "failed", count: count("failed") },
    { word: "pending", count: count("pending") },
  ].filter((part) => part.count > 0);
  return [`${done} of ${rows.length} completed`, ...rest.map((part) => `${part.count} ${part.word}`)].join(
    ", ",
  );
}
