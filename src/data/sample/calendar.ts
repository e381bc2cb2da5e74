import { randomIndex, weightedIndex } from "../../math/distributions.js";
import type { Random } from "../../math/random.js";

/**
 * When the shop trades. Time is counted in shop days: a quiet day is shorter, a day of the autumn rush longer, a
 * closed day has no length. Customers who buy at a steady pace in shop days buy with the seasons.
 */
export interface Calendar {
  /** Shop days in the whole period. */
  length: number;
  /** A minute of business on the day that holds this shop day. */
  minuteAt(shopDay: number, random: Random): number;
  /** A minute of business at least so many days after a minute, or `null` when the period is over by then. */
  minuteAfter(minute: number, days: number, random: Random): number | null;
}

const MINUTES_PER_DAY = 24 * 60;
const MONTH_WEIGHTS = [0.75, 0.75, 0.95, 0.9, 1, 0.95, 0.9, 0.85, 1.15, 1.25, 1.55, 1.1];
/** From Sunday; no post leaves on a Saturday. */
const WEEKDAY_WEIGHTS = [0.5, 0.85, 1, 1, 1.2, 0.85, 0];
const FIRST_HOUR = 7;
const HOUR_WEIGHTS = [1, 4, 12, 20, 21, 26, 22, 21, 20, 13, 8, 2, 1];

const drawHour = weightedIndex(HOUR_WEIGHTS);

/**
 * The calendar of a shop from the first to the last day, both included.
 * @param start - `YYYY-MM-DD`, likewise `end`.
 * @throws RangeError when a date does not exist or fewer than 60 days are asked for.
 */
export function openCalendar(start: string, end: string): Calendar {
  const first = dayNumber(start);
  const days = dayNumber(end) - first + 1;
  if (days < 60)
    throw new RangeError(`a sample covers at least 60 days, got ${days} from ${start} to ${end}`);
  const closings: number[] = [];
  let length = 0;
  for (let day = first; day < first + days; day++) {
    length += dayWeight(day);
    closings.push(length);
  }
  return {
    length,
    minuteAt(shopDay, random) {
      const index = closings.findIndex((closing) => closing > shopDay);
      if (index < 0) throw new RangeError(`the sample has ${length} shop days, asked for ${shopDay}`);
      return businessMinute(first + index, random);
    },
    minuteAfter(minute, wait, random) {
      let day = Math.floor(minute / MINUTES_PER_DAY) + Math.ceil(wait);
      while (dayWeight(day) === 0) day++;
      return day < first + days ? businessMinute(day, random) : null;
    },
  };
}

/** A minute as the shop writes it: month/day/year hour:minute, without leading zeros but in the minutes. */
export function formatMinute(minute: number): string {
  const date = new Date(minute * 60_000);
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  return `${day} ${date.getUTCHours()}:${String(date.getUTCMinutes()).padStart(2, "0")}`;
}

/** Days since 1970. */
function dayNumber(date: string): number {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date)
    throw new RangeError(`a date is written YYYY-MM-DD, got ${date}`);
  return time / (MINUTES_PER_DAY * 60_000);
}

function dayWeight(day: number): number {
  const date = new Date(day * MINUTES_PER_DAY * 60_000);
  return isHoliday(date) ? 0 : MONTH_WEIGHTS[date.getUTCMonth()]! * WEEKDAY_WEIGHTS[date.getUTCDay()]!;
}

/** The shop closes from Christmas Eve to 3 January. */
function isHoliday(date: Date): boolean {
  const month = date.getUTCMonth();
  return (month === 11 && date.getUTCDate() >= 24) || (month === 0 && date.getUTCDate() <= 3);
}

function businessMinute(day: number, random: Random): number {
  const hour = FIRST_HOUR + drawHour(random);
  return day * MINUTES_PER_DAY + hour * 60 + randomIndex(random, 60);
}
