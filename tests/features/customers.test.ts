import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildCustomers } from "#src/features/customers.js";
import { featureDictionary } from "#src/features/dictionary.js";
import type { InvoiceLine } from "#src/types.js";
import { cleanedShop, customerOf, customersOf, randomHistory } from "./support.js";

/**
 * Three orders, one of them in part returned: A of two products (20 + 5), B on the same day (10), C in May, 92 days
 * before the reference date; one order cancelled in full and one line of C cancelled.
 */
const HISTORY: Partial<InvoiceLine>[] = [
  { invoiceNo: "A", stockCode: "tea", quantity: 10, unitPrice: 2, invoicedAt: "2011-01-08 09:30:00" },
  { invoiceNo: "A", stockCode: "mug", quantity: 1, unitPrice: 5, invoicedAt: "2011-01-08 09:31:00" },
  { invoiceNo: "B", stockCode: "tea", quantity: 5, unitPrice: 2, invoicedAt: "2011-01-08 17:00:00" },
  { invoiceNo: "C", stockCode: "mug", quantity: 3, unitPrice: 5, invoicedAt: "2011-05-10 13:15:00" },
  { invoiceNo: "C", stockCode: "pot", quantity: 2, unitPrice: 8, invoicedAt: "2011-05-10 13:15:00" },
  { invoiceNo: "D", stockCode: "cup", quantity: 7, unitPrice: 3, invoicedAt: "2011-05-11 10:00:00" },
  { invoiceNo: "CC", stockCode: "pot", quantity: -2, unitPrice: 8, invoicedAt: "2011-05-12 10:00:00" },
  { invoiceNo: "CD", stockCode: "cup", quantity: -7, unitPrice: 3, invoicedAt: "2011-05-12 10:00:00" },
  { invoiceNo: "CA", stockCode: "tea", quantity: -4, unitPrice: 2, invoicedAt: "2011-05-13 10:00:00" },
  { invoiceNo: "X", stockCode: "tea", quantity: 99, unitPrice: 2, customerId: null },
];

describe("a customer", () => {
  it("has every feature as computed by hand", async () => {
    assert.deepEqual(await customerOf(HISTORY, "2011-08-10"), {
      customer_id: "17850",
      reference_date: "2011-08-10",
      gross_revenue: 50,
      net_revenue: 42,
      average_order_value: 50 / 3,
      average_item_price: 50 / 19,
      revenue_last_90_days: 0,
      revenue_last_180_days: 15,
      revenue_trend: -1,
      top_product_share: 0.6,
      first_order_at: "2011-01-08 09:30:00",
      last_order_at: "2011-05-10 13:15:00",
      recency_days: 92,
      tenure_days: 214,
      orders: 3,
      order_days: 2,
      active_months: 2,
      median_days_between_orders: 122,
      orders_per_active_month: 1.5,
      repeat_orders_per_30_days: 30 / 214,
      order_lines: 4,
      distinct_products: 2,
      items: 19,
      items_per_order: 19 / 3,
      products_per_order: 4 / 3,
      returned_value: 8,
      returned_share: 0.16,
      returned_items: 4,
      cancelled_orders: 1,
      cancelled_lines: 2,
      cancelled_value: 37,
      weekend_order_share: 2 / 3,
      morning_order_share: 1 / 3,
      evening_order_share: 1 / 3,
      median_order_hour: 13.25,
      country: "United Kingdom",
      countries: 1,
    });
  });

  it("who ordered once has no gap, no trend and the lowest frequency", async () => {
    const row = await customerOf([{ quantity: 2, unitPrice: 3 }]);
    const expected = {
      orders: 1,
      recency_days: 1,
      tenure_days: 1,
      median_days_between_orders: null,
      revenue_trend: null,
      orders_per_active_month: 1,
      repeat_orders_per_30_days: 0,
      top_product_share: 1,
      returned_share: 0,
      average_order_value: 6,
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(row[name], value, name);
  });

  it("is a row only with a sale: returns alone and cancelled sales alone are counted apart", async () => {
    const db = await cleanedShop([
      { customerId: "buys" },
      { customerId: "returns", quantity: -1 },
      { customerId: "cancels", quantity: 3 },
      { customerId: "cancels", quantity: -3 },
      { customerId: "pays postage", stockCode: "POST" },
      { customerId: null },
    ]);
    assert.deepEqual(await buildCustomers(db), {
      referenceDate: "2011-01-11",
      identified: 4,
      customers: 1,
      cancelledOnly: 1,
      returnsOnly: 1,
      excludedOnly: 1,
    });
    assert.deepEqual(await db.rows("SELECT customer_id FROM customers"), [{ customer_id: "buys" }]);
    db.close();
  });

  it("who returned more than was bought has a share above 1 and less than nothing left", async () => {
    const row = await customerOf([
      { quantity: 1, unitPrice: 4 },
      { quantity: -2, unitPrice: 5 },
    ]);
    assert.deepEqual([row.net_revenue, row.returned_share], [-6, 2.5]);
  });

  it("whose goods were free has no shares of revenue", async () => {
    const row = await customerOf([{ unitPrice: 0 }], undefined, { priceFloor: null });
    assert.deepEqual([row.gross_revenue, row.top_product_share, row.returned_share], [0, null, null]);
  });
});

describe("frequency", () => {
  it("never puts a one-off buyer above anybody who came back", async () => {
    for (let round = 0; round < 10; round++)
      for (const row of await customersOf(randomHistory(round, 60), "2011-07-01")) {
        const frequency = row.repeat_orders_per_30_days as number;
        assert.equal(frequency > 0, (row.order_days as number) > 1);
        assert.ok((row.orders_per_active_month as number) >= 1);
      }
  });

  it("does not read two orders in a first week as a habit", async () => {
    const row = await customerOf([
      { invoiceNo: "1", invoicedAt: "2011-01-10 10:00:00" },
      { invoiceNo: "2", invoicedAt: "2011-01-11 10:00:00" },
    ]);
    assert.equal(row.repeat_orders_per_30_days, 1);
  });
});

describe("the revenue of 90 days", () => {
  const sold = (days: number): Partial<InvoiceLine> => ({
    invoiceNo: String(days),
    quantity: 1,
    unitPrice: days,
    invoicedAt: new Date(Date.parse("2011-12-10T00:00Z") - days * 86_400_000)
      .toISOString()
      .slice(0, 19)
      .replace("T", " "),
  });

  it("begins with the day 90 days before the reference date and ends with the day before it", async () => {
    const row = await customerOf([1, 90, 91, 180, 181].map(sold), "2011-12-10");
    assert.deepEqual([row.revenue_last_90_days, row.revenue_last_180_days], [91, 362]);
    assert.equal(row.revenue_trend, (91 - 271) / (91 + 271));
  });

  it("has no trend for who is new or has bought nothing in both periods, and one of 1 for a start since", async () => {
    assert.equal((await customerOf([sold(90)], "2011-12-10")).revenue_trend, null);
    assert.equal((await customerOf([sold(181)], "2011-12-10")).revenue_trend, null);
    assert.equal((await customerOf([sold(181), sold(5)], "2011-12-10")).revenue_trend, 1);
  });
});

describe("when and where", () => {
  it("has no hours when the source has none", async () => {
    const row = await customerOf([{ invoicedAt: "2011-01-08 00:00:00" }]);
    const { morning_order_share, evening_order_share, median_order_hour, weekend_order_share } = row;
    assert.deepEqual([morning_order_share, evening_order_share, median_order_hour], [null, null, null]);
    assert.equal(weekend_order_share, 1);
  });

  it("takes midnight for an hour when the source has others", async () => {
    const midnight = { invoiceNo: "1", invoicedAt: "2011-01-08 00:00:00" };
    const row = await customerOf([midnight, { invoiceNo: "2", invoicedAt: "2011-01-09 03:00:00" }]);
    assert.deepEqual([row.morning_order_share, row.median_order_hour], [1, 1.5]);
  });

  it("ends the morning at 12:00 and begins the evening at 17:00", async () => {
    const at = ["11:59", "12:00", "16:59", "17:00"];
    const row = await customerOf(
      at.map((time) => ({ invoiceNo: time, invoicedAt: `2011-01-10 ${time}:00` })),
    );
    assert.deepEqual([row.morning_order_share, row.evening_order_share], [0.25, 0.25]);
  });

  const order = (invoiceNo: string, country: string | null, day = "10"): Partial<InvoiceLine> => ({
    invoiceNo,
    country,
    invoicedAt: `2011-01-${day} 10:00:00`,
  });
  for (const [what, lines, country, countries] of [
    [
      "most orders, not most lines",
      [order("1", "A"), order("2", "A"), ...[1, 2, 3].map(() => order("3", "B"))],
      "A",
      2,
    ],
    ["the latest of equals", [order("1", "B", "10"), order("2", "A", "11"), order("3", "C", "09")], "A", 3],
    ["the first by name at one time", [order("1", "B"), order("2", "A")], "A", 2],
    ["what is recorded, if anything is", [order("1", null), order("2", null), order("3", "B")], "B", 1],
    ["nothing where nothing is recorded", [order("1", null)], null, 0],
  ] as const)
    it(`takes for the country ${what}`, async () => {
      const row = await customerOf([...lines]);
      assert.deepEqual([row.country, row.countries], [country, countries]);
    });
});

describe("an order", () => {
  it("over midnight belongs to the day and the month of its first line", async () => {
    const row = await customerOf([
      { invoiceNo: "1", invoicedAt: "2011-01-31 23:59:00" },
      { invoiceNo: "1", invoicedAt: "2011-02-01 00:01:00" },
    ]);
    assert.deepEqual([row.orders, row.active_months, row.order_days, row.recency_days], [1, 1, 1, 2]);
  });

  it("of another customer under the same number is another order", async () => {
    const rows = await customersOf([{ customerId: "1" }, { customerId: "2" }]);
    assert.deepEqual(
      rows.map(({ orders }) => orders),
      [1, 1],
    );
  });

  it("counts while one of its lines stands", async () => {
    const row = await customerOf([
      { quantity: 3 },
      { quantity: 1 },
      { quantity: -3, invoiceNo: "C1", invoicedAt: "2011-01-10 11:00:00" },
    ]);
    assert.deepEqual([row.orders, row.cancelled_orders, row.cancelled_lines, row.order_lines], [1, 0, 1, 1]);
  });
});

describe("the table of customers", () => {
  it("has the columns of the dictionary, its types and the order of the customers", async () => {
    const db = await cleanedShop(["9", "10", "1"].map((customerId) => ({ customerId })));
    await buildCustomers(db);
    const columns = await db.rows<{ column_name: string; column_type: string }>("DESCRIBE customers");
    assert.deepEqual(
      columns.map(({ column_name, column_type }) => [column_name, column_type.replace(",", ", ")]),
      featureDictionary.map(({ name, type }) => [name, type]),
    );
    assert.deepEqual(await db.rows("SELECT customer_id AS id FROM customers"), [
      { id: "1" },
      { id: "10" },
      { id: "9" },
    ]);
    db.close();
  });

  it("is empty before the first purchase, and can be made again", async () => {
    const db = await cleanedShop([{}]);
    const { customers, identified } = await buildCustomers(db, { referenceDate: "2011-01-10" });
    assert.deepEqual([customers, identified, await db.rows("FROM customers")], [0, 0, []]);
    assert.equal((await buildCustomers(db, { referenceDate: "2011-01-11" })).customers, 1);
    db.close();
  });

  it("refuses a date that is none and a shop without lines", async () => {
    const db = await cleanedShop([{}]);
    for (const referenceDate of ["", "2011-02-30", "10/12/2011", "2011-12-10'; DROP TABLE purchases; --"])
      await assert.rejects(
        buildCustomers(db, { referenceDate }),
        /a reference date is a day such as 2011-12-10/,
      );
    db.close();
    const empty = await cleanedShop([]);
    await assert.rejects(buildCustomers(empty), /at least one invoice line/);
    empty.close();
  });

  it("adds up to the identified purchases and returns, order by order and line by line", async () => {
    for (let round = 0; round < 10; round++) {
      const db = await cleanedShop(randomHistory(round, 80));
      await buildCustomers(db);
      const all = await db.row(
        `SELECT sum(gross_revenue) AS money, sum(items) AS items, sum(order_lines) AS lines, sum(orders) AS orders,
           sum(cancelled_lines) AS cancelled FROM customers`,
      );
      const bought = await db.row(
        `SELECT sum(line_total) AS money, sum(quantity) AS items, count(*) AS lines,
           count(DISTINCT (customer_id, invoice_no)) AS orders,
           (SELECT count(*) FROM excluded_rows JOIN (SELECT customer_id FROM customers) USING (customer_id)
            WHERE rule = 'cancelled' AND quantity > 0) AS cancelled
         FROM purchases WHERE customer_id IS NOT NULL`,
      );
      assert.deepEqual(all, bought);
      const { broken } = await db.row(
        `SELECT count(*) AS broken FROM customers WHERE NOT (
           orders >= order_days AND order_days >= active_months AND active_months >= 1 AND order_lines >= orders
           AND recency_days >= 1 AND tenure_days >= recency_days AND revenue_last_180_days >= revenue_last_90_days
           AND gross_revenue >= revenue_last_180_days AND net_revenue = gross_revenue - returned_value
           AND top_product_share BETWEEN 1 / distinct_products - 1e-12 AND 1 AND countries <= orders
           AND distinct_products >= products_per_order AND coalesce(abs(revenue_trend), 0) <= 1)`,
      );
      assert.equal(broken, 0);
      db.close();
    }
  });
});
