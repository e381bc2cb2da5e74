/** A way shops write dates: one order of day, month and year, with or without a time. */
export interface DateFormat {
  name: DateFormatName;
  /** strptime patterns; those with a two-digit year come before their four-digit twin. */
  patterns: readonly string[];
  /** The format that reads the same texts with day and month swapped. */
  swapped?: DateFormatName;
}

export type DateFormatName =
  | "month/day/year"
  | "day/month/year"
  | "year-month-day"
  | "day.month.year"
  | "day-month name-year"
  | "month name day, year";

const TIMES = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"];

const timed = (...dates: string[]): string[] =>
  dates.flatMap((date) => TIMES.map((time) => `${date}${time}`));

/** Every date format we read. Where two read equally many dates, the earlier one is taken. */
export const DATE_FORMATS: readonly DateFormat[] = [
  {
    name: "month/day/year",
    patterns: timed("%m/%d/%y", "%m/%d/%Y", "%m-%d-%y", "%m-%d-%Y"),
    swapped: "day/month/year",
  },
  {
    name: "day/month/year",
    patterns: timed("%d/%m/%y", "%d/%m/%Y", "%d-%m-%y", "%d-%m-%Y"),
    swapped: "month/day/year",
  },
  {
    name: "year-month-day",
    patterns: [
      ...timed("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"),
      ...["%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"],
    ],
  },
  { name: "day.month.year", patterns: timed("%d.%m.%y", "%d.%m.%Y") },
  {
    name: "day-month name-year",
    patterns: timed("%d-%b-%y", "%d-%b-%Y", "%d-%B-%Y", "%d %b %y", "%d %b %Y", "%d %B %Y"),
  },
  { name: "month name day, year", patterns: timed("%b %d, %Y", "%B %d, %Y") },
];

/** Years a sale may lie in; a date outside is a misreading. */
export const PLAUSIBLE_YEARS: { first: number; last: number } = { first: 1970, last: 2100 };

/**
 * The outline of every text a strptime pattern can read: a run of four digits is `Y`, any other `d`, a run of
 * letters `a`. `%m/%d/%Y %H:%M` has the outline of `12/1/2010 8:26`: `d/d/Y d:d`.
 */
export function outlineOfPattern(pattern: string): string {
  return pattern
    .replace(/%[bBp]/g, "x")
    .replace("%Y", "2000")
    .replace("%f", "000000")
    .replace(/%[a-zA-Z]/g, "01")
    .replace(/[A-Za-z]+/g, "a")
    .replace(/\d+/g, (digits) => (digits.length === 4 ? "Y" : "d"));
}

/** The outline of a date text, in SQL. */
export function outlineOfText(text: string): string {
  const letters = `regexp_replace(${text}, '[A-Za-z]+', 'a', 'g')`;
  const years = `regexp_replace(${letters}, '\\b[0-9]{4}\\b', 'Y', 'g')`;
  return `regexp_replace(${years}, '[0-9]+', 'd', 'g')`;
}
