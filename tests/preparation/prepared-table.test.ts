import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Database, withDatabase } from "#src/data/database.js";
import { Workspace } from "#src/data/workspace.js";
import { matrixOf } from "#src/math/matrix.js";
import { type Points, readPoints, storePoints } from "#src/preparation/prepared-table.js";
import { temporaryFolder } from "../data/support.js";

const points: Points = {
  ids: ["b'1", 'a"2', "c,[3", "10"],
  names: ["revenue", 'odd "name"'],
  X: matrixOf([
    [0.1, 1 / 3],
    [-5e-324, 1.7976931348623157e308],
    [0, -2.5],
    [1e22, 123_456_789.123_456_78],
  ]),
};

describe("points", () => {
  it("come back from a table, and from a stored one, digit for digit and in order", async () => {
    const workspace = new Workspace(temporaryFolder());
    await withDatabase(async (db) => {
      await storePoints(db, "prepared", points);
      assert.deepEqual(await readPoints(db, "prepared"), points);
      await workspace.writeTable(db, "prepared", "FROM prepared");
    });
    await withDatabase(async (db) => {
      await workspace.readTable(db, "prepared");
      assert.deepEqual(await readPoints(db, "prepared"), points);
    });
  });

  it("replace those that were there, and may be none", async () => {
    const db = await Database.open();
    await storePoints(db, "prepared", points);
    const none = { ids: [], names: ["revenue"], X: { rows: 0, columns: 1, data: new Float64Array(0) } };
    await storePoints(db, "prepared", none);
    assert.deepEqual(await readPoints(db, "prepared"), none);
    const unnamed = { ids: ["1", "2"], names: [], X: { rows: 2, columns: 0, data: new Float64Array(0) } };
    await storePoints(db, "prepared", unnamed);
    assert.deepEqual(await readPoints(db, "prepared"), unnamed);
    db.close();
  });

  it("need ids and names that fit, and none of them is the id", async () => {
    const db = await Database.open();
    await assert.rejects(
      storePoints(db, "x", { ...points, ids: ["1"] }),
      /an id a row .* got 1 and 2 for 4 x 2/,
    );
    await assert.rejects(
      storePoints(db, "x", { ...points, names: ["revenue", "customer_id"] }),
      /no customer_id/,
    );
    db.close();
  });
});
