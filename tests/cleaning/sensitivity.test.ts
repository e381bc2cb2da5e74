import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { sensitivity } from "#src/cleaning/sensitivity.js";
import { randomLines, shopWith } from "./support.js";

describe("the sensitivity of the cleaning", () => {
  const lines = [
    { customerId: "1", quantity: 10, unitPrice: 0.1 },
    { customerId: "2", quantity: 1, unitPrice: 0.2 },
    { customerId: "2", quantity: -1, unitPrice: 0.2, invoicedAt: "2011-02-01 00:00:00" },
    { customerId: null, quantity: 5, unitPrice: 2 },
    { customerId: "1", quantity: -1, unitPrice: 0.3 },
  ];

  it("puts each variant beside the base, with the difference exact to the ten-thousandth", async () => {
    const db = await shopWith(lines);
    const [base, kept] = await sensitivity(db, {}, { "cancelled sales kept": { cancelledSales: "keep" } });
    const expected = {
      customers: 1,
      purchaseRows: 2,
      grossRevenue: 11,
      returnRows: 1,
      returnedRevenue: -0.3,
      netRevenue: 10.7,
      identifiedGrossRevenue: 1,
    };
    const zeros = Object.fromEntries(Object.keys(expected).map((key) => [key, 0]));
    assert.deepEqual(base, { name: "base", ...expected, delta: zeros });
    assert.deepEqual(kept, {
      name: "cancelled sales kept",
      customers: 2,
      purchaseRows: 3,
      grossRevenue: 11.2,
      returnRows: 2,
      returnedRevenue: -0.5,
      netRevenue: 10.7,
      identifiedGrossRevenue: 1.2,
      delta: {
        customers: 1,
        purchaseRows: 1,
        grossRevenue: 0.2,
        returnRows: 1,
        returnedRevenue: -0.2,
        netRevenue: 0,
        identifiedGrossRevenue: 0.2,
      },
    });
    db.close();
  });

  it("changes from the base what the variant names, and nothing else", async () => {
    const db = await shopWith(lines);
    const base = { priceFloor: 0.15, cancelledSales: "keep" } as const;
    const [, variant] = await sensitivity(db, base, { all: { priceFloor: null } });
    assert.deepEqual([variant?.purchaseRows, variant?.delta.purchaseRows], [3, 1]);
    db.close();
  });

  it("leaves the tables of the caller as they are", async () => {
    const db = await shopWith(randomLines(3, 80));
    await cleanInvoices(db);
    const state = async (): Promise<unknown> => [
      await db.rows("FROM purchases"),
      await db.rows("FROM returns"),
      await db.rows("FROM excluded_rows"),
      await db.rows("SELECT table_name FROM duckdb_tables() ORDER BY ALL"),
    ];
    const before = await state();
    await sensitivity(db, {}, { "no floor": { priceFloor: null }, "no repeats": { repeatedLines: "drop" } });
    assert.deepEqual(await state(), before);
    db.close();
  });

  it("agrees with the tables the same options make", async () => {
    const db = await shopWith(randomLines(9, 120));
    const options = { repeatedLines: "drop", priceFloor: 1 } as const;
    const [, variant] = await sensitivity(db, {}, { strict: options });
    await cleanInvoices(db, options);
    const tables = await db.row(
      `SELECT (SELECT count(*) FROM purchases) AS "purchaseRows", (SELECT sum(line_total) FROM purchases) AS gross,
         (SELECT sum(line_total) FROM returns) AS returned,
         (SELECT count(DISTINCT customer_id) FROM purchases) AS customers`,
    );
    assert.deepEqual(tables, {
      purchaseRows: variant?.purchaseRows,
      gross: variant?.grossRevenue,
      returned: variant?.returnedRevenue,
      customers: variant?.customers,
    });
    db.close();
  });

  it("is zero for a shop without lines", async () => {
    const db = await shopWith([]);
    const [base] = await sensitivity(db, {}, {});
    assert.deepEqual([base?.customers, base?.grossRevenue, base?.netRevenue], [0, 0, 0]);
    db.close();
  });
});
