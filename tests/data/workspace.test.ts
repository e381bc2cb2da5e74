import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Database } from "#src/data/database.js";
import { InputError } from "#src/data/errors.js";
import { Workspace } from "#src/data/workspace.js";
import { loadRealData, temporaryFolder } from "./support.js";

describe("a workspace", () => {
  it("hands a table to another database", async () => {
    const workspace = new Workspace(join(temporaryFolder(), "data/interim"));
    const [one, other] = [await Database.open(), await Database.open()];
    await workspace.writeTable(one, "customers", "SELECT 'a' AS customer_id, 2.55::DECIMAL(18, 4) AS spent");
    await workspace.readTable(other, "customers");
    assert.deepEqual(await other.rows("FROM customers"), [{ customer_id: "a", spent: 2.55 }]);
    one.close();
    other.close();
  });

  it("stores files for readers outside, beside an artifact of the same name", async () => {
    const folder = temporaryFolder();
    const workspace = new Workspace(folder);
    await workspace.writeFile("member_list", "csv", "a\n");
    await workspace.writeFile("member_list", "xlsx", Uint8Array.of(1, 0));
    assert.deepEqual(readdirSync(folder).sort(), ["member_list.csv", "member_list.xlsx"]);
    assert.deepEqual([...readFileSync(workspace.path("member_list", "xlsx"))], [1, 0]);
  });

  it("keeps its tables apart from wildcards in the folder's name", async () => {
    const workspace = new Workspace(join(temporaryFolder(), "run [1]*"));
    const db = await Database.open();
    await workspace.writeTable(db, "customers", "SELECT 1 AS a");
    await workspace.readTable(db, "customers");
    assert.deepEqual(await db.rows("FROM customers"), [{ a: 1 }]);
    db.close();
  });

  it("reads a table over one of the same name", async () => {
    const workspace = new Workspace(temporaryFolder());
    const db = await Database.open();
    await db.run("CREATE TABLE customers AS SELECT 1 AS a");
    await workspace.writeTable(db, "customers", "SELECT a + 1 AS a FROM customers");
    await workspace.readTable(db, "customers");
    assert.deepEqual(await db.rows("FROM customers"), [{ a: 2 }]);
    db.close();
  });

  it("says which notebook writes what is missing", async () => {
    const db = await Database.open();
    const workspace = new Workspace("no/such/folder");
    await assert.rejects(
      workspace.readTable(db, "invoice_lines"),
      new InputError("invoice_lines is not in no/such/folder: run notebook 01 first"),
    );
    await assert.rejects(
      workspace.readJson("model"),
      new InputError("model is not in no/such/folder: run notebook 09 first"),
    );
    await assert.rejects(
      workspace.readJson("mystery"),
      new InputError("mystery is not in no/such/folder: no notebook is known to write it"),
    );
    db.close();
  });

  it("says when what it holds is damaged", async () => {
    const folder = temporaryFolder();
    const db = await Database.open();
    writeFileSync(join(folder, "model.json"), '{"k": ');
    writeFileSync(join(folder, "returns.parquet"), "PAR1");
    const workspace = new Workspace(folder);
    await assert.rejects(
      workspace.readJson("model"),
      /^InputError: model in .* is damaged: delete it, then run/,
    );
    await assert.rejects(workspace.readTable(db, "returns"), /^InputError: returns in .* is damaged/);
    db.close();
  });

  it("keeps values as JSON, typed arrays as lists", async () => {
    const folder = temporaryFolder();
    const workspace = new Workspace(folder);
    await workspace.writeJson("model", { k: 3, centers: [Float64Array.of(0.5, 1)], name: null });
    assert.deepEqual(await workspace.readJson("model"), { k: 3, centers: [[0.5, 1]], name: null });
    assert.match(readFileSync(join(folder, "model.json"), "utf8"), /^\{\n {2}"k": 3,\n/);
  });

  it("keeps JSON that is text already as it is", async () => {
    const workspace = new Workspace(temporaryFolder());
    await workspace.writeText("model", '{ "k":  -0 }\n');
    assert.equal(readFileSync(workspace.path("model", "json"), "utf8"), '{ "k":  -0 }\n');
    assert.deepEqual(readdirSync(workspace.folder), ["model.json"]);
  });

  it("does not turn NaN into null behind one's back", async () => {
    const workspace = new Workspace(temporaryFolder());
    await assert.rejects(workspace.writeJson("model", { k: [Number.NaN] }), /RangeError: JSON has no NaN/);
    await assert.rejects(workspace.writeJson("model", Float64Array.of(Infinity)), /JSON has no Infinity/);
    assert.deepEqual(readdirSync(workspace.folder), []);
  });

  it("keeps the old artifact and no temporary file when writing fails", async () => {
    const folder = temporaryFolder();
    const db = await Database.open();
    const workspace = new Workspace(folder);
    await workspace.writeTable(db, "customers", "SELECT 1 AS a");
    await assert.rejects(workspace.writeTable(db, "customers", "SELECT nothing"));
    const late = "SELECT CASE WHEN i = 900000 THEN error('late') ELSE i END AS i FROM range(1000000) AS r(i)";
    await assert.rejects(workspace.writeTable(db, "customers", late), /late/);
    mkdirSync(join(folder, "returns.parquet"));
    await assert.rejects(workspace.writeTable(db, "returns", "SELECT 1 AS a"));
    assert.deepEqual(readdirSync(folder).sort(), ["customers.parquet", "returns.parquet"]);
    await workspace.readTable(db, "customers");
    assert.deepEqual(await db.rows("FROM customers"), [{ a: 1 }]);
    db.close();
  });

  it("lets no name leave the folder", () => {
    const workspace = new Workspace("folder");
    for (const name of ["../x", "a/b", "", "A", "a.b"])
      assert.throws(() => workspace.path(name, "json"), RangeError);
  });

  it("writes the same bytes for the same rows, however many threads write them", async () => {
    const db = await Database.open();
    const workspace = new Workspace(temporaryFolder());
    const rows =
      "SELECT i AS row, 'x' || hash(i) % 5000 AS code, (i % 977) / 7 AS price FROM range(400000) AS r(i)";
    await db.run(`CREATE TABLE lines AS ${rows}`);
    const files: Buffer[] = [];
    for (const threads of [2, 2, 2, 1, 4]) {
      await db.run(`SET threads = ${threads}`);
      await workspace.writeTable(db, "lines", "FROM lines ORDER BY row");
      files.push(readFileSync(workspace.path("lines", "parquet")));
    }
    assert.ok(files.every((file) => file.equals(files[0]!)));
    db.close();
  });

  it("writes the same bytes for the same rows of the real data", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const workspace = new Workspace(temporaryFolder());
    const files: Buffer[] = [];
    for (let i = 0; i < 3; i++) {
      await workspace.writeTable(real.db, "invoice_lines", "FROM invoice_lines ORDER BY row");
      files.push(readFileSync(workspace.path("invoice_lines", "parquet")));
    }
    assert.ok(files.every((file) => file.equals(files[0]!)));
  });

  it("says in one line that a disk is full, and leaves nothing behind", async () => {
    const folder = temporaryFolder();
    const full = {
      run: () => Promise.reject(new Error('IO Error: Could not write file "x": No space left on device')),
    } as unknown as Database;
    await assert.rejects(
      new Workspace(folder).writeTable(full, "customers", "SELECT 1"),
      new InputError(`customers.parquet cannot be written to ${folder} (no space left): name another folder`),
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it("is no folder below a file", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    await assert.rejects(
      new Workspace(join(file, "interim")).writeJson("a", 1),
      new InputError(`${file}/interim cannot be a workspace (ENOTDIR): name another folder`),
    );
  });
});
