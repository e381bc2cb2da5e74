import assert from "node:assert/strict";
import { it } from "node:test";
import { answerQuestions } from "#src/business/answers.js";
import { hypotheses } from "#src/business/hypotheses.js";
import { assertSame } from "./compare.js";
import { sourcesOf } from "./find-answers.js";
import { compareGroups, countGroups, type GroupRow, type MeasureRow } from "./groups.js";
import { countEffect, countedHypotheses, countHome, countVerdicts } from "./hypotheses.js";
import { countFidelity, holds } from "./rule.js";
import type { Shop, Told } from "./told-shop.js";

/** Claims on hypotheses and answers. */
export function claimAnswers(of: () => Told, { terms: { family }, published }: Shop): void {
  for (const { id } of family)
    it(`hypotheses: ${id}`, async () => {
      const { db, tested } = of();
      const row = tested.rows.find((other) => other.id === id)!;
      const { n, values, effect, statistic, strength } = row;
      const found = await countEffect(db, id, await countHome(db));
      assertSame({ id, n, values, effect: effect.value, statistic, strength }, found);
    });

  it("hypotheses: p by Holm, verdicts and priorities", async () => {
    const { db, tested } = of();
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
      const { db, tested } = of();
      const { lines } = await db.row<{ lines: number }>("SELECT count(*) AS lines FROM invoice_lines");
      if (lines !== published.lines) return t.skip("INSIDERS_SOURCE is other data");
      const verdictOf = (name: string) => tested.rows.find((row) => row.published === name)!.verdict;
      assert.deepEqual(["H1", "H2", "H3"].map(verdictOf), published.verdicts);
    });

  it("answers: the same sentences and numbers with the figures of SQL", async () => {
    const { db, day, told, tested, value } = of();
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
