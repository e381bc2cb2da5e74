import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { migrationBetween } from "#src/segments/migration.js";
import {
  type CustomersAt,
  customersAtDays,
  monthStarts,
  replayRule,
  type Stay,
  stayLengths,
  withoutBand,
} from "#src/segments/replay-rules.js";
import type { EntryRule } from "#src/segments/rules.js";
import { CUT, shop } from "../embedding/scrambled-shop.js";
import { root } from "../structure/support.js";

const rule: EntryRule = { conditions: [{ feature: "x", is: "at least", entry: 10, exit: 8 }] };

/** Days on which customers have these values; null is no customer yet. */
function historyOf(values: Record<string, readonly (number | null)[]>): CustomersAt[] {
  const count = Object.values(values)[0]!.length;
  return Array.from({ length: count }, (_, at) => {
    const known = Object.entries(values).flatMap(([id, own]): [string, number][] =>
      own[at] === null ? [] : [[id, own[at]!]],
    );
    return {
      day: `2011-01-${String(at + 1).padStart(2, "0")}`,
      customers: {
        ids: known.map(([id]) => id),
        columns: { x: Float64Array.from(known, ([, value]) => value) },
      },
    };
  });
}

describe("the replay of a rule", () => {
  const history = historyOf({
    steady: [10, 9, 8, 9, 10],
    leaves: [12, 7.9, 9, 9.9, 9],
    returns: [10, 7, 10, 10, 10],
    never: [9, 9, 9, 9, 9],
    new: [null, null, null, 9, 11],
  });

  it("lets in by the entry threshold, keeps by the exit threshold, and counts who comes back", () => {
    const { days, stays, members, flickers } = replayRule(history, rule);
    assert.deepEqual(
      days.map(({ members: count, entered, left }) => [count, entered, left]),
      [
        [3, 3, 0],
        [1, 0, 2],
        [2, 1, 0],
        [2, 0, 0],
        [3, 1, 0],
      ],
    );
    assert.deepEqual(members, ["new", "returns", "steady"]);
    assert.equal(flickers, 1);
    assert.deepEqual(
      stays.find(({ id }) => id === "leaves"),
      { id: "leaves", from: 0, to: 1 },
    );
  });

  it("counts more comings and goings without the band, and fewer with patience", () => {
    const steady = replayRule(history, withoutBand(rule)).stays.filter(({ id }) => id === "steady");
    assert.equal(steady.length, 2);
    const patient = replayRule(history, rule, { patience: 2 });
    assert.equal(patient.flickers, 0);
    assert.deepEqual(patient.members, ["leaves", "new", "returns", "steady"]);
    const gone = replayRule(historyOf({ gone: [10, null], there: [1, 1] }), rule, { patience: 9 });
    assert.deepEqual(gone.members, []);
  });

  it("never moves anybody whose values stay within the band, whatever they do there", () => {
    const random = seededRandom(3);
    for (let round = 0; round < 50; round++) {
      const walk = Array.from({ length: 12 }, () => 8 + 1.999 * random());
      const { days, flickers } = replayRule(historyOf({ in: [10, ...walk], out: [9, ...walk] }), rule);
      assert.equal(flickers, 0);
      assert.ok(days.slice(1).every(({ members, entered, left }) => members === 1 && entered + left === 0));
    }
  });

  it("closes its accounts: members are those before, plus entered, less left", () => {
    const random = seededRandom(4);
    const ids = Array.from({ length: 30 }, (_, i) => `c${i}`);
    const drawn = (): (number | null)[] =>
      Array.from({ length: 9 }, () => (random() < 0.1 ? null : 6 + 6 * random()));
    const walks = historyOf(Object.fromEntries(ids.map((id) => [id, drawn()])));
    for (const patience of [1, 3]) {
      const { days, stays, members, flickers } = replayRule(walks, rule, { patience });
      days.forEach(({ members: count, entered, left }, at) => {
        assert.equal(count, (days[at - 1]?.members ?? 0) + entered - left);
      });
      assert.equal(members.length, days.at(-1)!.members);
      assert.equal(stays.length - new Set(stays.map(({ id }) => id)).size, flickers);
    }
  });

  it("is empty without days, and refuses days out of order and no patience", () => {
    assert.deepEqual(replayRule([], rule), { days: [], stays: [], members: [], flickers: 0 });
    assert.throws(() => replayRule([...history].reverse(), rule), /days in order, got 2011-01-05 before/);
    assert.throws(() => replayRule(history, rule, { patience: 0 }), /at least 1 day, got 0/);
  });

  it("is, up to a day, the same whatever comes after it", async () => {
    const days = ["2011-05-01", "2011-07-01", CUT];
    const [real, other] = await Promise.all([shop(false), shop(true)]);
    const spend: EntryRule = {
      conditions: [
        { feature: "gross_revenue", is: "at least", entry: 500, exit: 400 },
        { feature: "recency_days", is: "at most", entry: 60, exit: 80 },
      ],
    };
    const features = ["gross_revenue", "recency_days"];
    const told = replayRule(await customersAtDays(real, days, features), spend);
    assert.deepEqual(replayRule(await customersAtDays(other, days, features), spend), told);
    assert.ok(told.days.some(({ left }) => left > 0) && told.members.length > 0);
    real.close();
    other.close();
  });
});

describe("the days of a replay", () => {
  it("are first days of months and the last day, across years", () => {
    assert.deepEqual(monthStarts("2010-11-15", "2011-02-10"), [
      "2010-12-01",
      "2011-01-01",
      "2011-02-01",
      "2011-02-10",
    ]);
    assert.deepEqual(monthStarts("2011-02-01", "2011-03-01"), ["2011-02-01", "2011-03-01"]);
    assert.deepEqual(monthStarts("2011-02-01", "2011-02-01"), ["2011-02-01"]);
    assert.throws(() => monthStarts("2011-02-30", "2011-03-01"), /YYYY-MM-DD, got "2011-02-30"/);
    assert.throws(() => monthStarts("2011-03-02", "2011-03-01"), /from 2011-03-02 on, got 2011-03-01/);
  });
});

describe("lengths of stays", () => {
  it("are those of statsmodels where some stays go on", () => {
    const { stays: given } = JSON.parse(
      readFileSync(join(root, "tests/segments/fixtures/segments.json"), "utf8"),
    ) as {
      stays: {
        days: number;
        stays: { from: number; to: number | null }[];
        survival: { length: number; share: number }[];
        median: number;
      };
    };
    const stays = given.stays.map((stay, i): Stay => ({ id: `${i}`, ...stay }));
    const { survival, median } = stayLengths(stays, given.days);
    assert.ok(given.survival.length > 5);
    for (const { length, share } of given.survival)
      assert.ok(Math.abs(survival[length]! - share) < 1e-12, `${length}: ${survival[length]} and ${share}`);
    assert.equal(median, given.median);
  });

  it("leave out those of the first day, whose beginning nobody saw", () => {
    assert.deepEqual(stayLengths([{ id: "a", from: 0, to: 1 }], 3).median, null);
    assert.equal(stayLengths([{ id: "a", from: 1, to: 2 }], 3).median, 1);
    assert.deepEqual([...stayLengths([], 0).survival], [1]);
  });
});

describe("migration", () => {
  it("counts who moved where, who came and who is gone", () => {
    const before = { ids: ["a", "b", "c", "d"], segments: ["Top", "Top", "Low", null] };
    const after = { ids: ["b", "a", "d", "e"], segments: ["Low", "Top", "Low", "Top"] };
    assert.deepEqual(migrationBetween(before, after, ["Top", "Low"]), {
      segments: ["Top", "Low"],
      moved: [
        [1, 1],
        [0, 0],
      ],
      shares: [
        [0.5, 0.5],
        [Number.NaN, Number.NaN],
      ],
      arrived: [1, 1],
      gone: [0, 1],
      stayed: 0.5,
    });
  });

  it("refuses segments that nobody named and lengths that differ", () => {
    const none = { ids: [], segments: [] };
    assert.throws(
      () => migrationBetween({ ids: ["a"], segments: ["X"] }, none, ["Top"]),
      /segments Top, got "X"/,
    );
    assert.throws(
      () => migrationBetween({ ids: ["a"], segments: [] }, none, []),
      /each of 1 customers, got 0/,
    );
  });
});
