import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Database } from "#src/data/database.js";
import { showComparison, showProfile } from "#src/notebook/profile.js";
import { compareProfiles } from "#src/profiling/compare-profiles.js";
import type { TableProfile } from "#src/profiling/profile.js";
import { profileTable } from "#src/profiling/profile-table.js";
import { captureOutputs, part } from "./outputs.js";

describe("a profile in a notebook", () => {
  let db: Database;
  let profile: TableProfile;
  before(async () => {
    db = await Database.open();
    await db.run("CREATE TABLE t AS SELECT range AS n, '<b>' || range AS text FROM range(20)");
    profile = await profileTable(db, "t", { title: "A <i>table</i>" });
  });
  after(() => db.close());

  it("is folded under a line that says how large it is", () => {
    const [output, ...others] = captureOutputs(() => showProfile(profile));
    assert.equal(others.length, 0);
    const html = part(output, "text/html");
    assert.match(
      html,
      /^<details class="insiders-fold"><summary>Profile of A &lt;i&gt;table&lt;\/i&gt;: 20 rows, 2 columns/,
    );
    assert.doesNotMatch(html, /<script|<i>|<b>0/);
    assert.match(part(output, "text/plain"), /20 rows, 2 columns/);
  });

  it("has ids of its own, so that two of them can stand in one page", () => {
    const ids = (title: string): string[] => {
      const [output] = captureOutputs(() => showProfile({ ...profile, title }));
      return [...part(output, "text/html").matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
    };
    const [first, second] = [ids("Insiders"), ids("The rest")];
    assert.ok(first.length > 5);
    assert.deepEqual(
      first.filter((id) => second.includes(id)),
      [],
    );
  });

  it("stands beside another as a comparison", () => {
    const comparison = compareProfiles(profile, { ...profile, title: "The rest" });
    const [output] = captureOutputs(() => showComparison(comparison));
    assert.match(part(output, "text/html"), /and The rest, side by side<\/summary>/);
  });
});
