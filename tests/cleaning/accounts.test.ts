import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accountRows, assertAccounts } from "#src/cleaning/accounts.js";
import { cleanInvoices } from "#src/cleaning/clean.js";
import type { CleaningOptions } from "#src/cleaning/options.js";
import { replaceTable } from "#src/data/tables.js";
import { seededRandom } from "#src/math/random.js";
import { pick, randomLines, shopWith } from "./support.js";

describe("the row account", () => {
  it("says of every row where it went, and what is left after each step", async () => {
    const db = await shopWith(
      [
        { quantity: 2, unitPrice: 10 },
        { stockCode: "POST", customerId: "2" },
        { quantity: -1, customerId: null },
        { quantity: 3, customerId: "3" },
        { quantity: -3, customerId: "3" },
      ],
      2,
    );
    await cleanInvoices(db);
    const rows = (await accountRows(db)).filter(({ rows }) => rows > 0).map(({ title: _, ...row }) => row);
    const nothing = { identifiedRows: 0, customers: 0 };
    assert.deepEqual(rows, [
      {
        name: "raw",
        rows: 7,
        units: 10,
        money: 32.5,
        identifiedRows: 4,
        customers: 3,
        rowsLeft: 7,
        customersLeft: 3,
      },
      { name: "rejected", rows: 2, units: 3, money: 0, ...nothing, rowsLeft: 5, customersLeft: 3 },
      {
        ...{ name: "non_product_code", rows: 1, units: 6, money: 15, identifiedRows: 1, customers: 1 },
        ...{ rowsLeft: 4, customersLeft: 2 },
      },
      {
        ...{ name: "cancelled", rows: 2, units: 0, money: 0, identifiedRows: 2, customers: 1 },
        ...{ rowsLeft: 2, customersLeft: 1 },
      },
      {
        ...{ name: "purchases", rows: 1, units: 2, money: 20, identifiedRows: 1, customers: 1 },
        ...{ rowsLeft: null, customersLeft: null },
      },
      { name: "returns", rows: 1, units: -1, money: -2.5, ...nothing, rowsLeft: null, customersLeft: null },
    ]);
    db.close();
  });

  it("is all zeros for a shop without lines", async () => {
    const db = await shopWith([]);
    await cleanInvoices(db);
    const account = await accountRows(db);
    assert.ok(account.every(({ rows, units, money }) => rows === 0 && units === 0 && money === 0));
    await assertAccounts(db);
    db.close();
  });

  it("closes for random lines and random options", async () => {
    const random = seededRandom(5);
    for (let round = 0; round < 20; round++) {
      const options: CleaningOptions = {
        repeatedLines: pick(random, ["keep", "drop"]),
        zeroQuantities: pick(random, ["keep", "drop"]),
        priceFloor: pick(random, [null, 0.04, 2]),
        droppedCountries: pick(random, [[], ["Unspecified"]]),
        droppedCustomers: pick(random, [[], ["1"]]),
        largestQuantity: pick(random, [null, 100]),
        cancelledSales: pick(random, ["keep", "drop"]),
        ...pick(random, [{}, { nonProductCodes: [] }]),
      };
      const db = await shopWith(randomLines(round, 60), Math.floor(random() * 3));
      await cleanInvoices(db, options);
      await assertAccounts(db);
      const account = await accountRows(db);
      const sum = (key: "rows" | "units" | "money"): number =>
        account.slice(1).reduce((total, row) => total + row[key], 0);
      assert.deepEqual([sum("rows"), sum("units")], [account[0]?.rows, account[0]?.units]);
      assert.ok(Math.abs(sum("money") - account[0]!.money) < 1e-6);
      const left = account.filter(({ name }) => name === "cancelled")[0];
      const kept = account.filter(({ name }) => name === "purchases" || name === "returns");
      assert.equal(left?.rowsLeft, kept[0]!.rows + kept[1]!.rows);
      db.close();
    }
  });
});

describe("the check of the account", () => {
  const lines = [{}, { quantity: 1 }, { quantity: -2 }, { stockCode: "POST" }];
  const tampered: Record<string, string> = {
    "a lost row": "DELETE FROM purchases WHERE row = 1",
    "a row counted twice": "INSERT INTO purchases FROM purchases WHERE row = 1",
    "a row in two tables": "DELETE FROM purchases WHERE row = 1; INSERT INTO purchases FROM returns",
    "other units": "UPDATE purchases SET quantity = 7 WHERE row = 1",
    "money off by a ten-thousandth": "UPDATE returns SET line_total = line_total + 0.0001",
    "a row of another source": "UPDATE purchases SET row = 99 WHERE row = 1",
  };
  for (const [what, sql] of Object.entries(tampered))
    it(`notices ${what}`, async () => {
      const db = await shopWith(lines, 1);
      await cleanInvoices(db);
      // Rows of a view cannot be changed.
      for (const table of ["purchases", "returns"]) await replaceTable(db, table, `FROM ${table}`);
      await assertAccounts(db);
      await db.run(sql);
      await assert.rejects(assertAccounts(db), /the row accounts do not close: raw .*, rejected \+ excluded/);
      db.close();
    });
});
