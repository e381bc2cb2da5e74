import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { answerQuestions } from "#src/business/answers.js";
import { hypotheses } from "#src/business/hypotheses.js";
import type { Hypothesis } from "#src/business/hypothesis.js";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { Database } from "#src/data/database.js";
import { loadInvoices } from "#src/data/load.js";
import { buildCustomers } from "#src/features/customers.js";
import { daysBefore } from "#src/features/days.js";
import { formatNumber, formatPercent } from "#src/format.js";
import { withoutBand } from "#src/segments/replay-rules.js";
import { nbd } from "#src/value/models/nbd.js";
import { cleanedShop } from "../features/support.js";
import { countLifts, countOffers, countReturnsCost } from "./recount/baskets.js";
import { assertSame } from "./recount/compare.js";
import {
  type Baskets,
  findBaskets,
  findHypotheses,
  findMembers,
  findValue,
  type Hypotheses,
  type Members,
  sourcesOf,
  type Terms,
  type Value,
} from "./recount/cycles.js";
import { compareGroups, countGroups, type GroupRow, type MeasureRow } from "./recount/groups.js";
import { countEffect, countedHypotheses, countHome, countVerdicts } from "./recount/hypotheses.js";
import { measuresAt, openLedger } from "./recount/ledger.js";
import {
  countF1,
  countFidelity,
  countNext,
  countStays,
  holds,
  openMornings,
  replayBySql,
} from "./recount/rule.js";
import { trappedShop } from "./recount/shop.js";
import { makeDraws, makeTable } from "./recount/tables.js";
import {
  countBackTest,
  countBaseline,
  countEconomics,
  countForecast,
  countGrowth,
  countHistories,
  countObservedDays,
  countPastForecast,
} from "./recount/value.js";

const FEATURES = [
  "gross_revenue",
  "net_revenue",
  "orders",
  "recency_days",
  "average_order_value",
  "returned_share",
  "revenue_last_90_days",
  "top_product_share",
  "tenure_days",
  "orders_per_active_month",
  "order_lines",
  "products_per_order",
];

/** A shop, the day it is looked at, and what makes the first of its segments. */
interface Shop {
  open: () => Promise<Database>;
  terms: Terms;
  first: string;
  /** Verdicts on the published hypotheses, where these lines are as many. */
  published?: { lines: number; verdicts: readonly string[] };
}

const small = {
  family: hypotheses,
  day: "2011-12-10",
  features: FEATURES,
  models: [nbd],
  draws: 40,
  resamples: 4,
  step: 1,
};
const first = "gross_revenue >= 1200 AND recency_days <= 45";

describe("figures of a shop full of traps, counted again from its lines", () => {
  recount({ open: () => cleanedShop(trappedShop(1)), terms: small, first });
});

describe("figures of the same shop at an earlier day, whatever came after", () => {
  recount({
    open: () => cleanedShop(trappedShop(1)),
    terms: { ...small, day: "2011-11-15", step: 3 },
    first,
  });
});

const isQuick = ({ comparison, published, within }: Hypothesis): boolean =>
  comparison !== "ratio of medians" || published !== undefined || within !== undefined;
const source = process.env.INSIDERS_SOURCE;
describe("figures of the data that INSIDERS_SOURCE names, counted again from its lines", {
  skip: source ? false : "INSIDERS_SOURCE is not set",
}, () => {
  const open = async (): Promise<Database> => {
    const db = await Database.open();
    await loadInvoices(db, source!);
    await cleanInvoices(db);
    return db;
  };
  recount({
    open,
    // Medians of large groups take long to draw again; that of H3 stands for the others.
    terms: { ...small, draws: 8, resamples: 2, step: 6, family: hypotheses.filter(isQuick) },
    first: "orders >= 7 AND recency_days <= 50",
    published: { lines: 541_909, verdicts: ["holds", "the opposite holds", "holds"] },
  });
});

/** Claims that each figure the notebooks tell of a shop is what SQL finds in its invoice lines. */
function recount({ open, terms, first: condition, published }: Shop): void {
  const { day } = terms;
  let db: Database;
  let told: Members;
  let tested: Hypotheses;
  let value: Value;
  let baskets: Baskets;

  before(async () => {
    db = await open();
    await openLedger(db);
    await db.run(`CREATE TABLE now AS FROM ${measuresAt(day)}`);
    // Every eleventh customer is put elsewhere, so that no rule repeats the segment.
    await db.run(`CREATE TABLE assignments AS
      SELECT customer_id, CASE WHEN (${condition}) <> (customer_id[-2:]::INTEGER % 11 = 0 AND orders > 2) THEN 1
        WHEN recency_days > 120 THEN 3 ELSE 2 END AS segment FROM now`);
    await buildCustomers(db, { referenceDate: day });
    told = await findMembers(db, terms);
    await openMornings(db, told.mornings);
    const [entry, exit] = [holds(told.rule, "entry"), holds(told.rule, "exit")];
    const { members } = await replayBySql(db, { entry, exit, patience: 2 });
    await makeTable(db, "members_by_sql", { customer_id: members });
    await db.run(`CREATE TABLE listed AS SELECT customer_id, (customer_id NOT IN (FROM members_by_sql))::INTEGER AS label FROM now;
      CREATE TABLE members AS SELECT customer_id, label = 0 AS is_insider FROM listed`);
    tested = await findHypotheses(db, terms, told);
    baskets = await findBaskets(db, terms, told);
    value = await findValue(db, terms, told);
  });
  after(() => db.close());

  it("segments: sizes, shares of revenue and what as many by revenue hold", async () => {
    await db.run(
      "CREATE OR REPLACE VIEW groups AS SELECT customer_id, segment - 1 AS label FROM assignments",
    );
    assertSame(
      told.described.map(({ profile }) => groupOf(profile)),
      await countGroups(db, "groups"),
    );
  });

  it("segments: mean, median and dominance of each measure beside all others", async () => {
    const found = await compareGroups(db, "groups", terms.features);
    const profiles = told.described.map(({ profile }) => profile).sort((a, b) => a.label - b.label);
    assertSame(profiles.flatMap(measuresOf), found);
  });

  it("segments: sentences hold the numbers of SQL", async () => {
    const groups = new Map((await countGroups(db, "groups")).map((row) => [row.label, row]));
    const measures = await compareGroups(db, "groups", terms.features);
    for (const { name, paragraph, drivers, profile } of told.described) {
      const row = groups.get(profile.label)!;
      const parts = [
        `${name}: ${formatNumber(row.customers, 0)} customers, ${formatPercent(row.share)} of all. They bring ${Math.round(row.gross)}, ${formatPercent(row.grossShare)}`,
        `of gross revenue and ${formatPercent(row.netShare)} of what is left after returns; as many customers who stand first by revenue hold ${formatPercent(row.sortShare)}.`,
      ];
      const own = measures.filter(({ label }) => label === profile.label);
      const strongest = own
        .filter(({ delta }) => Math.abs(delta) >= 0.33)
        .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
      assert.deepEqual(
        drivers.map(({ feature }) => feature),
        strongest.slice(0, 3).map(({ feature }) => feature),
      );
      for (const part of parts) assert.ok(paragraph.includes(part), `${paragraph}\nlacks ${part}`);
    }
  });

  it("rules: that of the list has several conditions, so that their order counts", () => {
    assert.ok(told.rule.conditions.length > 1);
  });

  it("rules: how well each repeats the segment", async () => {
    for (const rule of told.rules) assertSame(rule.f1, await countF1(db, holds(rule, "entry")), "f1");
  });

  it("replay: members, entries and exits of each morning, returns and lengths of stay, without patience and with", async () => {
    const kinds = [
      { rule: withoutBand(told.rule), patience: 1, replay: told.flat, lengths: told.lengthsFlat },
      { rule: told.rule, patience: 2, replay: told.replay, lengths: told.lengths },
    ];
    for (const { rule, patience, replay, lengths } of kinds) {
      const [entry, exit] = [holds(rule, "entry"), holds(rule, "exit")];
      const found = await replayBySql(db, { entry, exit, patience });
      assertSame(
        replay.days.map(({ day: _, ...row }) => row),
        found.days,
      );
      assertSame([replay.members, replay.flickers], [found.members, found.flickers]);
      const survival = Array.from(lengths.survival.slice(1)).filter((share) => !Number.isNaN(share));
      assertSame({ survival, median: lengths.median }, await countStays(db));
    }
  });

  it("replay: since when each member is in", async () => {
    const found = await db.rows<{ id: string; start: number }>(
      "SELECT customer_id AS id, start FROM stays WHERE stop IS NULL ORDER BY id",
    );
    const open = told.replay.stays.filter(({ to }) => to === null).sort((a, b) => (a.id < b.id ? -1 : 1));
    assertSame(
      open.map(({ id, from }) => ({ id, start: from })),
      found,
    );
  });

  it("list: agreement with the segment, in customers and revenue", async () => {
    assertSame(told.fidelity, await countFidelity(db));
  });

  it("list: size, shares, sort, and each measure beside all other customers", async () => {
    const groups = await countGroups(db, "listed");
    assertSame(groupOf(told.listed), groups[0]);
    const measures = await compareGroups(db, "listed", terms.features);
    assertSame(
      measuresOf(told.listed),
      measures.filter(({ label }) => label === 0),
    );
  });

  it("list: all sales, those without a customer included", async () => {
    const { revenue } = await db.row<{ revenue: number }>(`SELECT sum(amount)::DOUBLE AS revenue FROM ledger
      WHERE is_sale AND written < DATE '${day}' AND (undone IS NULL OR undone >= DATE '${day}')`);
    assertSame(told.everything, revenue);
  });

  it("list: why each member is on it", async () => {
    const found = await db.rows<{ status: string }>(
      `SELECT CASE WHEN ${holds(told.rule, "entry")} THEN 'enters' WHEN ${holds(told.rule, "exit")} THEN 'stays within the band'
         ELSE 'is on its last chance' END AS status FROM now JOIN listed USING (customer_id) WHERE label = 0 ORDER BY customer_id`,
    );
    assert.equal(told.reasons.length, found.length);
    for (const [i, { status }] of found.entries())
      assert.ok(told.reasons[i]!.startsWith(`Customer ${told.list[i]} ${status}: `), told.reasons[i]);
  });

  it("list: who is next in line and how far off", async () => {
    const found = await countNext(db, told.rule, 500);
    const most = Math.max(1, Math.round(told.list.length / 10));
    assertSame(
      told.next.map(({ id }) => id),
      found.slice(0, most).map(({ id }) => id),
    );
    assertSame(
      told.queue.map(({ id, missing, distance }) => ({ id, lacks: missing.length, distance })),
      found,
    );
  });

  it("baskets: buyers, lifts, their intervals and p of products, and what is offered to whom", async () => {
    const { least, lifted, offers } = baskets;
    const found = await countLifts(db, day, least);
    const rows = lifted.map(({ interval, pValue: _, ...row }) => ({
      ...row,
      low: interval.low,
      high: interval.high,
    }));
    assertSame(
      rows,
      found.map(({ pValue: _, ...row }) => row),
    );
    for (const [i, { pValue }] of found.entries())
      assert.ok(
        Math.abs(lifted[i]!.pValue - pValue) <= 1e-7 * pValue,
        `${lifted[i]!.pValue}, by SQL ${pValue}`,
      );
    const ids = told.next.map(({ id }) => id);
    const byId = await countOffers(db, day, { ids, products: found.map(({ product }) => product) });
    assertSame(
      offers
        .filter((row) => row.offers.length > 0)
        .map((row) => [row.id, row.offers.map(({ product }) => product).join(" ")]),
      byId.map((row) => [row.id, row.offers]),
    );
  });

  it("baskets: what returns take of the margin of members and of others", async () => {
    assertSame(baskets.sums, await countReturnsCost(db, day));
  });

  it("value: histories, day by day", async () => {
    const { histories } = value;
    const found = await countHistories(db, day);
    assertSame(histories.observedDays, await countObservedDays(db, day));
    assertSame(
      [...histories.customerIds],
      found.map(({ id }) => id),
    );
    for (const name of [
      "repeats",
      "lastWeeks",
      "ageWeeks",
      "logGaps",
      "firstValue",
      "repeatValue",
      "pastRevenue",
    ] as const)
      assertSame(
        Array.from(histories[name]),
        found.map((row) => row[name]),
        name,
      );
  });

  it("value: nobody's score is below the expectation, and those above are counted", () => {
    const { scored, predicted } = value;
    const raised = scored.scores.filter((score, i) => score > predicted[i]!).length;
    assert.ok(scored.scores.every((score, i) => score >= predicted[i]!));
    assert.equal(scored.raised, raised);
  });

  it("back-test: rank correlation, shares brought, errors of each candidate", async () => {
    const { cut, end, customerIds, candidates, results, customers } = value.tested;
    await makeTable(db, "value_at_cut", {
      customer_id: customerIds,
      score: candidates[0]!.scores,
      predicted: candidates[0]!.predicted!,
    });
    const found = await countBackTest(db, { cut, end, days: value.ahead });
    assertSame(
      results.map(({ captured: [tenth, fifth], gain, ...row }) => ({
        ...row,
        tenth,
        fifth,
        gain: Array.from(gain.slice(1)),
      })),
      found.map((row) => ({ ...row, gain: row.gain.split(" ").map(Number) })),
    );
    assertSame(value.gap.difference, found[0]!.tenth - found[1]!.tenth);
    const { n } = await db.row<{ n: number }>("SELECT count(*) AS n FROM known");
    assert.equal(customers, n);
  });

  it("forecast: members of earlier mornings, pro rata, and what came", async () => {
    for (const { from, to, members, proRata, actual, expected, logError } of value.past) {
      const found = await countPastForecast(db, holds(told.rule, "entry"), { from, to, days: value.ahead });
      assertSame({ members, proRata, actual }, found, from);
      assertSame(logError, Math.log(found.actual / expected));
    }
  });

  it("forecast: centre and ends from possible revenues, pro rata, a year before, the season", async () => {
    await makeDraws(db, "member_draws", told.list, value.members);
    const year = daysBefore(day, 364);
    const isKnown = value.histories.observedDays >= 364;
    const lastYear = isKnown ? { from: year, to: daysBefore(year, -90) } : null;
    const { members, expected, ifRatesStay, proRata, lastYear: before, seasonIndex } = value.forecast;
    assertSame(
      { members, expected, ...ifRatesStay, proRata, lastYear: before, seasonIndex },
      await countForecast(db, { day, days: 90, lastYear }),
    );
  });

  it("growth: what newcomers spend anyway and what would be new", async () => {
    const { newcomers, memberLevel, alreadySpent, incremental } = value.scenario;
    assert.deepEqual(
      newcomers,
      told.next.map(({ id }) => id),
    );
    await makeDraws(db, "grown_draws", [...told.list, ...newcomers], value.grown);
    const { expected: fresh, low: freshLow, high: freshHigh } = incremental;
    assertSame(
      { level: memberLevel.expected, spent: alreadySpent.expected, fresh, freshLow, freshHigh },
      await countGrowth(db, newcomers),
    );
  });

  it("programme: cost, gain, return and the uplift that pays for it", async () => {
    await makeTable(db, "totals", { revenue: value.totals });
    const { revenue, cost, gain, returnOnCost, breakEvenUplift } = value.economics;
    const parts = { revenue, cost, gain, per_cost: returnOnCost, even: breakEvenUplift };
    const flat = Object.entries(parts).flatMap(([name, { expected, low, high }]) => [
      [name, expected],
      [`${name}Low`, low],
      [`${name}High`, high],
    ]);
    assertSame(Object.fromEntries(flat), await countEconomics(db, told.list.length));
  });

  it("experiment: arms, mean, spread and relation to the period before, the guard", async () => {
    const { cut, ahead, plan } = value;
    const { mean, sd, correlationWithBefore } = plan.baseline;
    assertSame(
      {
        programme: plan.sizes[0],
        control: plan.sizes[1],
        mean,
        sd,
        correlation: correlationWithBefore,
        margin: plan.guard.margin,
      },
      await countBaseline(db, { before: daysBefore(cut, ahead), from: cut, to: day }),
    );
  });

  for (const { id } of terms.family)
    it(`hypotheses: ${id}`, async () => {
      const row = tested.rows.find((other) => other.id === id)!;
      const { n, values, effect, statistic, strength } = row;
      const found = await countEffect(db, id, await countHome(db));
      assertSame({ id, n, values, effect: effect.value, statistic, strength }, found);
    });

  it("hypotheses: p by Holm, verdicts and priorities", async () => {
    assertSame(
      tested.rows.map(({ id, pHolm, verdict, priority }) => ({ id, pHolm, verdict, priority })),
      await countVerdicts(db, tested.rows),
    );
  });

  it("hypotheses: all of them are counted", () => {
    assert.deepEqual(hypotheses.map(({ id }) => id).sort(), countedHypotheses.toSorted());
  });

  if (published)
    it("hypotheses: verdicts on those that were published, of the UCI Online Retail data", async (t) => {
      const { lines } = await db.row<{ lines: number }>("SELECT count(*) AS lines FROM invoice_lines");
      if (lines !== published.lines) return t.skip("INSIDERS_SOURCE is other data");
      const of = (name: string) => tested.rows.find((row) => row.published === name)!.verdict;
      assert.deepEqual(["H1", "H2", "H3"].map(of), published.verdicts);
    });

  it("answers: the same sentences and numbers with the figures of SQL", async () => {
    const { stayOnly } = await db.row<{ stayOnly: number }>(
      `SELECT count(*) FILTER (NOT (${holds(told.rule, "entry")})) AS "stayOnly" FROM now JOIN listed USING (customer_id) WHERE label = 0`,
    );
    const sources = sourcesOf(
      told,
      value,
      tested.rows,
      told.reasons.filter((reason) => !reason.includes(" enters: ")).length,
    );
    const [group] = (await countGroups(db, "listed")) as [GroupRow];
    const [revenue] = (await compareGroups(db, "listed", ["gross_revenue"])) as [MeasureRow];
    const { precision, recall } = (await countFidelity(db)) as { precision: number; recall: number };
    const { all } = await db.row<{ all: number }>(
      `SELECT sum(amount)::DOUBLE AS "all" FROM ledger WHERE is_sale AND written < DATE '${day}' AND (undone IS NULL OR undone >= DATE '${day}')`,
    );
    const bySql = answerQuestions({
      ...sources,
      stayOnly,
      segments: {
        ...sources.segments,
        fidelity: { precision, recall },
        list: {
          ...sources.segments.list,
          customers: group.customers,
          share: group.share,
          revenueShare: group.grossShare,
          revenueShareOfAll: group.gross / all,
          sortShare: group.sortShare,
          medianRevenue: revenue.median,
          restMedianRevenue: revenue.restMedian,
          medianRatio: { value: revenue.median / revenue.restMedian, low: null, high: null },
        },
      },
    });
    const ours = answerQuestions(sources);
    assert.deepEqual(
      ours.map(({ answer }) => answer),
      bySql.map(({ answer }) => answer),
    );
    assertSame(
      ours.map(({ value: number }) => number),
      bySql.map(({ value: number }) => number),
    );
  });
}

type Profile = Members["listed"];

function groupOf({ label, customers, share, gross, net, sortShare }: Profile): GroupRow {
  return {
    label,
    customers,
    share,
    gross: gross.revenue,
    grossShare: gross.share,
    net: net.revenue,
    netShare: net.share,
    sortShare,
  };
}

function measuresOf({ label, features }: Profile): MeasureRow[] {
  return features.map(({ feature, mean, median, delta }) => {
    assertSame(mean.difference, mean.own - mean.rest);
    assertSame(median.difference, median.own - median.rest);
    // A ratio is told only where the others are above zero in every resample.
    for (const { ratio, own, rest } of [mean, median]) if (ratio !== null) assertSame(ratio, own / rest);
    return {
      label,
      feature,
      mean: mean.own,
      restMean: mean.rest,
      median: median.own,
      restMedian: median.rest,
      delta: delta.value,
    };
  });
}
