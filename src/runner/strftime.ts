const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const MONTHS = ["January", "February", "March", "April", "May", "June"].concat(
  ["July", "August", "September", "October", "November", "December"], // one list, kept within the line
);
const DAY_MS = 86_400_000;

/**
 * A time the way Python's `strftime` writes it in the C locale; no time zone is known, `%z` and `%Z` are empty.
 * @param time - read by its UTC fields.
 * @throws Error on a directive that is none.
 */
export function strftime(time: Date, format: string): string {
  return format.replace(/%(.?)/gsu, (directive, letter: string) => {
    const write = Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter] : undefined;
    if (!write) throw new Error(`${directive} is no part of a date; there are ${known()}`);
    return write(time);
  });
}

const two = (value: number): string => String(value).padStart(2, "0");
const hour12 = (time: Date): number => time.getUTCHours() % 12 || 12;
const dayOfYear = (time: Date): number =>
  Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
const isoWeekday = (time: Date): number => time.getUTCDay() || 7;

/** The Thursday of the same ISO week, whose year and number are the week's. */
const isoThursday = (time: Date): Date => new Date(time.getTime() + (4 - isoWeekday(time)) * DAY_MS);

/** Week of the year when weeks begin on `firstDay` (0 is Sunday); days before the first one are in week 0. */
const week = (time: Date, firstDay: number): number =>
  Math.floor((dayOfYear(time) + 6 - ((time.getUTCDay() - firstDay + 7) % 7)) / 7);

const DIRECTIVES: Readonly<Record<string, (time: Date) => string>> = {
  "%": () => "%",
  a: (time) => DAYS[time.getUTCDay()]!.slice(0, 3),
  A: (time) => DAYS[time.getUTCDay()]!,
  b: (time) => MONTHS[time.getUTCMonth()]!.slice(0, 3),
  B: (time) => MONTHS[time.getUTCMonth()]!,
  c: (time) => strftime(time, "%a %b %e %H:%M:%S %Y"),
  d: (time) => two(time.getUTCDate()),
  D: (time) => strftime(time, "%m/%d/%y"),
  e: (time) => String(time.getUTCDate()).padStart(2, " "),
  f: (time) => String(time.getUTCMilliseconds() * 1000).padStart(6, "0"),
  F: (time) => strftime(time, "%Y-%m-%d"),
  G: (time) => String(isoThursday(time).getUTCFullYear()),
  H: (time) => two(time.getUTCHours()),
  I: (time) => two(hour12(time)),
  j: (time) => String(dayOfYear(time)).padStart(3, "0"),
  m: (time) => two(time.getUTCMonth() + 1),
  M: (time) => two(time.getUTCMinutes()),
  p: (time) => (time.getUTCHours() < 12 ? "AM" : "PM"),
  R: (time) => strftime(time, "%H:%M"),
  S: (time) => two(time.getUTCSeconds()),
  T: (time) => strftime(time, "%H:%M:%S"),
  u: (time) => String(isoWeekday(time)),
  U: (time) => two(week(time, 0)),
  V: (time) => two(Math.ceil(dayOfYear(isoThursday(time)) / 7)),
  w: (time) => String(time.getUTCDay()),
  W: (time) => two(week(time, 1)),
  x: (time) => strftime(time, "%m/%d/%y"),
  X: (time) => strftime(time, "%H:%M:%S"),
  y: (time) => two(time.getUTCFullYear() % 100),
  Y: (time) => String(time.getUTCFullYear()),
  z: () => "",
  Z: () => "",
};

function known(): string {
  return Object.keys(DIRECTIVES)
    .map((letter) => `%${letter}`)
    .join(" ");
}
