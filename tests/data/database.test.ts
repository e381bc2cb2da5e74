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

  it("insists on one row where one is expected", async () => {
    const db = await Database.open();
    await assert.rejects(db.row("SELECT 1 WHERE false"), /expected one row, got 0/);
    db.close();
  });
});
