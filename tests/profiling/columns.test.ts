import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Database } from "#src/data/database.js";
import { describeNumberColumns, describeTextColumns, overviewColumns } from "#src/profiling/columns.js";

describe("columns of a table", () => {
  let db: Database;
  before(async () => {
    db = await Database.open();
    await db.run(`CREATE TABLE "odd ""name" (n INTEGER, "a text" VARCHAR, price DECIMAL(18, 4));
      INSERT INTO "odd ""name" VALUES (1, 'b', 1.5), (2, 'a', NULL), (NULL, 'a', 2.5), (2, '', 0.5), (4, 'b', 0)`);
  });
  after(() => db.close());

  it("are listed in order with type, missing and distinct values", async () => {
    assert.deepEqual(await overviewColumns(db, 'odd "name'), [
      { column: "n", type: "INTEGER", rows: 5, missing: 1, missingShare: 0.2, distinct: 3 },
      { column: "a text", type: "VARCHAR", rows: 5, missing: 0, missingShare: 0, distinct: 3 },
      { column: "price", type: "DECIMAL(18,4)", rows: 5, missing: 1, missingShare: 0.2, distinct: 4 },
    ]);
  });

  it("are described by name, expressions included; NULL is missing", async () => {
    const [n, total] = await describeNumberColumns(db, 'odd "name', { n: "n", total: "n * price" });
    assert.equal(n!.count, 4);
    assert.equal(n!.missing, 1);
    assert.equal(n!.mean, 2.25);
    assert.deepEqual(n!.top[0], { value: 2, rows: 2, share: 0.5 });
    assert.deepEqual(
      n!.top.map(({ value }) => value),
      [2, 1, 4],
    );
    assert.equal(total!.count, 3);
    assert.equal(total!.max, 1.5);
  });

  it("name the most frequent texts, ties by text", async () => {
    const [texts] = await describeTextColumns(db, 'odd "name', ["a text"], { top: 2 });
    assert.deepEqual(texts, {
      column: "a text",
      distinct: 3,
      minLength: 0,
      maxLength: 1,
      top: [
        { value: "a", rows: 2, share: 0.4 },
        { value: "b", rows: 2, share: 0.4 },
      ],
    });
  });

  it("of an empty table have no rows and no shares", async () => {
    await db.run("CREATE TABLE empty (t VARCHAR)");
    assert.equal((await overviewColumns(db, "empty"))[0]!.missingShare, 0);
    const [texts] = await describeTextColumns(db, "empty", ["t"]);
    assert.deepEqual(texts, { column: "t", distinct: 0, minLength: 0, maxLength: 0, top: [] });
  });
});
