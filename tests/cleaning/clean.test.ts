import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import type { CleaningOptions } from "#src/cleaning/options.js";
import type { InvoiceLine, Row } from "#src/types.js";
import { LINE, shopWith } from "./support.js";

interface Cleaned {
  purchases: number[];
  returns: number[];
  /** Row to rule. */
  excluded: Record<number, string>;
  excludedRows: Row[];
}

async function clean(lines: Partial<InvoiceLine>[], options?: CleaningOptions): Promise<Cleaned> {
  const db = await shopWith(lines);
  await cleanInvoices(db, options);
  const rowsOf = async (table: string): Promise<number[]> =>
    (await db.rows<{ row: number }>(`SELECT row FROM ${table}`)).map(({ row }) => row);
  const excludedRows = await db.rows("FROM excluded_rows");
  const cleaned = {
    purchases: await rowsOf("purchases"),
    returns: await rowsOf("returns"),
    excluded: Object.fromEntries(excludedRows.map(({ row, rule }) => [row, rule])) as Record<number, string>,
    excludedRows,
  };
  db.close();
  return cleaned;
}

/** The rule that takes a single line out, if any. */
async function ruleFor(line: Partial<InvoiceLine>, options?: CleaningOptions): Promise<string | undefined> {
  return (await clean([line], options)).excluded[1];
}

describe("cleaning", () => {
  it("sorts lines into purchases and returns by the sign of their units", async () => {
    const { purchases, returns, excluded } = await clean([{}, { quantity: -2 }, { quantity: 1 }]);
    assert.deepEqual([purchases, returns, excluded], [[1, 3], [2], {}]);
  });

  it("keeps lines without a customer, with a null customer", async () => {
    const db = await shopWith([{ customerId: null }, { customerId: null, quantity: -6 }]);
    await cleanInvoices(db);
    assert.deepEqual(await db.rows("SELECT row, customer_id FROM purchases"), [
      { row: 1, customer_id: null },
    ]);
    assert.deepEqual(await db.rows("SELECT row, customer_id FROM returns"), [{ row: 2, customer_id: null }]);
    db.close();
  });

  it("keeps every column and adds the exact money of the line", async () => {
    const db = await shopWith([
      { unitPrice: 0.0499, quantity: 3 },
      { quantity: -2, unitPrice: 9.99 },
      { quantity: 0 },
    ]);
    await cleanInvoices(db);
    const columns = Object.keys(await db.row("FROM invoice_lines LIMIT 1"));
    const totals: unknown[] = [];
    for (const [table, more] of [
      ["purchases", []],
      ["returns", []],
      ["excluded_rows", ["rule", "reason", "matched_row"]],
    ] as const) {
      const row = await db.row(`SELECT *, typeof(line_total) AS type FROM ${table}`);
      assert.deepEqual(Object.keys(row), [...columns, "line_total", ...more, "type"]);
      totals.push([row.line_total, row.type]);
    }
    assert.deepEqual(totals, [
      [0.1497, "DECIMAL(18,4)"],
      [-19.98, "DECIMAL(18,4)"],
      [0, "DECIMAL(18,4)"],
    ]);
    db.close();
  });

  it("can be repeated on the same database", async () => {
    const db = await shopWith([{}, { stockCode: "POST" }]);
    await cleanInvoices(db);
    await cleanInvoices(db, { nonProductCodes: [] });
    assert.deepEqual(await db.rows("SELECT row FROM purchases"), [{ row: 1 }, { row: 2 }]);
    assert.deepEqual(await db.rows("FROM excluded_rows"), []);
    db.close();
  });

  it("makes empty tables of no lines", async () => {
    assert.deepEqual(await clean([]), { purchases: [], returns: [], excluded: {}, excludedRows: [] });
  });
});

describe("the rule", () => {
  it("for repeats drops later lines that are alike in all columns, when asked to", async () => {
    const lines = [{}, { description: null }, {}, { customerId: "2" }, { description: null }, {}];
    assert.deepEqual((await clean(lines)).excluded, {});
    const { excluded } = await clean(lines, { repeatedLines: "drop" });
    assert.deepEqual(excluded, { 3: "repeated_line", 5: "repeated_line", 6: "repeated_line" });
  });

  it("for no units drops lines of quantity zero; kept, they are purchases", async () => {
    assert.equal(await ruleFor({ quantity: 0 }), "zero_quantity");
    assert.deepEqual((await clean([{ quantity: 0 }], { zeroQuantities: "keep" })).purchases, [1]);
  });

  it("for the price floor drops what is below it, not what is on it", async () => {
    assert.equal(await ruleFor({ unitPrice: 0.04 }), undefined);
    assert.equal(await ruleFor({ unitPrice: 0.0399 }), "price_below_floor");
    assert.equal(await ruleFor({ unitPrice: -11062.06 }), "price_below_floor");
    assert.equal(await ruleFor({ unitPrice: 2.5 }, { priceFloor: 2.5001 }), "price_below_floor");
    assert.equal(await ruleFor({ unitPrice: -1 }, { priceFloor: null }), undefined);
  });

  it("for codes that are no products tells upper from lower case", async () => {
    const codes = ["POST", "DOT", "M", "m", "C2", "D", "S", "BANK CHARGES", "AMAZONFEE", "CRUK", "B", "PADS"];
    codes.push("gift_0001_10", "DCGSSBOY", "DCGS0003");
    const products = ["post", "d", "Gift_0001_10", "gift_0002", "DCG", "85123A", "M1", "15056BL"];
    const { purchases, excluded } = await clean([...codes, ...products].map((stockCode) => ({ stockCode })));
    assert.deepEqual(Object.values(excluded), Array(codes.length).fill("non_product_code"));
    assert.deepEqual(
      purchases,
      products.map((_, i) => codes.length + i + 1),
    );
  });

  it("for codes that are no products tells which kind, and takes a shop's own list", async () => {
    const { excludedRows } = await clean([{ stockCode: "POST" }, { stockCode: "gift_0001_50" }]);
    assert.deepEqual(
      excludedRows.map(({ reason }) => reason),
      ["postage and carriage", "gift vouchers: revenue when they are spent"],
    );
    const own = { nonProductCodes: [{ reason: "the shop's bags", codes: ["BAG?"] }] };
    const { purchases, excludedRows: bags } = await clean(
      [{ stockCode: "POST" }, { stockCode: "BAG1" }],
      own,
    );
    assert.deepEqual([purchases, bags[0]?.reason], [[1], "the shop's bags"]);
  });

  it("for countries and customers drops those listed, never lines without one", async () => {
    const options = { droppedCountries: ["Unspecified", "Cote d'Ivoire"], droppedCustomers: ["16446"] };
    assert.equal(await ruleFor({ country: "Cote d'Ivoire" }, options), "dropped_country");
    assert.equal(await ruleFor({ customerId: "16446" }, options), "dropped_customer");
    assert.equal(await ruleFor({ country: null, customerId: null }, options), undefined);
    assert.equal(await ruleFor({ country: "Unspecified", customerId: "16446" }), undefined);
  });

  it("for wholesale drops purchases and returns above a number of units", async () => {
    const lines = [{ quantity: 100 }, { quantity: 101 }, { quantity: -100 }, { quantity: -101 }];
    const { excluded } = await clean(lines, { largestQuantity: 100, cancelledSales: "keep" });
    assert.deepEqual(excluded, { 2: "wholesale_quantity", 4: "wholesale_quantity" });
  });

  it("that comes first decides when several apply", async () => {
    const all = { unitPrice: 0, quantity: 0, stockCode: "POST", country: "Unspecified", customerId: "16446" };
    const options: CleaningOptions = {
      droppedCountries: ["Unspecified"],
      droppedCustomers: ["16446"],
      largestQuantity: 0,
    };
    const steps: [line: Partial<InvoiceLine>, rule: string][] = [
      [all, "zero_quantity"],
      [{ ...all, quantity: 1 }, "price_below_floor"],
      [{ ...all, quantity: 1, unitPrice: 1 }, "non_product_code"],
      [{ ...all, quantity: 1, unitPrice: 1, stockCode: "1" }, "dropped_country"],
      [{ ...LINE, customerId: "16446" }, "dropped_customer"],
      [LINE, "wholesale_quantity"],
    ];
    for (const [line, rule] of steps) assert.equal(await ruleFor(line, options), rule);
    const { excluded } = await clean([all, all], { ...options, repeatedLines: "drop" });
    assert.deepEqual(excluded, { 1: "zero_quantity", 2: "repeated_line" });
  });
});

describe("a cancelled sale", () => {
  const bought = { quantity: 6 };
  const returned = { quantity: -6, invoicedAt: "2011-01-11 09:00:00" };

  it("leaves purchases and returns as a pair that knows each other", async () => {
    const { purchases, returns, excludedRows } = await clean([bought, { quantity: 1 }, returned]);
    assert.deepEqual([purchases, returns], [[2], []]);
    assert.deepEqual(
      excludedRows.map(({ row, rule, matched_row }) => [row, rule, matched_row]),
      [
        [1, "cancelled", 3],
        [3, "cancelled", 1],
      ],
    );
  });

  for (const [what, change] of Object.entries({
    "another customer": { customerId: "2" },
    "no customer": { customerId: null },
    "another code": { stockCode: "22423" },
    "another number of units": { quantity: -5 },
    "another price": { unitPrice: 2.49 },
    "an earlier time": { invoicedAt: "2011-01-10 09:59:00" },
  }))
    it(`is none when the return has ${what}`, async () => {
      assert.deepEqual((await clean([bought, { ...returned, ...change }])).excluded, {});
    });

  it("is none when neither line has a customer", async () => {
    const unknown = { customerId: null };
    assert.deepEqual(
      (
        await clean([
          { ...bought, ...unknown },
          { ...returned, ...unknown },
        ])
      ).excluded,
      {},
    );
  });

  it("is none when another rule took the purchase out", async () => {
    const options: CleaningOptions = { repeatedLines: "drop" };
    const { excluded, returns } = await clean([bought, bought, returned, returned], options);
    assert.deepEqual(excluded, { 1: "cancelled", 2: "repeated_line", 3: "cancelled", 4: "repeated_line" });
    assert.deepEqual(returns, []);
  });

  it("stays among purchases and returns when asked to", async () => {
    const { purchases, returns } = await clean([bought, returned], { cancelledSales: "keep" });
    assert.deepEqual([purchases, returns], [[1], [2]]);
  });
});

describe("options", () => {
  it("that have no meaning are refused with their value", async () => {
    const db = await shopWith([{}]);
    const cases: [CleaningOptions, RegExp][] = [
      [{ priceFloor: Number.NaN }, /priceFloor .* got NaN/],
      [{ priceFloor: 0.00001 }, /at most four decimals, got 0\.00001/],
      [{ largestQuantity: -1 }, /largestQuantity .* got -1/],
      [{ largestQuantity: 1.5 }, /largestQuantity .* got 1\.5/],
    ];
    for (const [options, message] of cases)
      await assert.rejects(cleanInvoices(db, options), (error: Error) => {
        assert.ok(error instanceof RangeError);
        assert.match(error.message, message);
        return true;
      });
    db.close();
  });
});
