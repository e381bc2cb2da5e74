import assert from "node:assert/strict";
import { it } from "node:test";
import { daysBefore } from "#src/features/days.js";
import { assertSame } from "./compare.js";
import { holds } from "./rule.js";
import { makeDraws, makeTable } from "./tables.js";
import type { Told } from "./told-shop.js";
import {
  countBackTest,
  countBaseline,
  countEconomics,
  countForecast,
  countGrowth,
  countHistories,
  countObservedDays,
  countPastForecast,
} from "./value.js";

/** Claims on scores, forecasts, growth, economics and the experiment. */
export function claimValue(of: () => Told): void {
  it("value: histories, day by day", async () => {
    const { db, day, value } = of();
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
    const { value } = of();
    const { scored, predicted } = value;
    const raised = scored.scores.filter((score, i) => score > predicted[i]!).length;
    assert.ok(scored.scores.every((score, i) => score >= predicted[i]!));
    assert.equal(scored.raised, raised);
  });

  it("back-test: rank correlation, shares brought, errors of each candidate", async () => {
    const { db, value } = of();
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
    const { db, told, value } = of();
    for (const { from, to, members, proRata, actual, expected, logError } of value.past) {
      const found = await countPastForecast(db, holds(told.rule, "entry"), { from, to, days: value.ahead });
      assertSame({ members, proRata, actual }, found, from);
      assertSame(logError, Math.log(found.actual / expected));
    }
  });

  it("forecast: centre and ends from possible revenues, pro rata, a year before, the season", async () => {
    const { db, day, told, value } = of();
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
    const { db, told, value } = of();
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
    const { db, told, value } = of();
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
    const { db, day, value } = of();
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
}
