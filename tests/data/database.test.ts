import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Database } from "#src/data/database.js";

describe("the database", () => {
  it("gives plain rows: numbers for decimals and big integers, texts for times", async () => {
    const db = await Database.open();
    const row = await db.row(
      "SELECT 2.55::DECIMAL(18, 4) AS price, 5::BIGINT AS units, NULL AS nothing, $name AS name, " +
        "TIMESTAMP '2010-12-01 08:26:00' AS at",
      { name: "it's" },
    );
    assert.deepEqual(row, { price: 2.55, units: 5, nothing: null, name: "it's", at: "2010-12-01 08:26:00" });
    db.close();
  });

  it("does not depend on the time zone of the machine", async () => {
    const db = await Database.open();
    const { at } = await db.row("SELECT TIMESTAMPTZ '2010-12-01 08:26:00+00'::TIMESTAMP AS at");
    assert.equal(at, "2010-12-01 08:26:00");
    db.close();
  });

  it("refuses an integer a number cannot hold", async () => {
    const db = await Database.open();
    await assert.rejects(db.rows("SELECT 9007199254740993 AS n"), /9007199254740993 is too large/);
    db.close();
  });

  it("takes rows as columns, more than it takes at once, missing texts included", async () => {
    const db = await Database.open();
    await db.run("CREATE SCHEMA s; CREATE TABLE s.shop (code INTEGER, text VARCHAR)");
    const codes = Int32Array.from({ length: 5_000 }, (_, at) => at - 2_500);
    const texts = Array.from(codes, (code) => (code % 7 === 0 ? null : `text ${code}`));
    await db.append("s.shop", [codes, texts]);
    await db.append("s.shop", [new Int32Array(0), []]);
    const rows = await db.rows("FROM s.shop");
    assert.deepEqual(
      rows,
      Array.from(codes, (code, at) => ({ code, text: texts[at] })),
    );
    db.close();
  });

  it("gives one column as doubles, NULL as NaN", async () => {
    const db = await Database.open();
    assert.deepEqual(await db.numbers("SELECT unnest([1, NULL, 3])"), Float64Array.of(1, Number.NaN, 3));
    db.close();
  });

  it("gives several columns as doubles, in row order", async () => {
    const db = await Database.open();
    const [a, b] = await db.columns("SELECT range AS a, nullif(range % 2, 0) AS b FROM range(5000)");
    assert.deepEqual([a!.length, a![4999], b![0], b![4999]], [5000, 4999, Number.NaN, 1]);
    assert.deepEqual(await db.columns("SELECT 1 AS a, 2 AS b WHERE false"), [
      new Float64Array(),
      new Float64Array(),
    ]);
    await assert.rejects(db.numbers("SELECT 1, 2"), /expected one column, got 2/);
    db.close();
  });

  it("does what is asked at once in the order it was asked, whatever fails", async () => {
    const db = await Database.open();
    const [, failure, rows] = await Promise.allSettled([
      db.run("CREATE TABLE t AS SELECT range AS n FROM range(100000)"),
      db.run("nonsense"),
      db.row("SELECT count(*) AS rows FROM t"),
    ]);
    assert.equal(failure!.status, "rejected");
    assert.deepEqual(rows, { status: "fulfilled", value: { rows: 100_000 } });
    db.close();
  });

  it("does statements that do not need each other at once, and the others whatever becomes of one", async () => {
    const db = await Database.open();
    await db.run("CREATE SCHEMA s; CREATE TABLE s.rows (n INTEGER, t VARCHAR)");
    const appended = db.append("s.rows", [
      Int32Array.from({ length: 100_000 }, (_, i) => i),
      new Array(100_000).fill("x"),
    ]);
    const tables = Array.from({ length: 6 }, (_, i) => ({
      sql: `CREATE TABLE t${i} AS SELECT $first + range AS n, strptime('2024-01-01 00:00 +02', '%Y-%m-%d %H:%M %z')::VARCHAR AS moment FROM range(1000)`,
      parameters: { first: i },
    }));
    await assert.rejects(db.runAtOnce([{ sql: "CREATE TABLE u AS FROM nothing" }, ...tables]), /nothing/);
    const rows = await Promise.all(
      tables.map((_, i) => db.row(`SELECT min(n) AS n, any_value(moment) AS moment FROM t${i}`)),
    );
    assert.deepEqual(
      rows,
      tables.map((_, n) => ({ n, moment: "2023-12-31 22:00:00+00" })),
    );
    await appended;
    assert.deepEqual(await db.row("SELECT sum(n) AS n, count(t) AS t FROM s.rows"), {
      n: 4_999_950_000,
      t: 100_000,
    });
    db.close();
  });

  it("has as many threads as before when it was given one, also after a failure", async () => {
    const db = await Database.open();
    const threads = async (): Promise<unknown> =>
      (await db.row("SELECT current_setting('threads') AS threads"))["threads"];
    const before = await threads();
    assert.equal(await db.inOneThread(threads), 1);
    await assert.rejects(db.inOneThread(() => db.run("nonsense")));
    assert.equal(await threads(), before);
    db.close();
  });

  it("insists on one row where one is expected", async () => {
    const db = await Database.open();
    await assert.rejects(db.row("SELECT 1 WHERE false"), /expected one row, got 0/);
    db.close();
  });
});
