import type { Database } from "../data/database.js";
import { buildCustomers } from "../features/customers.js";
import { isDay } from "../features/days.js";
import { type CustomerColumns, readCustomerColumns } from "../preparation/customer-columns.js";
import { type EntryRule, meetsRule } from "./rules.js";

/** Customers as they were known at the start of a day. */
export interface CustomersAt {
  /** `YYYY-MM-DD` */
  day: string;
  customers: CustomerColumns;
}

/** What a day of the replay changed. */
export interface MembershipAt {
  day: string;
  members: number;
  entered: number;
  left: number;
}

/** One customer's time in: from the day of entry to that of leaving. */
export interface Stay {
  id: string;
  /** Positions among the days. */
  from: number;
  /** The day on which it was over; null for who is in at the end. */
  to: number | null;
}

export interface Replay {
  days: MembershipAt[];
  /** By day of entry, then as customers are ordered. */
  stays: Stay[];
  /** Who is in at the last day, in the order of their ids. */
  members: string[];
  /** Times that somebody who had left came in again. */
  flickers: number;
}

/**
 * The first days of the months from the first day on and before the last, and the last day.
 * @throws RangeError for a date that is none or out of order.
 */
export function monthStarts(first: string, last: string): string[] {
  for (const date of [first, last])
    if (!isDay(date)) throw new RangeError(`monthStarts needs dates YYYY-MM-DD, got "${date}"`);
  if (first > last) throw new RangeError(`monthStarts needs a last day from ${first} on, got ${last}`);
  const days: string[] = [];
  let [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))];
  if (first.slice(8) !== "01") month++;
  for (;;) {
    if (month > 12) [year, month] = [year + 1, 1];
    const day = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`;
    if (day >= last) return [...days, last];
    days.push(day);
    month++;
  }
}

/**
 * Customers as they were known at the start of each day. Leaves the table `customers` as of the last one.
 * @param features - measures of the dictionary.
 */
export async function customersAtDays(
  db: Database,
  days: readonly string[],
  features: readonly string[],
): Promise<CustomersAt[]> {
  const found: CustomersAt[] = [];
  for (const day of days) {
    await buildCustomers(db, { referenceDate: day });
    found.push({ day, customers: await readCustomerColumns(db, features) });
  }
  return found;
}

/**
 * Who would have entered, stayed and left, day by day: who is out enters by the entry thresholds, who is in stays as
 * long as the exit thresholds hold. Who is no customer at a day is not in.
 * @param history - days in order.
 * @param patience - days in a row on which the exit thresholds have to fail before somebody leaves; 1 when left out.
 * @throws RangeError when days are not in order or patience is no whole number from 1, or as `meetsRule`.
 */
export function replayRule(
  history: readonly CustomersAt[],
  rule: EntryRule,
  { patience = 1 }: { patience?: number } = {},
): Replay {
  if (!(Number.isInteger(patience) && patience >= 1))
    throw new RangeError(`replayRule needs a patience of at least 1 day, got ${patience}`);
  const failed = new Map<string, number>();
  const open = new Map<string, Stay>();
  const stays: Stay[] = [];
  const before = new Set<string>();
  let flickers = 0;
  const days = history.map(({ day, customers }, at): MembershipAt => {
    if (at > 0 && !(history[at - 1]!.day < day))
      throw new RangeError(`replayRule needs days in order, got ${history[at - 1]!.day} before ${day}`);
    const [enters, keeps] = [meetsRule(rule, customers, "entry"), meetsRule(rule, customers, "exit")];
    const staying = new Set(customers.ids.filter((id, i) => keeps[i] === 1 && open.has(id)));
    let [entered, left] = [0, 0];
    for (const [id, stay] of open) {
      const failures = staying.has(id) ? 0 : (failed.get(id) ?? 0) + 1;
      failed.set(id, failures);
      if (failures < patience) continue;
      failed.delete(id);
      stay.to = at;
      open.delete(id);
      before.add(id);
      left++;
    }
    customers.ids.forEach((id, i) => {
      // Who left today failed the looser thresholds too, patience or not.
      if (enters[i] !== 1 || open.has(id)) return;
      const stay: Stay = { id, from: at, to: null };
      if (before.has(id)) flickers++;
      open.set(id, stay);
      stays.push(stay);
      entered++;
    });
    return { day, members: open.size, entered, left };
  });
  return { days, stays, members: [...open.keys()].sort(), flickers };
}

/** The same rule with nothing but its entry thresholds: what a list without a band does. */
export function withoutBand({ conditions }: EntryRule): EntryRule {
  return { conditions: conditions.map((condition) => ({ ...condition, exit: condition.entry })) };
}

/** How long stays last, when those that go on are known to last at least so long. */
export interface StayLengths {
  /** Share of stays that last longer than so many evaluations: entry 0 is 1. */
  survival: Float64Array;
  /** First number of evaluations after which at most half go on; null when more than half outlast the replay. */
  median: number | null;
}

/**
 * Lengths of stays in evaluations, by Kaplan and Meier. Those of the first day may have begun earlier: they are left out,
 * since their length is not known.
 * @param count - days of the replay.
 * @see Kaplan & Meier 1958, J. Am. Stat. Assoc. 53:457-481.
 */
export function stayLengths(stays: readonly Stay[], count: number): StayLengths {
  const known = stays.filter(({ from }) => from > 0);
  const survival = new Float64Array(Math.max(1, count)).fill(Number.NaN);
  survival[0] = 1;
  let median: number | null = null;
  for (let length = 1; length < count; length++) {
    const atRisk = known.filter(({ from, to }) => (to ?? count - 1) - from >= length).length;
    if (atRisk === 0) break;
    const ended = known.filter(({ from, to }) => to !== null && to - from === length).length;
    survival[length] = survival[length - 1]! * (1 - ended / atRisk);
    if (median === null && survival[length]! <= 0.5) median = length;
  }
  return { survival, median };
}
