import { formatDate, formatDateTime, formatNumber } from "../../format.js";
import { ALERT_RULES, type AlertKind } from "../alerts.js";
import type { Alert, Variable } from "../profile.js";
import { formatShare } from "../wording.js";
import { countTable, histogramFigure } from "./charts.js";
import { html, type Inserted, type Markup, measure, nothing, table } from "./markup.js";

/** What a reader calls the kinds of columns. */
export const KIND_NAMES: Record<Variable["kind"], string> = {
  number: "number",
  boolean: "yes / no",
  category: "category",
  text: "text",
  date: "date",
  other: "other",
};

/** One column in full. */
export function variableCard(variable: Variable, alerts: readonly Alert[], id: string): Markup {
  const { name, kind, type } = variable;
  const titles = alerts.map(
    (alert, i) =>
      html`${i === 0 ? "" : ", "}<span class="${alert.severity}">${ALERT_RULES[alert.kind as AlertKind].title}</span>`,
  );
  return html`<section class="variable" id="${id}" aria-labelledby="${id}-name"><h3 id="${id}-name">${name}</h3><p class="soft">${KIND_NAMES[kind]}, ${type}${titles.length > 0 ? " · " : ""}${titles}</p><div class="columns">${measureTable(name, generalMeasures(variable))}${measureTable(name, ownMeasures(variable))}<div>${picture(variable)}</div></div>${more(variable)}</section>`;
}

type Measures = [label: string, value: Inserted][];

function measureTable(name: string, measures: Measures): Markup {
  return table(
    `Measures of ${name}`,
    ["measure", "value"],
    measures.map(([label, value]) => [html`${label}`, html`${value}`]),
  );
}

function generalMeasures(variable: Variable): Measures {
  const { count, missing, missingShare, distinct, distinctShare, singles, bytes } = variable;
  return [
    ["present", formatNumber(count)],
    ["missing", `${formatNumber(missing)} (${formatShare(missingShare)})`],
    ["distinct", `${formatNumber(distinct)} (${formatShare(distinctShare)})`],
    ["occur once", formatNumber(singles)],
    ["memory", formatBytes(bytes)],
  ];
}

function ownMeasures(variable: Variable): Measures {
  if (variable.kind === "number")
    return [
      ["mean", measure(variable.mean)],
      ["standard deviation", measure(variable.sd)],
      ["minimum", measure(variable.min)],
      ["median", measure(variable.median)],
      ["maximum", measure(variable.max)],
      ["zeros", `${formatNumber(variable.zeros)} (${formatShare(shareOf(variable.zeros, variable.count))})`],
      [
        "negative",
        `${formatNumber(variable.negatives)} (${formatShare(shareOf(variable.negatives, variable.count))})`,
      ],
      ["infinite", formatNumber(variable.infinite)],
    ];
  if (variable.kind === "date")
    return [
      ["first", moment(variable.min, variable.isWholeDays)],
      ["last", moment(variable.max, variable.isWholeDays)],
      ["range", variable.rangeDays === null ? "–" : `${formatNumber(variable.rangeDays, 1)} days`],
      ["order of rows", orderOf(variable)],
    ];
  if (variable.kind === "boolean")
    return [
      ["yes", `${formatNumber(variable.trues)} (${formatShare(shareOf(variable.trues, variable.count))})`],
      ["no", `${formatNumber(variable.falses)} (${formatShare(shareOf(variable.falses, variable.count))})`],
    ];
  return [
    ["shortest", measure(variable.minLength)],
    ["mean length", measure(variable.meanLength)],
    ["median length", measure(variable.medianLength)],
    ["longest", measure(variable.maxLength)],
    ["distinct words", formatNumber(variable.distinctWords)],
  ];
}

function picture(variable: Variable): Markup {
  if (variable.kind === "number" || variable.kind === "date")
    return histogramFigure(variable.name, variable.histogram, variable.kind === "date");
  return countTable(`Most frequent values of ${variable.name}`, variable.common.slice(0, 6));
}

function more(variable: Variable): Markup {
  const { name, common } = variable;
  const frequent = part("Most frequent values", countTable(`Most frequent values of ${name}`, common));
  if (variable.kind === "number") {
    const centre =
      variable.centre === null
        ? nothing
        : part(
            "Without the extremes",
            histogramFigure(name, variable.centre, false, "From the 5th to the 95th percentile: "),
          );
    return details(name, [
      part("Quantiles and shape", measureTable(name, shapeMeasures(variable))),
      centre,
      frequent,
      part("Smallest values", countTable(`Smallest values of ${name}`, variable.smallest)),
      part("Largest values", countTable(`Largest values of ${name}`, variable.largest)),
    ]);
  }
  if (variable.kind === "date" || variable.kind === "boolean") return details(name, [frequent]);
  const words = part(
    "Words",
    countTable(`Most frequent words of ${name}`, variable.words, "word", undefined, "times"),
  );
  return details(name, [frequent, words, part("Oddities", measureTable(name, oddMeasures(variable)))]);
}

function shapeMeasures(variable: Extract<Variable, { kind: "number" }>): Measures {
  return [
    ["5th percentile", measure(variable.p5)],
    ["first quartile", measure(variable.q1)],
    ["third quartile", measure(variable.q3)],
    ["95th percentile", measure(variable.p95)],
    ["range", measure(variable.range)],
    ["interquartile range", measure(variable.iqr)],
    ["coefficient of variation", measure(variable.cv)],
    ["median absolute deviation", measure(variable.mad)],
    ["skewness", measure(variable.skewness)],
    ["excess kurtosis", measure(variable.kurtosis)],
    ["sum", measure(variable.sum)],
    ["order of rows", orderOf(variable)],
  ];
}

function oddMeasures(variable: Extract<Variable, { words: unknown }>): Measures {
  return [
    ["empty or white space", formatNumber(variable.blank)],
    ["white space around", formatNumber(variable.padded)],
    ["stand for none (?, N/A, …)", formatNumber(variable.placeholders)],
    ["can be read as numbers", formatNumber(variable.numeric)],
    ["can be read as dates", formatNumber(variable.datelike)],
    ["spelling variants", formatNumber(variable.variants)],
    ["imbalance", measure(variable.imbalance)],
  ];
}

function part(title: string, content: Markup): Markup {
  return html`<div><h4>${title}</h4>${content}</div>`;
}

function details(name: string, parts: readonly Markup[]): Markup {
  return html`<details><summary>More about ${name}</summary><div class="columns">${parts}</div></details>`;
}

function moment(time: string | null, isDay: boolean): string {
  return time === null ? "–" : isDay ? formatDate(time) : formatDateTime(time);
}

function orderOf({ monotonicity, count }: Extract<Variable, { monotonicity: unknown }>): string {
  return count < 2 ? "–" : (monotonicity ?? "up and down");
}

function shareOf(part: number, count: number): number {
  return count === 0 ? 0 : part / count;
}

/** A size in memory: "4.1 MB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return `${formatNumber(bytes / 1000 ** power, power === 0 ? 0 : 1)} ${units[power]}`;
}
