import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { Database } from "#src/data/database.js";
import { memberListColumns, readMemberList } from "#src/segments/member-list.js";
import { describeMembers, storeMembers } from "#src/segments/members.js";
import type { Replay } from "#src/segments/replay-rules.js";

const db = await Database.open();
after(() => db.close());

/** b left and came again, c left for good. */
const replay: Replay = {
  days: ["2011-01-01", "2011-02-01", "2011-03-01"].map((day) => ({ day, members: 0, entered: 0, left: 0 })),
  stays: [
    { id: "a", from: 0, to: null },
    { id: "b", from: 0, to: 1 },
    { id: "c", from: 0, to: 2 },
    { id: "b", from: 2, to: null },
  ],
  members: ["a", "b"],
  flickers: 1,
};
const members = describeMembers(["a", "b", "c", "d"], {
  replay,
  reasons: new Map([
    ["a", "much"],
    ["b", 'often, "gladly"'],
  ]),
  lacks: new Map([["d", "one order"]]),
  offers: new Map([["d", "A; B"]]),
  arms: new Map([["b", "control"]]),
});

describe("members of the programme", () => {
  it("are in since the day of their present stay", () => {
    assert.deepEqual(
      members.map(({ id, isIn, since }) => [id, isIn, since]),
      [
        ["a", true, "2011-01-01"],
        ["b", true, "2011-03-01"],
        ["c", false, null],
        ["d", false, null],
      ],
    );
  });

  it("are stored text by text, in order of customers, with who is next", async () => {
    await storeMembers(db, members.toReversed());
    assert.deepEqual(await db.rows("FROM members"), [
      {
        customer_id: "a",
        is_insider: true,
        entered: "2011-01-01",
        reason: "much",
        lacks: null,
        offers: null,
        arm: null,
        is_next: false,
      },
      {
        customer_id: "b",
        is_insider: true,
        entered: "2011-03-01",
        reason: 'often, "gladly"',
        lacks: null,
        offers: null,
        arm: "control",
        is_next: false,
      },
      {
        customer_id: "c",
        is_insider: false,
        entered: null,
        reason: null,
        lacks: null,
        offers: null,
        arm: null,
        is_next: false,
      },
      {
        customer_id: "d",
        is_insider: false,
        entered: null,
        reason: null,
        lacks: "one order",
        offers: "A; B",
        arm: null,
        is_next: true,
      },
    ]);
  });

  it("are listed before those who are next, the most promising first; who has no score comes last", async () => {
    await storeMembers(db, members);
    await db.run(`CREATE TABLE customers AS SELECT unnest(['a', 'b', 'c', 'd']) AS customer_id, NULL AS country,
      unnest([10.005, 20, 30, 40]) AS gross_revenue, 2 AS orders, 5 AS recency_days`);
    await db.run(`CREATE TABLE value_scores AS SELECT unnest(['b', 'c', 'd']) AS customer_id,
      unnest([7.777, 1, 99]) AS expected_revenue_13w, 0.5 AS low_13w, 9 AS high_13w`);
    const list = await readMemberList(db);
    assert.deepEqual(
      list.map(({ customer_id, standing, why, expected }) => [customer_id, standing, why, expected]),
      [
        ["b", "member", 'often, "gladly"', 7.78],
        ["a", "member", "much", null],
        ["d", "next in line", "one order", 99],
      ],
    );
    assert.deepEqual(
      memberListColumns("EUR").map(({ name }) => name),
      Object.keys(list[0]!),
    );
    assert.equal(
      memberListColumns("EUR").find(({ name }) => name === "revenue")!.label,
      "Gross revenue, EUR",
    );
  });
});
