import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { Database } from "#src/data/database.js";
import { LineTables } from "#src/data/line-tables.js";
import { loadInvoices } from "#src/data/load.js";
import { replaceTable, replaceView } from "#src/data/tables.js";
import { buildCustomers } from "#src/features/customers.js";
import { HEADER, temporaryFolder } from "./support.js";

const TABLES = ["invoice_lines", "purchases", "returns", "excluded_rows"];

/** Fields in the order of HEADER. */
const LINES = [
  ["1", "a", "Lamp", 6, "1/9/2011 8:26", "2.5", "17850", "France"],
  ["1", "b", "", 2, "1/9/2011 8:26", "1.25", "17850", "France"],
  ["2", "a ", "Lamp", 1, "1/12/2011 9:00", "2.5", "17850.0", "Belgium"],
  ["3", "POST", "Postage", 1, "1/12/2011 9:00", "4", "b", "Belgium"],
  ["3", "c", "Cup", 4, "1/12/2011 9:00", "0.5", "b", ""],
  ["4", "c", "Cup", 4, "2/1/2011 9:00", "0.5", "B", "Spain"],
  ["C5", "c", "Cup", -4, "2/2/2011 9:00", "0.5", "B", "Spain"],
  ["C6", "a", "Lamp", -1, "2/3/2011 10:00", "2.5", "17850", "France"],
  ["7", "a", "Lamp", 1, "2/3/2011 10:00", "2.5", "", "France"],
  ["8", "d", "Gift", 1, "2/3/2011 10:00", "0", "b", "France"],
  ["", "d", "no number", 1, "2/3/2011 10:00", "1", "b", "France"],
];

/** A shop of these columns of LINES, loaded and cleaned. */
async function openShop(isKept: (column: string) => boolean = () => true): Promise<Database> {
  const path = join(temporaryFolder(), "shop.csv");
  const rows = [HEADER.split(","), ...LINES];
  const kept = HEADER.split(",").map(isKept);
  writeFileSync(path, rows.map((row) => row.filter((_, i) => kept[i]).join(",")).join("\n"));
  const db = await Database.open();
  await loadInvoices(db, path);
  await cleanInvoices(db);
  return db;
}

/** The same shop in stored tables that have texts only, cleaned again. */
async function withTextsOnly(db: Database): Promise<void> {
  await replaceTable(db, "invoice_lines", "FROM invoice_lines");
  await cleanInvoices(db);
}

async function contents(db: Database): Promise<unknown> {
  const tables = TABLES.map((table) => db.rows(`FROM ${table} ORDER BY row`));
  const types = TABLES.map((table) => db.rows(`SELECT column_name, column_type FROM (DESCRIBE ${table})`));
  return Promise.all([...tables, ...types]);
}

async function customersAt(db: Database, referenceDate?: string): Promise<unknown> {
  const summary = await buildCustomers(db, { referenceDate });
  return { summary, customers: await db.rows("FROM customers") };
}

describe("tables of lines", () => {
  const shops: [string, (column: string) => boolean][] = [
    ["a shop", () => true],
    ["a shop without countries and descriptions", (name) => name !== "Country" && name !== "Description"],
  ];
  for (const [title, isKept] of shops)
    it(`say with keys what they say with texts: ${title}`, async () => {
      const db = await openShop(isKept);
      assert.equal((await LineTables.of(db, ...TABLES)).areKeyed, true);
      const keyed = [await contents(db), await customersAt(db), await customersAt(db, "2011-02-02")];
      await withTextsOnly(db);
      assert.equal((await LineTables.of(db, ...TABLES)).areKeyed, false);
      const texts = [await contents(db), await customersAt(db), await customersAt(db, "2011-02-02")];
      assert.deepEqual(keyed, texts);
      db.close();
    });

  it("have one key for texts that mean the same, in the order of what they mean, and none for no text", async () => {
    const db = await openShop();
    const lines = (await LineTables.of(db, "invoice_lines")).from("invoice_lines");
    const keys = await db.rows(
      `SELECT DISTINCT keyed.customer_id AS key, lines.customer_id AS text
       FROM ${lines} AS keyed JOIN invoice_lines AS lines USING (row) ORDER BY key`,
    );
    assert.deepEqual(keys, [
      { key: 1, text: "17850" },
      { key: 2, text: "B" },
      { key: 3, text: "b" },
      { key: null, text: null },
    ]);
    db.close();
  });

  it("lose their keys when something else takes their place, be it a table or a view", async () => {
    for (const replace of [replaceTable, replaceView])
      for (const table of TABLES) {
        const db = await openShop();
        await replaceTable(db, "elsewhere", `FROM ${table} WHERE row > 2`);
        await replace(db, table, "FROM elsewhere");
        const tables = await LineTables.of(db, ...TABLES);
        assert.deepEqual([tables.areKeyed, tables.from(table)], [false, `"${table}"`], table);
        db.close();
      }
  });

  it("from elsewhere are what features are made of, though there were others with keys", async () => {
    const db = await openShop();
    await replaceTable(db, "elsewhere", "FROM purchases WHERE customer_id = '17850'");
    await replaceView(db, "purchases", "FROM elsewhere");
    const { customers } = await buildCustomers(db);
    assert.equal(customers, 1);
    db.close();
  });

  it("are those of the file loaded last", async () => {
    const db = await openShop();
    const path = join(temporaryFolder(), "other.csv");
    writeFileSync(path, `${HEADER}\n9,z,Zebra,1,3/1/2011 9:00,2,zoo,Chad\n`);
    await loadInvoices(db, path);
    await cleanInvoices(db);
    assert.deepEqual(await db.rows("SELECT invoice_no, customer_id, country FROM purchases"), [
      { invoice_no: "9", customer_id: "zoo", country: "Chad" },
    ]);
    assert.equal((await buildCustomers(db)).customers, 1);
    db.close();
  });
});
