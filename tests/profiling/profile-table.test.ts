import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Database, sqlText } from "#src/data/database.js";
import { ALERT_RULES, type AlertKind } from "#src/profiling/alerts.js";
import type { NumberVariable, TableProfile, TextVariable, Variable } from "#src/profiling/profile.js";
import { profileTable } from "#src/profiling/profile-table.js";
import { familyOf } from "#src/profiling/staging.js";
import { readText } from "../structure/support.js";

type Value = number | string | boolean | null;
interface Fixture {
  columns: string[];
  rows: Value[][];
  numbers: Record<string, Record<string, unknown>>;
  texts: Record<string, Record<string, unknown>>;
  dates: Record<string, Record<string, unknown>>;
  duplicates: { rows: number; groups: number };
  gapCorrelation: number;
  correlations: Record<string, (number | null)[][]>;
}

const fixture = JSON.parse(readText("tests/profiling/fixtures/profile.json")) as Fixture;
const TYPES = "DOUBLE DOUBLE DOUBLE DOUBLE BIGINT VARCHAR VARCHAR TIMESTAMP BOOLEAN".split(" ");

/** The same numbers to 1e-9, everything else alike. */
function assertClose(found: unknown, wanted: unknown, path: string): void {
  if (typeof wanted === "number" && typeof found === "number")
    assert.ok(
      Math.abs(found - wanted) <= 1e-9 * Math.max(Math.abs(wanted), 1e-6),
      `${path}: ${found}, not ${wanted}`,
    );
  else if (Array.isArray(wanted)) {
    assert.equal((found as unknown[]).length, wanted.length, path);
    wanted.forEach((each, i) => {
      assertClose((found as unknown[])[i], each, `${path}[${i}]`);
    });
  } else assert.deepEqual(found, wanted, path);
}

function literal(value: Value): string {
  if (value === "inf") return "'inf'";
  return value === null ? "NULL" : typeof value === "string" ? sqlText(value) : String(value);
}

describe("the profile of a table", () => {
  let db: Database;
  let profile: TableProfile;
  const variable = (name: string): Variable => profile.variables.find((each) => each.name === name)!;

  before(async () => {
    db = await Database.open();
    const columns = fixture.columns.map((name, i) => `"${name}" ${TYPES[i]}`);
    const rows = fixture.rows.map((row) => `(${row.map(literal).join(", ")})`);
    await db.run(`CREATE TABLE lots (${columns.join(", ")}); INSERT INTO lots VALUES ${rows.join(", ")}`);
    profile = await profileTable(db, "lots");
  });
  after(() => db.close());

  for (const [name, { largestCommonCount, increasing, histogram, ...wanted }] of Object.entries(
    fixture.numbers,
  ))
    it(`measures numbers as pandas does: ${name}`, () => {
      const found = variable(name) as NumberVariable;
      for (const [measure, value] of Object.entries(wanted))
        assertClose(found[measure as keyof NumberVariable], value, measure);
      const { counts, edges } = histogram as NumberVariable["histogram"];
      assert.deepEqual(found.histogram.counts, counts);
      assertClose(found.histogram.edges, edges, "edges");
      assert.equal(found.common[0]!.count, largestCommonCount);
      assert.equal(found.monotonicity?.endsWith("increasing") ?? false, increasing);
    });

  for (const [name, { topWord, ...wanted }] of Object.entries(fixture.texts))
    it(`measures texts as pandas does: ${name}`, () => {
      const found = variable(name) as TextVariable;
      for (const [measure, value] of Object.entries(wanted))
        assertClose(found[measure as keyof TextVariable], value, measure);
      const { value, count } = found.words[0]!;
      assert.deepEqual({ value, count }, topWord);
    });

  it("measures dates and booleans", () => {
    for (const [measure, value] of Object.entries(fixture.dates["sold"]!))
      assertClose(Object.entries(variable("sold")).find(([key]) => key === measure)![1], value, measure);
    const isNew = variable("is_new");
    assert.ok(isNew.kind === "boolean" && isNew.trues + isNew.falses === 400);
  });

  it("tells kinds apart", () => {
    assert.deepEqual(
      profile.variables.map(({ kind }) => kind),
      ["number", "number", "number", "number", "number", "category", "text", "date", "boolean"],
    );
  });

  it("correlates as pandas does", () => {
    for (const [measure, wanted] of Object.entries(fixture.correlations))
      assertClose(profile.correlations.find((each) => each.measure === measure)!.values, wanted, measure);
    assert.deepEqual(profile.correlations.find(({ measure }) => measure === "cramersV")!.columns, [
      "group",
      "is_new",
    ]);
    assert.equal(profile.correlations.at(-1)!.columns.length, 9 - 1);
  });

  it("finds duplicates and gaps as pandas does", () => {
    assert.equal(profile.duplicates.rows, fixture.duplicates.rows);
    assert.equal(profile.duplicates.groups, fixture.duplicates.groups);
    assertClose(profile.missing.correlation.values[0]![1], fixture.gapCorrelation, "gaps");
    const shares = profile.missing.slices.map(
      ({ fromRow, toRow, present }) => (toRow - fromRow + 1) * present[2]!,
    );
    assertClose(
      shares.reduce((a, b) => a + b),
      variable("sparse").count,
      "present",
    );
  });

  it("survives JSON", () => {
    assert.deepEqual(JSON.parse(JSON.stringify(profile)), profile);
  });

  it("is the same when taken again, and leaves no table behind", async () => {
    assert.deepEqual(await profileTable(db, "lots"), profile);
    assert.deepEqual(await db.rows("SELECT table_name FROM information_schema.tables"), [
      { table_name: "lots" },
    ]);
  });

  it("shows the first and last rows once each", async () => {
    assert.equal(profile.sample.first.length, 10);
    assert.deepEqual([profile.sample.last.length, profile.sample.lastFromRow], [10, 391]);
    await db.run("CREATE TABLE twelve AS SELECT range AS i FROM range(12)");
    const { sample } = await profileTable(db, "twelve");
    assert.deepEqual(sample.last, [[10], [11]]);
    await db.run("DROP TABLE twelve");
  });

  it("reads a view once, and a column called rowid as any other", async () => {
    await db.run("CREATE VIEW drawn AS SELECT range AS n, random() AS x FROM range(50)");
    const drawn = await profileTable(db, "drawn");
    const x = drawn.variables[1] as NumberVariable;
    assert.ok(
      drawn.sample.first.every((row) => (row[1] as number) >= x.min! && (row[1] as number) <= x.max!),
    );
    assert.equal(
      x.histogram.counts.reduce((a, b) => a + b),
      50,
    );
    await db.run("CREATE TABLE ids AS SELECT 99 - range AS rowid FROM range(12)");
    assert.deepEqual((await profileTable(db, "ids")).sample.last, [[89], [88]]);
    await db.run("DROP VIEW drawn; DROP TABLE ids");
  });

  it("tells first what was left out before", async () => {
    const { limits } = await profileTable(db, "lots", {
      notes: ["3 rows are left out."],
      limits: { interactionColumns: 2 },
    });
    assert.equal(limits[0], "3 rows are left out.");
    assert.match(limits.at(-1)!, /Interactions show the first 2 of 5 columns/);
  });

  it("says what limits left out", async () => {
    const small = await profileTable(db, "lots", {
      limits: { associatedCategories: 2, correlatedColumns: 3, kendallRowPairs: 500, interactionColumns: 2 },
    });
    assert.equal(small.limits.length, 4);
    assert.match(small.limits.join("\n"), /more than 2 different texts: group, label/);
    assert.equal(small.correlations.find(({ measure }) => measure === "kendall")!.rows, 134);
    assert.equal(small.interactions.length, 1);
    await assert.rejects(
      profileTable(db, "lots", { limits: { categories: 0 } }),
      /positive whole limit categories, got 0/,
    );
  });
});

describe("the profile of an odd table", () => {
  let db: Database;
  before(async () => {
    db = await Database.open();
  });
  after(() => db.close());

  async function profileOf(query: string, thresholds = {}): Promise<TableProfile> {
    await db.run(`CREATE OR REPLACE TABLE odd AS ${query}`);
    return profileTable(db, "odd", { thresholds });
  }
  const kinds = ({ alerts }: TableProfile): string[] => alerts.map(({ kind }) => kind);
  const types = "1::DOUBLE AS n, 'a' AS t, DATE '2024-02-29' AS d, true AS b, [1] AS l";

  it("without rows has no measures", async () => {
    const profile = await profileOf(`SELECT ${types} WHERE false`);
    assert.deepEqual(kinds(profile), ["emptyTable", "unsupported"]);
    assert.equal((profile.variables[0] as NumberVariable).mean, null);
    assert.deepEqual([profile.overview.rows, profile.overview.missingShare], [0, 0]);
  });

  it("of one row has no spread", async () => {
    const profile = await profileOf(`SELECT ${types}`);
    const [n, , d] = profile.variables;
    assert.ok(n!.kind === "number" && n!.sd === null && n!.max === 1 && n!.monotonicity === null);
    assert.ok(
      d!.kind === "date" && d!.rangeDays === 0 && d!.isWholeDays && d!.common[0]!.value === "2024-02-29",
    );
    assert.deepEqual(profile.correlations, []);
    assert.deepEqual(kinds(profile), ["unsupported"]);
  });

  it("of gaps only says so for each column", async () => {
    const profile = await profileOf(
      "SELECT NULL::DOUBLE AS n, NULL::VARCHAR AS t, NULL::DATE AS d, NULL::BOOLEAN AS b FROM range(5)",
    );
    assert.deepEqual(kinds(profile), ["duplicateRows", ...Array<string>(4).fill("allMissing")]);
    assert.deepEqual(
      profile.variables.map(({ distinct, singles }) => [distinct, singles]),
      Array(4).fill([0, 0]),
    );
    assert.deepEqual(JSON.parse(JSON.stringify(profile)), profile);
  });

  it("of constants correlates nothing", async () => {
    const profile = await profileOf("SELECT 7 AS a, 'x' AS b, range AS id FROM range(30)");
    assert.deepEqual(kinds(profile), ["constant", "constant", "unique", "monotonic"]);
    assert.deepEqual(profile.correlations, []);
  });

  it("takes NaN as missing and counts infinities apart", async () => {
    const profile = await profileOf(
      "SELECT unnest(['NaN'::DOUBLE, 'inf', '-inf', 1, 2, NULL]) AS x, unnest([1, 2, 3, 4, 5, 6]) AS y",
    );
    const x = profile.variables[0] as NumberVariable;
    assert.deepEqual([x.count, x.missing, x.infinite, x.mean, x.distinct, x.negatives], [4, 2, 2, 1.5, 4, 1]);
    assert.deepEqual(profile.sample.first[1], ["Infinity", 2]);
  });

  it("reads yes and no as boolean, and only those", async () => {
    const profile = await profileOf(
      "SELECT unnest(['Yes', 'no', 'no', NULL]) AS a, unnest(['yes', 'no', 'maybe', 'no']) AS b",
    );
    const [a, b] = profile.variables;
    assert.ok(a!.kind === "boolean" && a!.trues === 1 && a!.falses === 2);
    assert.equal(b!.kind, "text");
  });

  it("of very many different texts stays small", async () => {
    const profile = await profileOf("SELECT 'customer ' || range AS id, range // 2 AS k FROM range(150000)");
    assert.match(profile.limits[0]!, /words are those of its 100,000 most frequent texts, of 150,000/);
    assert.ok(JSON.stringify(profile).length < 60_000);
    assert.deepEqual(kinds(profile), ["unique", "monotonic"]);
  });

  it("keeps markup and long texts as data, cut", async () => {
    const profile = await profileOf(
      "SELECT '<script>' || repeat('x', 5000) AS \"a<b>\", '''; DROP TABLE odd; --' AS c",
    );
    assert.equal(String(profile.variables[0]!.common[0]!.value).length, 201);
    assert.equal(profile.variables[0]!.name, "a<b>");
  });

  const cases: [AlertKind, string][] = [
    ["highMissing", "SELECT CASE WHEN range > 6 THEN 1 END AS x FROM range(10)"],
    ["missing", "SELECT CASE WHEN range > 2 THEN 1 END AS x FROM range(10)"],
    ["missingTogether", "SELECT nullif(range % 3, 0) AS x, nullif(range % 3, 0) * 2 AS y FROM range(30)"],
    ["sameColumn", "SELECT hash(range) % 9 AS x, hash(range) % 9 AS y FROM range(30)"],
    ["infinite", "SELECT unnest([1, 2, 'inf'::DOUBLE]) AS x"],
    ["numericText", "SELECT (range % 5)::VARCHAR AS x FROM range(30)"],
    ["dateText", "SELECT '2024-01-0' || (1 + range % 5) AS x FROM range(30)"],
    [
      "dateText",
      "SELECT (1 + range % 9) || '/31/2024 8:15' AS x FROM range(30) WHERE range % 9 IN (0, 2, 4)",
    ],
    ["placeholder", "SELECT unnest(['a', 'b', 'N/A']) AS x"],
    ["blank", "SELECT unnest(['a', 'b', ' ']) AS x"],
    ["padded", "SELECT unnest(['a', 'b', ' a']) AS x"],
    ["variants", "SELECT unnest(['Germany', 'GERMANY ', 'Spain']) AS x"],
    ["highCorrelation", "SELECT range AS x, range * 2 + hash(range) % 3 AS y FROM range(90)"],
    ["skewed", "SELECT CASE WHEN range = 7 THEN 1e6 ELSE range % 5 END AS x FROM range(900)"],
    ["heavyTails", "SELECT CASE WHEN range = 7 THEN 1e6 ELSE range % 5 END AS x FROM range(900)"],
    ["outliers", "SELECT CASE WHEN range = 7 THEN 1e6 ELSE range % 5 END AS x FROM range(900)"],
    ["zeros", "SELECT range % 5 AS x FROM range(20)"],
    ["negatives", "SELECT range - 5 AS x FROM range(20)"],
    ["imbalance", "SELECT range = 7 AS x FROM range(200)"],
    ["highCardinality", "SELECT 'v' || range % 60 AS x FROM range(600)"],
    ["constantLength", "SELECT unnest(['ab', 'cd', 'ef']) AS x"],
  ];
  for (const [kind, query] of cases)
    it(`raises ${kind}`, async () => {
      assert.ok(kinds(await profileOf(query)).includes(kind));
    });

  it("has a case for each kind of alert", () => {
    const elsewhere = [
      "emptyTable",
      "duplicateRows",
      "allMissing",
      "constant",
      "unsupported",
      "unique",
      "monotonic",
    ];
    assert.deepEqual(
      [...new Set(cases.map(([kind]) => kind)), ...elsewhere].sort(),
      Object.keys(ALERT_RULES).sort(),
    );
  });

  it("raises by the thresholds it is given", async () => {
    const query = "SELECT range % 5 AS x FROM range(20)";
    assert.ok(!kinds(await profileOf(query, { zeros: 0.3 })).includes("zeros"));
    await assert.rejects(profileOf(query, { zeroes: 1 }), /no threshold zeroes = 1; kinds: emptyTable/);
  });
});

describe("types of the database", () => {
  it("fall into families", () => {
    for (const [family, list] of Object.entries({
      number: ["TINYINT", "UBIGINT", "HUGEINT", "INTEGER", "DECIMAL(18,4)", "FLOAT"],
      date: ["DATE", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"],
      text: ["VARCHAR", "UUID", "TIME", "ENUM('a', 'b')", "INTERVAL"],
      other: ["INTEGER[]", "VARCHAR[3]", "STRUCT(a INTEGER)", "BLOB", "MAP(VARCHAR, INTEGER)", "BIT"],
      boolean: ["BOOLEAN"],
    }))
      for (const type of list) assert.equal(familyOf(type), family, type);
  });
});
