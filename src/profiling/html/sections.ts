import { formatNumber } from "../../format.js";
import type { Cell } from "../../types.js";
import { ALERT_RULES, type AlertKind, MEASURE_NAMES } from "../alerts.js";
import type { TableProfile } from "../profile.js";
import { counted, formatShare } from "../wording.js";
import { countTable, gapFigure, heatTable, interactionFigure } from "./charts.js";
import { cell, html, type Markup, nothing, table } from "./markup.js";
import { formatBytes, KIND_NAMES, variableCard } from "./variables.js";

/** Beyond these sizes in characters, columns are told in a row each and interactions are left out: the page stays below 3 MB. */
const VARIABLES_BUDGET = 1_400_000;
const INTERACTIONS_BUDGET = 500_000;
/** Alerts beyond these are folded, and beyond those only counted. */
const SHOWN_ALERTS = 40;
const MAX_ALERTS = 500;
/** Columns in the bars of missing values. */
const SHOWN_GAPS = 40;
/** Columns that a list names. */
const NAMED_COLUMNS = 20;
const MAX_SAMPLE_COLUMNS = 60;
const MAX_PLAIN_COLUMNS = 2_000;

export function overviewSection({ overview, variables, limits }: TableProfile): Markup {
  const { rows, columns, missingCells, missingShare, duplicateRows, duplicateShare, bytes, bytesPerRow } =
    overview;
  const kinds = Object.entries(overview.kinds).map(([kind, count]) => [
    html`${KIND_NAMES[kind as keyof typeof KIND_NAMES]}`,
    formatNumber(count),
    html`${nameSome(variables.filter((variable) => variable.kind === kind).map(({ name }) => name))}`,
  ]);
  const tiles = [
    ["Rows", formatNumber(rows)],
    ["Columns", formatNumber(columns)],
    ["Missing cells", `${formatNumber(missingCells)} (${formatShare(missingShare)})`],
    ["Duplicate rows", `${formatNumber(duplicateRows)} (${formatShare(duplicateShare)})`],
    ["Memory, estimated", `${formatBytes(bytes)} (${formatBytes(bytesPerRow)} a row)`],
  ].map(([label, value]) => html`<div><dt>${label!}</dt><dd>${value!}</dd></div>`);
  const notes = limits.map((note) => html`<li>${note}</li>`);
  return html`<dl class="tiles">${tiles}</dl>${kinds.length === 0 ? nothing : html`<h3>Kinds of columns</h3>${table("Kinds of columns", ["kind", "columns", "names"], kinds)}`}${limits.length === 0 ? nothing : html`<h3>Left out or assumed</h3><ul>${notes}</ul>`}`;
}

function nameSome(names: readonly string[]): string {
  return `${names.slice(0, NAMED_COLUMNS).join(", ")}${names.length > NAMED_COLUMNS ? ", …" : ""}`;
}

export function alertsSection({ alerts, variables }: TableProfile, idOf: (column: number) => string): Markup {
  const positions = new Map(variables.map(({ name }, i) => [name, i]));
  const rows = alerts
    .slice(0, MAX_ALERTS)
    .map(({ kind, column, severity, threshold, message }) => [
      html`<span class="${severity}">${ALERT_RULES[kind as AlertKind].title}</span>`,
      column === null ? html`the table` : html`<a href="#${idOf(positions.get(column) ?? 0)}">${column}</a>`,
      html`${message} <span class="soft">(${raisedBy(kind as AlertKind, threshold)})</span>`,
    ]);
  const rest = alerts.length - rows.length;
  const rules = Object.entries(ALERT_RULES).map(([kind, { title, threshold, meaning, severity }]) => [
    html`<span class="${severity}">${title}</span>`,
    html`${kind}`,
    `${threshold}`,
    html`${meaning}`,
  ]);
  const list = (some: typeof rows): Markup => table("Alerts", ["alert", "column", "what (raised by)"], some);
  const shown = rows.slice(0, SHOWN_ALERTS);
  const folded = rows.slice(SHOWN_ALERTS);
  return html`${alerts.length === 0 ? html`<p>None.</p>` : list(shown)}${folded.length > 0 ? html`<details><summary>${counted(folded.length, "more alert")}</summary>${list(folded)}</details>` : nothing}${rest > 0 ? html`<p class="soft">And ${formatNumber(rest)} more.</p>` : nothing}<details><summary>Kinds of alerts and their usual thresholds</summary>${table("Kinds of alerts", ["alert", "name", "from", "of"], rules)}</details>`;
}

/** "20 or more", "more than 0": when an alert is raised, in short. */
function raisedBy(kind: AlertKind, threshold: number): string {
  const { meaning } = ALERT_RULES[kind];
  if (meaning.endsWith("more than")) return `more than ${threshold}`;
  return kind === "emptyTable" || kind === "constant" ? `${threshold} or fewer` : `${threshold} or more`;
}

export function variablesSection(
  { variables, alerts }: TableProfile,
  idOf: (column: number) => string,
): Markup {
  const cards: Markup[] = [];
  let size = 0;
  for (const [i, variable] of variables.entries()) {
    if (size > VARIABLES_BUDGET) break;
    const own = alerts.filter(({ column }) => column === variable.name);
    cards.push(variableCard(variable, own, idOf(i)));
    size += cards.at(-1)!.text.length;
  }
  const plain = variables.slice(cards.length);
  if (plain.length === 0) return html`${cards}`;
  const rows = plain
    .slice(0, MAX_PLAIN_COLUMNS)
    .map(({ name, kind, missingShare, distinct }, i) => [
      html`<span id="${idOf(cards.length + i)}">${name}</span>`,
      html`${KIND_NAMES[kind]}`,
      formatShare(missingShare),
      formatNumber(distinct),
    ]);
  return html`${cards}<h3>Further columns</h3><p class="soft">${formatNumber(plain.length)} columns in short, so that the page stays small; the JSON has all.</p>${table("Further columns", ["column", "kind", "missing", "distinct"], rows)}`;
}

export function interactionsSection({ interactions }: TableProfile): Markup {
  const figures: Markup[] = [];
  let size = 0;
  for (const interaction of interactions) {
    if (size > INTERACTIONS_BUDGET) break;
    figures.push(interactionFigure(interaction));
    size += figures.at(-1)!.text.length;
  }
  if (figures.length === 0) return html`<p>Fewer than two columns of numbers vary.</p>`;
  const rest = interactions.length - figures.length;
  return html`<div class="columns">${figures}</div>${rest > 0 ? html`<p class="soft">${formatNumber(rest)} more pairs are in the JSON.</p>` : nothing}`;
}

export function correlationsSection({ correlations }: TableProfile): Markup {
  if (correlations.length === 0) return html`<p>No two columns can be correlated.</p>`;
  const parts = correlations.map(
    ({ measure: name, columns, values, rows }, i) =>
      html`<details${i === 0 ? html` open` : nothing}><summary>${MEASURE_NAMES[name]!}, ${counted(columns.length, "column")}, ${counted(rows, "row")}</summary>${heatTable(`${MEASURE_NAMES[name]!} correlations`, columns, values)}</details>`,
  );
  const absent = Object.keys(MEASURE_NAMES).filter(
    (name) => !correlations.some((each) => each.measure === name),
  );
  const without = absent.map((name) => MEASURE_NAMES[name]!).join(", ");
  return html`<p class="soft">Blue: move together. Orange: one falls as the other rises. Cramér's V and Phi-K have no direction. Rows in which either column is missing are left out.${absent.length === 0 ? "" : ` Without two columns to compare: ${without}.`}</p>${parts}`;
}

export function missingSection({ missing, variables, overview }: TableProfile): Markup {
  if (overview.missingCells === 0) return html`<p>No cell is missing.</p>`;
  const gappy = variables.filter(({ missing: count }) => count > 0).sort((a, b) => b.missing - a.missing);
  const bars = gappy
    .slice(0, SHOWN_GAPS)
    .map(({ name, missing: count, missingShare }) => ({ value: name, count, share: missingShare }));
  const names = variables.map(({ name }) => name);
  const { columns, values } = missing.correlation;
  const combinations = missing.combinations.map(({ missing: absent, rows }) => [
    html`${absent.length === 0 ? "nothing" : absent.slice(0, 10).join(", ")}${absent.length > 10 ? ", …" : ""}`,
    formatNumber(rows),
    formatShare(rows / overview.rows),
  ]);
  return html`<div class="columns"><div><h3>By column</h3>${countTable("Missing values by column", bars, "column", 1)}${gappy.length > SHOWN_GAPS ? html`<p class="soft">And ${counted(gappy.length - SHOWN_GAPS, "column")} with fewer.</p>` : nothing}</div><div><h3>By row</h3>${gapFigure(names, missing.slices)}</div><div><h3>Combinations</h3>${table("Combinations of missing columns", ["missing", "rows", "share"], combinations)}</div></div>${columns.length < 2 ? nothing : html`<h3>Missing together</h3><p class="soft">Correlation of being missing.</p>${heatTable("Correlation of being missing", columns, values)}`}`;
}

export function duplicatesSection({ duplicates, sample }: TableProfile): Markup {
  const { rows, groups, common } = duplicates;
  if (rows === 0) return html`<p>No row equals another.</p>`;
  const shown = rowTable(
    "Rows that occur most often",
    sample.columns,
    common.map(({ values }) => values),
    common.map(({ count }) => `${formatNumber(count)} times`),
  );
  return html`<p>${counted(rows, "row")} ${rows === 1 ? "equals" : "equal"} an earlier one; ${counted(groups, "different row")} ${groups === 1 ? "occurs" : "occur"} more than once.</p>${shown}`;
}

export function sampleSection({ sample }: TableProfile): Markup {
  const { columns, first, last, lastFromRow } = sample;
  const numbered = (from: number) => (_: unknown, i: number) => formatNumber(from + i);
  const end =
    last.length === 0
      ? nothing
      : html`<h3>Last rows</h3>${rowTable("Last rows", columns, last, last.map(numbered(lastFromRow)))}`;
  return first.length === 0
    ? html`<p>There are no rows.</p>`
    : html`<h3>First rows</h3>${rowTable("First rows", columns, first, first.map(numbered(1)))}${end}`;
}

function rowTable(
  label: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  names: readonly string[],
): Markup {
  const shown = columns.slice(0, MAX_SAMPLE_COLUMNS);
  return html`${table(
    label,
    ["row", ...shown],
    rows.map((row, i) => [names[i]!, ...row.slice(0, shown.length).map((value) => cell(value))]),
  )}${shown.length < columns.length ? html`<p class="soft">The first ${shown.length} of ${formatNumber(columns.length)} columns.</p>` : nothing}`;
}
