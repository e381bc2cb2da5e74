import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Database } from "#src/data/database.js";
import { compareProfiles } from "#src/profiling/compare-profiles.js";
import { PROFILE_STYLE } from "#src/profiling/html/style.js";
import type { TableProfile } from "#src/profiling/profile.js";
import { profileTable } from "#src/profiling/profile-table.js";
import { renderComparisonFragment, renderComparisonPage } from "#src/profiling/render-comparison.js";
import { renderProfileFragment, renderProfilePage } from "#src/profiling/render-profile.js";

const LIMIT = 3_000_000;
const EVIL = `"><script>alert(1)</script><img src=x onerror=alert(2)>'&`;

let db: Database;
before(async () => {
  db = await Database.open();
});
after(() => db.close());

async function profileOf(query: string, title?: string): Promise<TableProfile> {
  await db.run(`CREATE OR REPLACE TABLE shown AS ${query}`);
  return profileTable(db, "shown", title === undefined ? {} : { title });
}

const tagsOf = (text: string): Set<string> =>
  new Set([...text.matchAll(/<([a-z!][a-z0-9]*)/gi)].map((match) => match[1]!));

describe("a profile as HTML", () => {
  it("holds no markup of the table's: names, values, words and types are escaped", async () => {
    const name = `"${EVIL.replaceAll('"', '""')}"`;
    const value = EVIL.replaceAll("'", "''");
    const profile = await profileOf(
      `SELECT '${value}' || range % 3 AS ${name}, range AS n, hash(range) % 50 AS "m<b>", nullif(range % 4, 0) AS "gap<i>",
         ['${value}'] AS l, '${value}'::ENUM('${value}') AS e FROM range(40)`,
      EVIL,
    );
    const safe = await profileOf("SELECT 'a' || range % 3 AS t, range AS n FROM range(40)");
    const compared = compareProfiles(profile, safe);
    for (const text of [
      renderProfilePage(profile),
      renderProfileFragment(profile),
      renderComparisonPage(compared),
    ]) {
      assert.ok(text.includes("&lt;script&gt;"));
      for (const tag of ["script", "img", "b"]) assert.ok(!tagsOf(text).has(tag), tag);
      assert.doesNotMatch(text.replaceAll(/"[^"]*"/g, ""), /<[^>]*\sonerror/);
    }
  });

  it("asks for nothing from elsewhere", async () => {
    const text = renderProfilePage(
      await profileOf("SELECT 'http://x.y/z.js' AS u, range AS n FROM range(9)"),
    );
    assert.doesNotMatch(text, /\s(src|srcset|action)=|@import|url\(/);
    assert.deepEqual([...text.matchAll(/href="([^#])/g)], []);
    assert.match(text, /Content-Security-Policy" content="default-src &#39;none&#39;/);
  });

  it("has ids that its links reach, each once, and other ones for another prefix", async () => {
    const profile = await profileOf("SELECT range AS a, range % 2 AS b, 'x' AS c FROM range(60)");
    const text = renderProfileFragment(profile, "left");
    const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]!);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target!), target);
    assert.ok(ids.every((id) => id.startsWith("left-")));
  });

  it("styles nothing but itself", () => {
    for (const [, selectors] of PROFILE_STYLE.replaceAll("@media(prefers-color-scheme:dark){", "").matchAll(
      /([^{}]+)\{/g,
    ))
      for (const selector of selectors!.split(/,(?![^()]*\))/))
        assert.match(selector.trim(), /^(\[data-jp-theme-light="(true|false)"\] )?\.insiders-profile/);
  });

  it("tells each picture in words", async () => {
    const text = renderProfilePage(
      await profileOf(
        "SELECT range AS a, nullif(range % 7, 0) AS b, DATE '2024-01-01' + range::INTEGER AS d FROM range(2000)",
      ),
    );
    const pictures = [...text.matchAll(/<svg [^>]*>/g)].map(([tag]) => tag);
    assert.ok(pictures.length >= 5);
    for (const tag of pictures) assert.match(tag, /role="img" aria-label="[^"]{20,}"/);
    assert.match(text, /Histogram of d: 50 bins from 1 Jan 2024, 00:00 to 22 Jun 2029/);
  });

  it("says with each alert from which value on it was raised", async () => {
    await db.run("CREATE OR REPLACE TABLE shown AS SELECT nullif(range, 3) AS a FROM range(10)");
    const text = renderProfilePage(await profileTable(db, "shown", { thresholds: { missing: 0.05 } }));
    assert.match(
      text,
      /1 of 10 rows \(10\.0%\) have no value\. <span class="soft">\(0\.05 or more\)<\/span>/,
    );
    assert.match(text, /All 9 values are different\. <span class="soft">\(2 or more\)/);
  });

  it("folds what would run on: alerts beyond 40, gaps beyond 40 columns", async () => {
    const columns = Array.from({ length: 60 }, (_, i) => `nullif(hash(range + ${i}) % 5, 0) AS c${i}`);
    const text = renderProfilePage(await profileOf(`SELECT ${columns.join(", ")} FROM range(90)`));
    assert.match(text, /<summary>\d+ more alerts<\/summary>/);
    assert.match(text, /And 20 columns with fewer\./);
  });

  it("counts in words that fit one and many, and tells little from nothing", async () => {
    const one = renderProfilePage(await profileOf("SELECT 7 AS n, DATE '2024-02-29' AS d"));
    assert.match(one, /1 row, 2 columns/);
    assert.match(one, /one value, 1 row\./);
    assert.match(one, /29 Feb 2024</);
    assert.doesNotMatch(one, /1 rows|1 bins|00:00/);
    const rare = renderProfilePage(await profileOf("SELECT nullif(range, 7) AS n FROM range(10000)"));
    assert.match(rare, /1 \(&lt;0\.1%\)/);
  });

  it("says which measures of correlation had nothing to compare", async () => {
    const text = renderProfilePage(await profileOf("SELECT range AS a, hash(range) % 9 AS b FROM range(50)"));
    assert.match(text, /Without two columns to compare: Cramér&#39;s V\./);
  });

  it("works for tables without rows, columns of gaps and one row", async () => {
    for (const query of [
      "SELECT 1 AS n, 'a' AS t, DATE '2024-01-01' AS d WHERE false",
      "SELECT NULL::DOUBLE AS n, NULL::DATE AS d, NULL AS t FROM range(3)",
      "SELECT 1.5 AS n, 'inf'::DOUBLE AS i, true AS b, '' AS t",
    ]) {
      const text = renderProfilePage(await profileOf(query));
      assert.doesNotMatch(text, /NaN|undefined/);
    }
  });

  it("stays below 3 MB for 500 columns of long texts and numbers", async () => {
    const columns = Array.from({ length: 500 }, (_, i) =>
      i % 2 === 0
        ? `repeat('<&>' || hash(range + ${i}), 20) AS "a long name of a column <${i}>"`
        : `hash(range + ${i}) % 100000 AS n${i}`,
    );
    const profile = await profileOf(`SELECT ${columns.join(", ")} FROM range(40)`);
    const text = renderProfilePage(profile);
    assert.ok(Buffer.byteLength(text) < LIMIT, `${Buffer.byteLength(text)} bytes`);
    assert.match(text, /Further columns/);
    assert.ok(Buffer.byteLength(renderComparisonFragment(compareProfiles(profile, profile))) < LIMIT);
  });
});

describe("two profiles", () => {
  it("are compared measure by measure", async () => {
    const left = await profileOf("SELECT range AS n, 'a' AS t, 1 AS old FROM range(10)", "2010");
    const right = await profileOf(
      "SELECT range * 2 AS n, 5 AS t, nullif(range, 3) AS fresh FROM range(20)",
      "2011",
    );
    const compared = compareProfiles(left, right);
    assert.deepEqual([compared.onlyLeft, compared.onlyRight], [["old"], ["fresh"]]);
    assert.deepEqual(compared.overview[0], { measure: "rows", left: 10, right: 20, change: 10 });
    const [n, t] = compared.columns;
    assert.deepEqual(
      n!.measures.find(({ measure }) => measure === "max"),
      { measure: "max", left: 9, right: 38, change: 29 },
    );
    assert.deepEqual([t!.leftKind, t!.rightKind], ["category", "number"]);
    assert.deepEqual(
      compared.alertsOnlyRight.map(({ kind, column }) => [kind, column]),
      [
        ["missing", "fresh"],
        ["highCorrelation", "fresh"],
        ["unique", "fresh"],
        ["monotonic", "fresh"],
      ].filter(([kind]) => right.alerts.some((alert) => alert.kind === kind && alert.column === "fresh")),
    );
    assert.deepEqual(JSON.parse(JSON.stringify(compared)), compared);
    assert.match(renderComparisonPage(compared), /category, then number/);
  });

  it("show their values side by side, under words a reader knows", async () => {
    const left = await profileOf("SELECT range AS n, 'a' AS t FROM range(30)", "before");
    const right = await profileOf("SELECT range + 5 AS n, 'b' AS t FROM range(60)", "after");
    const compared = compareProfiles(left, right);
    assert.equal(compared.columns[0]!.rightShape.histogram!.counts.length, 50);
    assert.equal(compared.columns[1]!.leftShape.common[0]!.value, "a");
    const text = renderComparisonPage(compared, "Two years");
    assert.match(text, /<title>Two years<\/title>/);
    assert.equal(text.match(/<svg /g)!.length, 2);
    assert.match(text, /Histogram of n in after: 50 bins from 5 to 64/);
    assert.match(text, /<td>standard deviation<\/td>/);
    assert.doesNotMatch(text, /-0 B|NaN|undefined/);
  });

  it("that are the same differ in nothing", async () => {
    const profile = await profileOf("SELECT range AS n, 'a' AS t FROM range(10)");
    const { columns, alertsOnlyLeft, overview } = compareProfiles(profile, profile);
    assert.deepEqual(alertsOnlyLeft, []);
    for (const { left, right } of [...overview, ...columns.flatMap(({ measures }) => measures)])
      assert.equal(left, right);
  });
});
