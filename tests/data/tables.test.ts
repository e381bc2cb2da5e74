import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Database } from "#src/data/database.js";
import {
  replaceTable,
  replaceTableInOrder,
  replaceView,
  sqlFile,
  sqlName,
  withScratchTable,
} from "#src/data/tables.js";

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

describe("a table in order", () => {
  it("has its rows sorted, whatever gives them", async () => {
    const db = await Database.open();
    const read = async (): Promise<number[]> => (await db.rows<{ a: number }>("FROM t")).map(({ a }) => a);
    for (const [query, expected] of [
      ["SELECT unnest([3, 1, 2]) AS a", [1, 2, 3]],
      ["SELECT unnest([1, 2, 4]) AS a", [1, 2, 4]],
      ["SELECT 1 AS a WHERE false", []],
    ] as const) {
      await replaceTableInOrder(db, "t", query, "a");
      assert.deepEqual(await read(), expected);
    }
    db.close();
  });

  it("keeps it beside joins, also of more rows than are stored in one piece, in the same pieces as when sorted", async () => {
    const db = await Database.open();
    await db.run(
      "CREATE TABLE t AS SELECT range AS a, range % 7 AS b FROM range(600000); CREATE TABLE names AS SELECT range AS b FROM range(6)",
    );
    const pieces = (table: string): Promise<object[]> =>
      db.rows(
        `SELECT row_group_id, sum(count) AS rows FROM pragma_storage_info('${table}') WHERE segment_type = 'BIGINT'
         GROUP BY row_group_id ORDER BY row_group_id`,
      );
    const joined = "SELECT a FROM t JOIN names USING (b)";
    await replaceTable(db, "sorted", `${joined} ORDER BY a`);
    await replaceTableInOrder(db, "kept", joined, "a");
    const { differ } = await db.row<{ differ: number }>(
      "SELECT count(*) FILTER (kept.a <> sorted.a) AS differ FROM kept POSITIONAL JOIN sorted",
    );
    assert.equal(differ, 0);
    assert.deepEqual(await pieces("kept"), await pieces("sorted"));
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
