import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Database } from "#src/data/database.js";
import { judgeFeatures, strongestPairs } from "#src/profiling/judge-features.js";
import type { TableProfile } from "#src/profiling/profile.js";
import { profileTable } from "#src/profiling/profile-table.js";

describe("judgeFeatures", () => {
  let db: Database;
  let profile: TableProfile;
  const names = ["a", "twice_a", "minus_a", "b", "mostly_zero", "gappy", "nothing"];

  before(async () => {
    db = await Database.open();
    // a and b are two orders of 0 to 99 that have nothing to do with each other.
    await db.run(`CREATE TABLE t AS SELECT range AS a, 2 * range AS twice_a, -range AS minus_a, (range * 37) % 100 AS b,
      CASE WHEN range < 95 THEN 0 ELSE range END AS mostly_zero, CASE WHEN range < 60 THEN range END AS gappy,
      NULL::DOUBLE AS nothing, 'x' AS word FROM range(100)`);
    profile = await profileTable(db, "t");
  });
  after(() => db.close());

  it("gives each measure one verdict, with the number behind it", () => {
    assert.deepEqual(
      judgeFeatures(profile, names).map(({ name, verdict, duplicateOf }) => [name, verdict, duplicateOf]),
      [
        ["a", "prepare", null],
        ["twice_a", "near duplicate", "a"],
        ["minus_a", "near duplicate", "a"],
        ["b", "prepare", null],
        ["mostly_zero", "hardly varies", null],
        ["gappy", "mostly empty", null],
        ["nothing", "mostly empty", null],
      ],
    );
    const reasons = Object.fromEntries(
      judgeFeatures(profile, names).map(({ name, reason }) => [name, reason]),
    );
    assert.match(reasons["minus_a"]!, /-1\.000/);
    assert.equal(reasons["mostly_zero"], "95.0% have the value 0");
    assert.equal(reasons["gappy"], "empty for 40.0% of the customers");
  });

  it("keeps of measures that move together the one named first, whichever that is", () => {
    const [first, second] = judgeFeatures(profile, ["minus_a", "a"]);
    assert.deepEqual([first!.verdict, second!.duplicateOf], ["prepare", "minus_a"]);
  });

  it("never calls a measure the duplicate of one that is itself left out", () => {
    for (const { duplicateOf } of judgeFeatures(profile, names, { empty: 0.5, dominance: 0.99 }))
      assert.ok(duplicateOf === null || ["a", "b"].includes(duplicateOf));
  });

  it("takes thresholds: a gap that is allowed, a dominance that is not", () => {
    const [gappy, b] = judgeFeatures(profile, ["gappy", "b"], { empty: 0.4, dominance: 0.01 });
    assert.deepEqual([gappy!.verdict, b!.verdict], ["hardly varies", "hardly varies"]);
  });

  it("refuses names that are no columns of numbers", () => {
    assert.throws(() => judgeFeatures(profile, ["c"]), /needs a column c, the profile has a, twice_a/);
    assert.throws(() => judgeFeatures(profile, ["word"]), /needs numbers, word is of kind category/);
  });

  it("says so when the profile left a measure out of its correlations", async () => {
    const narrow = await profileTable(db, "t", { limits: { correlatedColumns: 2 } });
    assert.throws(() => judgeFeatures(narrow, ["a", "b"]), /rank correlations of b: raise the limit/);
  });

  it("strongestPairs lists each pair once, strongest first, down to a least strength", () => {
    const pairs = strongestPairs(profile, 0.99);
    assert.deepEqual(
      new Set(pairs.map(({ first, second }) => `${first} ${second}`)),
      new Set(["a twice_a", "a minus_a", "twice_a minus_a", "a gappy", "twice_a gappy", "minus_a gappy"]),
    );
    const all = strongestPairs(profile).map(({ correlation }) => Math.abs(correlation));
    assert.deepEqual(
      all,
      [...all].sort((a, b) => b - a),
    );
  });
});
