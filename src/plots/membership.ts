import { formatDate, formatNumber } from "../format.js";
import type { MembershipAt } from "../segments/replay-rules.js";
import type { Figure, FigureText, Trace } from "./figure.js";
import { baseLayout, contextColour, palette, plainAxis, topLegend, valueAxis } from "./theme.js";

const MOST_TICKS = 7;

/**
 * Members of a programme on each day of a replay: who stayed and who entered above the line, who left below it.
 * @param days - in order.
 */
export function membershipChart(days: readonly MembershipAt[], options: FigureText): Figure {
  const { title, subtitle, caption } = options;
  const first = days[0];
  const last = days.at(-1);
  const sum = (of: "entered" | "left"): string =>
    formatNumber(
      days.reduce((all, day) => all + day[of], 0),
      0,
    );
  const told =
    first === undefined || last === undefined
      ? "No days."
      : `${formatNumber(first.members, 0)} on ${formatDate(first.day)}, ${formatNumber(last.members, 0)} on ${formatDate(last.day)}; ${sum("entered")} entered and ${sum("left")} left.`;
  const bars = (name: string, colour: string, countOf: (day: MembershipAt) => number): Trace => ({
    type: "bar",
    name,
    // Categories: the last day may follow the first of its month closely.
    x: days.map(({ day }) => formatDate(day)),
    y: days.map(countOf),
    marker: { color: colour },
    hovertemplate: "%{x}<br>%{y:,}<extra>%{fullData.name}</extra>",
  });
  return {
    title,
    subtitle,
    caption,
    alt: options.alt ?? `Stacked bars of members by day. ${told}`,
    height: 340,
    data: [
      bars("stayed", contextColour, ({ members, entered }) => members - entered),
      bars("entered", palette.blue, ({ entered }) => entered),
      bars("left", palette.vermillion, ({ left }) => -left),
    ],
    layout: {
      ...baseLayout(),
      showlegend: true,
      legend: topLegend("Customers"),
      barmode: "relative",
      xaxis: plainAxis("", { type: "category", ...monthTicks(days.map(({ day }) => day)) }),
      yaxis: valueAxis({ title: "", max: days.reduce((most, { members }) => Math.max(most, members), 0) }),
    },
  };
}

/** Some of the days by month and year, few enough for a phone. @param days - `YYYY-MM-DD`. */
function monthTicks(days: readonly string[]): { tickvals: number[]; ticktext: string[] } {
  const step = Math.ceil(days.length / MOST_TICKS);
  const tickvals = days.flatMap((_, at) => (at % step === 0 ? [at] : []));
  const ticktext = tickvals.map((at) => {
    const [, month, year] = formatDate(days[at]!).split(" ");
    return at === 0 || days[at]!.slice(0, 4) !== days[at - step]!.slice(0, 4)
      ? `${month}<br>${year}`
      : month!;
  });
  return { tickvals, ticktext };
}
