import type { Database } from "#src/data/database.js";
import { salesBefore } from "#src/features/later-revenue.js";
import { type CustomerColumns, readCustomerColumns } from "#src/preparation/customer-columns.js";
import { chooseRule, findEntryRules } from "#src/segments/entry-rules.js";
import { compareLists } from "#src/segments/fidelity.js";
import { describeSegments } from "#src/segments/name-segments.js";
import { nextInLine } from "#src/segments/next-in-line.js";
import { profileSegments } from "#src/segments/profile-segments.js";
import { reasonsFor } from "#src/segments/reasons.js";
import {
  customersAtDays,
  monthStarts,
  replayRule,
  stayLengths,
  withoutBand,
} from "#src/segments/replay-rules.js";
import { readReturnCounts, valueAfterReturns } from "#src/segments/returns-value.js";
import { offersFor, overRepresented, readProductBuyers } from "#src/segments/segment-products.js";
import { quantile } from "#src/statistics/quantile.js";
import { ECONOMICS, money, PARAMETERS, type Terms } from "./terms.js";

/** The interquartile range of a measure, at least 1. */
function spreadOf({ columns }: CustomerColumns, name: string): number {
  const sorted = columns[name]!.filter(Number.isFinite).sort();
  return Math.max(1, quantile(sorted, 0.75) - quantile(sorted, 0.25));
}

/** What notebook 10 finds of who is in, from `customers`, `assignments` and the cleaned lines. */
export async function findMembers(db: Database, { day, features, resamples, step }: Terms) {
  const customers = await readCustomerColumns(db);
  const labels = await db.numbers("SELECT segment - 1 FROM assignments ORDER BY customer_id");
  const gross = customers.columns["gross_revenue"]!;
  const options = { features, seed: PARAMETERS.seed, level: PARAMETERS.level, resamples };
  const described = describeSegments(profileSegments(customers, labels, options), {
    programme: PARAMETERS.programme,
    money,
  });
  const askable = [
    "gross_revenue",
    "orders",
    "recency_days",
    "revenue_last_90_days",
    "active_months",
    "tenure_days",
  ];
  const inSegment = Uint8Array.from(labels, (label) => (label === 0 ? 1 : 0));
  const rules = findEntryRules(customers, inSegment, { features: askable, margin: PARAMETERS.band });
  const rule = chooseRule(rules);
  const { first } = await db.row<{ first: string }>(
    "SELECT min(first_order_at)::DATE::VARCHAR AS first FROM customers",
  );
  const months = monthStarts(first, day).filter((month) => month > first);
  const mornings = months.filter((_, i) => (months.length - 1 - i) % step === 0);
  const history = await customersAtDays(
    db,
    mornings,
    rule.conditions.map(({ feature }) => feature),
  );
  const [replay, flat] = [replayRule(history, rule, { patience: 2 }), replayRule(history, withoutBand(rule))];
  const list = replay.members;
  const onList = Uint8Array.from(customers.ids, (id) => (list.includes(id) ? 1 : 0));
  const [listed] = profileSegments(
    customers,
    onList.map((isOn) => 1 - isOn),
    options,
  );
  const queue = nextInLine(customers, rule, {
    members: list,
    spread: (name) => spreadOf(customers, name),
    most: 500,
  });
  return {
    customers,
    labels,
    described,
    rules,
    rule,
    first,
    mornings,
    replay,
    flat,
    list,
    onList,
    queue,
    next: queue.slice(0, Math.max(1, Math.round(PARAMETERS.growth * list.length))),
    lengths: stayLengths(replay.stays, history.length),
    lengthsFlat: stayLengths(flat.stays, history.length),
    fidelity: compareLists(onList, inSegment, gross),
    listed: listed!,
    everything: await salesBefore(db, day),
    reasons: reasonsFor(list, customers, rule, money),
  };
}

export type Members = Awaited<ReturnType<typeof findMembers>>;

/** The products that members choose more often, and what returns take. */
export async function findBaskets(db: Database, { day }: Terms, { customers, list, onList, next }: Members) {
  const products = await readProductBuyers(db, day);
  const others = customers.ids.filter((_, i) => onList[i] === 0);
  const least = Math.max(5, Math.round(list.length / 30));
  const lifted = overRepresented(products, { members: list, others }, { per: "choices", least });
  const gross = customers.columns["gross_revenue"]!;
  const { lines } = await readReturnCounts(db, customers.ids, day);
  const returned = gross.map((amount, i) => amount - customers.columns["net_revenue"]![i]!);
  const after = valueAfterReturns(
    { gross, returned, returns: lines },
    { margin: ECONOMICS.margin, costPerReturn: 2 },
  );
  const sums = [1, 0].map((isOn) => {
    const [before, kept] = [after.before, after.after].map((values) =>
      values.filter((_, i) => onList[i] === isOn).reduce((sum, value) => sum + value, 0),
    ) as [number, number];
    return { isOn, before, kept, lost: 1 - kept / before };
  });
  return {
    least,
    lifted,
    offers: offersFor(
      next.map(({ id }) => id),
      lifted,
      products,
    ),
    sums,
  };
}

export type Baskets = Awaited<ReturnType<typeof findBaskets>>;
