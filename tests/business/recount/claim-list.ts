import assert from "node:assert/strict";
import { it } from "node:test";
import { formatNumber, formatPercent } from "#src/format.js";
import { withoutBand } from "#src/segments/replay-rules.js";
import { assertSame } from "./compare.js";
import { compareGroups, countGroups } from "./groups.js";
import { groupOf, measuresOf } from "./profiles.js";
import { countF1, countFidelity, countNext, countStays, holds, replayBySql } from "./rule.js";
import type { Told } from "./told-shop.js";

/** Claims on segments, the rule, its replay and the list. */
export function claimList(of: () => Told): void {
  it("segments: sizes, shares of revenue and what as many by revenue hold", async () => {
    const { db, told } = of();
    await db.run(
      "CREATE OR REPLACE VIEW groups AS SELECT customer_id, segment - 1 AS label FROM assignments",
    );
    assertSame(
      told.described.map(({ profile }) => groupOf(profile)),
      await countGroups(db, "groups"),
    );
  });

  it("segments: mean, median and dominance of each measure beside all others", async () => {
    const { db, terms, told } = of();
    const found = await compareGroups(db, "groups", terms.features);
    const profiles = told.described.map(({ profile }) => profile).sort((a, b) => a.label - b.label);
    assertSame(profiles.flatMap(measuresOf), found);
  });

  it("segments: sentences hold the numbers of SQL", async () => {
    const { db, terms, told } = of();
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
    const { told } = of();
    assert.ok(told.rule.conditions.length > 1);
  });

  it("rules: how well each repeats the segment", async () => {
    const { db, told } = of();
    for (const rule of told.rules) assertSame(rule.f1, await countF1(db, holds(rule, "entry")), "f1");
  });

  it("replay: members, entries and exits of each morning, returns and lengths of stay, without patience and with", async () => {
    const { db, told } = of();
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
    const { db, told } = of();
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
    const { db, told } = of();
    assertSame(told.fidelity, await countFidelity(db));
  });

  it("list: size, shares, sort, and each measure beside all other customers", async () => {
    const { db, terms, told } = of();
    const groups = await countGroups(db, "listed");
    assertSame(groupOf(told.listed), groups[0]);
    const measures = await compareGroups(db, "listed", terms.features);
    assertSame(
      measuresOf(told.listed),
      measures.filter(({ label }) => label === 0),
    );
  });

  it("list: all sales, those without a customer included", async () => {
    const { db, day, told } = of();
    const { revenue } = await db.row<{ revenue: number }>(`SELECT sum(amount)::DOUBLE AS revenue FROM ledger
      WHERE is_sale AND written < DATE '${day}' AND (undone IS NULL OR undone >= DATE '${day}')`);
    assertSame(told.everything, revenue);
  });

  it("list: why each member is on it", async () => {
    const { db, told } = of();
    const found = await db.rows<{ status: string }>(
      `SELECT CASE WHEN ${holds(told.rule, "entry")} THEN 'enters' WHEN ${holds(told.rule, "exit")} THEN 'stays within the band'
         ELSE 'is on its last chance' END AS status FROM now JOIN listed USING (customer_id) WHERE label = 0 ORDER BY customer_id`,
    );
    assert.equal(told.reasons.length, found.length);
    for (const [i, { status }] of found.entries())
      assert.ok(told.reasons[i]!.startsWith(`Customer ${told.list[i]} ${status}: `), told.reasons[i]);
  });

  it("list: who is next in line and how far off", async () => {
    const { db, told } = of();
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
}
