import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Database } from "#src/data/database.js";
import { replaceTable, replaceView, sqlFile, sqlName, withScratchTable } from "#src/data/tables.js";

describe("a table", () => {
  it("replaces a table or a view, which its query may read", async () => {
    const db = await Database.open();
    await replaceTable(db, "t", "SELECT 1 AS a");
    await replaceTable(db, "t", "SELECT a + 1 AS a FROM t");
    assert.deepEqual(await db.rows("FROM t"), [{ a: 2 }]);
    await replaceView(db, "t", "SELECT 3 AS a");
    await replaceView(db, "t", "SELECT 4 AS a");
    await replaceTable(db, "t", "SELECT 5 AS a");
    assert.deepEqual(await db.rows("FROM t"), [{ a: 5 }]);
    db.close();
  });

  it("stays as it was when the query for a new one fails", async () => {
    const db = await Database.open();
    await replaceTable(db, "t", "SELECT 1 AS a");
    await assert.rejects(replaceTable(db, "t", "SELECT nothing"));
    assert.deepEqual(await db.rows("FROM t"), [{ a: 1 }]);
    db.close();
  });
});

describe("a scratch table", () => {
  it("has a name of its own and is gone afterwards, also after a failure", async () => {
    const db = await Database.open();
    const read = (table: string): Promise<object[]> => db.rows(`FROM ${table}`);
    const nested = withScratchTable(db, "SELECT 1 AS a", (outer) =>
      withScratchTable(db, `SELECT a + 1 AS a FROM ${outer}`, async (inner) => [
        await read(outer),
        await read(inner),
      ]),
    );
    assert.deepEqual(await nested, [[{ a: 1 }], [{ a: 2 }]]);
    const failing = withScratchTable(db, "SELECT 1", () => Promise.reject(new Error("stop")));
    await assert.rejects(failing, /stop/);
    assert.deepEqual(await db.rows("FROM duckdb_tables()"), []);
    db.close();
  });
});

describe("names", () => {
  it("survive quotes, files also wildcards", () => {
    assert.equal(sqlName('a"b'), '"a""b"');
    assert.equal(sqlFile("it's [1]*.csv"), "'it''s [[]1][*].csv'");
  });
});
